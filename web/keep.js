// What is written stays in this browser, each cell by itself, until it is taken back.

// Where this site lies, so that two on one host do not share.
const HOME = new URL(".", import.meta.url).pathname;

export class Kept {
  // heard(id, entry or null): another window has written; refused(error): the browser
  // does not keep it. An entry: {id, source, from, outputs}; `from` is what the lesson
  // had when it was written.
  constructor(lesson, heard, refused) {
    this.prefix = `${HOME}${lesson}/`;
    this.refused = refused;
    addEventListener("storage", ({ key, newValue }) => {
      if (key?.startsWith(this.prefix)) heard(key.slice(this.prefix.length), entryOf(newValue));
    });
  }

  ask(task) {
    try {
      return task(localStorage);
    } catch (error) {
      this.refused(error);
    }
  }

  read() {
    const all = this.ask((store) => Object.entries(store)) ?? [];
    const ours = all.filter(([key]) => key.startsWith(this.prefix));
    return ours.map(([, text]) => entryOf(text)).filter(Boolean);
  }

  // Whether it is kept.
  write(entry) {
    const kept = JSON.stringify(entry);
    return this.ask((store) => store.setItem(this.prefix + entry.id, kept) ?? true);
  }

  forget(id) {
    this.ask((store) => store.removeItem(this.prefix + id));
  }
}

// What was kept; null for what is none of ours.
function entryOf(text) {
  try {
    const kept = JSON.parse(text);
    return typeof kept?.id === "string" && typeof kept.source === "string" ? kept : null;
  } catch {
    return null;
  }
}

// The exercise that code checks.
export const exercise = (source) => source?.match(/check\(\s*["'](\d\d\.\w)["']/)?.[1];

// {cell: entry}, and the entries left over. An edition may have moved a cell: so its
// code is the surest sign, then its exercise, then its name.
export function matched(entries, cells) {
  const signs = ({ id, source, from = source }, cell) =>
    4 * (from !== "" && from === cell.original) +
    2 * (exercise(from) !== undefined && exercise(from) === exercise(cell.original)) +
    (id === cell.id);
  const likely = entries.flatMap((entry) => cells.map((cell) => [signs(entry, cell), entry, cell]));
  const pairs = new Map();
  const placed = (entry) => [...pairs.values()].includes(entry);
  for (const [sure, entry, cell] of likely.sort(([one], [other]) => other - one))
    if (sure && !pairs.has(cell) && !placed(entry)) pairs.set(cell, entry);
  return { pairs, rest: entries.filter((entry) => !placed(entry)) };
}
