"""In each Python that tests start: no connection beyond this machine, no PyTorch, no Dask.

The lessons' stored output is that without them; WITH_TORCH and WITH_DASK let them in.
"""

import os
import socket
import sys

LOCAL = ("127.", "::1", "localhost")
_connect = socket.socket.connect


def _guarded(self, address):
    host = address[0] if isinstance(address, tuple) else ""
    if self.family != getattr(socket, "AF_UNIX", None) and not str(host).startswith(
        LOCAL
    ):
        raise PermissionError(f"the tests allow no connection to {address}")
    return _connect(self, address)


socket.socket.connect = _guarded


class _NotThere:
    """Asked first for every module; None means "look elsewhere"."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        wanted = {"torch": "WITH_TORCH", "distributed": "WITH_DASK"}.get(name)
        if wanted and not os.environ.get(wanted):
            raise ImportError(f"the tests run the lessons without {name}")
        return None


sys.meta_path.insert(0, _NotThere)
