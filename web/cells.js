// A code cell of the page, once it can be written in and run.
import { editor } from "./editor.js";
import { Outputs } from "./outputs.js";
import { make } from "./widgets.js";

export class Cell {
  // on: {run(cell), above(cell), stop(), write(cell)}
  constructor(element, number, on) {
    this.id = element.id;
    this.name = `Cell ${number}`;
    this.pre = element.querySelector(".source");
    this.original = this.pre.textContent;
    this.from = this.original; // what the lesson had when this was written
    this.outputs = new Outputs(element.querySelector(".outputs"));
    this.ran = null; // what ran last
    this.place = make("div", { className: "source" });
    this.pre.after(this.place);
    this.pre.remove();
    this.editor = editor(this.place, {
      source: this.original,
      label: `${this.name}, code`,
      onwrite: () => {
        this.show();
        if (!this.quiet) on.write(this);
      },
      onrun: () => on.run(this),
    });
    const button = (textContent, onclick) => {
      const ariaLabel = `${textContent}: ${this.name}`;
      return make("button", { type: "button", textContent, ariaLabel, onclick });
    };
    this.run = button("Run", () => (this.state === "runs" ? on.stop() : on.run(this)));
    this.above = button("Run all above", () => on.above(this));
    this.back = button("Back to the lesson’s code", () => (this.source = this.original));
    this.said = make("span", { className: "said" });
    const name = make("span", { className: "name", textContent: this.name });
    this.row = make(
      "div",
      { className: "press" },
      name,
      this.run,
      this.above,
      this.back,
      this.said,
    );
    this.place.after(this.row);
    this.show();
  }

  get source() {
    return this.editor.source;
  }

  set source(text) {
    if (text !== this.source) this.editor.source = text;
  }

  // Without word to anyone that it was written: it comes from where it is kept.
  take(text) {
    this.quiet = true;
    this.source = text;
    this.quiet = false;
  }

  get changed() {
    return this.source !== this.original;
  }

  show(state = this.state) {
    this.state = state;
    const stale = this.ran !== null && this.ran !== this.source;
    const idle = this.ran === null ? "" : stale ? "changed since it ran" : "has run";
    this.said.textContent = { waits: "waits for its turn", runs: "runs" }[state] ?? idle;
    this.run.textContent = state === "runs" ? "Stop" : "Run";
    this.run.ariaLabel = `${this.run.textContent}: ${this.name}`;
    this.back.hidden = !this.changed;
  }

  begin(source, count) {
    this.ran = source;
    this.count = count;
    this.editor.mark(0);
    this.outputs.begin();
    this.show("runs");
  }

  error(message) {
    this.outputs.error(message);
    if (message.line && this.ran === this.source) this.editor.mark(message.line);
  }

  end() {
    this.outputs.end();
    this.show("idle");
  }

  // Python is gone: what moved stands still, and another run starts from nothing.
  stop() {
    this.outputs.end();
    for (const live of this.outputs.box.querySelectorAll(".nn-live")) live.inert = true;
    this.ran = null;
    this.show("idle");
  }

  reset() {
    this.take(this.original);
    this.from = this.original;
    this.outputs.asItCame();
    this.count = this.ran = null;
    this.note?.remove();
    this.show("idle");
  }

  // What is kept, or comes from a file; where the lesson has changed, both are shown.
  restore({ source, from, outputs }, keep) {
    this.take(source);
    this.from = from;
    this.outputs.clear();
    for (const output of outputs ?? []) this.outputs.add(output);
    this.note?.remove();
    if (from === this.original) return;
    const mine = () => {
      this.note.remove();
      this.from = this.original;
      keep(this);
      this.editor.focus();
    };
    const theirs = () => {
      this.source = this.original;
      mine();
    };
    this.note = make(
      "div",
      { className: "changed" },
      make("p", { textContent: "Since you wrote this, the lesson has changed here. Now it has:" }),
      make("pre", { className: "source", tabIndex: 0, textContent: this.original }),
      make("button", { type: "button", textContent: "Keep mine", onclick: mine }),
      make("button", { type: "button", textContent: "Take the lesson’s", onclick: theirs }),
    );
    this.place.before(this.note);
  }
}
