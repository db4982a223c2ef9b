// What a cell puts out, as a notebook stores it and as the page shows it.
import { make, parsed } from "./widgets.js";

export class Outputs {
  constructor(box) {
    this.box = box;
    this.still = box.querySelector(".still"); // what a live figure takes the place of
    this.list = null; // as the page came
  }

  // The room stays until the cell has run, so that nothing below jumps.
  clear(keepRoom = false) {
    this.box.style.minHeight = keepRoom ? `${this.box.offsetHeight}px` : "";
    this.box.replaceChildren();
    this.list = [];
    this.free = this.still;
  }

  // An output and, if it has one, the element that moves.
  add(output, widget) {
    const last = this.list.at(-1);
    if (output.output_type === "stream" && output.name === last?.name) {
      last.text = text(last.text) + text(output.text);
      this.box.lastChild.textContent = last.text;
      return;
    }
    this.list.push(output);
    const caption = captionOf(output);
    if (caption) this.box.lastElementChild?.querySelector(".one")?.append(caption);
    else this.box.append(widget ? this.moving(widget) : drawn(output));
  }

  // The page's own figure, with its words, if it has one that is still.
  moving(widget) {
    const figure = this.free ?? make("figure", { className: "picture" });
    this.free = null;
    figure.querySelector(".nn-live")?.remove();
    figure.classList.add("living");
    figure.prepend(widget);
    return figure;
  }
}

export const text = (lines) => [lines ?? ""].flat().join("");

function captionOf({ data }) {
  const html = text(data?.["text/html"]);
  if (!html.includes("nn-caption")) return null;
  return make("p", { className: "caption", textContent: parsed(html).textContent });
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, "g"); // Jupyter's colours

function drawn(output) {
  const { name = "", data = {}, metadata, traceback } = output;
  const image = text(data["image/png"]);
  if (image) {
    const alt = metadata?.["image/png"]?.alt ?? text(data["text/plain"]);
    const picture = make("img", { alt, src: `data:image/png;base64,${image}` });
    return make("figure", { className: "picture" }, make("div", { className: "one" }, picture));
  }
  const textContent = text(traceback?.join("\n") ?? output.text ?? data["text/plain"]);
  const kind = traceback ? "wrong" : (metadata?.nn_helpers?.outcome ?? name);
  if (!textContent) return "";
  const className = `printed ${kind}`;
  return make("pre", { className, textContent: textContent.replace(ESCAPES, "") });
}
