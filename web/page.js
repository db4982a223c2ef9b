// A lesson's page: one button makes its figures live, and takes it back.
import { cells, Python, progress } from "./live.js";

const words = document.getElementById("live-words");
const button = document.createElement("button");
let python = null;
let bar = null;

button.type = "button";
button.onclick = () => (python ? still("Stopped: the figures show a few settings.") : start());
document.getElementById("live").append(button);
still("The figures on this page can move: their sliders run in your browser.");

function still(text) {
  python?.stop();
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
  bar?.remove();
}

function start() {
  const all = cells(document);
  const shown = progress(words, all.length);
  let wrong = "";
  bar = shown.bar;
  button.textContent = "Cancel";
  python = new Python({
    ...shown.on,
    display: ({ cell, data }) => show(cell, python.element(data)),
    error: ({ cell, name }) => (wrong += ` ${cell} ended in ${name}.`),
    ready: () => end(`Live: the figures below move.${wrong}`, "Stop Python"),
    failed: ({ text }) => still(`That did not work (${text}). The figures show a few settings.`),
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
