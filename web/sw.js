// Keeps the site for visits without a network: one edition, whole or not at all.
importScripts("edition.js"); // EDITION, FILES: {path: checksum}, FIRST: its small files

const HOME = new URL(".", location).pathname;
const NAME = `${HOME} ${EDITION}`;
const STREAMED = /\.(wasm|whl|zip)$/; // large: passed on as they come, compared afterwards

const checksum = async (body) =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", body)).slice(0, 8)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

// A file of this edition: from here, from the edition before, or from the network.
async function file(path) {
  const cache = await caches.open(NAME);
  const here = (await cache.match(path)) ?? (await caches.match(path));
  if (here?.headers.get("checksum") === FILES[path]) {
    await cache.put(path, here.clone());
    return here;
  }
  const response = await fetch(path, { cache: "no-cache" });
  if (!response.ok) return response;
  const kept = keep(cache, path, response.clone());
  if (STREAMED.test(path)) return response;
  return (await kept) ? response : Response.error(); // no page of two editions
}

async function keep(cache, path, response) {
  const body = await response.arrayBuffer();
  const fits = (await checksum(body)) === FILES[path];
  const headers = { "content-type": response.headers.get("content-type"), checksum: FILES[path] };
  if (fits) await cache.put(path, new Response(body, { headers }));
  else registration.update();
  return fits;
}

async function install() {
  for (const path of FIRST)
    if (!(await file(path)).ok) throw new Error(`${path}: another edition, or not to be had`);
}

async function activate() {
  for (const name of await caches.keys())
    if (name.startsWith(`${HOME} `) && name !== NAME) await caches.delete(name);
  await clients.claim();
}

function pathOf({ method, url }) {
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin || !pathname.startsWith(HOME)) return null;
  const path = decodeURI(pathname.slice(HOME.length)) || "index.html";
  return [path, `${path}.html`].find((one) => one in FILES);
}

self.oninstall = (event) => event.waitUntil(install());
self.onactivate = (event) => event.waitUntil(activate());
self.onfetch = (event) => {
  const path = pathOf(event.request);
  if (path) event.respondWith(file(path));
};
self.onmessage = (event) => {
  if (event.data === "take over") self.skipWaiting();
  else
    for (const url of event.data) {
      const path = pathOf({ method: "GET", url });
      if (path) event.waitUntil(file(path));
    }
};
