// Python in a worker, and the page's end of the widgets that it makes.
import { make, view } from "./widgets.js";

const WIDGET = "application/vnd.jupyter.widget-view+json";

export class Python {
  // on: {kind of message: what to do with it}
  constructor(on) {
    this.on = on;
    this.models = new Map();
    this.waiting = [];
    this.busy = false;
    this.worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = (event) => on.failed({ text: event.message || "no answer" });
  }

  // cells: [{id, source, name}]; a message "ready" says that they have run.
  run(cells) {
    this.worker.postMessage({ kind: "run", cells });
  }

  hear(message) {
    if (message.kind === "comm_open") this.open(message);
    else if (message.kind === "comm_msg") this.change(message);
    else if (message.kind === "comm_close") this.close(message);
    else if (message.kind === "heard") {
      this.busy = false;
      this.pump();
    } else this.on[message.kind]?.(message);
  }

  open({ comm, data, buffers }) {
    const model = { id: comm, state: {}, python: this };
    this.models.set(comm, model);
    this.take(model, data, buffers);
  }

  change({ comm, data, buffers }) {
    const model = this.models.get(comm);
    if (!model || data.method !== "update") return;
    const names = this.take(model, data, buffers);
    model.update?.(names);
    if (/Layout|Style/.test(model.state._model_name)) {
      for (const user of this.models.values())
        if ([user.state.layout, user.state.style].includes(`IPY_MODEL_${comm}`)) user.update?.([]);
    }
  }

  close({ comm }) {
    this.models.get(comm)?.element?.remove();
    this.models.delete(comm);
  }

  take(model, { state, buffer_paths = [] }, buffers) {
    Object.assign(model.state, state);
    for (const [number, [name]] of buffer_paths.entries()) model.state[name] = buffers[number];
    return [...Object.keys(state), ...buffer_paths.flat()];
  }

  find(reference) {
    return this.models.get(reference.replace("IPY_MODEL_", ""));
  }

  // The element of a display, if it is that of a widget.
  element(data) {
    return WIDGET in data ? view(this.models.get(data[WIDGET].model_id)) : null;
  }

  // One message is on its way at a time; of the values that wait, the last one wins.
  send(model, state) {
    Object.assign(model.state, state);
    model.update(Object.keys(state));
    this.queue({ model, data: { method: "update", state, buffer_paths: [] } });
  }

  click(model) {
    this.queue({ model, data: { method: "custom", content: { event: "click" } } });
  }

  queue(message) {
    const last = this.waiting.at(-1);
    if (last?.model === message.model && message.data.method === "update") this.waiting.pop();
    this.waiting.push(message);
    this.pump();
  }

  pump() {
    if (this.busy || !this.waiting.length) return;
    const { model, data } = this.waiting.shift();
    this.busy = true;
    this.worker.postMessage({ kind: "comm", comm: model.id, data });
  }
}

// The cells of a lesson, from its page: what there is to run.
export function cells(page) {
  return [...page.querySelectorAll(".cell")].map((cell) => ({
    id: cell.id,
    source: cell.querySelector(".source").textContent,
  }));
}

// What is going on, in words, and as a bar with megabytes: `on` is for Python's messages.
export function progress(words, count) {
  const bar = make("progress", { max: 1, value: 0, ariaLabel: "Progress" });
  // Too often for a voice; the bar can be asked.
  const said = make("span", { ariaHidden: "true" });
  const box = make("span", {}, bar, " ", said);
  const mega = (bytes) => (bytes / 1e6).toFixed(1);
  let [all, ran] = [0, 0];
  words.after(box);
  words.textContent = "Fetching Python.";
  const loaded = ({ bytes }) => {
    bar.value = bytes / all;
    said.textContent = `${mega(bytes)} of ${mega(all)} MB`;
    if (bytes >= all) words.textContent = "Python starts.";
  };
  const went = () => {
    bar.value = ++ran / count;
    said.textContent = `cell ${ran} of ${count}`;
    if (ran === 1) words.textContent = "The cells run.";
  };
  return { box, on: { size: ({ bytes }) => (all = bytes), loaded, ran: went } };
}
