"""Judge the answers of one hand-in, each in a fresh Python, without trusting it.

The hand-in runs in a process of its own (worker.py, in a sandbox). What its answers
return comes here as plain numbers, and the check that judges them runs here, where
nothing of the hand-in ever runs. So a printed verdict, a forged one, or another
`check` changes nothing: there is nobody there to believe it.
"""

import contextlib
import queue
import re
import struct
import threading
import time
from typing import NamedTuple

import sandbox
import wire

from nn_helpers import checks
from nn_helpers.checks import numbers
from nn_helpers.checks.answer import Answer, Stop, TimeIsUp

CELL_SECONDS = 20  # a cell that runs longer is left out
RUN_SECONDS = 90  # all cells before an answer
TRIES = 10  # answers to one exercise that are still looked at
POINTS = {"predict": 1, "quiz": 1, "bug hunt": 2, "complete": 2, "extend": 3}


class Judged(NamedTuple):
    """What an exercise got; outcome "missing" if its cell is gone."""

    exercise: str
    outcome: str
    bug: str | None
    sentence: str
    points: int
    possible: int


class Lost(Exception):
    """The process ended, or said what no worker says."""


class Late(Exception):
    """A cell did not end in time."""


class Line:
    """The talk with one worker."""

    def __init__(self, running):
        self.running, self.came = running, queue.Queue(maxsize=4)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        """In a thread, since not every system can wait for a pipe with a limit."""
        pipe = self.running.stdout
        with contextlib.suppress(OSError, ValueError):
            while len(head := pipe.read(8)) == 8:
                (size,) = struct.unpack(">Q", head)
                if size > wire.LARGEST:
                    break
                self.came.put(pipe.read(size))
        self.came.put(None)

    def send(self, **message):
        try:
            wire.send(self.running.stdin, message)
        except OSError:
            raise Lost from None

    def receive(self, deadline=None):
        """The next message; Lost where there is none, Late after the deadline."""
        while True:
            try:
                # In slices: the check's own time limit must be able to step in.
                data = self.came.get(timeout=0.1)
                break
            except queue.Empty:
                if deadline and time.monotonic() > deadline:
                    raise Late from None
        try:
            return wire.parse(data or b"")
        except wire.Broken:
            raise Lost from None


class RemoteAnswer(Answer):
    """An answer that lives in a worker; `run` calls it there."""

    def __init__(self, line, place, stub):
        def empty(): ...

        def full():
            return line

        super().__init__(empty if stub else full)
        self.line, self.place = line, place

    def run(self, *arguments):
        packed, functions = wire.pack(arguments)
        known = wire.nodes(arguments)
        self.line.send(place=self.place, arguments=packed, lists=self.lists,
                       watch_exp=self.watch_exp)  # fmt: skip
        try:
            said = self.line.receive()
            while "call_back" in said:
                self.line.send(**_called_back(functions, said))
                said = self.line.receive()
            self.printed += str(said.get("printed", ""))[:400]
            self.warned |= said.get("overflow") is True
            exp = said.get("exp", 0.0)
            self.largest_exp = max(self.largest_exp, exp if type(exp) is float else 0)
            wire.restore(known, said.get("contents"))
            if "stopped" in said:
                raise Stop("failed", "stopped", str(said["stopped"])[:400])
            return _result(said["result"], known)
        except (wire.Broken, KeyError):
            raise Lost from None


def _called_back(functions, said):
    try:
        function = functions[said["call_back"]]
        arguments = [wire.decode(part) for part in said["arguments"]]
    except (TypeError, IndexError, KeyError):
        raise Lost from None
    try:
        return {"value": wire.pack(function(*arguments))[0]}
    except Exception as error:
        return {"error": type(error).__name__, "words": str(error)}


def _result(message, known):
    if isinstance(message, dict) and "iterator" in message:
        parts = [wire.decode(part) for part in message["iterator"]]
        return (part for part in parts)
    return wire.decode(message, known)


def cells_of(notebook):
    """The sources of the code cells."""
    return [str(c.source) for c in notebook.cells if c.cell_type == "code"]


def mentions(source, number):
    """Whether a cell hands in an answer to an exercise."""
    return re.search(
        rf"""check\(\s*(number\s*=\s*)?["']{re.escape(number)}["']""", source
    )


def exercises_of(lesson):
    """{number: Exercise} of a lesson such as "06"."""
    return {n: e for n, e in checks.EXERCISES.items() if n.startswith(f"{lesson}.")}


def judge_notebook(notebook, numbers):
    """[Judged] for each number, whatever the notebook does."""
    cells, skipped = cells_of(notebook), set()
    return [judge_answer(cells, number, skipped) for number in numbers]


def judge_answer(cells, number, skipped):
    """Judge what the cells give to `check` for an exercise, in a fresh Python.

    Solved once is solved, whatever was tried afterwards; else the last answer counts.
    """
    exercise = checks.EXERCISES[number]
    possible = POINTS[exercise.form]
    last = [i for i, source in enumerate(cells) if mentions(source, number)]
    if not last:
        words = f'There is no cell with check("{number}", ...) any more.'
        return Judged(number, "missing", None, words, 0, possible)
    with answers(cells[: last[-1] + 1], skipped) as (line, given, errors):
        places = [i for i, name in enumerate(given) if name == number]
        if not places:
            words = _not_reached(last[-1], skipped, errors.get(str(last[-1]), ""))
            return Judged(number, "failed", None, words, 0, possible)
        verdict = verdict_on(line, number, places[-1])
        for place in reversed(places[-TRIES:-1]):
            if verdict.outcome == "passed" or verdict.bug == "too_slow":
                break  # what is too slow is running still
            earlier = verdict_on(line, number, place)
            verdict = earlier if earlier.outcome == "passed" else verdict
    gained = possible if verdict.outcome == "passed" else 0
    return Judged(
        number, verdict.outcome, verdict.bug, verdict.sentence, gained, possible
    )


def _not_reached(place, skipped, error):
    if place in skipped:
        return "Not yet: the cell ran too long, or ended Python, and was stopped."
    words = f"Not yet: the cell stops before it comes to `check`: {error}."
    if any(cell < place for cell in skipped):
        words += " (A cell above it ran too long, or ended Python, and was left out.)"
    return words


def verdict_on(line, number, place):
    """The Verdict on one recorded answer of a worker."""
    exercise = checks.EXERCISES[number]
    try:
        line.send(look=True, place=place)
        seen = line.receive(time.monotonic() + CELL_SECONDS)
        if seen.get("function"):
            answer = RemoteAnswer(line, place, seen.get("stub") is True)
        else:
            answer = wire.decode(seen.get("answer"))
        return checks.judge(number, exercise, answer)
    except (Lost, Late, wire.Broken, TimeIsUp):
        words = "Not yet: Python ended in the middle of your answer."
        return checks.Verdict(number, "failed", None, words)


@contextlib.contextmanager
def answers(cells, skipped):
    """(line, numbers of the answers given, errors of cells) after the cells have run.

    A cell that does not end, or that ends Python, is left out the next time; which,
    is noted in `skipped` for the other answers of this hand-in.
    """
    given, errors, line = [], {}, None
    with contextlib.ExitStack() as stack:
        for _ in range(len(cells) + 1):
            stack.close()
            running = stack.enter_context(sandbox.process([sandbox.worker()]))
            line = Line(running)
            try:
                given, errors = _run(line, cells, skipped)
                break
            except (Lost, Late) as error:
                if error.args[0] is None:
                    raise RuntimeError("no Python starts to run hand-ins in") from None
                skipped.add(error.args[0])
        yield line, given, errors


def _run(line, cells, skipped):
    """Let the worker run the cells; Lost or Late names the cell that did it."""
    now, end = None, time.monotonic() + RUN_SECONDS
    try:
        line.send(cells=cells, skipped=sorted(skipped), numbers=numbers.use({}))
        while True:
            limit = min(end, time.monotonic() + CELL_SECONDS)
            said = line.receive(limit)
            if "given" in said:
                errors = {str(k): str(v) for k, v in dict(said["errors"]).items()}
                return [str(name) for name in said["given"]], errors
            now = int(said["cell"])
    except (Lost, Late) as error:
        raise type(error)(now) from None
    except (KeyError, TypeError, ValueError):
        raise Lost(now) from None
