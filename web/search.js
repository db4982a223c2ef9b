// The search page: Pagefind's index, asked as you type.
import * as pagefind from "./pagefind/pagefind.js";
import { make } from "./widgets.js";

const ids = ["words", "found", "results"];
const [words, found, results] = ids.map((id) => document.getElementById(id));

async function look() {
  const asked = words.value.trim();
  history.replaceState(null, "", asked ? `?q=${encodeURIComponent(asked)}` : location.pathname);
  const answer = await pagefind.debouncedSearch(asked);
  if (answer === null) return; // another letter came in between
  const pages = await Promise.all(answer.results.map((one) => one.data()));
  const places = pages.flatMap((page) => page.sub_results.filter(fits).slice(0, 3));
  results.replaceChildren(...places.map(row));
  found.textContent = asked && `Places with “${asked}”: ${places.length}`;
}

// Where a word occurs nowhere, Pagefind tries its beginning, down to a letter: too kind.
function fits({ excerpt }) {
  const marked = excerpt.toLowerCase().replace(/<mark>[^\p{L}\d]+/gu, "<mark>");
  const asked = words.value.trim().toLowerCase().split(/\s+/);
  return asked.some((word) => marked.includes(`<mark>${word.slice(0, 3)}`));
}

function row({ url, title, excerpt }) {
  const link = make("a", { href: url, textContent: title });
  const text = make("p", { innerHTML: excerpt }); // Pagefind escapes it, and marks the words
  return make("li", {}, link, text);
}

words.addEventListener("input", look);
words.form.addEventListener("submit", (event) => event.preventDefault());
words.value = new URLSearchParams(location.search).get("q") ?? "";
words.focus();
if (words.value) look();
