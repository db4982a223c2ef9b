"""JupyterHub for one class on one machine; classroom/hub/README.md says how.

start.py reads the class's folder and starts the hub with this.
"""

import ipaddress
import os
import socket
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]  # walled.py, and sandbox.py beside us

from start import Class  # noqa: E402
from walled import WORK, WalledSpawner  # noqa: E402

c = get_config()  # noqa: F821
room = Class(Path(os.environ["CLASS_FOLDER"]))

# ---- Where it listens. Passwords do not travel where anybody can read them.
# A name whose every NAME.of-it is this machine too: each learner's pages apart.
domain = os.environ.get("DOMAIN")
address, port = (
    os.environ.get("ADDRESS") or "127.0.0.1",
    os.environ.get("PORT") or "8000",
)
certificate, key = os.environ.get("CERTIFICATE"), os.environ.get("KEY")
try:
    inside = ipaddress.ip_address(address).is_loopback
except ValueError:
    raise SystemExit(
        f"ADDRESS is an IP address of this machine; got {address!r}"
    ) from None
if not inside and not (certificate and key):
    raise SystemExit(
        f"ADDRESS={address} can be reached from elsewhere, so it needs TLS: name its files "
        "in CERTIFICATE=... and KEY=..., or keep 127.0.0.1 and put a TLS proxy before it."
    )
for name, path in {"CERTIFICATE": certificate, "KEY": key}.items():
    if path and not Path(path).is_file():
        raise SystemExit(f"{name} is a file; there is none at {path}")
if bool(certificate) != bool(key):
    raise SystemExit("CERTIFICATE and KEY go together; only one is named")
if not (port.isdigit() and 0 < int(port) < 65534):
    raise SystemExit(f"PORT is a number from 1 to 65533; got {port!r}")
for number in range(int(port), int(port) + 3):
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            free.bind((address, number))
        except OSError as error:
            raise SystemExit(
                f"port {number} of {address}: {error.strerror}; PORT= takes another, and "
                "the two after it"
            ) from None
if domain:
    c.JupyterHub.subdomain_host = (
        f"{'https' if certificate else 'http'}://{domain}:{port}"
    )
if certificate:
    c.JupyterHub.ssl_cert, c.JupyterHub.ssl_key = certificate, key
    secure = {"secure": True}  # no cookie travels without TLS
    c.JupyterHub.tornado_settings = {
        "cookie_options": secure,
        "xsrf_cookie_kwargs": secure,
    }
c.JupyterHub.bind_url = f"{'https' if certificate else 'http'}://{address}:{port}"
# Two more ports that only this machine sees: proxy and hub talk to one another.
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{int(port) + 1}"
c.JupyterHub.hub_ip, c.JupyterHub.hub_port = "127.0.0.1", int(port) + 2

# ---- Who may come in: the names in the class's lists, each with a password.
c.JupyterHub.authenticator_class = "hashauthenticator.HashAuthenticator"
c.HashAuthenticator.secret_key = room.secret()
c.HashAuthenticator.password_length = room.PASSWORD
c.Authenticator.allowed_users = room.students | room.teachers
c.Authenticator.admin_users = room.teachers

# ---- What each gets.
c.JupyterHub.spawner_class = WalledSpawner
c.WalledSpawner.course = str(room.course)
c.WalledSpawner.homes = str(room.homes)
c.WalledSpawner.log_file = str(room.own / "learners.log")
c.Spawner.mem_limit = "2G"
c.Spawner.notebook_dir = str(WORK.parent)
c.Spawner.default_url = f"/lab/tree/{WORK.name}/00_start_here.ipynb"
c.Spawner.environment = {"OPENBLAS_NUM_THREADS": "1"}
# Not started: what the lessons do not need, for each second and megabyte counts thirtyfold.
left_out = dict.fromkeys(("jupyter_lsp", "notebook", "notebook_shim"), False)
c.Spawner.args = [
    "--KernelManager.transport=ipc",  # through files: on ports a neighbour could listen
    "--LabApp.news_url=None", "--LabApp.extension_manager=readonly",
    f"--ServerApp.jpserver_extensions={left_out}",
]  # fmt: skip
c.Spawner.start_timeout = c.Spawner.http_timeout = 120  # where thirty start at once
c.Spawner.disable_user_config = True  # no learner changes what her server answers
c.JupyterHub.concurrent_spawn_limit = 10

# ---- What nobody uses is ended after an hour; the files stay.
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"],
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "services": ["idle-culler"],
        "scopes": [
            "list:users",
            "read:users:activity",
            "read:servers",
            "delete:servers",
        ],
    }
]

# ---- The hub's own files.
c.JupyterHub.db_url = f"sqlite:///{room.own / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(room.own / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(room.own / "proxy.pid")
c.ConfigurableHTTPProxy.command = room.proxy()
