"""Run the cells of one hand-in; at each `check`, let the judge call the answer.

Started by judge.py in a sandbox. Nothing here decides anything: it says which answer
the notebook gives to `check`, and what a function of it returns.
"""

import ast
import builtins
import contextlib
import io
import os
import struct
import sys
import types
import warnings
from collections.abc import Iterator

import numpy as np
import wire

from nn_helpers import checks
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


class Calls(ast.NodeTransformer):
    """Calls of `check` become calls of the recorder, whatever `check` is by now."""

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "check":
            node.func = ast.copy_location(ast.Name(RECORD, ast.Load()), node.func)
        return node


class Notebook:
    """The cells, run as IPython runs them, with a recorder for `check`."""

    def __init__(self, line):
        from IPython.core.interactiveshell import InteractiveShell
        from traitlets.config import Config

        quiet = Config()
        quiet.HistoryManager.enabled = False
        self.shell, self.line = InteractiveShell.instance(config=quiet), line
        self.shell.ast_transformers.append(Calls())
        self.scope, self.nothing = self.shell.user_ns, Nothing()
        # An imported check records as well, and nobody is told what is right.
        checks.check, checks.passes = self.record, lambda *_: False
        self._no_pictures()

    def _no_pictures(self):
        import nn_helpers

        for name in ("viz", "live"):
            module = types.ModuleType(f"nn_helpers.{name}")
            module.show = module.play = self.nothing
            module.__getattr__ = lambda name: self.nothing
            sys.modules[module.__name__] = module
            setattr(nn_helpers, name, module)
        self.scope |= {"np": np, "nn_helpers": nn_helpers}

    def run(self, cells, skipped):
        """Run what can be run; return {cell: its error}."""
        errors = {}
        for number, source in enumerate(cells):
            if number in skipped:
                continue
            self.line.send(cell=number)
            names = dict.fromkeys(("hint", "viz", "show", "play"), self.nothing)
            self.scope |= {**names, "check": self.record, RECORD: self.record_or_call}
            with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
                warnings.simplefilter("ignore")
                done = self.shell.run_cell(source, store_history=True)
            error = done.error_before_exec or done.error_in_exec
            if error is not None:
                words = str(error).strip().splitlines() or [""]
                errors[number] = f"{type(error).__name__}: {words[0]}"[:200]
        return errors

    def record_or_call(self, *given, **named):
        """A notebook may have a function of its own that is called check."""
        number = given[0] if given else named.get("number")
        own = self.scope.get("check")
        if (
            isinstance(number, str) and number in checks.EXERCISES
        ) or own == self.record:
            return self.record(*given, **named)
        return own(*given, **named)

    def record(self, number=None, answer=...):
        """Tell the judge of an answer, and serve its questions until it goes on."""
        self.line.send(checks=str(number))
        while "go" not in (message := self.line.receive()):
            if "look" in message:
                stub = callable(answer) and _is_stub(answer)
                held = None if callable(answer) else wire.encode(answer)
                self.line.send(answer=held, function=callable(answer), stub=stub)
            else:
                call(answer, message, self.line)


def call(function, message, line):
    """Call an answer; what it returned, printed, warned of, and did to its arguments."""
    from nn_helpers.checks.answer import in_words, watched

    def call_back(number, arguments):
        line.send(call_back=number, arguments=[wire.encode(a) for a in arguments])
        answer = line.receive()
        if "error" in answer:
            raise getattr(builtins, answer["error"], ValueError)(answer["words"])
        return wire.unpack(answer["value"], call_back)

    arguments = wire.unpack(message["arguments"], call_back)
    known, out, said = wire.nodes(arguments), io.StringIO(), {}
    asked, held = [0.0], [0]
    watch = watched(message["watch_exp"], asked, message["watch_memory"], held)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with contextlib.redirect_stdout(out), watch:
            try:
                made = function(*arguments)
                if message["lists"] and isinstance(made, Iterator):
                    made = list(made)
                said["result"] = wire.encode(made, known)
            except Exception as error:
                said = {"stopped": in_words(error, function)[:400]}
    said["printed"] = out.getvalue()[:400]
    said["held"] = held[0]
    said["overflow"] = any("overflow" in str(w.message) for w in caught)
    line.send(**said, exp=float(max(asked)), contents=wire.contents(known))


def _is_stub(answer):
    from nn_helpers.checks.answer import is_stub

    return is_stub(answer)


def limit(limits):
    """Keep to {"RLIMIT_AS": bytes, ...}, where the system knows such limits."""
    with contextlib.suppress(ImportError):
        import resource

        for name, most in limits.items():
            with contextlib.suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (most, most))


def main():
    line = Line()
    task = line.receive()
    limit(task["limits"])
    numbers.use(task["numbers"])
    sys.path.append(
        os.getcwd()
    )  # at the end, so that no file of theirs hides a library
    line.send(errors=Notebook(line).run(task["cells"], set(task["skipped"])))


if __name__ == "__main__":
    main()
