// What is written stays in this browser, each cell by itself, until it is taken back.

// Where this site lies, so that two on one host do not share.
const HOME = new URL(".", import.meta.url).pathname;

export class Kept {
  // heard: called with (id, entry or null) when another window writes; full: when
  // something cannot be kept.
  constructor(lesson, heard, full) {
    this.prefix = `${HOME}${lesson}/`;
    this.full = full;
    addEventListener("storage", ({ key, newValue }) => {
      if (key?.startsWith(this.prefix))
        heard(key.slice(this.prefix.length), newValue && JSON.parse(newValue));
    });
  }

  // [{id, source, from, outputs}]: `from` is what the lesson had when it was written.
  read() {
    try {
      const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.prefix));
      return keys.map((key) => ({
        ...JSON.parse(localStorage.getItem(key)),
        id: key.slice(this.prefix.length),
      }));
    } catch (error) {
      this.full(error);
      return [];
    }
  }

  write(id, entry) {
    const put = (value) => localStorage.setItem(this.prefix + id, JSON.stringify(value));
    try {
      try {
        put(entry);
      } catch {
        put({ ...entry, outputs: undefined }); // what can be computed again goes first
      }
      return true;
    } catch (error) {
      this.full(error);
      return false;
    }
  }

  forget(id) {
    try {
      localStorage.removeItem(this.prefix + id);
    } catch {
      // where nothing can be kept, nothing is
    }
  }
}

const exercise = (source) => source?.match(/check\(\s*["'](\d\d\.\w)["']/)?.[1];

// {cell: entry} and the entries left over. `from` is the surest sign, for an edition
// may have moved a cell; then its exercise, then its name.
export function matched(entries, cells) {
  const pairs = new Map();
  let rest = [...entries];
  const signs = [
    (entry, cell) => entry.from === cell.original && entry.id === cell.id,
    (entry, cell) => entry.from === cell.original,
    (entry, cell) => exercise(entry.from) && exercise(entry.from) === exercise(cell.original),
    (entry, cell) => entry.id === cell.id,
  ];
  for (const fits of signs)
    rest = rest.filter((entry) => {
      const cell = cells.find((one) => !pairs.has(one) && fits(entry, one));
      if (cell) pairs.set(cell, entry);
      return !cell;
    });
  return { pairs, rest };
}
