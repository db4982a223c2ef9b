// The lesson as a notebook: to take home, and to bring back.
import { make } from "./widgets.js";

// The lesson's notebook with what stands in the cells, and `extra` code after them.
export async function download(lesson, cells, extra) {
  const notebook = await (await fetch(`${lesson}.ipynb`)).json();
  const mine = new Map(cells.map((cell) => [cell.id, cell]));
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    const { source, outputs, count } = mine.get(cell.id);
    cell.source = source;
    cell.outputs = outputs.list ?? [];
    cell.execution_count = count ?? null;
  }
  for (const [number, { source }] of extra.entries())
    notebook.cells.push({
      cell_type: "code",
      id: `kept-${number}`,
      metadata: {},
      source,
      outputs: [],
      execution_count: null,
    });
  const type = "application/x-ipynb+json";
  const href = URL.createObjectURL(new Blob([`${JSON.stringify(notebook, null, 1)}\n`], { type }));
  make("a", { href, download: `${lesson}.ipynb` }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

// The code cells of a notebook as entries, as they are kept; an Error says why not.
export async function opened(file) {
  if (file.size > 50e6) throw new Error(`${file.name} is larger than 50 MB`);
  let notebook;
  try {
    notebook = JSON.parse(await file.text());
  } catch {
    throw new Error(`${file.name} is no notebook (a file that ends in .ipynb)`);
  }
  if (!Array.isArray(notebook?.cells))
    throw new Error(`${file.name} is no notebook of today’s form (nbformat 4)`);
  const title = text(notebook.cells[0]?.source).match(/^# .*/)?.[0];
  const own = document.querySelector("h1").textContent;
  const whose = title?.slice(2).replaceAll("`", "");
  if (whose !== own) throw new Error(`${file.name} is “${whose ?? "?"}”, and this is “${own}”`);
  return notebook.cells
    .filter(({ cell_type }) => cell_type === "code")
    .map(({ id, source, outputs }) => ({ id, source: text(source), outputs }));
}

const text = (source) => [source ?? ""].flat().join("");
