// A code cell of the page, once it can be written in and run.
import { editor, mark } from "./editor.js";
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
  // on: {run(cell), above(cell), stop(), write(cell)}
  constructor(element, number, on) {
    const pre = element.querySelector("pre.source");
    this.id = element.id;
    this.on = on;
    this.name = `Cell ${number}`;
    this.original = pre.textContent;
    this.from = this.original; // what the lesson had when this was written
    this.ran = null; // the code that ran last
    this.outputs = new Outputs(element.querySelector(".outputs"));
    const made = part("writable", {
      run: () => (this.state === "runs" ? on.stop() : on.run(this)),
      above: () => on.above(this),
      back: () => this.settle(this.original),
    });
    made.querySelector(".name").textContent = this.name;
    this.place = made.querySelector(".source");
    [this.run, , this.back] = made.querySelectorAll("button");
    this.said = made.querySelector(".said");
    pre.replaceWith(made);
    this.editor = editor(this.place, {
      doc: this.original,
      label: `${this.name}, code`,
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

  show(state = this.state) {
    this.state = state;
    const idle = this.ran === null ? "has not run" : "changed since it ran";
    this.said.textContent = STATES[state] ?? (this.ran === this.source ? "" : idle);
    this.run.textContent = state === "runs" ? "Stop" : "Run";
    this.back.hidden = this.source === this.original;
  }

  begin(source, count) {
    Object.assign(this, { ran: source, count });
    this.editor.dispatch({ effects: mark.of(0) });
    this.outputs.clear(true);
    this.show("runs");
  }

  add({ output, line }, widget) {
    this.outputs.add(output, widget);
    if (line && this.ran === this.source) this.editor.dispatch({ effects: mark.of(line) });
  }

  end() {
    this.outputs.box.style.minHeight = "";
    this.show("idle");
  }

  // Python is gone: what moved stands still, and the next run starts from nothing.
  stop() {
    for (const live of this.outputs.box.querySelectorAll(".nn-live")) live.inert = true;
    this.ran = null;
    const state = this.state === "runs" ? "stopped" : "idle";
    this.end();
    this.show(state);
  }

  // What is kept, or comes from a file; where the lesson has changed, both are shown.
  restore({ source, from = this.original, outputs }) {
    this.from = from;
    this.source = source;
    this.outputs.clear();
    for (const output of outputs ?? []) this.outputs.add(output);
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
    this.editor.focus();
  }
}
