// A cell's code to write in: CodeMirror, in a shadow, where it may bring its own style.

import * as cm from "./codemirror/index.js";
import { python } from "./codemirror/index--qNV_jaW.js"; // as the bundle calls it
import { make } from "./widgets.js";

const HOW =
  "Shift+Enter runs the cell. Once you type, Tab indents; Escape and then Tab leaves the cell.";

// The library's colours become classes, which editor.css colours for light and dark.
const specs = cm.defaultHighlightStyle.specs.filter(({ color }) => color);
const classes = specs.map(({ tag, color }) => ({ tag, class: `c${color.slice(1)}` }));

const PLAIN = [cm.minimalSetup, cm.EditorView.lineWrapping, cm.highlightActiveLine()];
const PYTHON = [python(), cm.indentUnit.of("    "), cm.indentOnInput(), cm.bracketMatching()];

// The view of an editor; onwrite is called for what a person writes, or takes back.
export function editor(place, { doc, label, onwrite, onchange, onrun }) {
  const root = place.attachShadow({ mode: "open" });
  root.append(
    make("link", { rel: "stylesheet", href: new URL("editor.css", import.meta.url) }),
    make("p", { id: "how", textContent: HOW, hidden: true }),
  );
  const run = () => onrun() ?? true;
  // Reached by key, the Tab key goes on; in what one has pressed or written, it indents.
  const view = new cm.EditorView({
    doc,
    root,
    parent: root,
    extensions: [
      cm.keymap.of([
        { key: "Shift-Enter", run },
        { key: "Mod-Enter", run },
        { key: "Escape", run: () => view.setTabFocusMode(true) },
        cm.indentWithTab,
      ]),
      cm.EditorView.domEventHandlers({
        mousedown: () => view.setTabFocusMode(false),
        blur: () => view.setTabFocusMode(true),
      }),
      PLAIN,
      PYTHON,
      cm.syntaxHighlighting(cm.HighlightStyle.define(classes)),
      cm.EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": "how" }),
      cm.EditorView.updateListener.of(({ docChanged, transactions }) => {
        const own = transactions.some((one) => one.annotation(cm.Transaction.userEvent));
        if (own) place.classList.remove("wrong");
        if (docChanged) onchange();
        if (!docChanged || !own) return;
        view.setTabFocusMode(false);
        onwrite();
      }),
    ],
  });
  view.setTabFocusMode(true);
  return view;
}
