"""A Jupyter server of its own: own folders, own settings, own port."""

import json
import os
import secrets
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

# What would let the settings of whoever runs the tests leak in.
FOREIGN = ("JUPYTER_", "JUPYTERLAB_", "IPYTHON")


def wait_for(condition, what, seconds=60, pause=lambda: time.sleep(0.05)):
    """The first true value of condition(); an AssertionError names what never came."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"after {seconds} s still no {what}"
        pause()
    return value


class Server:
    """JupyterLab ("jupyterlab") or Notebook 7 ("notebook"), serving root.

    settings: {plugin id: {key: value}}, defaults that differ from Jupyter's own.
    arguments: further words of the command line.
    """

    def __init__(self, app, home, *, settings=None, arguments=()):
        self.app, self.home, self.root = app, home, home / "root"
        self.token = secrets.token_hex(16)
        self.root.mkdir(parents=True, exist_ok=True)
        self.log = home / f"{app}.log"
        if settings:
            folder = home / "config" / "labconfig"
            folder.mkdir(parents=True, exist_ok=True)
            text = json.dumps(settings)
            (folder / "default_setting_overrides.json").write_text(text, "utf-8")
        self._start(arguments)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def _start(self, arguments):
        command = [sys.executable, "-m", self.app, "--no-browser", "--ip=127.0.0.1"]
        command += ["--port=0", f"--ServerApp.root_dir={self.root}", *arguments]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--allow-root")  # in a container one is root
        with self.log.open("w", encoding="utf-8") as log:
            self.process = subprocess.Popen(
                command, cwd=self.home, env=self._environment(), stdout=log, stderr=log
            )
        try:
            self.url = wait_for(self._address, f"server; see {self.log}")
            wait_for(self._answers, f"answer of the server; see {self.log}")
        except BaseException:
            self.stop()
            raise

    def _environment(self):
        own = {k: v for k, v in os.environ.items() if not k.startswith(FOREIGN)}
        places = {
            "JUPYTER_CONFIG_DIR": "config",
            "JUPYTER_DATA_DIR": "data",
            "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "settings",
            "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
            "IPYTHONDIR": "ipython",
        }
        own |= {name: str(self.home / folder) for name, folder in places.items()}
        return own | {"JUPYTER_TOKEN": self.token}

    def _address(self):
        """The server writes its port down once it has one."""
        code = self.process.poll()
        assert code is None, f"{self.app} ended with {code}; see {self.log}"
        (note,) = list((self.home / "runtime").glob("jpserver-*.json"))[:1] or [None]
        try:
            return note and json.loads(note.read_text("utf-8"))["url"]
        except json.JSONDecodeError:  # half written
            return None

    def _answers(self):
        try:
            return self.api("status")
        except OSError:
            return None

    def api(self, path, method="GET"):
        """The answer of Jupyter's REST interface."""
        request = urllib.request.Request(f"{self.url}api/{path}", method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=30) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def kernel(self, path):
        """The kernel that runs a notebook, as the server sees it, or None."""
        found = [s["kernel"] for s in self.api("sessions") if s["path"] == path]
        return found[0] if found else None

    def shut_down_kernel(self, path):
        """End a notebook's kernel, as "Shut Down" in the list of kernels does."""
        kernel = self.kernel(path)["id"]
        self.api(f"kernels/{kernel}", "DELETE")
        wait_for(lambda: self.kernel(path) is None, "end of the kernel")

    def stop(self):
        """Ctrl-C twice is for people; SIGTERM ends the server and its kernels."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(20)


def a_copy(source: Path, server, name=None):
    """Copy a lesson into the served folder; return its path there."""
    target = server.root / (name or source.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(source.read_bytes())
    return target.relative_to(server.root).as_posix()
