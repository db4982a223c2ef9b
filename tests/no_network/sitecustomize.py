"""In each Python that tests start: no connection beyond this machine, no PyTorch.

The lessons' stored output is that without PyTorch; WITH_TORCH lets it in.
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


class _NoTorch:
    """Asked first for every module; None means "look elsewhere"."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "torch":
            raise ImportError("the tests run the lessons without PyTorch")
        return None


if not os.environ.get("WITH_TORCH"):
    sys.meta_path.insert(0, _NoTorch)
