// The search page: Pagefind's index, asked as you type.
import * as pagefind from "./pagefind/pagefind.js";

const words = document.getElementById("words");
const found = document.getElementById("found");
const results = document.getElementById("results");

async function look() {
  const asked = words.value.trim();
  const answer = await pagefind.debouncedSearch(asked);
  if (answer === null) return; // another letter came in between
  const first = await Promise.all(answer.results.slice(0, 12).map((one) => one.data()));
  results.replaceChildren(...first.flatMap((page) => page.sub_results.slice(0, 3).map(row)));
  const pages = answer.results.length;
  found.textContent = asked && `${pages || "No"} ${pages === 1 ? "page" : "pages"} with “${asked}”`;
}

function row({ url, title, excerpt }) {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: url, textContent: title });
  const text = document.createElement("p");
  text.innerHTML = excerpt; // Pagefind escapes it, and marks the words
  item.append(link, text);
  return item;
}

words.addEventListener("input", look);
words.form.addEventListener("submit", (event) => event.preventDefault());
words.value = new URLSearchParams(location.search).get("q") ?? "";
if (words.value) look();
