// Python in a web worker: it loads, runs the cells it is given, and passes messages.
import { loadPyodide } from "./python/pyodide.mjs";

// Bytes as they arrive, whoever asks for them: they are what the progress shows.
const plainFetch = self.fetch;
let [loaded, all] = [0, 0];
self.fetch = async (...request) => {
  const response = await plainFetch(...request);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  const counted = new TransformStream({
    transform(chunk, out) {
      loaded += chunk.byteLength;
      postMessage({ kind: "loaded", bytes: loaded, all });
      out.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counted), response);
};

let python;

// The module kernel.py, once it is there.
async function load() {
  const files = await (await plainFetch("python/files.json")).json();
  all = files.bytes;
  const pyodide = await loadPyodide({
    indexURL: new URL("python/", location).href,
    packages: files.packages,
  });
  // Pyodide goes on without a package that it could not fetch; the lessons cannot.
  const missing = files.packages.filter((name) => !(name in pyodide.loadedPackages));
  if (missing.length) throw new Error(`${missing.join(", ")} could not be fetched`);
  const course = await (await self.fetch("python/course.zip")).arrayBuffer();
  pyodide.unpackArchive(course, "zip", { extractDir: "/course" });
  pyodide.registerJsModule("page", {
    send: (message, buffers) => postMessage({ ...JSON.parse(message), buffers }),
  });
  pyodide.runPython("import sys; sys.path.insert(0, '/course')");
  return pyodide.pyimport("kernel");
}

async function run(cells) {
  python ??= await load();
  for (const { id, source, name } of cells) {
    postMessage({ kind: "runs", cell: id });
    await python.shell.run(id, source, name);
    // What the page has sent meanwhile is heard between two cells.
    await new Promise((heard) => setTimeout(heard));
  }
  postMessage({ kind: "ready" });
}

let runs = Promise.resolve(); // one after the other

// Whatever fails, Python that has died too, is told here.
self.onunhandledrejection = ({ reason }) => postMessage({ kind: "failed", text: String(reason) });

self.onmessage = async ({ data }) => {
  if (data.kind === "run") return (runs = runs.then(() => run(data.cells)));
  python.receive(data.comm, JSON.stringify(data.data));
  postMessage({ kind: "heard" });
};
