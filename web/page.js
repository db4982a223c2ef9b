// A lesson's page: its figures come alive, its cells can be written in and run.
import { Kept, matched } from "./keep.js";
import { Python, progress } from "./live.js";
import { download, opened } from "./notebook.js";
import { keeping } from "./offline.js";
import { make } from "./widgets.js";

const LIVE =
  "Live: figures move. Go into a grey box, change the code, press Run or Shift+Enter. (Escape, then Tab, leaves a box.)";
const section = document.getElementById("live");
const words = document.getElementById("live-words");
const { megabytes, lesson } = words.dataset;
const [live, end] = section.querySelectorAll("button");
const file = section.querySelector("input");
const lost = section.querySelector(".lost");
const shown = progress(words);

let made = null; // the module that makes cells
let cells = null; // once they can be written in
let python = null;
let waiting = []; // cells on their way to Python; the first one is there
let wrong = []; // links to the cells that ended in an error, since all was still
let count = 0;
const unkept = new Set(); // cells that the browser has not kept
const kept = new Kept(lesson, heard, refused);

const presses = {
  live: begin,
  stop: () => halt() ?? live.focus(),
  take,
  open: () => file.click(),
  own: addOwn,
  over: () => cleared() && say("Every cell is as in the lesson. Run brings its output."),
};
for (const button of section.querySelectorAll("button"))
  button.onclick = () => go(presses[button.name]);
file.onchange = () => go(bringBack).finally(() => (file.value = ""));
live.hidden = section.querySelector("details").hidden = false;
say(`Figures that move, code that you can change, exercises: they need Python, ${megabytes} MB.`);
const back = kept.read().length;
if (back) go(() => say(`What you wrote is back, in ${back} of the cells. Make it live runs it.`));
addEventListener("beforeunload", (event) => unkept.size && event.preventDefault());

function say(...parts) {
  words.replaceChildren(...parts);
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
  const on = { run: (cell) => run([cell]), above, stop: halt, write: keep, say };
  cells.push(new made.Cell(element, cells.length + 1, on));
  return cells.at(-1);
}

// ---- Python

async function begin() {
  if (!python) say("Python is loading.");
  await keeping;
  run(cells);
}

// Run cells, after those above that have not run since Python started.
function run(wanted) {
  const last = cells.indexOf(wanted.at(-1));
  const missing = ({ count, state }, place) => place < last && !count && state !== "stopped";
  const idle = cells
    .filter((cell, place) => wanted.includes(cell) || missing(cell, place))
    .filter((cell) => !waiting.includes(cell));
  if (!idle.length) return;
  waiting.push(...idle);
  for (const cell of idle) cell.show("waits");
  if (waiting.length > idle.length) return;
  if (!python || idle.length > 1) {
    shown.start();
    say(python ? "The cells run." : "Python is loading.");
  }
  python ??= started();
  next();
}

function next() {
  const [cell] = waiting;
  const { id, name, source } = cell;
  cell.begin(source, ++count);
  shown.runs(waiting.length);
  if (shown.box.hidden) say(`${name} runs. Stop, beside it, ends it.`);
  python.run([{ id, name: `${name}, run ${count}`, source }]);
}

function started() {
  [live.textContent, end.hidden] = ["Run all", false];
  live.classList.remove("main");
  return new Python({
    ...shown,
    runs: () => waiting[0].show("runs"),
    output({ cell: id, output, line }) {
      const cell = cells.find((one) => one.id === id);
      cell.add(output, line, python.element(output.data));
      const place = line ? `${cell.name}, line ${line}` : cell.name;
      const textContent = `${place}: ${output.ename}: ${output.evalue}. `;
      if (output.ename) wrong.push(make("a", { href: `#${id}`, textContent }));
    },
    ready() {
      const cell = waiting.shift();
      cell.show("idle");
      if (cell.changed) keep(cell);
      if (waiting.length) next();
      else rest(cell);
    },
    failed: ({ text }) =>
      halt(`Python is gone (${navigator.onLine ? text.slice(0, 200) : "there is no network"}).`),
  });
}

// All that was asked for has run.
function rest(cell) {
  const { name, outputs } = cell;
  const told = [...outputs.box.querySelectorAll("pre, .caption, .nn-caption")];
  const printed = told.map(({ textContent }) => textContent.slice(0, 300)).join(" ");
  const many = !shown.box.hidden;
  const ran = `${many ? "All up to " : ""}${name} has run. ${printed}`;
  if (many && cells.every(({ count }) => count)) say(LIVE, " ", ...wrong);
  else say(...(wrong.length ? wrong : [ran]));
  for (const below of cells.slice(cells.indexOf(cell)))
    if (cell.changed && below.count < cell.count && below.count)
      below.said.textContent = `ran before ${name}`;
  idle();
}

function idle() {
  shown.box.hidden = true;
  wrong = [];
}

function halt(text = "Stopped.") {
  python?.worker.terminate();
  python = null;
  const where = waiting[0]?.state === "runs" ? ` ${waiting[0].name} was running.` : "";
  for (const cell of cells) cell.halt();
  waiting = [];
  idle();
  live.textContent = "Make it live";
  live.classList.add("main");
  end.hidden = true;
  say(`${text}${where} What you wrote is still there. Run starts Python anew.`);
}

// ---- What is kept

function keep(cell) {
  const { id, source, from, current } = cell;
  // What is large is computed again, not kept.
  const light = JSON.stringify(current).length < 20_000 ? current : [];
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
    if (!cell) put(entry ? [entry] : [], true);
    else if (entry?.source !== cell.source && !unkept.has(cell))
      cell.restore(entry ?? { source: cell.original }, true);
  });
}

// Lay entries into the cells that they belong to; those without one get a new one.
function put(entries, told) {
  const { pairs, rest } = matched(entries, cells);
  const own = rest.filter(({ source }) => source.trim());
  for (const [i, entry] of own.entries()) pairs.set(addOwn(entry, i), { ...entry, from: "" });
  for (const [cell, { id }] of pairs) if (cell.id !== id) kept.forget(id);
  for (const [cell, entry] of pairs) cell.restore(entry, told);
}

function addOwn({ id } = {}, number = 0) {
  const element = made.part("own").firstElementChild;
  element.id = id?.startsWith("own-") ? id : `own-${Date.now()}-${number}`;
  document.getElementById("content").append(element);
  return add(element);
}

// ---- Home and back

async function take() {
  await download(lesson, cells);
  const { length } = cells.filter(({ made, source }) => made !== source);
  const open = `Cells without output, since they have not run as they are: ${length}.`;
  say(`${lesson}.ipynb is among your downloads. ${length ? open : ""}`);
}

async function bringBack() {
  const entries = await opened(file.files[0], lesson);
  if (!cleared()) return;
  put(entries);
  say("Your notebook is here, code and output. Cells that the lesson lacks stand at its end.");
}

// Whether the lesson's code is back in every cell: what was written may stay instead.
function cleared() {
  const changed = cells.filter((cell) => cell.changed);
  const asked = `Throw away what you wrote here, in ${changed.length} of the cells? Nothing brings it back but a downloaded notebook.`;
  const yes = !changed.length || confirm(asked);
  if (yes) for (const cell of changed) cell.restore({ source: cell.original });
  else say("Kept as it was.");
  return yes;
}
