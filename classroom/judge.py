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
from nn_helpers.checks.verdict import VALUES

START_SECONDS = 60  # until Python is there, on a busy machine
CELL_SECONDS = 20  # a cell that runs longer is left out
HAND_IN_SECONDS = 300  # for everything that a hand-in does
POINTS = {
    "predict": 1,
    "quiz": 1,
    "bug hunt": 2,
    "complete": 2,
    "write": 2,
    "extend": 3,
}
# With a verdict after each try a number or a letter can be guessed: there the last
# answer counts. A function that was right once is right.
LAST_COUNTS = VALUES
ENDED = "Not yet: Python ended in the middle of your answer."


class Judged(NamedTuple):
    """What an exercise got; outcome "missing" if its cell is gone."""

    exercise: str
    outcome: str
    bug: str | None
    sentence: str
    points: int
    possible: int


class Lost(BaseException):
    """The process ended, or said what no worker says; no Exception, as TimeIsUp."""


class Late(BaseException):
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
        except (OSError, ValueError):
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

    def __init__(self, line, stub):
        def empty(): ...

        def full():
            return line

        super().__init__(empty if stub else full)
        self.line = line

    def run(self, *arguments):
        packed, functions = wire.pack(arguments)
        known = wire.nodes(arguments)
        self.line.send(arguments=packed, lists=self.lists, watch_exp=self.watch_exp,
                       watch_memory=self.watch_memory)  # fmt: skip
        try:
            said = self.line.receive()
            while "call_back" in said:
                self.line.send(**_called_back(functions, said))
                said = self.line.receive()
            self.printed += str(said.get("printed", ""))[:400]
            self.warned |= said.get("overflow") is True
            exp = said.get("exp", 0.0)
            self.largest_exp = max(self.largest_exp, exp if type(exp) is float else 0)
            held = said.get("held", 0)
            self.most_memory = held if type(held) is int else 0
            wire.restore(known, said.get("contents"))
            if "stopped" in said:
                raise Stop("failed", "stopped", str(said["stopped"])[:400])
            return wire.decode(said["result"], known)
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


def cells_of(notebook):
    """The sources of the code cells."""
    return [str(c.source) for c in notebook.cells if c.cell_type == "code"]


def mentions(source, number):
    """Whether a cell may hand in an answer to an exercise, however it is written."""
    named = f'"{number}"' in source or f"'{number}'" in source
    return named and re.search(r"\bcheck\b", source) is not None


def exercises_of(lesson):
    """{number: Exercise} of a lesson such as "06"."""
    return {n: e for n, e in checks.EXERCISES.items() if n.startswith(f"{lesson}.")}


def judge_notebook(notebook, wanted):
    """[Judged] for each wanted exercise, whatever the notebook does."""
    cells, skipped = cells_of(notebook), set()
    end = time.monotonic() + HAND_IN_SECONDS
    return [judge_answer(cells, number, skipped, end) for number in wanted]


def judge_answer(cells, number, skipped, end):
    """Judge what the cells give to `check` for an exercise, in a fresh Python.

    skipped: the cells that are left out, to which is added; end: until when.
    """
    form = checks.EXERCISES[number].form
    possible = POINTS[form]
    last = [i for i, source in enumerate(cells) if mentions(source, number)]
    if not last:
        words = f'There is no cell with check("{number}", ...) any more.'
        return Judged(number, "missing", None, words, 0, possible)
    verdicts, errors, stuck = [], {}, True
    while stuck and time.monotonic() < end:
        # What never ends, or ends Python, is judged; then all runs once more to see
        # what was tried after it.
        judge = _Judge(number, verdicts)
        errors = run(cells[: last[-1] + 1], skipped, end, {number: judge})
        stuck = judge.stuck
    if not verdicts:
        words = _not_reached(number, last[-1], skipped, errors, end)
        return Judged(number, "failed", None, words, 0, possible)
    verdict = verdicts[-1]
    gained = possible if verdict.outcome == "passed" else 0
    return Judged(
        number, verdict.outcome, verdict.bug, verdict.sentence, gained, possible
    )


class _Judge:
    """Called at each check of an exercise; the verdicts so far are not given again."""

    def __init__(self, number, verdicts):
        self.number, self.verdicts = number, verdicts
        self.known, self.seen, self.stuck = len(verdicts), 0, False

    def __call__(self, line):
        """Whether the run can end here."""
        self.seen += 1
        if self.seen <= self.known:
            return False
        verdict = verdict_on(line, self.number)
        self.verdicts.append(verdict)
        self.stuck = verdict.bug == "too_slow" or verdict.sentence == ENDED
        form = checks.EXERCISES[self.number].form
        solved = verdict.outcome == "passed" and form not in LAST_COUNTS
        return self.stuck or solved


def _not_reached(number, place, skipped, errors, end):
    if time.monotonic() > end:
        return (
            f"Not yet: the notebook ran for {HAND_IN_SECONDS} seconds, and was stopped."
        )
    if place in skipped:
        return "Not yet: the cell ran too long, or ended Python, and was stopped."
    words = f'Not yet: check("{number}", ...) was never reached.'
    if place in errors:
        words = f"Not yet: the cell stops before it comes to `check`: {errors[place]}."
    if any(cell < place for cell in skipped):
        words += " (A cell above it ran too long, or ended Python, and was left out.)"
    return words


def verdict_on(line, number):
    """The Verdict on the answer that a worker has just given to `check`."""
    exercise = checks.EXERCISES[number]
    try:
        line.send(look=True)
        seen = line.receive(time.monotonic() + CELL_SECONDS)
        if seen.get("function"):
            answer = RemoteAnswer(line, seen.get("stub") is True)
        else:
            answer = wire.decode(seen.get("answer"))
        return checks.judge(number, exercise, answer)
    except (Lost, Late, TimeIsUp, wire.Broken):
        return checks.Verdict(number, "failed", None, ENDED)


def run(cells, skipped, end, judges):
    """Run the cells; at each check of a number in judges call its judge with the line.

    A judge that returns something true ends the run. A cell that does not end, or
    that ends Python, is noted in `skipped`, and the rest is run without it, from the
    start. Returns {cell: its error}.
    """
    while time.monotonic() < end:
        with sandbox.process([sandbox.worker()], end - time.monotonic()) as running:
            try:
                return _run(Line(running), cells, skipped, judges)
            except (Lost, Late) as error:
                (cell,) = error.args
                if time.monotonic() > end:
                    break
                if cell is None:
                    raise RuntimeError("no Python starts to run hand-ins in") from None
                skipped.add(cell)
    return {}


def _run(line, cells, skipped, judges):
    """One run, to its end; Lost or Late names the cell that did it."""
    now = None
    try:
        line.send(cells=cells, skipped=sorted(skipped), numbers=numbers.use({}),
                  limits=sandbox.limits())  # fmt: skip
        while True:
            limit = START_SECONDS if now is None else CELL_SECONDS
            said = line.receive(time.monotonic() + limit)
            if "errors" in said:
                return {int(k): str(v) for k, v in dict(said["errors"]).items()}
            if "checks" in said:
                if said["checks"] in judges and judges[said["checks"]](line):
                    return {}
                line.send(go=True)
            else:
                now = int(said["cell"])
    except (Lost, Late) as error:
        raise type(error)(now) from None
    except (KeyError, TypeError, ValueError, OverflowError):
        raise Lost(now) from None
