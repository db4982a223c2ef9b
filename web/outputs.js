// What a cell puts out: as a notebook stores it, and as the page shows it.
import { make } from "./widgets.js";

const WIDGET = "application/vnd.jupyter.widget-view+json";

export class Outputs {
  constructor(box) {
    this.box = box;
    this.list = null; // as the page came
    this.came = [...box.childNodes];
    this.still = box.querySelector(".still"); // what a live figure takes the place of
  }

  asItCame() {
    this.list = null;
    this.still?.classList.remove("living");
    this.still?.querySelector(".nn-live")?.remove();
    this.box.replaceChildren(...this.came);
  }

  // A run begins; the room stays until it ends, so that nothing below jumps.
  begin() {
    this.box.style.minHeight = `${this.box.offsetHeight}px`;
    this.clear();
  }

  end() {
    this.box.style.minHeight = "";
  }

  clear() {
    this.list = [];
    this.free = this.still;
    this.box.replaceChildren();
  }

  // The messages of Python, one by one.
  stream({ name, text }) {
    const last = this.list.at(-1);
    if (last?.output_type === "stream" && last.name === name) {
      last.text += text;
      this.box.lastChild.textContent = last.text;
    } else this.add({ output_type: "stream", name, text });
  }

  display({ data: { [WIDGET]: _, ...data }, metadata }, widget) {
    const output = { output_type: "display_data", data, metadata };
    if (!widget) return this.add(output);
    this.list.push(output);
    const figure = this.free ?? make("figure", { className: "picture" });
    this.free = null;
    figure.querySelector(".nn-live")?.remove();
    figure.classList.add("living");
    figure.prepend(widget);
    this.box.append(figure);
  }

  error({ ename, evalue, text }) {
    this.add({ output_type: "error", ename, evalue, traceback: text.trimEnd().split("\n") });
  }

  add(output) {
    this.list.push(output);
    const caption = captionOf(output);
    if (caption) this.box.lastElementChild?.querySelector(".one")?.append(caption);
    else this.box.append(...drawn(output));
  }

  // The words of all, for a voice.
  get said() {
    const words = (one) => one.text ?? one.data?.["text/plain"] ?? one.traceback?.at(-1) ?? "";
    return (this.list ?? []).map(words).join("\n").trim();
  }
}

function captionOf({ data }) {
  const html = data?.["text/html"];
  if (!html?.includes("nn-caption")) return null;
  const { textContent } = new DOMParser().parseFromString(html, "text/html").body;
  return make("p", { className: "caption", textContent });
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, "g"); // Jupyter's colours

function drawn({ output_type, name, text, data = {}, metadata, traceback }) {
  const printed = (textContent, className = "") =>
    make("pre", { className: `printed ${className}`, tabIndex: 0, textContent });
  if (output_type === "stream") return [printed([text].flat().join(""), name)];
  if (output_type === "error")
    return [printed(traceback.join("\n").replaceAll(ESCAPES, ""), "wrong")];
  if (data["image/png"]) {
    const alt = metadata?.["image/png"]?.alt ?? data["text/plain"];
    const image = make("img", { alt, src: `data:image/png;base64,${data["image/png"]}` });
    return [make("figure", { className: "picture" }, make("div", { className: "one" }, image))];
  }
  const outcome = metadata?.nn_helpers?.outcome;
  const plain = data["text/plain"];
  return plain ? [printed([plain].flat().join(""), outcome && `verdict ${outcome}`)] : [];
}
