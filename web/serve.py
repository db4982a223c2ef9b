"""Serve the web edition to this machine alone, and open it.

python web/serve.py            http://127.0.0.1:8000/
PORT=8080 python web/serve.py  another port
"""

import contextlib
import functools
import http.server
import os
import typing
import webbrowser
from pathlib import Path

SITE = Path(__file__).resolve().parent.parent / "dist" / "site"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files with the types that browsers insist on, whatever the system believes."""

    extensions_map: typing.ClassVar = {
        **http.server.SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".wasm": "application/wasm",
        ".woff": "font/woff",
    }

    def end_headers(self):
        # As hosts do that read the site's file of headers.
        rules = (Path(self.directory) / "_headers").read_text("utf-8").split("\n/")
        for path, *headers in (rule.strip("/").splitlines() for rule in rules):
            if self.path == f"/{path}":
                for line in headers:
                    self.send_header(*line.strip().split(": ", 1))
        super().end_headers()

    def log_message(self, *_):
        pass


def server(folder=SITE, port=0):
    """A server of a folder on the loopback address; port 0 takes a free one."""
    handler = functools.partial(Handler, directory=folder)
    return http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)


def main():
    port = int(os.environ.get("PORT") or 8000)
    try:
        serving = server(port=port)
    except OSError as error:
        raise SystemExit(
            f"port {port}: {error.strerror}; PORT=8080 takes another"
        ) from None
    address = f"http://127.0.0.1:{port}/"
    print(f"The web edition: {address} (Ctrl+C ends it)")
    webbrowser.open(address)
    with serving, contextlib.suppress(KeyboardInterrupt):
        serving.serve_forever()


if __name__ == "__main__":
    main()
