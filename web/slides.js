// A lesson's slides: arrows move them, their number stands in the address.
import Reveal from "./reveal.esm.js";

new Reveal({ width: 1280, height: 720, margin: 0.02, display: "flex", hash: true }).initialize();
