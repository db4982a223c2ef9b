// A lesson's page: one button makes its figures live, and takes it back.
import { cells, Python, progress } from "./live.js";

const section = document.getElementById("live");
const words = document.getElementById("live-words");
const button = document.createElement("button");
const bar = document.createElement("progress");
let python = null;

button.type = "button";
bar.max = 1;
bar.setAttribute("aria-label", "Progress");
section.append(button, bar);
still("The figures on this page can move: their sliders run in your browser.");

button.onclick = () =>
  python ? still("Stopped. The figures show a few settings again.") : start();

function still(text) {
  python?.stop();
  python = null;
  document.querySelectorAll(".picture.living").forEach((figure) => {
    figure.classList.remove("living");
    figure.querySelector(".nn-live")?.remove();
  });
  words.textContent = text;
  button.textContent = "Make it live";
  bar.hidden = true;
}

function start() {
  const all = cells(document);
  const told = progress(words, bar, all.length);
  button.textContent = "Cancel";
  bar.hidden = false;
  bar.value = 0;
  python = new Python({
    ...told,
    display: ({ cell, data }) => show(cell, python.element(data)),
    ready: () => {
      words.textContent = "Live: every figure below moves.";
      button.textContent = "Stop Python";
      bar.hidden = true;
    },
    failed: ({ text }) => still(`That did not work (${text}). The figures show a few settings.`),
    error: ({ cell, text }) => console.error(cell, text),
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
