// Python in a worker, and the page's end of the widgets that it makes.
import { view } from "./widgets.js";

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

  // cells: [{id, source, name}]; messages "runs" and, of them all, "ready".
  run(cells) {
    this.worker.postMessage({ kind: "run", cells });
  }

  hear(message) {
    (this[message.kind] ?? this.on[message.kind])?.call(this, message);
  }

  comm_open({ comm, data, buffers }) {
    const model = { id: comm, state: {}, python: this };
    this.models.set(comm, model);
    this.take(model, data, buffers);
  }

  comm_msg({ comm, data, buffers }) {
    const model = this.models.get(comm);
    if (!model || data.method !== "update") return;
    const names = this.take(model, data, buffers);
    model.update?.(names);
    if (!/Layout|Style/.test(model.state._model_name)) return;
    for (const user of this.models.values())
      if ([user.state.layout, user.state.style].includes(`IPY_MODEL_${comm}`)) user.update?.([]);
  }

  comm_close({ comm }) {
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

  // The element of an output, if it is that of a widget; no notebook keeps its name.
  element(data = {}) {
    const model = this.models.get(data[WIDGET]?.model_id);
    delete data[WIDGET];
    return model ? view(model) : null;
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
    if (!this.busy) this.heard();
  }

  heard() {
    const message = this.waiting.shift();
    this.busy = message !== undefined;
    if (!message) return;
    this.worker.postMessage({ kind: "comm", comm: message.model.id, data: message.data });
  }
}

// What is going on, in words, and as a bar with megabytes: `on` is for Python's messages.
export function progress(words) {
  const box = document.getElementById("progress");
  const [bar, said] = box.children;
  const mega = (bytes) => (bytes / 1e6).toFixed(1);
  let ran = 0;
  return {
    box,
    start() {
      [ran, bar.value, said.textContent, box.hidden] = [0, 0, "", false];
    },
    loaded({ bytes, all }) {
      bar.value = bytes / all;
      said.textContent = `${mega(bytes)} of ${mega(all)} MB`;
    },
    runs(left) {
      bar.value = ran / (ran + left);
      if (ran === 1) words.textContent = "The cells run.";
      said.textContent = `cell ${++ran} of ${ran - 1 + left}`;
    },
  };
}
