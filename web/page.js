// A lesson's page: its figures come alive, its cells can be written in and run.
import { Kept, matched } from "./keep.js";
import { Python, progress } from "./live.js";
import { download, opened } from "./notebook.js";
import { keeping } from "./offline.js";
import { make } from "./widgets.js";

const main = document.getElementById("content");
const section = document.getElementById("live");
const words = document.getElementById("live-words");
const { megabytes, lesson } = words.dataset;
const SOON = 500; // ms: what is quicker is not worth a bar

let cells = null; // once they can be written in
let python = null;
let shown = null; // the progress, while Python comes
let waiting = []; // [{cell, source}] on their way to Python
let wrong = []; // cells that ended in an error, since all was still
let count = 0;
let extra = []; // entries that have no cell here
const unkept = new Set(); // cells that the browser has not kept

const kept = new Kept(lesson, heard, cannotKeep);
const press = (textContent, onclick) => make("button", { type: "button", textContent, onclick });
const live = press("Make it live", () => (python ? stop("Stopped.") : go(begin)));
const all = press("Run all", () => run(cells));
const file = make("input", { type: "file", accept: ".ipynb", hidden: true });
const own = make(
  "details",
  {},
  make("summary", { textContent: "Your notebook" }),
  press("Download my notebook", () => go(take)),
  press("Open my notebook", () => file.click()),
  press("Start over", () => go(startOver)),
);
const lost = make("p", { role: "alert", className: "lost" });
const old = make("section", { className: "old", hidden: true, ariaLabel: "Without a place" });

file.onchange = () => go(bringBack);
all.hidden = true;
section.append(live, all, own, file, lost);
main.append(old);
say(
  `Here the figures move, and you can change the code and do the exercises. It takes Python, ${megabytes} MB, and ten seconds or more.`,
);
const { length: number } = kept.read();
if (number)
  go(() => say(`What you wrote is back: ${many(number)}. Python, ${megabytes} MB, runs it.`));
addEventListener("beforeunload", (event) => unkept.size && event.preventDefault());

function say(...parts) {
  words.replaceChildren(...parts);
}

function many(number) {
  return `${number} ${number === 1 ? "cell" : "cells"}`;
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
  const { Cell } = await import("./cells.js");
  if (cells) return; // pressed twice
  const above = (cell) => run(cells.slice(0, cells.indexOf(cell)));
  const on = { run: (cell) => run([cell]), above, stop: () => stop("Stopped."), write: keep };
  cells = [...document.querySelectorAll(".cell")].map((one, i) => new Cell(one, i + 1, on));
  put(kept.read());
}

// ---- Python

async function begin() {
  say("One moment.");
  await keeping;
  if (!python) run(cells);
}

// Run cells; without Python, it is started and everything above them runs first.
function run(wanted) {
  if (!python) {
    wanted = cells.slice(0, 1 + cells.indexOf(wanted.at(-1)));
    start(wanted.length);
  }
  const given = wanted.map((cell) => ({ cell, source: cell.source }));
  waiting.push(...given);
  for (const cell of wanted) cell.show("waits");
  python.run(given.map(({ cell: { id, name }, source }) => ({ id, name, source })));
  setTimeout(() => section.classList.toggle("busy", waiting.length > 0), SOON);
}

function start(number) {
  const find = (id) => cells.find((cell) => cell.id === id);
  shown = progress(words, number);
  live.textContent = "Cancel";
  section.classList.add("busy");
  python = new Python({
    ...shown.on,
    runs: () => waiting[0].cell.begin(waiting[0].source, ++count),
    stream: (message) => find(message.cell).outputs.stream(message),
    display: (message) => find(message.cell).outputs.display(message, python.element(message.data)),
    error(message) {
      wrong.push(message);
      find(message.cell).error(message);
    },
    ran(message) {
      shown?.on.ran(message);
      const { cell } = waiting.shift();
      cell.end();
      keep(cell);
      if (!waiting.length) rest(cell);
    },
    failed: ({ text }) => stop(`That did not work (${text}). What you wrote is still there.`),
  });
}

// All that was asked for has run.
function rest(last) {
  const first = shown !== null;
  shown?.box.remove();
  shown = null;
  section.classList.remove("busy");
  live.textContent = "Stop Python";
  all.hidden = false;
  const ends = wrong.map(({ cell, ename }) => {
    const { name } = cells.find(({ id }) => id === cell);
    return make("a", { href: `#${cell}`, textContent: `${name} ended in ${ename}.` });
  });
  wrong = [];
  if (first) say("Live: figures move, code can be changed. Shift+Enter runs a cell. ", ...ends);
  else say(`${last.name} has run. `, ...(ends.length ? ends : [last.outputs.said.slice(0, 300)]));
}

function stop(text) {
  python?.worker.terminate();
  python = null;
  waiting = [];
  wrong = [];
  shown?.box.remove();
  shown = null;
  for (const cell of cells) cell.stop();
  section.classList.remove("busy");
  live.textContent = "Make it live";
  all.hidden = true;
  say(`${text} Run starts Python anew, with the cells above first.`);
}

// ---- What is kept

function keep(cell) {
  const { id, source, from, original, outputs } = cell;
  const light = outputs.list?.filter(({ data }) => !data?.["image/png"]);
  if (source === original && from === original) kept.forget(id);
  else if (!kept.write(id, { source, from, outputs: light })) return unkept.add(cell);
  unkept.delete(cell);
  if (!unkept.size) lost.textContent = "";
  else keep(unkept.values().next().value); // there may be room again
}

function cannotKeep({ message }) {
  lost.textContent = `Your browser does not keep what you write here (${message}). Download your notebook before you leave.`;
}

// Another window of this lesson has written, or thrown away.
function heard(id, entry) {
  go(() => {
    const cell = cells.find((one) => one.id === id);
    if (!cell) return showExtra(kept.read().filter((one) => one.id.startsWith("extra")));
    if (!entry) cell.reset();
    else if (entry.source !== cell.source) cell.restore(entry, keep);
  });
}

// Lay entries into the cells that they belong to; what has no cell is shown below.
function put(entries) {
  const { pairs, rest } = matched(entries, cells);
  for (const [cell, entry] of pairs) if (cell.id !== entry.id) kept.forget(entry.id);
  for (const [cell, entry] of pairs) {
    cell.restore({ from: cell.original, ...entry }, keep);
    keep(cell);
  }
  const stays = rest.filter(({ id }) => id?.startsWith("extra"));
  const fresh = rest.filter((one) => !stays.includes(one) && one.source.trim());
  for (const [i, { id, source }] of fresh.entries()) {
    const entry = { id: `extra-${Date.now()}-${i}`, source };
    if (kept.write(entry.id, entry)) kept.forget(id);
    stays.push(entry);
  }
  showExtra([...(entries.length ? [] : extra), ...stays]);
}

function showExtra(entries) {
  extra = entries;
  old.hidden = !extra.length;
  old.replaceChildren(
    make("h2", { textContent: "Yours, without a place" }),
    make("p", {
      textContent:
        "This code has no cell in today’s lesson. It stays here, and goes into your notebook.",
    }),
    ...extra.flatMap((entry) => [
      make("pre", { className: "source", tabIndex: 0, textContent: entry.source }),
      press("Throw this away", () => {
        kept.forget(entry.id);
        showExtra(extra.filter((one) => one !== entry));
      }),
    ]),
  );
}

// ---- Home and back

async function take() {
  await download(lesson, cells, extra);
  const idle = cells.filter(({ outputs }) => !outputs.list).length;
  const open = idle && `${many(idle)} of it did not run here: run all first, to have their output.`;
  say(`${lesson}.ipynb is among your downloads. ${open || ""}`);
}

async function bringBack() {
  const entries = await opened(file.files[0]);
  file.value = "";
  const changed = cells.filter((cell) => cell.changed).length;
  if (changed && !confirm(`Replace what you changed here, ${many(changed)}, by the notebook?`))
    return;
  put(entries);
  say("Your notebook is here: code and printed outputs. Texts stay as the lesson has them.");
}

function startOver() {
  const changed = cells.filter((cell) => cell.changed);
  const number = changed.length + extra.length;
  if (!number) return say("Nothing is changed here.");
  const asked = `Throw away what you wrote here, ${many(number)}? It cannot be undone; you could download your notebook first.`;
  if (!confirm(asked)) return;
  for (const cell of cells) {
    kept.forget(cell.id);
    unkept.delete(cell);
    if (changed.includes(cell)) cell.reset();
  }
  for (const { id } of extra) kept.forget(id);
  showExtra([]);
  lost.textContent = "";
  say("The lesson is as it was.");
}
