"""Registries on loopback for the tests: docker-registry plain, with passwords, with tokens, with TLS; a registry
of our own that lies; and the images they hold."""

import base64
import hashlib
import http.server
import json
import os
import socket
import ssl
import subprocess
import tempfile
import threading
import time
import urllib.parse
import urllib.request

INDEX = "application/vnd.oci.image.index.v1+json"
MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
USER = "anna"
PASSWORD = "p w:x"  # a blank and a colon, which the first colon must not be taken for
PASSWORD_HASH = "$2b$04$C8894kjKor76JTnRyJRv0O4QA.p580hqGb9IUV1QfNY0AWpm5dIma"


def digest_of(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


class QuietServer(http.server.ThreadingHTTPServer):
    """Says nothing of clients that hang up."""

    daemon_threads = True
    request_queue_size = 64  # else a connection waits a second

    def handle_error(self, request, client_address):
        pass


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Image:
    """An index for some platforms, made by hand. `seeds` are those of single ones that differ from the others."""

    def __init__(self, seed, architectures=("amd64", "arm64"), seeds=None):
        self.blobs = {}
        entries = []
        for architecture in architectures:
            label = str((seeds or {}).get(architecture, seed))
            config = json.dumps({"architecture": architecture, "os": "linux", "config": {"Labels": {"seed": label}},
                                 "rootfs": {"type": "layers", "diff_ids": []}}).encode()
            self.blobs[digest_of(config)] = config
            manifest = json.dumps({"schemaVersion": 2, "mediaType": MANIFEST, "layers": [],
                                   "config": {"mediaType": CONFIG, "digest": digest_of(config), "size": len(config)}}).encode()
            entries.append((architecture, manifest))
        self.children = {digest_of(manifest): manifest for _, manifest in entries}
        self.platforms = {"linux/" + name: digest_of(manifest) for name, manifest in entries}
        self.index = json.dumps({"schemaVersion": 2, "mediaType": INDEX, "manifests": [
            {"mediaType": MANIFEST, "digest": digest_of(manifest), "size": len(manifest),
             "platform": {"os": "linux", "architecture": name}} for name, manifest in entries]}).encode()
        self.digest = digest_of(self.index)


class Registry:
    """A docker-registry of its own, stopped by stop()."""

    def __init__(self, folder, name, tls=None, passwords=False, token=None):
        self.folder = os.path.join(folder, name)
        os.makedirs(self.folder)
        self.port = free_port()
        self.host = f"127.0.0.1:{self.port}"
        self.scheme = "https" if tls else "http"
        self.headers = {}
        self.context = ssl.create_default_context(cafile=tls["ca"]) if tls else None
        config = {"version": 0.1, "log": {"level": "info", "accesslog": {"disabled": False}},
                  "storage": {"filesystem": {"rootdirectory": self.folder + "/data"}, "delete": {"enabled": True}},
                  "http": {"addr": f"127.0.0.1:{self.port}"}}
        if tls:
            config["http"]["tls"] = {"certificate": tls["certificate"], "key": tls["key"]}
        if passwords:
            path = self.folder + "/htpasswd"
            with open(path, "w", encoding="ascii") as out:
                out.write(f"{USER}:{PASSWORD_HASH}\n")
            config["auth"] = {"htpasswd": {"realm": "test", "path": path}}
            self.headers["Authorization"] = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if token:
            config["auth"] = {"token": {"realm": token.url, "service": "test", "issuer": "test",
                                        "rootcertbundle": token.certificate}}
            self.token = token
        with open(self.folder + "/config.yml", "w", encoding="ascii") as out:
            json.dump(config, out)  # JSON is YAML
        self.log = open(self.folder + "/log", "w", encoding="utf-8")
        self.process = subprocess.Popen(["docker-registry", "serve", self.folder + "/config.yml"], stdout=self.log,
                                        stderr=subprocess.STDOUT)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 0.2).close()
                break
            except OSError:
                if self.process.poll() is not None:
                    raise RuntimeError(open(self.folder + "/log", encoding="utf-8").read()) from None
                time.sleep(0.05)

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.log.close()

    def request(self, method, path, data=None, kind=None, scope=None):
        url = path if path.startswith("http") else f"{self.scheme}://{self.host}{path}"
        headers = {"Accept": f"{INDEX}, {MANIFEST}", **self.headers}
        if kind:
            headers["Content-Type"] = kind
        if scope and hasattr(self, "token"):
            headers["Authorization"] = "Bearer " + self.token.make(scope, ["pull", "push"])
        request = urllib.request.Request(url, data=data, method=method, headers=headers)
        with urllib.request.urlopen(request, context=self.context) as answer:
            return answer.headers, answer.read()

    def push(self, name, tag, image):
        for digest, blob in image.blobs.items():
            headers, _ = self.request("POST", f"/v2/{name}/blobs/uploads/", b"", scope=name)
            place = headers["Location"]
            place += ("&" if "?" in place else "?") + urllib.parse.urlencode({"digest": digest})
            self.request("PUT", place, blob, "application/octet-stream", scope=name)
        for digest, manifest in image.children.items():
            self.request("PUT", f"/v2/{name}/manifests/{digest}", manifest, MANIFEST, scope=name)
        self.tag(name, tag, image)

    def tag(self, name, tag, image):
        self.request("PUT", f"/v2/{name}/manifests/{tag}", image.index, INDEX, scope=name)

    def delete(self, name, digest):
        self.request("DELETE", f"/v2/{name}/manifests/{digest}", scope=name)


def make_certificates(folder):
    """A certificate authority, and a certificate for 127.0.0.1 and localhost."""
    os.makedirs(folder)
    run = lambda *words: subprocess.run(words, check=True, cwd=folder, capture_output=True)
    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.crt", "-days", "2",
        "-subj", "/CN=test authority")
    run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "server.key", "-out", "server.csr", "-subj",
        "/CN=localhost")
    with open(folder + "/names", "w", encoding="ascii") as out:
        out.write("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    run("openssl", "x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key", "-CAcreateserial", "-out",
        "server.crt", "-days", "2", "-extfile", "names")
    return {"ca": folder + "/ca.crt", "certificate": folder + "/server.crt", "key": folder + "/server.key"}


def _url64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class TokenServer:
    """Makes tokens for docker-registry: private repositories, `private/…`, for anna alone."""

    def __init__(self, folder):
        os.makedirs(folder)
        self.folder = folder
        self.certificate = folder + "/token.crt"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder + "/token.key",
                        "-out", self.certificate, "-days", "2", "-subj", "/CN=tokens"], check=True, capture_output=True)
        der = subprocess.run(["openssl", "x509", "-in", self.certificate, "-outform", "DER"], check=True,
                             capture_output=True).stdout
        self.chain = base64.b64encode(der).decode()
        self.asked = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                fields = urllib.parse.parse_qs(urllib.parse.urlsplit(self.path).query)
                scopes = fields.get("scope", [])
                given = self.headers.get("Authorization", "")
                known = given == "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
                outer.asked.append((scopes, given))
                allowed = [scope for scope in scopes if known or not scope.startswith("repository:private/")]
                body = json.dumps({"token": outer.make_scopes(allowed), "expires_in": 300}).encode()
                self.send_response(200 if not given or known else 401)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = QuietServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/token"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def make(self, name, actions):
        return self.make_scopes([f"repository:{name}:{','.join(actions)}"])

    def make_scopes(self, scopes):
        now = int(time.time())
        access = [dict(zip(("type", "name", "actions"), (kind, name, actions.split(","))))
                  for kind, name, actions in (scope.split(":") for scope in scopes)]
        head = {"typ": "JWT", "alg": "RS256", "x5c": [self.chain]}
        body = {"iss": "test", "aud": "test", "sub": "", "exp": now + 300, "nbf": now - 10, "iat": now, "jti": str(now),
                "access": access}
        text = _url64(json.dumps(head).encode()) + "." + _url64(json.dumps(body).encode())
        mark = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.folder + "/token.key"], input=text.encode(),
                              check=True, capture_output=True).stdout
        return text + "." + _url64(mark)

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class Recording:
    """A registry that has every image, answers after a while, and counts who comes."""

    def __init__(self, pause=0, token=False):
        image = Image("recording")
        outer = self
        self.connections = 0
        self.requests = []

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else a body waits 40 ms for the answer to its headers

            def setup(self):
                outer.connections += 1
                super().setup()

            def do_GET(self):
                outer.requests.append(self.path)
                time.sleep(pause)
                body = image.index
                if token and self.path.startswith("/token"):
                    self.send_response(200)
                    body = b'{"token":"x"}'
                elif token and not self.headers.get("Authorization"):
                    self.send_response(401)
                    self.send_header("WWW-Authenticate", f'Bearer realm="http://{outer.host}/token",service="x"')
                    body = b""
                else:
                    self.send_response(200)
                    self.send_header("Content-Type", INDEX)
                    self.send_header("Docker-Content-Digest", image.digest)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            do_HEAD = do_GET

            def log_message(self, *_):
                pass

        self.server = QuietServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
