"""Refuse every connection beyond this machine, in each Python that tests start."""

import socket

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
