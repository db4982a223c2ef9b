// One live figure, as large as the screen: for a projector, by keyboard.
import { Python, progress } from "./live.js";
import { keeping } from "./offline.js";
import { make } from "./widgets.js";

const ids = ["content", "live-words", "stage", "keys"];
const [main, words, stage, keys] = ids.map((id) => document.getElementById(id));
const { lesson, cell } = main.dataset;

words.textContent = "Python is loading.";
const page = new DOMParser().parseFromString(await (await fetch(lesson)).text(), "text/html");
stage.append(page.querySelector(`#${cell} .one`)); // until it moves
const sources = [...page.querySelectorAll(".cell .source")];
const all = sources.map((source) => ({
  id: source.closest(".cell").id,
  source: source.textContent,
}));
const needed = all.slice(0, all.findIndex(({ id }) => id === cell) + 1);
const shown = progress(words);
let ran = 0;
shown.start();
await keeping;
const python = new Python({
  ...shown,
  runs: () => shown.runs(needed.length - ran++),
  output: (message) => {
    const element = message.cell === cell && python.element(message.output.data);
    if (!element) return;
    // The controls side by side, so that the picture gets the height.
    const controls = make("div", { className: "controls" });
    while (element.firstChild.tagName !== "IMG") controls.append(element.firstChild);
    element.prepend(controls);
    stage.replaceChildren(element);
  },
  ready: () => {
    words.textContent = ran > needed.length ? "Back at the start." : "It moves.";
    shown.box.hidden = true;
    keys.hidden = false;
  },
  failed: ({ text }) => (words.textContent = `That did not work: ${text}`),
});
python.run(needed);

const CONTROLS = "button, select, input:not([type=radio]), input:checked";
const seen = (control) => control.checkVisibility() && control.tabIndex >= 0;

addEventListener("keydown", (event) => {
  const { key, target } = event;
  const typing = target.matches("input[type=text], select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys.firstChild.checked) return;
  if (/^[1-9]$/.test(key)) [...stage.querySelectorAll(CONTROLS)].filter(seen)[key - 1]?.focus();
  else if (/^r$/i.test(key)) python.run(needed.slice(-1));
  else if (/^f$/i.test(key) && document.fullscreenElement) document.exitFullscreen();
  else if (/^f$/i.test(key)) document.documentElement.requestFullscreen();
});
