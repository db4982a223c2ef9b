"""Run the cells of one hand-in, then call its answers as the judge asks for.

Started by judge.py in a sandbox. Nothing here decides anything: it records which
answers the notebook gives to `check`, and what a function of it returns.
"""

import ast
import builtins
import contextlib
import io
import linecache
import os
import struct
import sys
import types
import warnings

import numpy as np
import wire

from nn_helpers.checks import numbers

RECORD = "_answer_given_"


class Nothing:
    """Stands where a picture would be: drawing is not what is graded."""

    def __getattr__(self, name):
        return self

    def __call__(self, *_, **__):
        return self

    def __iter__(self):
        return iter(())


class Line:
    """The judge's two pipes, out of the way of what a notebook prints or reads."""

    def __init__(self):
        self.read = os.fdopen(os.dup(0), "rb")
        self.write = os.fdopen(os.dup(1), "wb")
        nowhere = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(nowhere, number)

    def receive(self):
        head = self.read.read(8)
        if len(head) < 8:  # the judge is gone
            os._exit(0)
        return wire.parse(self.read.read(struct.unpack(">Q", head)[0]))

    def send(self, **message):
        wire.send(self.write, message)


class _Calls(ast.NodeTransformer):
    """Calls of `check` become calls of the recorder, whatever `check` is by now."""

    def visit_Call(self, node):
        self.generic_visit(node)
        name = getattr(node.func, "id", getattr(node.func, "attr", None))
        if name == "check":
            node.func = ast.copy_location(ast.Name(RECORD, ast.Load()), node.func)
        return node


def compiled(source, name):
    """The cell as code; IPython's own lines (`%`, `!`) are turned as it turns them."""
    linecache.cache[name] = (len(source), None, source.splitlines(True), name)
    try:
        tree = ast.parse(source, name)
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager

        tree = ast.parse(TransformerManager().transform_cell(source), name)
    return compile(ast.fix_missing_locations(_Calls().visit(tree)), name, "exec")


def run_cells(cells, skipped, line):
    """Run what can be run; return ([(number, answer)], {cell: its error})."""
    given, errors, nothing = [], {}, Nothing()

    def record(number=None, answer=...):
        given.append((number, answer))

    def given_names():
        return {
            "check": record, RECORD: record, "hint": nothing, "viz": nothing,
            "show": nothing, "play": nothing, "get_ipython": lambda: nothing,
        }  # fmt: skip

    import nn_helpers

    for name in ("viz", "live"):
        module = types.ModuleType(f"nn_helpers.{name}")
        module.show = module.play = nothing
        module.__getattr__ = lambda name: nothing
        sys.modules[module.__name__] = module
        setattr(nn_helpers, name, module)
    scope = {"__name__": "__main__", "np": np, "nn_helpers": nn_helpers}
    for number, source in enumerate(cells):
        if number in skipped:
            continue
        line.send(cell=number)
        scope |= given_names()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(compiled(source, f"<cell {number}>"), scope)
        except (Exception, SystemExit, KeyboardInterrupt) as error:
            words = str(error).strip().splitlines() or [""]
            errors[number] = f"{type(error).__name__}: {words[0]}"[:200]
    return given, errors


def call(function, message, line):
    """Call an answer; what it returned, printed, warned of, and did to its arguments."""
    from nn_helpers.checks.answer import in_words, watched_exp

    def call_back(number, arguments):
        line.send(call_back=number, arguments=[wire.encode(a) for a in arguments])
        answer = line.receive()
        if "error" in answer:
            raise getattr(builtins, answer["error"], ValueError)(answer["words"])
        return wire.unpack(answer["value"], call_back)

    arguments = wire.unpack(message["arguments"], call_back)
    known, out, said, asked = wire.nodes(arguments), io.StringIO(), {}, [0.0]
    watch = watched_exp(asked) if message["watch_exp"] else contextlib.nullcontext()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with contextlib.redirect_stdout(out), watch:
            try:
                made = function(*arguments)
                if message["lists"]:
                    said["result"] = wire.walked(made)
                if not said.get("result"):
                    said["result"] = wire.encode(made, known)
            except Exception as error:
                said = {"stopped": in_words(error, function)[:400]}
    said["printed"] = out.getvalue()[:400]
    said["overflow"] = any("overflow" in str(w.message) for w in caught)
    line.send(**said, exp=float(max(asked)), contents=wire.contents(known))


def main():
    line = Line()
    task = line.receive()
    numbers.use(task["numbers"])
    given, errors = run_cells(task["cells"], set(task["skipped"]), line)
    line.send(given=[str(number) for number, _ in given], errors=errors)
    while True:
        message = line.receive()
        answer = given[message["place"]][1]
        if "look" in message:
            line.send(answer=None if callable(answer) else wire.encode(answer),
                      function=callable(answer), stub=_is_stub(answer))  # fmt: skip
        else:
            call(answer, message, line)


def _is_stub(answer):
    from nn_helpers.checks.answer import is_stub

    return callable(answer) and is_stub(answer)


if __name__ == "__main__":
    main()
