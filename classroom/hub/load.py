"""A class at work: N learners log in, run a lesson and move its sliders, all at once.

    python classroom/hub/load.py 30

Starts a hub of its own on this machine and ends it. Each learner logs in as a browser
does, has a server started, runs lesson 02 in a kernel of its own and moves each of its
sliders over the websocket. Prints what went wrong (it has to be nothing), how long one
waits, and how much memory one takes.
"""

import argparse
import asyncio
import contextlib
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import httpx
import nbformat
import psutil
from start import HERE
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

LESSON = "02_activations.ipynb"
MOVES = 5  # of each slider, there and back
PAUSE = 0.25  # s between two moves
WAIT = 300  # s that one waits for a server, or for a cell, before that is an error


@contextlib.contextmanager
def hub(names, folder, before=(), **environment):
    """A hub for these names; yields (address, {name: password}, process).

    before: the start of the command, where another user is to run it.
    """
    (folder / "students.txt").write_text("\n".join(names), encoding="utf-8")
    (folder / "teachers.txt").write_text("teacher", encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PORT": str(port)} | environment
    with open(folder / "log.txt", "w", encoding="utf-8") as log:
        running = subprocess.Popen(
            [*before, sys.executable, str(HERE / "start.py"), str(folder)],
            stdout=log, stderr=subprocess.STDOUT, env=environment, start_new_session=True,
        )  # fmt: skip
    try:
        scheme = "https" if environment.get("CERTIFICATE") else "http"
        address = f"{scheme}://127.0.0.1:{port}"
        awaited(running, f"{address}/hub/health", folder / "log.txt")
        slips = (folder / "passwords.txt").read_text(encoding="utf-8").splitlines()
        yield address, dict(slip.split() for slip in slips), running
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(30)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)


def awaited(running, address, log):
    end = time.monotonic() + 60
    while time.monotonic() < end and running.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(address, verify=False).status_code == 200:
                return
        time.sleep(0.1)
    raise SystemExit(f"the hub did not start:\n{log.read_text('utf-8')[-3000:]}")


class Learner:
    """One who has logged in; `client` has the cookies, as a browser would."""

    def __init__(self, address, name):
        self.address, self.name = address, name
        self.client = httpx.AsyncClient(
            base_url=address, follow_redirects=True, timeout=WAIT
        )
        self.socket = None

    async def log_in(self, password):
        page = await self.client.get("/hub/login")
        form = {"username": self.name, "password": password}
        form["_xsrf"] = page.cookies.get("_xsrf") or self.cookie("/hub/")
        reply = await self.client.post("/hub/login?next=/hub/home", data=form)
        return reply.status_code == 200 and reply.url.path == "/hub/home"

    def cookie(self, path):
        return next(
            (
                c.value
                for c in self.client.cookies.jar
                if (c.name, c.path) == ("_xsrf", path)
            ),
            "",
        )

    async def start(self):
        """Ask for a server until there is one."""
        end = time.monotonic() + WAIT
        while time.monotonic() < end:
            reply = await self.client.get("/hub/spawn")
            if reply.url.path.startswith(f"/user/{self.name}/") and reply.is_success:
                return
            await asyncio.sleep(0.5)
        raise TimeoutError(
            f"no server after {WAIT} s; last: {reply.status_code} {reply.url}"
        )

    async def stop(self):
        """End one's server; return when it has ended."""
        own = f"/hub/api/users/{self.name}"
        headers = {"X-XSRFToken": self.cookie("/hub/")}
        reply = await self.client.delete(f"{own}/server", headers=headers)
        reply.raise_for_status()
        while (await self.client.get(own, headers=headers)).json()["server"]:
            await asyncio.sleep(0.1)

    async def ask(self, method, path, **settings):
        """The server's answer as data."""
        home = f"/user/{self.name}/"
        headers = {"X-XSRFToken": self.cookie(home)}
        reply = await self.client.request(
            method, home + path, headers=headers, **settings
        )
        reply.raise_for_status()
        return reply.json() if reply.content else None

    async def kernel(self):
        """Open the lesson, with a kernel of its own."""
        await self.leave()
        wanted = {"path": f"my_work/{LESSON}", "name": LESSON, "type": "notebook",
                  "kernel": {"name": "python3"}}  # fmt: skip
        session = await self.ask("POST", "api/sessions", json=wanted)
        number = session["kernel"]["id"]
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.client.cookies.jar)
        where = f"{self.address}/user/{self.name}/api/kernels/{number}/channels"
        where = where.replace("http", "ws", 1)
        self.socket = await websocket_connect(
            HTTPRequest(where, headers={"Cookie": cookies}), max_message_size=2**28
        )

    async def lesson(self):
        """The code cells of one's own copy of the lesson."""
        kept = await self.ask("GET", f"api/contents/my_work/{LESSON}")
        cells = nbformat.from_dict(kept["content"]).cells
        return [cell.source for cell in cells if cell.cell_type == "code"]

    async def send(self, kind, content):
        """Send a message; return those that answer it, once the kernel is idle again."""
        number = uuid.uuid4().hex
        header = {"msg_id": number, "msg_type": kind, "session": self.name,
                  "username": self.name, "version": "5.3"}  # fmt: skip
        await self.socket.write_message(json.dumps({
            "header": header, "parent_header": {}, "metadata": {}, "content": content,
            "channel": "shell", "buffers": [],
        }))  # fmt: skip
        answers = []
        while True:
            message = read(await asyncio.wait_for(self.socket.read_message(), WAIT))
            if message["parent_header"].get("msg_id") != number:
                continue
            answers.append(message)
            if message["content"].get("execution_state") == "idle":
                return answers

    async def run(self, code):
        content = {"code": code, "silent": False, "store_history": True,
                   "user_expressions": {}, "allow_stdin": False}  # fmt: skip
        return await self.send("execute_request", content)

    async def leave(self):
        """End the connection to the kernel, if there is one."""
        if self.socket is not None:
            self.socket.close()
            while await asyncio.wait_for(self.socket.read_message(), WAIT) is not None:
                pass
            self.socket = None

    async def close(self):
        await self.leave()
        await self.client.aclose()


def read(frame):
    """A message from the websocket; what has buffers comes as bytes, text first."""
    if frame is None:
        raise ConnectionError("the kernel's connection was closed")
    if isinstance(frame, str):
        return json.loads(frame)
    parts = int.from_bytes(frame[:4], "big")
    places = [
        int.from_bytes(frame[4 * i : 4 * i + 4], "big") for i in range(1, parts + 1)
    ]
    return json.loads(frame[places[0] : [*places, len(frame)][1]])


def wrong(answers):
    """What a learner would see and should not: errors, warnings."""
    contents = [message["content"] for message in answers]
    errors = [content["evalue"] for content in contents if "evalue" in content]
    return errors + [c["text"] for c in contents if c.get("name") == "stderr"]


def sliders(answers):
    """(comm, state to send, there and back) of each slider that was made."""
    for message in answers:
        state = message["content"].get("data", {}).get("state", {})
        if message["msg_type"] != "comm_open" or not state.get(
            "_model_name", ""
        ).endswith("SliderModel"):
            continue
        name = "index" if "index" in state else "value"
        first = state[name]
        last = len(state["_options_labels"]) - 1 if name == "index" else state["max"]
        other = (
            first + state.get("step", 1)
            if first < last
            else first - state.get("step", 1)
        )
        for value in [other, first] * MOVES:
            yield message["content"]["comm_id"], {name: value}


async def at_work(address, name, password, said):
    """One learner's hour, in short; `said` takes what was measured and what was wrong."""
    learner = Learner(address, name)
    try:
        begin = time.monotonic()
        if not await learner.log_in(password):
            raise ConnectionError("the password was refused")
        await learner.start()
        started = time.monotonic()
        said["server"].append(started - begin)
        await learner.kernel()
        moves = []
        for number, source in enumerate(await learner.lesson()):
            answers = await learner.run(source)
            if number == 0:
                said["first cell"].append(time.monotonic() - started)
            said["errors"] += [f"{name}, cell {number}: {w}" for w in wrong(answers)]
            moves += sliders(answers)
        said["all cells"].append(time.monotonic() - started)
        for comm, state in moves:
            update = {"method": "update", "state": state, "buffer_paths": []}
            moved = time.monotonic()
            answers = await learner.send("comm_msg", {"comm_id": comm, "data": update})
            said["slider"].append(time.monotonic() - moved)
            said["errors"] += [f"{name}, slider: {w}" for w in wrong(answers)]
            if not any(m["msg_type"] == "comm_msg" for m in answers):
                said["errors"].append(f"{name}, slider: no answer")
            await asyncio.sleep(PAUSE)
    except Exception as error:  # whatever it is: that is what we are here to find
        said["errors"].append(f"{name}: {type(error).__name__}: {error}")
    return learner


def memory(running, names):
    """PSS in bytes: (of each learner's processes, of the hub and what it runs)."""
    found, shared = {}, 0
    for process in psutil.Process(running.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            command = " ".join(process.cmdline())
            owner = next((n for n in names if f"/homes/{n} " in command), None)
            if owner and process.name() == "bwrap" and owner not in found:
                inside = [process, *process.children(recursive=True)]
                found[owner] = sum(one.memory_full_info().pss for one in inside)
    for process in [
        psutil.Process(running.pid),
        *psutil.Process(running.pid).children(),
    ]:
        if process.name() != "bwrap":
            shared += process.memory_full_info().pss
    return found, shared


async def class_of(address, passwords, running):
    said = {"server": [], "first cell": [], "all cells": [], "slider": [], "errors": []}
    names = [name for name in passwords if name != "teacher"]
    learners = await asyncio.gather(
        *(at_work(address, name, passwords[name], said) for name in names)
    )
    said["memory"], said["hub"] = memory(running, names)
    for learner in learners:
        await learner.close()
    return said


def report(said, number):
    """Print a row for each thing; return whether nothing was wrong."""
    for error in said["errors"][:20]:
        print(error)
    print(
        f"{number} learners, {psutil.cpu_count()} cores; errors: {len(said['errors'])}"
    )
    print(f"{'':34}median   worst")
    for what, times in (
        ("from the password to a server, s", said["server"]),
        ("from there to the first cell, s", said["first cell"]),
        ("all cells of the lesson, s", said["all cells"]),
        (
            f"a slider ({len(said['slider'])} moves), ms",
            [1e3 * t for t in said["slider"]],
        ),
        ("memory of a learner (PSS), MB", [m / 1e6 for m in said["memory"].values()]),
    ):
        if times:
            print(f"{what:34}{statistics.median(times):6.1f}  {max(times):6.1f}")
    print(f"{'hub and proxy (PSS), MB':34}{said['hub'] / 1e6:6.1f}")
    return not said["errors"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("learners", type=int)
    number = parser.parse_args().learners
    if number < 1:
        raise SystemExit(f"N is a number of learners, at least 1; got {number}")
    names = [f"learner{i + 1:03}" for i in range(number)]
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        hub(names, Path(folder)) as (address, passwords, running),
    ):
        os.chmod(folder, 0o711)
        said = asyncio.run(class_of(address, passwords, running))
    return 0 if report(said, number) else 1


if __name__ == "__main__":
    sys.exit(main())
