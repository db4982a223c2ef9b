// One live figure, as large as the screen: for a projector, by keyboard.
import { Python, progress } from "./live.js";
import { keeping } from "./offline.js";
import { make } from "./widgets.js";

const ids = ["content", "live-words", "stage", "keys"];
const [main, words, stage, keys] = ids.map((id) => document.getElementById(id));
const { lesson, cell } = main.dataset;

const page = new DOMParser().parseFromString(await (await fetch(lesson)).text(), "text/html");
stage.append(page.querySelector(`#${cell} .one`)); // until it moves
const all = [...page.querySelectorAll(".cell")];
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
    words.textContent = "It moves.";
    shown.box.hidden = true;
    keys.hidden = false;
  },
  failed: ({ text }) => (words.textContent = `That did not work: ${text}`),
});
const source = (one) => one.querySelector(".source").textContent;
python.run(needed.map((one) => ({ id: one.id, source: source(one) })));

const CONTROLS = "button, select, input:not([type=radio]), input:checked";
const seen = (control) => control.checkVisibility() && control.tabIndex >= 0;

// The figure's own way back to its start, or else that of each control.
function reset() {
  const buttons = [...stage.querySelectorAll("button")];
  const own = buttons.find(({ textContent }) => /^(Rewind|Clear)$/.test(textContent));
  if (own) own.click();
  else
    for (const input of stage.querySelectorAll("input")) {
      if (input.defaultChecked) input.click();
      else if (input.type === "range" && input.value !== input.defaultValue) {
        input.value = input.defaultValue;
        input.oninput();
      }
    }
  words.textContent = "Back at the start.";
}

addEventListener("keydown", (event) => {
  const { key, target } = event;
  const typing = target.matches("input[type=text], select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !keys.firstChild.checked) return;
  if (/^[1-9]$/.test(key)) [...stage.querySelectorAll(CONTROLS)].filter(seen)[key - 1]?.focus();
  else if (/^r$/i.test(key)) reset();
  else if (/^f$/i.test(key) && document.fullscreenElement) document.exitFullscreen();
  else if (/^f$/i.test(key)) document.documentElement.requestFullscreen();
});
