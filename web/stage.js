// One live figure, as large as the screen: for a projector, by keyboard.
import { cells, Python, progress } from "./live.js";

const CONTROLS = "input, select, button";
const KEYS = "Keys: 1 to 9 choose a control, arrows move it, R goes back, F fills the screen.";
const main = document.getElementById("content");
const words = document.getElementById("live-words");
const stage = document.getElementById("stage");
let start = [];
const { lesson, cell } = main.dataset;

const page = new DOMParser().parseFromString(await (await fetch(lesson)).text(), "text/html");
const all = cells(page);
const needed = all.slice(0, all.findIndex(({ id }) => id === cell) + 1);
const shown = progress(words, needed.length);
const python = new Python({
  ...shown.on,
  display: (message) => {
    const element = message.cell === cell && python.element(message.data);
    if (!element) return;
    // The controls side by side, so that the picture gets the height.
    const controls = document.createElement("div");
    controls.className = "controls";
    while (element.firstChild.tagName !== "IMG") controls.append(element.firstChild);
    element.prepend(controls);
    stage.replaceChildren(element);
  },
  ready: () => {
    words.textContent = KEYS;
    shown.bar.remove();
    start = states();
    visible()[0]?.focus();
  },
  failed: ({ text }) => (words.textContent = `That did not work: ${text}`),
});
python.run(needed);

// What R goes back to: the values of all controls.
function states() {
  return [...python.models.values()]
    .map((model) => ({ model, name: ["index", "value"].find((name) => name in model.state) }))
    .filter(({ model, name }) => name && /Slider|ToggleButtons/.test(model.state._model_name))
    .map(({ model, name }) => ({ model, name, value: model.state[name] }));
}

function visible() {
  const groups = new Set();
  return [...stage.querySelectorAll(CONTROLS)].filter((control) => {
    if (!control.checkVisibility() || control.tabIndex < 0) return false;
    if (control.type !== "radio") return true;
    return !groups.has(control.name) && control.checked && groups.add(control.name);
  });
}

addEventListener("keydown", (event) => {
  const typing = event.target.matches("input[type=text], select");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^[1-9]$/.test(event.key)) visible()[event.key - 1]?.focus();
  else if (event.key === "f") {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  } else if (event.key === "r")
    for (const { model, name, value } of start)
      if (model.state[name] !== value) {
        python.send(model, { [name]: value });
        model.update([name]);
      }
});
