"""A hub of its own for these tests, on loopback, for three learners and a teacher.

make test LEG=hub
"""

import asyncio
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "classroom" / "hub"), str(ROOT / "classroom")]

NAMES = ("ada", "ben", "cleo")


def opened(folder):
    """A folder that anybody can get to: what keeps a learner out are the walls."""
    for one in (folder, *folder.parents):
        if one.is_relative_to("/tmp") and one != Path("/tmp"):
            one.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return opened(tmp_path_factory.mktemp("class"))


@pytest.fixture(scope="session")
def room(folder):
    """(address, {name: password}, the hub's process)."""
    from load import hub

    with hub(NAMES, folder) as found:
        yield found


class Seat:
    """A learner who has logged in and has a kernel; each call waits for its end."""

    def __init__(self, room, name):
        from load import Learner

        self.loop = asyncio.new_event_loop()
        address, passwords, _ = room
        self.learner = Learner(address, name)
        assert self.do(self.learner.log_in(passwords[name]))
        self.do(self.learner.start())
        self.do(self.learner.kernel())

    def do(self, task):
        return self.loop.run_until_complete(task)

    def close(self):
        self.do(self.learner.close())
        self.loop.close()

    def run(self, code):
        """What a cell prints, or the name of its error."""
        answers = self.do(self.learner.run(code))
        errors = [m["content"]["ename"] for m in answers if m["msg_type"] == "error"]
        texts = [m["content"]["text"] for m in answers if m["msg_type"] == "stream"]
        return errors[0] if errors else "".join(texts)


@pytest.fixture(scope="session")
def seats(room):
    """{name: Seat}, each made once."""
    made = {name: Seat(room, name) for name in NAMES}
    yield made
    for seat in made.values():
        seat.close()
