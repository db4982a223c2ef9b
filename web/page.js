// A lesson's page: its figures come alive, its cells can be written in and run.
import { Kept, matched } from "./keep.js";
import { Python, progress } from "./live.js";
import { download, opened } from "./notebook.js";
import { keeping } from "./offline.js";
import { make } from "./widgets.js";

const SOON = 500; // ms: what is quicker needs no bar
const LARGE = 20_000; // characters of output that are computed again, not kept
const section = document.getElementById("live");
const words = document.getElementById("live-words");
const { megabytes, lesson } = words.dataset;

let made = null; // the module that makes cells
let cells = null; // once they can be written in
let python = null;
let starts = false; // Python is on its way
let shown = null; // the progress of several cells
let waiting = []; // [{cell, source}] on their way to Python
let wrong = []; // links to the cells that ended in an error, since all was still
let count = 0;
const unkept = new Set(); // cells that the browser has not kept

const kept = new Kept(lesson, heard, refused);
const [live, all] = section.querySelectorAll("button");
const file = section.querySelector("input");
const lost = section.querySelector(".lost");
const presses = { live: begin, all: () => run(cells), take, open: () => file.click(), over };
for (const button of section.querySelectorAll("button"))
  button.onclick = () => go(presses[button.name]);
file.onchange = () => go(bringBack);
live.hidden = section.querySelector("details").hidden = false;
say(`Figures that move, code that you can change, exercises: they need Python, ${megabytes} MB.`);
const { length } = kept.read();
if (length)
  go(() => say(`What you wrote is back: ${many(length)}. To run it: Python, ${megabytes} MB.`));
addEventListener("beforeunload", (event) => unkept.size && event.preventDefault());

function say(...parts) {
  words.replaceChildren(...parts);
}

function many(number) {
  return number === 1 ? "1 cell" : `${number} cells`;
}

// Do something with cells that can be written in; what goes wrong is said.
async function go(task) {
  try {
    if (!cells) await prepare();
    await task();
  } catch (error) {
    say(error.message);
  }
}

async function prepare() {
  made = await import("./cells.js");
  if (cells) return; // pressed twice
  cells = [];
  for (const element of document.querySelectorAll(".cell")) add(element);
  put(kept.read());
}

function add(element) {
  const above = (cell) => run(cells.slice(0, cells.indexOf(cell)));
  const on = { run: (cell) => run([cell]), above, stop: () => stop("Stopped."), write: keep };
  cells.push(new made.Cell(element, cells.length + 1, on));
  return cells.at(-1);
}

// ---- Python

async function begin() {
  if (python) return stop("Stopped.");
  say("One moment.");
  await keeping;
  if (!python) run(cells);
}

// Run cells; without Python, it is started and everything above them runs first.
function run(wanted) {
  if (!python) {
    wanted = cells.slice(0, 1 + cells.indexOf(wanted.at(-1)));
    start();
  }
  if (!waiting.length && (starts || wanted.length > 1)) {
    shown = progress(words, wanted.length);
    section.classList.add("busy");
    say(starts ? "One moment." : "The cells run.");
  }
  for (const cell of wanted) {
    waiting.push({ cell, source: cell.source });
    cell.show("waits");
  }
  python.run(wanted.map(({ id, name, source }) => ({ id, name, source })));
  setTimeout(() => {
    section.classList.toggle("busy", waiting.length > 0);
    if (waiting.length && !shown) say(`${waiting[0].cell.name} runs.`);
  }, SOON);
}

function start() {
  const find = (id) => cells.find((cell) => cell.id === id);
  starts = true;
  live.textContent = "Cancel";
  python = new Python({
    size: (message) => shown.on.size(message),
    loaded: (message) => shown.on.loaded(message),
    runs: () => waiting[0].cell.begin(waiting[0].source, ++count),
    output(message) {
      const cell = find(message.cell);
      const { ename, data } = message.output;
      cell.add(message, python.element(data));
      const textContent = `${cell.name} ended in ${ename}. `;
      if (ename) wrong.push(make("a", { href: `#${cell.id}`, textContent }));
    },
    ran(message) {
      shown?.on.ran(message);
      const { cell } = waiting.shift();
      cell.end();
      keep(cell);
      if (!waiting.length) rest(cell);
    },
    failed: ({ text }) => stop(`That did not work (${text}).`),
  });
}

// All that was asked for has run.
function rest({ name, outputs }) {
  const printed = [...outputs.box.querySelectorAll("pre")].map(({ textContent }) => textContent);
  if (starts) say("Live: figures move, code can be changed. Shift+Enter runs a cell. ", ...wrong);
  else if (shown) say("The cells have run. ", ...wrong);
  else say(`${name} has run. `, ...(wrong.length ? wrong : [printed.join(" ").slice(0, 300)]));
  idle("Stop Python");
}

function idle(press) {
  if (shown) shown.box.hidden = true;
  shown = null;
  starts = false;
  wrong = [];
  section.classList.remove("busy");
  live.textContent = press;
  live.classList.toggle("main", !python);
  all.hidden = !python;
}

function stop(text) {
  python?.worker.terminate();
  python = null;
  waiting = [];
  for (const cell of cells) cell.stop();
  idle("Make it live");
  say(`${text} What you wrote is still there. Run starts Python anew, with the cells above first.`);
}

// ---- What is kept

function keep(cell) {
  const { id, source, from, outputs } = cell;
  const light = JSON.stringify(outputs.list)?.length < LARGE ? outputs.list : [];
  if (!cell.changed) kept.forget(id);
  else if (!kept.write({ id, source, from, outputs: light })) return unkept.add(cell);
  unkept.delete(cell);
  for (const other of unkept) keep(other); // there may be room again
  if (!unkept.size) lost.textContent = "";
}

function refused({ message }) {
  lost.textContent = `Your browser does not keep what you write here (${message}). Download your notebook before you leave.`;
}

// Another window of this lesson has written, or started over.
function heard(id, entry) {
  go(() => {
    const cell = cells.find((one) => one.id === id);
    if (!cell) put(entry ? [entry] : []);
    else if (entry?.source !== cell.source) cell.restore(entry ?? { source: cell.original });
  });
}

// Lay entries into the cells that they belong to; those without one get a new one.
function put(entries) {
  const { pairs, rest } = matched(entries, cells);
  for (const [i, entry] of rest.entries()) pairs.set(addOwn(entry, i), { ...entry, from: "" });
  for (const [cell, { id }] of pairs) if (cell.id !== id) kept.forget(id);
  for (const [cell, entry] of pairs) {
    cell.restore(entry);
    keep(cell);
  }
}

function addOwn({ id }, number) {
  const element = made.part("own").firstElementChild;
  element.id = id?.startsWith("own-") ? id : `own-${Date.now()}-${number}`;
  document.getElementById("content").append(element);
  return add(element);
}

// ---- Home and back

async function take() {
  await download(lesson, cells);
  const idle = cells.filter(({ ran }) => ran === null).length;
  const open = idle ? `${many(idle)} of it did not run: Run all brings their output.` : "";
  say(`${lesson}.ipynb is among your downloads. ${open}`);
}

async function bringBack() {
  const entries = await opened(file.files[0]);
  file.value = "";
  const { length } = cells.filter((cell) => cell.changed);
  if (length && !confirm(`Replace what you wrote here, ${many(length)}?`)) return;
  put(entries);
  say("Your notebook is here, code and output; texts are the lesson’s.");
}

function over() {
  const { length } = cells.filter((cell) => cell.changed);
  const asked = `Throw away what you wrote here, ${many(length)}? Nothing brings it back but a downloaded notebook.`;
  if (!length) return say("Nothing is changed here.");
  if (!confirm(asked)) return;
  for (const { id } of kept.read()) kept.forget(id);
  unkept.clear();
  location.reload();
}
