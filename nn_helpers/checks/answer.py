"""An answer under watch: called on copies, timed, its errors put into words."""

import contextlib
import copy
import io
import linecache
import re
import sys
import time
import tracemalloc
import warnings
from collections.abc import Iterator
from unittest import mock

import numpy as np

from nn_helpers.checks.bugs import BUGS


class Stop(Exception):
    """The verdict is clear before any property: outcome, bug, sentence."""

    def __init__(self, outcome, bug=None, sentence=""):
        super().__init__(outcome, bug, sentence)
        said = " ".join(part for part in (sentence, BUGS.get(bug, "")) if part)
        self.outcome, self.bug, self.sentence = outcome, bug, said


class TimeIsUp(BaseException):
    """No Exception, so that neither `except Exception` nor `train` keeps it."""


class Answer:
    """A learner's function: called on copies, watched, its result in numbers."""

    def __init__(self, function):
        self.function = function
        self.changed = self.warned = self.lists = False  # lists: walk a generator
        self.first = None  # arguments and result of the first call
        self.printed = ""
        self.watch_exp, self.largest_exp = False, 0.0  # what np.exp was asked for
        self.watch_memory, self.most_memory = False, 0  # bytes of the last run

    def __call__(self, *arguments):
        """Return what the function returns for copies of the arguments."""
        given = copy.deepcopy(arguments)
        result = self.run(*given)
        before, after = list(_arrays(arguments)), list(_arrays(given))
        self.changed |= len(before) != len(after) or not all(
            map(np.array_equal, before, after)
        )
        if result is ... or (result is None and is_stub(self.function)):
            raise Stop("untouched")
        if result is None:
            bug = "print_for_return" if self.printed else "no_return"
            raise Stop("unfinished", bug)
        if self.first is None:
            self.first = arguments, copy.deepcopy(result)
        return result

    def run(self, *arguments):
        """Call the function as it is; whatever it raises becomes a sentence."""
        out, asked, held = io.StringIO(), [0.0], [0]
        watch = watched(self.watch_exp, asked, self.watch_memory, held)
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                with contextlib.redirect_stdout(out), watch:
                    made = self.function(*arguments)
                    walk = self.lists and isinstance(made, Iterator)
                    return list(made) if walk else made
        except Exception as error:
            raise Stop("failed", "stopped", in_words(error, self.function)) from None
        finally:
            self.printed += out.getvalue()
            self.largest_exp = max(self.largest_exp, *asked)
            self.most_memory = held[0]
            self.warned |= any("overflow" in str(w.message) for w in caught)

    def numbers(self, *arguments):
        """The result as one array of real numbers."""
        return as_numbers(self(*arguments), "Your function")

    def several(self, names, *arguments):
        """The results as {name: array}, as many as there are names."""
        result = self(*arguments)
        if isinstance(result, np.ndarray) and result.shape == (len(names),):
            result = list(result)  # two numbers in an array
        wanted = f"{len(names)} results are asked for ({', '.join(names)})"
        if not isinstance(result, (tuple, list)):
            came = f"there is one, {_kind(result)}."
            raise Stop("failed", "wrong_count", f"{wanted}, and {came}")
        if len(result) != len(names):
            raise Stop(
                "failed", "wrong_count", f"{wanted}, and there are {len(result)}."
            )
        still = [n for n, part in zip(names, result, strict=True) if part is ...]
        if len(still) == len(names):
            raise Stop("untouched")
        if still:
            raise Stop("unfinished", None, f"Still open: {', '.join(still)}.")
        parts = zip(names, result, strict=True)
        return {name: as_numbers(part, name) for name, part in parts}


@contextlib.contextmanager
def watched(watch_exp, asked, watch_memory, held):
    """What an exercise wants to know of a call: numbers of np.exp, bytes held."""
    with contextlib.ExitStack() as stack:
        if watch_exp:
            stack.enter_context(watched_exp(asked))
        if watch_memory:
            stack.enter_context(watched_memory(held))
        yield


@contextlib.contextmanager
def watched_memory(held):
    """Put into `held` the most bytes that are held meanwhile, beside those before."""
    tracing = tracemalloc.is_tracing()
    if not tracing:
        tracemalloc.start()
    try:
        tracemalloc.reset_peak()
        before = tracemalloc.get_traced_memory()[0]
        yield
    finally:
        held[0] = tracemalloc.get_traced_memory()[1] - before
        if not tracing:
            tracemalloc.stop()


@contextlib.contextmanager
def watched_exp(asked):
    """Note the largest number in each call of np.exp."""
    exp = np.exp

    def watched(z, *others, **options):
        asked.append(np.max(z, where=options.get("where", True), initial=0))
        return exp(z, *others, **options)

    with mock.patch.object(np, "exp", watched):
        yield


def _arrays(value):
    """The arrays in an argument, in lists and tuples too."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _arrays(part)


def as_list(value, count, wanted):
    """Return so many finite numbers as a flat array, or stop with a sentence."""
    found = as_numbers(value, "The answer").ravel()
    if len(found) != count:
        words = f"{wanted} are asked for, not {len(found)}."
        raise Stop("failed", "wrong_list", words)
    if not np.isfinite(found).all():
        raise Stop("failed", "wrong_list", "Finite numbers are asked for.")
    return found


def as_numbers(value, name):
    """Return `value` as a float array, or stop with a sentence."""
    if value is None:
        raise Stop("unfinished", None, f"{name} is None, nothing yet.")
    try:
        array = np.asarray(value)
    except ValueError:
        words = f"{name} has parts of different lengths, which make no array."
        raise Stop("failed", "not_numbers", words) from None
    if all(hasattr(entry, "as_integer_ratio") for entry in array.ravel()):
        try:
            array = array.astype(float)  # fractions and decimals are numbers too
        except ArithmeticError:
            words = f"{name} has a number that is too large for a float."
            raise Stop("failed", "not_numbers", words) from None
    if array.dtype.kind not in "iuf":
        raise Stop("failed", "not_numbers", f"{name} gives {_kind(value)}.")
    return array.astype(float)


def one_number(value):
    """Return an answer as a Python float; an array of one entry will do."""
    array = as_numbers(value, "The answer")
    if array.size != 1:
        raise Stop(
            "failed", "one_number", f"One number is asked for, not {array.size}."
        )
    return float(array.ravel()[0])


def is_stub(function):
    """Whether a function holds nothing but its dots (and perhaps a docstring)."""

    def empty(): ...

    code = getattr(function, "__code__", None)
    if code is None or code.co_names:
        return False
    # Instructions, every other byte; what they refer to may stand in another place.
    same = code.co_code[::2] == empty.__code__.co_code[::2]
    constants = (None, ..., getattr(function, "__doc__", None))
    return same and all(c in constants for c in code.co_consts)


@contextlib.contextmanager
def time_limit(seconds):
    """Raise TimeIsUp in this thread after some seconds.

    Also when the block ends late by itself. Once it has ended, nothing is raised.
    """
    try:
        import ctypes
        import threading

        raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
        this, done = ctypes.c_ulong(threading.get_ident()), threading.Event()
        lock = threading.Lock()

        def watch():
            # Again and again, since a bare `except:` in a loop swallows one.
            wait = seconds
            while not done.wait(wait):
                with lock:
                    if not done.is_set():
                        raise_in(this, ctypes.py_object(TimeIsUp))
                wait = 0.2

        threading.Thread(target=watch, daemon=True).start()
    except (ImportError, AttributeError, RuntimeError):  # the browser's Python
        with _looks_at_the_clock(seconds):
            yield
        return
    start = time.monotonic()
    try:
        yield
    finally:
        with lock:
            done.set()
            raise_in(this, None)  # take back what has not been raised yet
    if time.monotonic() - start > seconds:
        raise TimeIsUp


@contextlib.contextmanager
def _looks_at_the_clock(seconds):
    """The time limit where no thread can watch: a look at each call and turn of a loop.

    Python can be watched so from 3.12 on; before, there is no limit.
    """
    if not hasattr(sys, "monitoring"):
        yield
        return
    monitoring, end = sys.monitoring, time.monotonic() + seconds
    tool, events = monitoring.DEBUGGER_ID, monitoring.events
    turns = (events.JUMP, events.PY_START)

    def look(*_):
        nonlocal end
        if time.monotonic() > end:
            end = time.monotonic() + 0.2  # again, but what handles it has to run too
            raise TimeIsUp

    monitoring.use_tool_id(tool, "time limit")
    for event in turns:
        monitoring.register_callback(tool, event, look)
    monitoring.set_events(tool, events.JUMP | events.PY_START)
    try:
        yield
    finally:
        monitoring.set_events(tool, 0)
        monitoring.free_tool_id(tool)


def _kind(value):
    kinds = {str: "text", bool: "True or False", dict: "a dict", tuple: "a tuple"}
    kinds |= {list: "a list, but not of numbers", type(None): "None"}
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    return kinds.get(type(value), f"something of type {type(value).__name__}")


def in_words(error, function):
    """The error as a sentence about the learner's line, without NumPy's internals."""
    line, trace = "", error.__traceback__
    home = getattr(getattr(function, "__code__", None), "co_filename", None)
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename == home:
            line = linecache.getline(home, trace.tb_lineno).strip() or line
        trace = trace.tb_next
    short = line if len(line) < 70 else f"{line[:67]}..."
    where = f" (in the line `{short}`)" if line else ""
    text = str(error).splitlines()[0] if str(error) else ""
    sizes = re.search(r"size (\d+) is different from (\d+)", text)
    shapes = re.findall(r"\([\d, ]*\)", text) if "broadcast" in text else []
    if sizes:
        text = f"in the matrix product {sizes[2]} columns meet {sizes[1]} rows"
    elif len(shapes) >= 2:
        text = f"the shapes {shapes[0]} and {shapes[1]} do not fit entry by entry"
    elif "'tuple' object does not support" in text:
        text = "a tuple cannot be changed; take the array out of it, and change that"
    elif "not have enough dimensions" in text:
        text = "a matrix product met a single number"
    elif "NoneType" in text:
        text = "something is None there: nothing given back, or not computed yet?"
    elif "Cannot cast ufunc" in text:
        text = "numbers with a fraction do not fit into an array of whole numbers"
    elif "did not contain a loop" in text:
        text = "an operation met something that is no number"
    elif "truth value of an array" in text:
        text = "`if`, `min` or `a >= b == c` cannot decide for arrays; brackets, np.where can"
    elif "positional argument" in text and line:
        text = (
            "a call gets another number of arguments than it takes; mind the brackets"
        )
    elif "positional argument" in text:
        text = "it does not take the arguments that the exercise gives it"
    elif isinstance(error, NameError | AttributeError | TypeError | IndexError):
        text = f"{type(error).__name__}: {text}"
    text = text[:120].rstrip(".") or type(error).__name__
    return f"Your code stopped: {text}{where}."
