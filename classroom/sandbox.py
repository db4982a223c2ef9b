"""Where a hand-in runs: no network, nothing of yours to read, little to write.

bubblewrap (the program `bwrap`, on Linux) gives a process a view of the machine in
which there is Python, the course and an empty directory, and nothing else. As root
the process also becomes another user. Without bubblewrap only memory and time are
limited, and `protection` says so: it tries.
"""

import contextlib
import functools
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MEMORY = 2 * 2**30  # bytes of address space, NumPy's included
DISK = 50 * 2**20  # bytes that it may write
PROCESSES = 64  # of the other user, where there is one
NOBODY = 65534
COURSE = Path("/course")

# What a hand-in might try. `protection` tries it itself, in there, and tells.
ATTEMPTS = {
    "open a connection": "import socket; socket.create_connection(('127.0.0.1', {port}), 2)",
    "read a neighbour's file": "open({neighbour!r}).read()",
    "write elsewhere": "open({elsewhere!r}, 'w').write('x')",
    "act as you": "import os; assert os.getuid() == {uid}",
}


def _is_root():
    return hasattr(os, "geteuid") and os.geteuid() == 0


def limits():
    """What the worker sets itself before it runs a cell, and cannot lift again."""
    most = {"RLIMIT_AS": MEMORY, "RLIMIT_FSIZE": DISK, "RLIMIT_CORE": 0}
    return most | ({"RLIMIT_NPROC": PROCESSES} if _is_root() and bubblewrap() else {})


@functools.cache
def bubblewrap():
    """The path of a bwrap that works here, or None."""
    path = shutil.which("bwrap")
    if not path:
        return None
    test = [path, *_walls(), sys.executable, "-c", "import numpy"]
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        tried = subprocess.run(test, capture_output=True, timeout=60, check=False)
        return path if tried.returncode == 0 else None
    return None


def view(own, folders):
    """bwrap's arguments for a machine of its own: what is there, where one may write.

    own: [(file or folder, its place there)], seen beside the system and this Python,
    read-only; folders: empty ones, with room for DISK bytes.
    """
    python = {Path(sys.prefix), Path(sys.base_prefix)}
    python |= {Path(sys.executable).resolve().parent.parent}
    system = [p for p in map(Path, ("/usr", "/bin", "/lib", "/lib64")) if p.exists()]
    seen = [(p, p) for p in (*system, *sorted(python - {*system}))] + own
    walls = ["--die-with-parent", "--new-session", "--proc", "/proc", "--dev", "/dev"]
    for folder in folders:
        walls += ["--perms", "1777", "--size", str(DISK), "--tmpfs", folder]
    above = {str(p) for _, place in seen for p in place.parents if str(p) != "/"}
    for folder in sorted(above):  # bwrap's own would be closed to other users
        walls += ["--dir", folder]
    for source, place in seen:
        walls += ["--ro-bind", str(source), str(place)]
    return walls


def _walls():
    """What stands before the command of a hand-in."""
    own = [(ROOT / name, COURSE / name) for name in ("nn_helpers", "data")]
    own += [(HERE / name, COURSE / name) for name in ("worker.py", "wire.py")]
    walls = [*view(own, ("/tmp", "/dev/shm", "/hand_in")), "--clearenv"]
    walls += ["--chdir", "/hand_in"]
    for name, value in _environment(COURSE, "/hand_in").items():
        walls += ["--setenv", name, value]
    if not _is_root():
        return [*walls, "--unshare-all", "--uid", str(NOBODY), "--gid", str(NOBODY)]
    # Real root needs no user namespace, and becomes nobody inside.
    for kind in ("net", "pid", "ipc", "uts"):
        walls.append(f"--unshare-{kind}")
    for power in ("SETUID", "SETGID"):
        walls += ["--cap-add", f"CAP_{power}"]
    return [*walls, "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
            "--bounding-set=-all", "--no-new-privs"]  # fmt: skip


def _environment(course, home):
    return {
        "PATH": "/usr/bin:/bin", "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8",
        "PYTHONPATH": str(course), "PYTHONDONTWRITEBYTECODE": "1", "IPYTHONDIR": home,
        "MPLCONFIGDIR": home, "MPLBACKEND": "Agg", "OPENBLAS_NUM_THREADS": "1",
    }  # fmt: skip


@contextlib.contextmanager
def process(arguments, seconds=60):
    """A Python with these arguments, in a directory of its own.

    Ended at the end of the block, and after so many seconds, whatever it does.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        wrap, options = bubblewrap(), {}
        if wrap:
            command = [wrap, *_walls(), sys.executable, "-P", *arguments]
        else:
            paths = f"{ROOT}{os.pathsep}{HERE}"
            own = _environment(paths, home)
            if os.name == "nt":
                own = os.environ | own | {"PATH": os.environ["PATH"]}
            command = [sys.executable, "-P", *arguments]
            options = {"cwd": home, "env": own}
        if os.name == "posix":
            options |= {"start_new_session": True}
        running = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, **options,
        )  # fmt: skip
        # It also frees whoever waits for a pipe that is full.
        watch = threading.Timer(max(seconds, 0.1), _kill, [running])
        watch.start()
        try:
            yield running
        finally:
            watch.cancel()
            _end(running)


def _kill(running):
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(running.pid, signal.SIGKILL)
        else:
            running.kill()


def _end(running):
    _kill(running)
    running.wait()
    for stream in (running.stdin, running.stdout):
        with contextlib.suppress(OSError):
            stream.close()


def worker():
    """The path of worker.py as the process sees it."""
    return str((COURSE if bubblewrap() else HERE) / "worker.py")


@functools.cache
def succeeding():
    """Which of ATTEMPTS succeed in the sandbox on this machine: {name: whether}."""
    tried = {}
    with tempfile.TemporaryDirectory() as folder, socket.socket() as server:
        os.chmod(folder, 0o777)  # as open as a folder can be
        neighbour = Path(folder) / "neighbour.txt"
        neighbour.write_text("secret", encoding="utf-8")
        server.bind(("127.0.0.1", 0))
        server.listen()
        facts = {
            "port": server.getsockname()[1], "neighbour": str(neighbour),
            "elsewhere": str(Path(folder) / "written.txt"),
            "uid": os.getuid() if hasattr(os, "getuid") else -1,
        }  # fmt: skip
        for name, line in ATTEMPTS.items():
            with process(["-c", line.format(**facts)]) as running:
                tried[name] = running.wait(60) == 0
    return tried


def protection():
    """In words, what a hand-in can and cannot do on this machine."""
    can = [name for name, done in succeeding().items() if done]
    cannot = [name for name, done in succeeding().items() if not done]
    limits = (
        f"{MEMORY // 2**30} GB of memory" if os.name == "posix" else "no memory limit"
    )
    words = f"with {limits}"
    if cannot:
        words += f"; they cannot {', '.join(cannot)}"
    if can:
        words += f"; they CAN {', '.join(can)}: grade only what you trust"
        words += "" if bubblewrap() else ", or install bubblewrap (Linux)"
    return words
