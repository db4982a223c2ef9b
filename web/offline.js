// The site stays for visits without a network; a new edition is offered, not forced.
import { make } from "./widgets.js";

const worker = navigator.serviceWorker; // not on a web address without https
const PATIENCE = 5000; // ms: then Python comes without being kept

// When what is fetched from now on is kept, or cannot be.
export const keeping = worker
  ? Promise.race([worker.ready, new Promise((late) => setTimeout(late, PATIENCE))])
  : Promise.resolve();

function offer(text, press, onclick) {
  const button = make("button", { type: "button", textContent: press, onclick });
  document.getElementById("offer").replaceChildren(text, button);
}

async function start() {
  const first = !worker.controller;
  const reload = () => location.reload();
  const renewed = () => offer("This site was renewed from another window. ", "Reload", reload);
  worker.oncontrollerchange = () => first || renewed();
  const url = new URL("sw.js", import.meta.url);
  const registration = await worker.register(url, { updateViaCache: "none" });
  const load = () => {
    worker.oncontrollerchange = reload;
    registration.waiting.postMessage("take over");
  };
  const ready = () =>
    worker.controller &&
    registration.waiting &&
    offer("There is a new edition of this site; what you wrote stays. ", "Load it", load);
  registration.onupdatefound = () => (registration.installing.onstatechange = ready);
  ready();
  // The pictures of this page, those too that nobody has scrolled to.
  (await worker.ready).active.postMessage([...document.images].map(({ src }) => src));
}

if (worker) start().catch(() => {}); // where it may not be kept, the site works all the same
