// A cell's code to write in: CodeMirror, in a shadow, where it may bring its own style.

import {
  bracketMatching,
  Decoration,
  defaultHighlightStyle,
  EditorView,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  indentWithTab,
  keymap,
  minimalSetup,
  Prec,
  StateEffect,
  StateField,
  syntaxHighlighting,
} from "./codemirror/index.js";
import { python } from "./codemirror/index--qNV_jaW.js"; // as the bundle calls it
import { make } from "./widgets.js";

const HOW =
  "Shift+Enter runs the cell. Once you type, Tab indents; Escape and then Tab leaves the cell.";

// The colours of the page, light and dark, in place of the library's.
const COLOURS = {
  "#708": "var(--key)",
  "#219": "var(--key)",
  "#164": "var(--number)",
  "#a11": "var(--string)",
  "#e40": "var(--string)",
  "#00f": "var(--name)",
  "#00c": "var(--name)",
  "#167": "var(--name)",
  "#940": "var(--comment)",
};
const colours = defaultHighlightStyle.specs
  .filter(({ color }) => color in COLOURS)
  .map(({ tag, color }) => ({ tag, color: COLOURS[color] }));

const theme = EditorView.theme({
  "&": { color: "var(--ink)" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { font: "inherit", lineHeight: "1.5" },
  ".cm-content": { padding: "0.6rem 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 0.9rem" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": {
    background: "var(--chosen) !important",
  },
  "&.cm-focused .cm-matchingBracket": { background: "var(--chosen)" },
  ".wrong": { boxShadow: "inset 4px 0 var(--bad)", background: "var(--bad-paper)" },
});

// The line in which a run ended, until something is written.
const mark = StateEffect.define();
const marked = StateField.define({
  create: () => Decoration.none,
  update(old, { effects, docChanged, state }) {
    for (const effect of effects) {
      const line = effect.is(mark) && effect.value <= state.doc.lines && effect.value;
      if (line)
        return Decoration.set(Decoration.line({ class: "wrong" }).range(state.doc.line(line).from));
    }
    return docChanged || effects.some((effect) => effect.is(mark)) ? Decoration.none : old;
  },
  provide: (field) => EditorView.decorations.from(field),
});

export function editor(place, { source, label, onwrite, onrun }) {
  const root = place.attachShadow({ mode: "open" });
  root.append(make("p", { id: "how", textContent: HOW, hidden: true }));
  let pressed = false; // the focus comes from a press, not by key
  const run = () => {
    onrun();
    return true;
  };
  // Reached by key, the Tab key goes on; in what one has pressed or written, it indents.
  const leave = (view) => {
    view.setTabFocusMode(true);
    return false;
  };
  const hands = {
    mousedown(_, view) {
      pressed = true;
      view.setTabFocusMode(false);
    },
    focus: (_, view) => !pressed && leave(view),
    blur: () => {
      pressed = false;
    },
  };
  const view = new EditorView({
    doc: source,
    root,
    parent: root,
    extensions: [
      Prec.highest(
        keymap.of([
          { key: "Shift-Enter", run },
          { key: "Ctrl-Enter", mac: "Cmd-Enter", run },
          { key: "Escape", run: leave },
        ]),
      ),
      Prec.high(EditorView.domEventHandlers(hands)),
      minimalSetup,
      indentOnInput(),
      bracketMatching(),
      indentUnit.of("    "),
      keymap.of([indentWithTab]),
      python(),
      syntaxHighlighting(HighlightStyle.define(colours)),
      theme,
      marked,
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": "how" }),
      EditorView.updateListener.of(({ docChanged }) => {
        if (!docChanged) return;
        view.setTabFocusMode(false);
        onwrite();
      }),
    ],
  });
  return {
    get source() {
      return view.state.doc.toString();
    },
    set source(text) {
      const { length } = view.state.doc;
      view.dispatch({ changes: { from: 0, to: length, insert: text } });
    },
    mark: (line) => view.dispatch({ effects: mark.of(line) }),
    focus: () => view.focus(),
  };
}
