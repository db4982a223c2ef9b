"""The Python of the page: cells run in a web worker, outputs leave it as messages.

It takes the part of the kernel, and of the little that the lessons need from IPython
(which would be several MB): `display`, `get_ipython`, and the comms over which
ipywidgets speaks. A message is a dict; `page.send` takes it as JSON, and the bytes
that go with it apart.
"""

import base64
import builtins
import contextlib
import io
import json
import os
import re
import sys
import time
import traceback
import types

import comm
import page  # the worker's side, registered by worker.js
from comm.base_comm import BaseComm, CommManager
from pyodide.code import eval_code_async
from pyodide.ffi import to_js

os.environ |= {"JUPYTER_WIDGETS_ECHO": "0", "MPLBACKEND": "module://inline"}
PAUSE = 0.05  # seconds between two messages with what a cell prints
MOST = 100_000  # characters that a cell may print: more, and the page could not follow
OUTPUTS = 1000  # and so many outputs
JUPYTER = re.compile(r"^\s*[%!?]|\?\s*$|=\s*[!%]")
JUPYTER_ONLY = "Lines with %, ! or ? are for Jupyter; here Python runs alone."


def send(buffers=(), **message):
    """Send a message to the page, with its buffers."""
    page.send(json.dumps(message), to_js([bytes(buffer) for buffer in buffers]))


def put_out(output_type, line=None, **output):
    """Send an output of the cell that runs, as a notebook stores it.

    line: the one of the cell in which it ended in an error.
    """
    shell.outputs += 1
    if shell.outputs > OUTPUTS and output_type != "error":
        raise RuntimeError(f"a cell has {OUTPUTS} outputs at most, on this page")
    output = {"output_type": output_type, **output}
    send(kind="output", cell=shell.cell, line=line, output=output)


class Shell:
    """What `get_ipython()` returns: which cell runs, and the notebook's names."""

    events = types.SimpleNamespace(register=lambda *_: None)  # for matplotlib

    def __init__(self):
        self.start()

    def start(self):
        """Forget all names, as a new kernel."""
        self.user_ns = {"__name__": "__main__", "display": display}
        self.execution_count, self.cell, self.names, self.outputs = 0, None, set(), 0
        self.stdout, self.stderr = Stream("stdout"), Stream("stderr")

    def get_parent(self):
        return {"metadata": {"cellId": self.cell}}

    async def run(self, cell, source, name=None):
        """Run a cell; what goes wrong in it is sent, like everything else.

        name: what its lines are called where something goes wrong; another one for
        each run, since functions of an earlier run keep their lines.
        """
        self.cell, self.execution_count = cell, self.execution_count + 1
        self.outputs, self.name = 0, name or cell
        self.names.add(self.name)
        self.stdout.start()
        self.stderr.start()
        with contextlib.redirect_stdout(self.stdout):
            with contextlib.redirect_stderr(self.stderr):
                try:
                    value = await eval_code_async(
                        source, self.user_ns, filename=self.name
                    )
                    if value is not None:
                        display(value)
                except BaseException:
                    self.showtraceback()
                try:
                    show_figures()
                except BaseException:
                    self.showtraceback()
        self.flush()

    def flush(self):
        for stream in (self.stdout, self.stderr):
            stream.flush()

    def showtraceback(self):
        """Send what has gone wrong; ipywidgets calls it too, for a control's answer."""
        self.flush()
        _, error, _ = sys.exc_info()
        if isinstance(error, SyntaxError) and JUPYTER.search(error.text or ""):
            error.add_note(JUPYTER_ONLY)
        told = traceback.TracebackException.from_exception(error)
        while told.stack and told.stack[0].filename not in self.names:
            del told.stack[0]  # what runs the cells
        lines = [f.lineno for f in told.stack if f.filename == self.name]
        if isinstance(error, SyntaxError) and error.filename == self.name:
            lines.append(error.lineno)
        text = "".join(told.format())
        for one in self.names:
            text = text.replace(f'File "{one}"', one)
        for folder in sys.path:
            text = text.replace(f"{folder}/", "") if folder else text
        put_out(
            "error", ename=type(error).__name__, evalue=words_of(error),
            traceback=text.rstrip().split("\n"), line=lines[0] if lines else None,
        )  # fmt: skip


def words_of(error):
    try:
        return str(error)
    except Exception:
        return "(it has no words)"


class Stream(io.TextIOBase):
    """What a cell prints: gathered, so that a thousand lines are a few messages."""

    def __init__(self, name):
        self.name, self.held, self.sent = name, "", 0.0
        self.start()

    def start(self):
        """A cell begins, with room for what it prints."""
        self.room, self.said = MOST, False

    def write(self, text):
        other = shell.stderr if self.name == "stdout" else shell.stdout
        other.flush()  # in the order in which they were written
        kept = text[: self.room]
        self.held, self.room = self.held + kept, self.room - len(kept)
        if kept != text and not self.said:
            self.held += "\n... It prints on; the page shows no more of it.\n"
            self.said = True
        if time.monotonic() - self.sent > PAUSE:
            self.flush()
        return len(text)

    def flush(self):
        held, self.held, self.sent = self.held, "", time.monotonic()
        if held:
            put_out("stream", name=self.name, text=held)


def no_input(prompt=""):
    raise RuntimeError("input() cannot ask here; write the value into the cell")


def display(*values, raw=False, metadata=None, **_):
    """As IPython's: each value as a bundle of types; `raw` ones are bundles already."""
    shell.flush()
    for value in values:
        data = value if raw else bundle(value)
        put_out("display_data", data=data, metadata=metadata or {})


def bundle(value):
    """{type: content} of a value."""
    if hasattr(value, "_repr_mimebundle_"):
        made = value._repr_mimebundle_()
        made = made[0] if isinstance(made, tuple) else made  # with metadata
        if made:
            return made
    if hasattr(value, "savefig"):  # a figure of matplotlib
        image = io.BytesIO()
        value.savefig(image, format="png", bbox_inches="tight")
        encoded = base64.b64encode(image.getvalue()).decode("ascii")
        return {"image/png": encoded, "text/plain": repr(value)}
    return {"text/plain": repr(value)}


def show_figures():
    """Show the figures of matplotlib that are open, and close them, as Jupyter does."""
    pyplot = sys.modules.get("matplotlib.pyplot")
    for number in pyplot.get_fignums() if pyplot else ():
        display(pyplot.figure(number))
        pyplot.close(number)


class Comm(BaseComm):
    """The Python end of a widget; the page has the other."""

    def handle_msg(self, msg):
        # The library's own would tell IPython's events, which are not here.
        self._msg_callback(msg)

    def publish_msg(self, msg_type, data=None, buffers=None, **_):
        send(buffers or (), kind=msg_type, comm=self.comm_id, data=data or {})


manager = CommManager()
comm.create_comm, comm.get_comm_manager = Comm, lambda: manager


def receive(comm_id, data):
    """A message from the page to a widget; one that is closed hears nothing."""
    if comm_id in manager.comms:
        message = {"content": {"data": json.loads(data)}, "buffers": []}
        try:
            manager.comms[comm_id].handle_msg(message)
        except BaseException:
            shell.showtraceback()


def stand_in():
    """Put the names that ipywidgets and the lessons import from IPython in their place."""
    names = {
        "IPython": {"get_ipython": lambda: shell, "version_info": (9, 0, 0)},
        "IPython.display": {"display": display, "clear_output": lambda **_: None},
        "IPython.core": {},
        "IPython.core.interactiveshell": {"InteractiveShell": Shell},
    }
    for name, content in names.items():
        module = types.ModuleType(name)
        vars(module).update(content)
        sys.modules[name] = module


shell = Shell()
stand_in()
builtins.input = no_input
