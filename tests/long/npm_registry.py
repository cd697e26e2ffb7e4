#!/usr/bin/env python3
"""An npm registry on loopback that has the packages of a folder and no others.

  npm_registry.py FOLDER COMMAND…     runs the command with npm_config_registry set to it; its status is the command's
"""

import base64
import hashlib
import http.server
import json
import os
import subprocess
import sys
import tarfile
import threading
from pathlib import Path


def packages(folder, address):
    """What npm asks for: the description of each package with its only version, and the archives, by path."""
    found = {}
    for archive in sorted(Path(folder).glob("*.tgz")):
        content = archive.read_bytes()
        with tarfile.open(archive) as opened:
            about = json.load(opened.extractfile("package/package.json"))
        about["dist"] = {"tarball": f"{address}/-/{archive.name}",
                         "integrity": "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()}
        whole = {"name": about["name"], "dist-tags": {"latest": about["version"]}, "versions": {about["version"]: about}}
        found[f"/{about['name']}"] = json.dumps(whole).encode()
        found[f"/-/{archive.name}"] = content
    return found


class Registry(http.server.BaseHTTPRequestHandler):
    known = {}

    def do_GET(self):  # pylint: disable=invalid-name
        content = self.known.get(self.path)
        self.send_response(404 if content is None else 200)
        self.end_headers()
        self.wfile.write(content or b"{}")

    def log_message(self, *words):  # pylint: disable=arguments-differ
        """Says nothing."""


def main(folder, *command):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Registry) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        Registry.known = packages(folder, address)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        status = subprocess.run(command, env={**os.environ, "npm_config_registry": address}, check=False).returncode
        server.shutdown()
    return status


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
