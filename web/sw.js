// Keeps the site for visits without a network: one edition, whole or not at all.
importScripts("edition.js"); // EDITION, FILES: {path: checksum}, FIRST: its small files

const HOME = new URL(".", location).pathname;
const NAME = `${HOME} ${EDITION}`;
const STREAMED = /\.(wasm|whl|zip)$/; // large: passed on as they come, compared afterwards

async function checksum(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return btoa(String.fromCharCode(...bytes.slice(0, 12)));
}

// A file of this edition: from here, from the edition before, or from the network.
async function file(path) {
  const cache = await caches.open(NAME);
  const here = await cache.match(path);
  if (here) return here;
  const before = await caches.match(path);
  if (before?.headers.get("checksum") === FILES[path]) {
    await cache.put(path, before.clone());
    return before;
  }
  const response = await fetch(path, { cache: "no-cache" });
  if (!response.ok) return response;
  const kept = keep(cache, path, response.clone());
  if (STREAMED.test(path)) return response;
  return (await kept) ? response : Response.error(); // no page of two editions
}

// Whether it is of this edition.
async function keep(cache, path, response) {
  const body = await response.arrayBuffer();
  const headers = { "content-type": response.headers.get("content-type"), checksum: FILES[path] };
  const fits = (await checksum(body)) === FILES[path];
  await (fits ? cache.put(path, new Response(body, { headers })) : registration.update());
  return fits;
}

// Whole or not at all.
const first = async (path) => (await file(path)).ok || Promise.reject(path);

async function activate() {
  for (const name of await caches.keys())
    if (name.startsWith(`${HOME} `) && name !== NAME) await caches.delete(name);
  await clients.claim();
}

function pathOf({ method = "GET", url }) {
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin || !pathname.startsWith(HOME)) return;
  const path = decodeURI(pathname.slice(HOME.length)) || "index.html";
  return [path, `${path}.html`].find((one) => one in FILES);
}

self.oninstall = (event) => event.waitUntil(Promise.all(FIRST.map(first)));
self.onactivate = (event) => event.waitUntil(activate());
self.onfetch = (event) => {
  const path = pathOf(event.request);
  if (path) event.respondWith(file(path));
};
self.onmessage = (event) => {
  if (event.data === "take over") return self.skipWaiting();
  const paths = event.data.map((url) => pathOf({ url })).filter(Boolean);
  event.waitUntil(Promise.all(paths.map(file)));
};
