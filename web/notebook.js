// The lesson as a notebook: to take home, and to bring back.
import { text } from "./outputs.js";
import { make } from "./widgets.js";

// The lesson's notebook with what stands in the cells; those that it lacks follow it.
export async function download(lesson, cells) {
  const notebook = await (await fetch(`${lesson}.ipynb`)).json();
  for (const { id, source, current, count } of cells) {
    let cell = notebook.cells.find((one) => one.id === id);
    if (!cell) notebook.cells.push((cell = { cell_type: "code", id, metadata: {} }));
    cell.source = source;
    cell.outputs = current ?? [];
    cell.execution_count = count;
  }
  const parts = [`${JSON.stringify(notebook, null, 1)}\n`];
  const href = URL.createObjectURL(new Blob(parts, { type: "application/x-ipynb+json" }));
  make("a", { href, download: `${lesson}.ipynb` }).click();
}

// The code cells of a notebook as entries, as they are kept; an Error says why not.
export async function opened(file) {
  const no = (why) => new Error(`${file.name} ${why}`);
  if (file.size > 50e6) throw no("is larger than 50 MB");
  const notebook = await file
    .text()
    .then(JSON.parse)
    .catch(() => null);
  if (!Array.isArray(notebook?.cells)) throw no("is no notebook (.ipynb, of nbformat 4)");
  const title = text(notebook.cells[0]?.source)
    .match(/^# (.*)/)?.[1]
    .replaceAll("`", "");
  const here = document.querySelector("h1").textContent;
  if (title !== here) throw no(`is of “${title ?? "another series"}”, and this is “${here}”`);
  return notebook.cells
    .map(({ id, cell_type, source, outputs }) => ({ id, cell_type, source: text(source), outputs }))
    .filter(({ cell_type, source }) => cell_type === "code" && source.trim());
}
