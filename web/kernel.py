"""The Python of the page: cells run in a web worker, outputs leave it as messages.

It takes the part of the kernel, and of the little that the lessons need from IPython
(which would be several MB): `display`, `get_ipython`, and the comms over which
ipywidgets speaks. A message is a dict; `page.send` takes it as JSON, and the bytes
that go with it apart.
"""

import contextlib
import io
import json
import os
import sys
import traceback
import types

import comm
import page  # the worker's side, registered by worker.js
from comm.base_comm import BaseComm, CommManager
from pyodide.code import eval_code_async
from pyodide.ffi import to_js

os.environ |= {"JUPYTER_WIDGETS_ECHO": "0", "MPLBACKEND": "agg"}


def send(buffers=(), **message):
    """Send a message to the page, with its buffers."""
    page.send(json.dumps(message), to_js([bytes(buffer) for buffer in buffers]))


class Shell:
    """What `get_ipython()` returns: which cell runs, and the notebook's names."""

    def __init__(self):
        self.start()

    def start(self):
        """Forget all names, as a new kernel."""
        self.user_ns, self.execution_count, self.cell = (
            {"__name__": "__main__"},
            0,
            None,
        )

    def get_parent(self):
        return {"metadata": {"cellId": self.cell}}

    async def run(self, cell, source):
        """Run a cell; what goes wrong in it is sent, like everything else."""
        self.cell, self.execution_count = cell, self.execution_count + 1
        with contextlib.redirect_stdout(Stream("stdout")):
            with contextlib.redirect_stderr(Stream("stderr")):
                try:
                    value = await eval_code_async(source, self.user_ns, filename=cell)
                except BaseException:
                    self.showtraceback()
                else:
                    if value is not None:
                        display(value)

    def showtraceback(self):
        """Send what has gone wrong; ipywidgets calls it too, for a control's answer."""
        _, error, _ = sys.exc_info()
        text = "".join(traceback.format_exception(error))
        send(kind="error", cell=self.cell, name=type(error).__name__, text=text)


shell = Shell()


class Stream(io.TextIOBase):
    """What a cell prints."""

    def __init__(self, name):
        self.name = name

    def write(self, text):
        if text:
            send(kind="stream", cell=shell.cell, name=self.name, text=text)
        return len(text)


def display(*values, raw=False, metadata=None, **_):
    """As IPython's: each value as a bundle of types; `raw` ones are bundles already."""
    for value in values:
        data = value if raw else bundle(value)
        send(kind="display", cell=shell.cell, data=data, metadata=metadata or {})


def bundle(value):
    """{type: content} of a value."""
    if hasattr(value, "_repr_mimebundle_"):
        return value._repr_mimebundle_()
    return {"text/plain": repr(value)}


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
        manager.comms[comm_id].handle_msg(message)


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


stand_in()
