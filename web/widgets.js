// The widgets of ipywidgets that the live figures use, as native controls.

const PAPER = "#ffffff"; // of the pad; every other colour is ink
let count = 0;

// The element of a model, made once; `model.update(names)` follows its state.
export function view(model) {
  if (!model.element) {
    const kind = KINDS[model.state._model_name];
    if (!kind) return make("p", { textContent: `No ${model.state._model_name} here.` });
    const { element, update } = kind(model);
    model.element = element;
    element.classList.add(...model.state._dom_classes);
    model.update = (names) => {
      element.hidden = part(model, "layout")?.display === "none";
      update(names);
    };
    model.update(Object.keys(model.state));
  }
  return model.element;
}

export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// The page has a style of its own, and its security policy takes no other.
export function parsed(html) {
  const plain = html.replace(/ style="[^"]*"/g, "");
  return new DOMParser().parseFromString(plain, "text/html").body;
}

function part(model, name) {
  return model.python.find(model.state[name] ?? "")?.state;
}

// A control with its label before it and, if it has one, its value after it.
function labelled(model, control, ...after) {
  const words = make("span", { className: "label", textContent: model.state.description });
  return make("label", { className: "control" }, words, control, ...after);
}

function box(className) {
  return (model) => {
    const element = make("div", { className });
    const update = (names) => {
      if (!names.includes("children")) return;
      const children = model.state.children.map((child) => model.python.find(child));
      element.replaceChildren(...children.map(view));
      for (const named of element.querySelectorAll(":scope > .label + *"))
        named.ariaLabel = named.previousElementSibling.textContent;
    };
    return { element, update };
  };
}

// A grid of buttons to paint on: press on one, drag over others, finger or mouse;
// by key, the arrows press the buttons beside it that are named for them.
function grid(model) {
  const made = box("grid")(model);
  const { element } = made;
  element.role = "group";
  element.ariaLabel = "Drawing: arrow keys move the cursor, Space paints";
  element.onkeydown = (event) => {
    const buttons = [...element.parentElement.querySelectorAll("button")];
    const arrow = buttons.find(({ textContent }) => `Arrow${textContent}` === event.key);
    if (arrow) event.preventDefault();
    arrow?.click();
  };
  let stroke = null; // what is painted over ("true" for ink, "false" for paper), and where
  const paint = ({ clientX, clientY }) => {
    const pixel = document.elementFromPoint(clientX, clientY);
    if (pixel?.parentElement !== element) return;
    stroke ??= { over: pixel.dataset.ink, painted: new Set() };
    // Once only: Python tells of its cursor before it tells of the ink.
    if (stroke.painted.has(pixel) || pixel.dataset.ink !== stroke.over) return;
    stroke.painted.add(pixel);
    pixel.dataset.ink = stroke.over === "false";
    pixel.click();
  };
  element.onpointerdown = (event) => {
    element.setPointerCapture(event.pointerId);
    if (event.button === 0) paint(event);
  };
  element.onpointermove = (event) => stroke && paint(event);
  element.onlostpointercapture = () => (stroke = null);
  // The click that follows a press has been answered by the press.
  element.addEventListener("click", (event) => event.detail && event.stopPropagation(), true);
  return made;
}

function button(model) {
  const element = make("button", { type: "button", onclick: () => model.python.click(model) });
  const update = () => {
    const { description, disabled, tooltip } = model.state;
    Object.assign(element, { textContent: description, disabled, ariaLabel: tooltip });
    const colour = part(model, "style")?.button_color;
    if (!colour) return;
    // A pixel of the pad; the one under the cursor alone is a stop of the Tab key.
    const here = Boolean(part(model, "layout").border_top?.startsWith("3px"));
    element.style.backgroundColor = colour;
    element.dataset.ink = colour !== PAPER;
    element.tabIndex = here ? 0 : -1;
    element.classList.toggle("here", here);
    if (here && document.activeElement.parentElement === element.parentElement) element.focus();
  };
  return { element, update };
}

function toggle(model) {
  const onclick = () => model.python.send(model, { value: !model.state.value });
  const element = make("button", { type: "button", className: "toggle", onclick });
  const update = () => {
    const { description, value } = model.state;
    Object.assign(element, { textContent: description, ariaPressed: value });
  };
  return { element, update };
}

function choices(model) {
  const element = make("div", { className: "choices", role: "radiogroup" });
  const name = `choice-${++count}`;
  const option = (words, index) => {
    const onchange = () => model.python.send(model, { index });
    const input = make("input", { type: "radio", name, onchange });
    return make("label", {}, input, make("span", { textContent: words }));
  };
  const update = (names) => {
    if (names.includes("_options_labels"))
      element.replaceChildren(...model.state._options_labels.map(option));
    const chosen = element.querySelectorAll("input")[model.state.index];
    chosen.checked = true;
    // The key focus stays with what is chosen.
    if (element.contains(document.activeElement)) chosen.focus();
  };
  return { element, update };
}

function dropdown(model) {
  const onchange = () => model.python.send(model, { index: control.selectedIndex });
  const control = make("select", { onchange });
  const update = (names) => {
    if (names.includes("_options_labels"))
      control.replaceChildren(...model.state._options_labels.map((words) => new Option(words)));
    control.selectedIndex = model.state.index ?? 0;
  };
  return { element: labelled(model, control), update };
}

// A slider over numbers, or over the places of a list of words.
function slider(model) {
  const name = model.state._model_name === "SelectionSliderModel" ? "index" : "value";
  const oninput = () => model.python.send(model, { [name]: Number(control.value) });
  const control = make("input", { type: "range", oninput });
  const output = make("output", { ariaHidden: "true" }); // the slider says it itself
  const update = () => {
    const { _options_labels: options, readout_format: format, [name]: value } = model.state;
    const { min = 0, max = options?.length - 1, step = 1 } = model.state;
    const digits = Number(format?.match(/\.(\d)f/)?.[1] ?? 0);
    Object.assign(control, { min, max, step });
    control.value = value;
    output.textContent = options ? options[value] : value.toFixed(digits);
    control.ariaValueText = output.textContent;
  };
  return { element: labelled(model, control, output), update };
}

function text(model) {
  const onchange = () => model.python.send(model, { value: control.value });
  const control = make("input", { type: "text", onchange, spellcheck: false });
  return { element: labelled(model, control), update: () => (control.value = model.state.value) };
}

// Words. Where their paragraphs stay the same, only the text changes, so that a role
// of "status" is read out; what describes the picture becomes its alternative text.
function html(model) {
  const element = make("div", { className: "words" });
  const update = () => {
    const fresh = [...parsed(model.state.value).children];
    const old = [...element.children];
    const stays = (one, i) => !one.children.length && one.className === old[i].className;
    if (fresh.length !== old.length || !fresh.every(stays)) element.replaceChildren(...fresh);
    else
      for (const [i, { textContent }] of fresh.entries())
        if (old[i].textContent !== textContent) old[i].textContent = textContent;
    // Once it has its place.
    queueMicrotask(() => {
      const { previousElementSibling: picture } = element;
      const description = element.querySelector(".nn-words");
      if (description && picture?.tagName === "IMG") picture.alt = description.textContent;
    });
  };
  return { element, update };
}

function image(model) {
  const element = make("img", { alt: "" });
  const update = (names) => {
    if (!names.includes("value")) return;
    const old = element.src;
    element.src = URL.createObjectURL(new Blob([model.state.value], { type: "image/png" }));
    URL.revokeObjectURL(old);
  };
  return { element, update };
}

function label(model) {
  const element = make("span", { className: "label" });
  return { element, update: () => (element.textContent = model.state.value) };
}

const KINDS = {
  VBoxModel: box("column"),
  HBoxModel: box("row"),
  GridBoxModel: grid,
  ButtonModel: button,
  ToggleButtonModel: toggle,
  ToggleButtonsModel: choices,
  DropdownModel: dropdown,
  IntSliderModel: slider,
  FloatSliderModel: slider,
  SelectionSliderModel: slider,
  TextModel: text,
  HTMLModel: html,
  ImageModel: image,
  LabelModel: label,
};
