// Keeps the site for visits without a network: one edition, whole or not at all.
importScripts("edition.js"); // FILES: {path: checksum}; FIRST: the small ones

const HOME = new URL(".", location).pathname;
// One cache for all editions: a file that has not changed need not come again.
const CACHE = caches.open(HOME);
const keyOf = (path) => new URL(`${path}?${encodeURIComponent(FILES[path])}`, location).href;
const STREAMED = /\.(wasm|whl|zip)$/; // large: passed on as they come, compared afterwards

async function checksum(body) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return btoa(String.fromCharCode(...bytes.slice(0, 12)));
}

// A file of this edition, from here or from the network.
async function file(path) {
  const here = await (await CACHE).match(keyOf(path));
  if (here) return here;
  const response = await fetch(path, { cache: "no-cache" });
  if (!response.ok) return response;
  const kept = keep(path, response.clone());
  if (STREAMED.test(path)) return response;
  return (await kept) ? response : Response.error(); // no page of two editions
}

// Whether it is of this edition.
async function keep(path, response) {
  const body = await response.arrayBuffer();
  const fits = (await checksum(body)) === FILES[path];
  if (!fits) await registration.update();
  else await (await CACHE).put(keyOf(path), new Response(body, response)).catch(() => {}); // full
  return fits;
}

// Whole or not at all.
const first = async (path) => (await file(path)).ok || Promise.reject(path);

async function activate() {
  const [cache, current] = [await CACHE, new Set(Object.keys(FILES).map(keyOf))];
  for (const request of await cache.keys())
    if (!current.has(request.url)) await cache.delete(request);
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
