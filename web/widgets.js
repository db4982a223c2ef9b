// The widgets of ipywidgets that the live figures use, as native controls.

const PAPER = "#ffffff"; // of the pad; every other colour is ink
let count = 0;

// The element of a model, made once; `model.update(names)` follows its state.
export function view(model) {
  if (!model.element) {
    const kind = KINDS[model.state._model_name];
    if (!kind) return make("p", { textContent: `No ${model.state._model_name} here.` });
    const { element, update = () => {} } = kind(model);
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

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function part(model, name) {
  return model.python.find(model.state[name] ?? "")?.state;
}

// A control with its label before it and, if it has one, its value after it.
function labelled(model, control, ...after) {
  control.id = `control-${++count}`;
  const label = make("label", { htmlFor: control.id, textContent: model.state.description });
  return make("div", { className: "control" }, label, control, ...after);
}

function box(className) {
  return (model) => {
    const element = make("div", { className });
    const update = (names) => {
      if (!names.includes("children")) return;
      const children = model.state.children.map((child) => model.python.find(child));
      element.replaceChildren(...children.map(view));
      for (const words of element.querySelectorAll(":scope > .words")) describe(words);
      children.forEach((child, i) => {
        if (child.state._model_name === "LabelModel")
          element.children[i + 1]?.setAttribute("aria-label", child.state.value);
      });
    };
    return { element, update };
  };
}

// A grid of buttons to paint on: press on one, drag over others, finger or mouse.
function grid(model) {
  const made = box("grid")(model);
  const { element } = made;
  let stroke = null; // what is painted over: "true" for ink, "false" for paper
  const paint = ({ clientX, clientY }) => {
    const pixel = document.elementFromPoint(clientX, clientY);
    if (pixel?.parentElement !== element) return;
    stroke ??= pixel.dataset.ink;
    if (pixel.dataset.ink !== stroke) return;
    pixel.dataset.ink = stroke === "false";
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
    element.textContent = model.state.description;
    element.disabled = model.state.disabled;
    if (model.state.tooltip) element.setAttribute("aria-label", model.state.tooltip);
    if (model.state.tabbable === false) element.tabIndex = -1;
    const colour = part(model, "style")?.button_color;
    if (!colour) return;
    element.style.backgroundColor = colour;
    element.dataset.ink = colour !== PAPER;
    element.classList.toggle("here", part(model, "layout").border_top?.startsWith("3px"));
  };
  return { element, update };
}

function toggle(model) {
  const press = () => {
    model.python.send(model, { value: !model.state.value });
    update();
  };
  const element = make("button", { type: "button", className: "toggle", onclick: press });
  const update = () => {
    element.textContent = model.state.description;
    element.setAttribute("aria-pressed", model.state.value);
  };
  return { element, update };
}

function choices(model) {
  const element = make("div", { className: "choices" });
  element.setAttribute("role", "radiogroup");
  const name = `choice-${++count}`;
  const option = (words, index) => {
    const onchange = () => model.python.send(model, { index });
    const input = make("input", { type: "radio", name, onchange });
    return make("label", {}, input, make("span", { textContent: words }));
  };
  const update = (names) => {
    if (names.includes("_options_labels"))
      element.replaceChildren(...model.state._options_labels.map(option));
    for (const [i, input] of element.querySelectorAll("input").entries())
      input.checked = i === model.state.index;
  };
  return { element, update };
}

function dropdown(model) {
  const onchange = () => model.python.send(model, { index: control.selectedIndex });
  const control = make("select", { onchange });
  const update = (names) => {
    if (names.includes("_options_labels"))
      control.replaceChildren(
        ...model.state._options_labels.map((words) => make("option", { textContent: words })),
      );
    control.selectedIndex = model.state.index ?? 0;
  };
  return { element: labelled(model, control), update };
}

// A slider over numbers, or over the places of a list of words.
function slider(model) {
  const listed = model.state._model_name === "SelectionSliderModel";
  const name = listed ? "index" : "value";
  const control = make("input", { type: "range" });
  const output = make("output", {});
  output.setAttribute("aria-hidden", "true"); // the slider says it itself
  const show = () => {
    const { _options_labels: options, value, index, readout_format: format } = model.state;
    const digits = Number(format?.match(/\.(\d)f/)?.[1] ?? 0);
    output.textContent = listed ? options[index] : value.toFixed(digits);
    control.setAttribute("aria-valuetext", output.textContent);
  };
  control.oninput = () => {
    model.python.send(model, { [name]: Number(control.value) });
    show();
  };
  const update = () => {
    const { min = 0, max, step = 1, _options_labels: options } = model.state;
    Object.assign(control, { min, max: listed ? options.length - 1 : max, step });
    control.value = model.state[name];
    show();
  };
  return { element: labelled(model, control, output), update };
}

function text(model) {
  const onchange = () => model.python.send(model, { value: control.value });
  const control = make("input", { type: "text", onchange, spellcheck: false, autocomplete: "off" });
  return { element: labelled(model, control), update: () => (control.value = model.state.value) };
}

// Words. Where they stay in place, only the text changes, so that a role of
// "status" is read out; what describes the picture becomes its alternative text.
function html(model) {
  const element = make("div", { className: "words" });
  const update = () => {
    // The page has a style of its own, and its security policy takes no other.
    const plain = model.state.value.replace(/ style="[^"]*"/g, "");
    const fresh = new DOMParser().parseFromString(plain, "text/html").body;
    const said = [...fresh.children];
    while (element.children.length > said.length) element.lastChild.remove();
    said.forEach((one, i) => {
      const old = element.children[i];
      if (!old || old.className !== one.className || one.children.length) {
        if (old) old.replaceWith(one);
        else element.append(one);
      } else if (old.textContent !== one.textContent) old.textContent = one.textContent;
    });
    describe(element);
  };
  return { element, update };
}

function describe(words) {
  const description = words.querySelector(".nn-words");
  if (!description) return;
  description.hidden = true;
  if (words.previousElementSibling?.tagName === "IMG")
    words.previousElementSibling.alt = description.textContent;
}

function image(model) {
  const element = make("img", { alt: "" });
  let address = null;
  const update = (names) => {
    if (!names.includes("value")) return;
    const old = address;
    address = URL.createObjectURL(new Blob([model.state.value], { type: "image/png" }));
    element.src = address;
    if (old) URL.revokeObjectURL(old);
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
