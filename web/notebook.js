// The lesson as a notebook: to take home, and to bring back.
import { exercise } from "./keep.js";
import { text } from "./outputs.js";
import { make } from "./widgets.js";

// The lesson's notebook with what stands in the cells; those that it lacks follow it.
export async function download(lesson, cells) {
  const notebook = await (await fetch(`${lesson}.ipynb`)).json();
  for (const { id, source, current, count } of cells) {
    let cell = notebook.cells.find((one) => one.id === id);
    if (!cell) notebook.cells.push((cell = { cell_type: "code", id, metadata: {} }));
    Object.assign(cell, { source, outputs: current, execution_count: count });
  }
  const parts = [`${JSON.stringify(notebook, null, 1)}\n`];
  const href = URL.createObjectURL(new Blob(parts, { type: "application/x-ipynb+json" }));
  make("a", { href, download: `${lesson}.ipynb` }).click();
}

// The code cells of a notebook as entries, as they are kept; an Error says why not.
export async function opened(file, lesson) {
  const no = (why) => new Error(`${file.name} ${why}. Nothing was opened.`);
  if (file.size > 50e6) throw no("is larger than 50 MB");
  const notebook = await new Response(file).json().catch(() => null);
  if (!Array.isArray(notebook?.cells)) throw no("is no notebook (.ipynb, of nbformat 4)");
  const code = notebook.cells
    .filter((cell) => cell?.cell_type === "code")
    .map(({ id, source, outputs }) => ({
      id: String(id),
      source: text(source),
      outputs: [outputs ?? []].flat().filter(drawable),
    }));
  const asked = code.map(({ source }) => exercise(source)).filter(Boolean);
  if (!asked.some((one) => one.startsWith(lesson.slice(0, 2))))
    throw no(`has no exercise of this lesson, but ${asked[0] ?? "none at all"}`);
  return code;
}

const drawable = (output) =>
  output?.text || output?.traceback?.join || (output?.data && typeof output.data === "object");
