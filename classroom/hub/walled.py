"""Where a learner's server runs: it sees Python, the course and its owner's folder.

bubblewrap (the program `bwrap`, on Linux) shows a process a machine of its own
making. No accounts are needed for it, and no rights: as an ordinary user the walls
are all there is; as root each learner also becomes a user of their own.
"""

import os
import shutil
import sys
from pathlib import Path

from jupyterhub.spawner import SimpleLocalProcessSpawner
from traitlets import Int, Unicode

COURSE = Path("/course")
WORK = COURSE / "my_work"  # as where `make lab` puts the copies, so links hold
FIRST_USER = 21000  # the number of the first learner's user, where the hub is root
PROCESSES = 150  # of one learner, threads included, where they have a user
DISK = 50 * 2**20  # bytes of what is written beside the learner's own folder


class WalledSpawner(SimpleLocalProcessSpawner):
    """Start a learner's server behind walls, with a limit of memory for each process."""

    course = Unicode(help="The folder of the course, which nobody can write in.").tag(
        config=True
    )
    homes = Unicode(help="The folder with a folder for each learner.").tag(config=True)
    niceness = Int(10, help="How far a learner steps back behind the hub.").tag(
        config=True
    )

    async def start(self):
        home = a_home(Path(self.homes), self.user.name)
        self.cmd = [*self._walls(home), "jupyterhub-singleuser"]
        return await super().start()

    def get_env(self):
        return super().get_env() | {"HOME": str(WORK), "SHELL": "/bin/sh"}

    def make_preexec_fn(self, name):
        return None  # the walls choose the directory and the user

    def _walls(self, home):
        python = {Path(sys.prefix), Path(sys.base_prefix)}
        system = [
            Path(p) for p in ("/usr", "/bin", "/lib", "/lib64") if Path(p).exists()
        ]
        seen = [(path, path) for path in (*system, *sorted(python))]
        seen.append((Path(self.course), COURSE))
        walls = [shutil.which("bwrap"), "--die-with-parent", "--new-session"]
        walls += ["--proc", "/proc", "--dev", "/dev"]
        for folder in ("/tmp", "/dev/shm"):
            walls += ["--perms", "1777", "--size", str(DISK), "--tmpfs", folder]
        above = {str(p) for _, place in seen for p in place.parents if str(p) != "/"}
        for folder in sorted(above):  # bwrap's own would be closed to other users
            walls += ["--dir", folder]
        for source, place in seen:
            walls += ["--ro-bind", str(source), str(place)]
        walls += ["--bind", str(home), str(WORK), "--chdir", str(COURSE)]
        # The network is shared: it is the hub that the server talks to.
        for kind in ("pid", "ipc", "uts"):
            walls.append(f"--unshare-{kind}")
        limits = ["prlimit", f"--as={self.mem_limit}", "--core=0"]
        if os.geteuid() != 0:
            walls.append("--unshare-user")
            return [*walls, *limits, "nice", f"-n{self.niceness}"]
        user = home.stat().st_uid
        for power in ("SETUID", "SETGID", "SYS_RESOURCE"):
            walls += ["--cap-add", f"CAP_{power}"]
        return [*walls, *limits, f"--nproc={PROCESSES}", "nice", f"-n{self.niceness}",
                "setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups",
                "--bounding-set=-all", "--no-new-privs"]  # fmt: skip


def a_home(homes, name):
    """The folder of a learner; theirs alone, and never made twice."""
    home = homes / name
    if not home.exists():
        home.mkdir(mode=0o700)
        if os.geteuid() == 0:
            users = [other.stat().st_uid for other in homes.iterdir()]
            user = max([FIRST_USER - 1, *users]) + 1
            os.chown(home, user, user)
    return home
