// A lesson's page: one button makes its figures live, and takes it back.
import { cells, Python, progress } from "./live.js";
import { make } from "./widgets.js";

const STOPPED = "Stopped. Each figure shows a few settings again.";
const section = document.getElementById("live");
const words = document.getElementById("live-words");
const { megabytes } = words.dataset;
const onclick = () => (python ? still(STOPPED) : start());
const button = make("button", { type: "button", onclick });
let python = null;
let shown = null;

section.append(button);
still(`The figures can move: that takes Python, ${megabytes} MB, and ten seconds or more.`);

function still(text) {
  python?.worker.terminate();
  python = null;
  for (const figure of document.querySelectorAll(".living")) {
    figure.classList.remove("living");
    figure.querySelector(".nn-live").remove();
  }
  end(text, "Make it live");
}

function end(text, press) {
  words.textContent = text;
  button.textContent = press;
  section.classList.remove("busy");
  shown?.box.remove();
}

function start() {
  const all = cells(document);
  shown = progress(words, all.length);
  let wrong = "";
  button.textContent = "Cancel";
  section.classList.add("busy");
  python = new Python({
    ...shown.on,
    display: ({ cell, data }) => show(cell, python.element(data)),
    error: ({ cell, name }) => (wrong += ` ${cell} ended in ${name}.`),
    ready: () =>
      end(`Live: the figures move, those under “Guess first” too.${wrong}`, "Stop Python"),
    failed: ({ text }) => still(`That did not work (${text}). The figures stay as they were.`),
  });
  python.run(all);
}

// A live figure takes the place of its stills, which stay for the way back.
function show(cell, element) {
  const figure = document.querySelector(`#${cell} .still`);
  if (!element || !figure) return;
  figure.classList.add("living");
  figure.prepend(element);
}
