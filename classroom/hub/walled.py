"""Where a learner's server runs: it sees Python, the course and its owner's folder.

Nobody needs an account on the machine for that. As an ordinary user the walls of
bubblewrap are all there is; as root each learner also becomes a user of their own.
"""

import os
import shutil
import sys
from pathlib import Path
from subprocess import DEVNULL

from jupyterhub.spawner import SimpleLocalProcessSpawner
from sandbox import view
from traitlets import Int, Unicode

HERE = Path(__file__).resolve().parent
COURSE = Path("/course")
WORK = COURSE / "my_work"  # where `make lab` puts the copies too, so that links hold
SETTINGS = [Path("/etc", name) for name in ("fonts", "localtime", "ld.so.cache")]
FIRST_USER = 21000  # the number of the first learner's user, where the hub is root
PROCESSES = 150  # of one learner, threads included, where they have a user


class WalledSpawner(SimpleLocalProcessSpawner):
    """A learner's server behind walls; each of its processes has `mem_limit` bytes."""

    course = Unicode(help="the folder of the course, which no learner can write in")
    homes = Unicode(help="the folder with a folder for each learner")
    log_file = Unicode(help="where the learners' servers say what they do")
    niceness = Int(10, help="how far learners step back behind the hub, 0 to 19")
    for trait in (course, homes, log_file, niceness):
        trait.tag(config=True)

    async def start(self):
        home = a_home(Path(self.homes), self.user.name)
        self.cmd = [*self.walls(home), "sh", "/learner.sh"]
        # Nobody gets the terminal of whoever has started the hub.
        with open(self.log_file, "a", encoding="utf-8") as log:
            self.popen_kwargs = {"stdin": DEVNULL, "stdout": log, "stderr": log}
            return await super().start()

    def get_env(self):
        path = f"{sys.prefix}/bin:/usr/bin:/bin"
        return super().get_env() | {"HOME": str(WORK), "PATH": path, "SHELL": "/bin/sh"}

    def make_preexec_fn(self, name):
        return None  # the walls choose directory and user

    def walls(self, home):
        """The command that the server's own stands behind."""
        own = [(Path(self.course), COURSE), (HERE / "learner.sh", Path("/learner.sh"))]
        own += [(path, path) for path in SETTINGS if path.exists()]
        walls = [shutil.which("bwrap"), *view(own, ("/tmp", "/dev/shm"))]
        walls += ["--bind", str(home), str(WORK), "--chdir", str(WORK)]
        walls += ["--remount-ro", "/", "--remount-ro", "/dev"]
        # The network is shared, for through it the hub is reached.
        walls += ["--unshare-pid", "--unshare-ipc", "--unshare-uts"]
        limits = ["prlimit", f"--as={self.mem_limit}", "--core=0"]
        nice = ["nice", f"-n{self.niceness}"]
        if os.geteuid() != 0:
            return [*walls, "--unshare-user", *limits, *nice]
        user = home.stat().st_uid
        for power in ("SETUID", "SETGID", "SYS_RESOURCE"):
            walls += ["--cap-add", f"CAP_{power}"]
        return [*walls, *limits, f"--nproc={PROCESSES}", *nice,
                "setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups",
                "--bounding-set=-all", "--no-new-privs"]  # fmt: skip


def a_home(homes, name):
    """The folder of a learner: made once, and theirs alone."""
    home = homes / name
    if not home.exists():
        home.mkdir(mode=0o700)
        if os.geteuid() == 0:
            taken = [other.stat().st_uid for other in homes.iterdir()]
            user = max([FIRST_USER - 1, *taken]) + 1
            os.chown(home, user, user)
    return home
