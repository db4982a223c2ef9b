// A code cell of the page, once it can be written in and run.
import { editor } from "./editor.js";
import { exercise } from "./keep.js";
import { Outputs } from "./outputs.js";

const STATES = { waits: "waits for its turn", runs: "runs", stopped: "was stopped" };

// A part of the page that waits in a template, and its buttons as they are called.
export function part(name, presses) {
  const made = document.getElementById(name).content.cloneNode(true);
  for (const button of made.querySelectorAll("button"))
    button.onclick = () => presses[button.name]();
  return made;
}

export class Cell {
  // on: {run(cell), above(cell), stop(), write(cell), say(words)}
  constructor(element, number, on) {
    const pre = element.querySelector("pre.source");
    this.id = element.id;
    this.on = on;
    this.name = `Cell ${number}`;
    this.original = pre.textContent;
    this.from = this.original; // what the lesson had when this was written
    const asked = exercise(this.original);
    this.made = null; // the code that has put out what is shown
    this.count = null; // the number of its run, since Python started
    this.outputs = new Outputs(element.querySelector(".outputs"));
    const made = part("writable", {
      run: () => on.run(this),
      stop: () => on.stop() ?? this.run.focus(),
      above: () => on.above(this),
      reset: () =>
        confirm(`Put the lesson’s code back into ${this.name}?`) && this.settle(this.original),
    });
    made.querySelector(".name").textContent = this.name;
    this.place = made.querySelector(".source");
    this.said = made.querySelector(".said");
    for (const button of made.querySelectorAll("button"))
      this[button.name] = Object.assign(button, {
        ariaLabel: `${button.textContent}, ${this.name}`,
      });
    pre.replaceWith(made);
    this.editor = editor(this.place, {
      doc: this.original,
      label: `${this.name}, code${asked ? ` of exercise ${asked}` : ""}`,
      onrun: () => on.run(this),
      onwrite: () => on.write(this),
      onchange: () => this.show(),
    });
    this.show();
  }

  get source() {
    return this.editor.state.doc.toString();
  }

  set source(insert) {
    const { length } = this.editor.state.doc;
    if (insert !== this.source) this.editor.dispatch({ changes: { from: 0, to: length, insert } });
  }

  get changed() {
    return this.source !== this.original || this.from !== this.original;
  }

  // The outputs of what stands here; none where it has not run as it is.
  get current() {
    return this.made === this.source ? this.outputs.list : [];
  }

  show(state = this.state) {
    this.state = state;
    const stale = this.made !== null && this.made !== this.source;
    const ran = this.count ? `run ${this.count}` : "has not run";
    this.said.textContent = STATES[state] ?? (stale ? "changed since it ran" : ran);
    this.outputs.box.classList.toggle("stale", stale);
    this.stop.hidden = state !== "runs";
    if (state === "idle" || state === "stopped") this.outputs.box.style.minHeight = "";
    this.reset.classList.toggle("idle", this.source === this.original);
  }

  begin(source, count) {
    Object.assign(this, { made: source, count });
    this.place.classList.remove("wrong");
    this.outputs.clear(true);
  }

  add(output, line, widget) {
    this.outputs.add(output, widget);
    if (!line || this.made !== this.source) return;
    this.place.classList.add("wrong"); // the line where the caret is
    this.editor.dispatch({ selection: { anchor: this.editor.state.doc.line(line).from } });
  }

  // Python is gone: what moved stands still, and the next run starts from nothing.
  halt() {
    const state = this.state === "runs" ? "stopped" : "idle";
    for (const live of this.outputs.box.querySelectorAll(".nn-live")) {
      live.classList.add("stopped");
      for (const one of live.querySelectorAll("button, input, select")) one.disabled = true;
    }
    this.count = null;
    this.show(state);
  }

  // What is kept, or comes from a file; where the lesson has changed, both are shown.
  // told: by another window, which has kept it. To keep it once more would put what
  // was heard late over what has been written there since.
  restore({ source, from = this.original, outputs }, told = false) {
    if (source === this.source && from === this.from && !outputs?.length)
      return told || this.on.write(this);
    this.from = from;
    this.source = source;
    this.made = outputs?.length ? source : null;
    this.count = null;
    this.outputs.clear();
    for (const output of outputs ?? []) this.outputs.add(output);
    if (!told) this.on.write(this);
    this.note?.remove();
    if (from === this.original) return;
    const made = part("changed", { mine: () => this.settle(this.source) });
    made.querySelector("pre").textContent = this.original;
    this.note = made.firstElementChild;
    this.place.before(this.note);
  }

  // This is what shall stand here.
  settle(source) {
    this.note?.remove();
    this.from = this.original;
    this.source = source;
    this.on.write(this);
    this.run.focus(); // the button that was pressed is gone
    this.on.say(`${this.name} is as ${source === this.original ? "in the lesson" : "you had it"}.`);
  }
}
