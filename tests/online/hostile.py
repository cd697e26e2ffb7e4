"""A registry that lies, delays and sends elsewhere, one behaviour a repository; it remembers who showed it which
credentials."""

import gzip
import http.server
import json
import threading
import time

from registries import INDEX, MANIFEST, Image, QuietServer, digest_of

GOOD = Image("hostile")
OTHER = Image("other")
BOTH = json.dumps({"schemaVersion": 2, "mediaType": INDEX, "manifests": [], "layers": [], "config": {}}).encode()


class Recorder(http.server.BaseHTTPRequestHandler):
    """What both servers have in common."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def record(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode() if length else ""
        self.server.seen.append((self.command, self.path, self.headers.get("Authorization"), body))

    def say(self, status, headers=None, body=b""):
        self.send_response(status)
        for name, value in (headers or {}).items():
            for one in value if isinstance(value, list) else [value]:
                self.send_header(name, one)
        if "Content-Length" not in (headers or {}):
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def manifest(self, image=GOOD, digest=None, kind=INDEX, body=None):
        body = image.index if body is None else body
        headers = {"Content-Type": kind}
        if digest != "":
            headers["Docker-Content-Digest"] = digest or digest_of(body)
        self.say(200, headers, body)


class Stranger(Recorder):
    """Another host that the hostile one leads to."""

    def do_GET(self):
        self.record()
        self.say(200, {"Content-Type": "application/json"}, b'{"token":"stolen"}')

    do_HEAD = do_POST = do_GET


class Hostile(Recorder):
    def do_GET(self):
        self.record()
        repository = self.path.split("/v2/")[-1].split("/manifests/")[0].split("/tags/")[0].split("?")[0]
        behaviour = getattr(self, "on_" + repository.split("/")[-1].replace("-", "_"), None)
        if behaviour:
            behaviour()
        else:
            self.say(404)

    do_HEAD = do_POST = do_GET

    def asks(self, **fields):
        text = ",".join(f'{name}="{value}"' for name, value in fields.items())
        self.say(401, {"WWW-Authenticate": "Bearer " + text})

    # what is said of digests
    def on_good(self):
        self.manifest()

    def on_lies_about_digest(self):
        self.manifest(OTHER, digest=GOOD.digest)

    def on_other_digest(self):
        self.manifest(OTHER)

    def on_no_header(self):
        self.manifest(digest="")

    def on_upper_case(self):
        self.manifest(digest=GOOD.digest.upper())

    def on_short_digest(self):
        self.manifest(digest="sha256:1234")

    def on_wrong_type(self):
        self.manifest(kind=MANIFEST, digest="")

    def on_no_type(self):
        self.manifest(kind="text/html")

    def on_two_readings(self):
        self.manifest(body=BOTH, digest="")

    def on_deep(self):
        body = b'{"schemaVersion":2,"manifests":' + b"[" * 5000 + b"]" * 5000 + b"}"
        self.manifest(body=body, digest="")

    # how much is said
    def on_inflates(self):
        body = gzip.compress(b" " * 50_000_000)
        self.say(200, {"Content-Type": INDEX, "Content-Encoding": "gzip"}, body)

    def endless(self, first, piece):
        self.wfile.write(first)
        try:
            for _ in range(20000):
                self.wfile.write(piece)
        except OSError:
            pass
        self.close_connection = True

    def on_endless_body(self):
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {INDEX}\r\nConnection: close\r\n\r\n".encode()
        self.endless(head, b" " * 65536 if self.command == "GET" else b"")

    def on_endless_headers(self):
        self.endless(b"HTTP/1.1 200 OK\r\n", b"X: " + b"y" * 1000 + b"\r\n")

    def on_drips(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        try:
            for _ in range(30):
                self.wfile.write(b"X: y\r\n")
                time.sleep(1)
        except OSError:
            pass
        self.close_connection = True

    def on_never(self):
        time.sleep(30)
        self.close_connection = True

    # where it leads
    def leads(self, place):
        self.say(307, {"Location": place})

    def on_to_stranger(self):
        self.leads(f"http://{self.server.stranger}/v2/x/manifests/1")

    def on_to_other_port(self):
        self.leads(f"http://127.0.0.1:{self.server.stranger_port}/v2/x/manifests/1")

    def on_to_file(self):
        self.leads("file:///etc/passwd")

    def on_to_itself(self):
        self.leads(self.path)

    def on_to_metadata(self):
        self.leads("http://169.254.169.254/latest")

    def on_to_nowhere(self):
        self.leads("http://[")

    def on_to_user(self):
        self.leads(f"http://user:password@127.0.0.1:{self.server.server_port}/v2/good/manifests/1")

    def on_relative(self):
        self.leads("/v2/good/manifests/1")

    def on_moves_home(self):
        self.leads("/v2/two-challenges/manifests/1")

    # which tags there are
    def tags(self, names, link=None):
        headers = {"Content-Type": "application/json"}
        if link:
            headers["Link"] = link
        self.say(200, headers, json.dumps({"name": "x", "tags": names}).encode())

    def on_tags_pages(self):
        last = self.path.partition("last=")[2]
        if not last:
            return self.tags(["1", "2"], '</v2/tags-pages/tags/list?last=2&n=2>; rel="next"')
        if last.startswith("2"):
            return self.tags(["3"], f'<http://127.0.0.1:{self.server.server_port}/v2/tags-pages/tags/list?last=3>; title=x; rel=next')
        return self.tags(["4"], "</v2/first>; rel=first")

    def on_tags_elsewhere(self):
        self.tags(["1"], f'<http://{self.server.stranger}/v2/x/tags/list>; rel="next"')

    def on_tags_other_port(self):
        self.tags(["1"], f'<http://127.0.0.1:{self.server.stranger_port}/v2/x/tags/list>; rel="next"')

    def on_tags_itself(self):
        self.tags(["1"], f'<{self.path}>; rel="next"')

    def on_tags_in_circles(self):
        self.tags(["1"], f'</v2/tags-in-circles/tags/list?last={"b" if "last=a" in self.path else "a"}>; rel="next"')

    def on_tags_null(self):
        self.tags(None)

    def on_tags_rubbish(self):
        self.say(200, {}, b"[]")

    def on_tags_escapes(self):
        self.tags(["1", "\x1b]0;title\x07", "a b", "../x", "", 7, "x" * 200, "2"])

    def on_tags_deep(self):
        self.say(200, {}, b'{"tags":' + b"[" * 5000 + b"]" * 5000 + b"}")

    def on_tags_endless(self):
        self.endless(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", b" " * 65536)

    # how it asks for credentials
    def on_realm_stranger(self):
        self.asks(realm=f"http://{self.server.stranger}/token", service="x")

    def on_realm_metadata(self):
        self.asks(realm="http://169.254.169.254/token", service="x")

    def on_realm_file(self):
        self.asks(realm="file:///etc/passwd", service="x")

    def on_realm_none(self):
        self.asks(service="x")

    def on_for_ever(self):
        if self.path.startswith("/token"):
            return self.say(200, {}, b'{"token":"t"}')
        return self.asks(realm=f"http://127.0.0.1:{self.server.server_port}/token/v2/for-ever", service="x")

    def on_other_scope_for_ever(self):
        self.server.scopes += 1
        if self.path.startswith("/token"):
            return self.say(200, {}, b'{"token":"t"}')
        return self.asks(realm=f"http://127.0.0.1:{self.server.server_port}/token/v2/other-scope-for-ever",
                         error="insufficient_scope", scope=f"repository:x{self.server.scopes}:pull")

    def on_bad_token(self):
        if self.path.startswith("/token"):
            return self.say(200, {}, b'{"token":"a\\r\\nX: y"}')
        return self.asks(realm=f"http://127.0.0.1:{self.server.server_port}/token/v2/bad-token", service="x")

    def on_two_challenges(self):
        if (self.headers.get("Authorization") or "").startswith("Basic "):
            return self.manifest()
        return self.say(401, {"WWW-Authenticate": 'Negotiate, Basic realm="a, b\\" c"'})

    def on_broken_challenge(self):
        self.say(401, {"WWW-Authenticate": 'Basic realm="open'})

    def on_forbidden(self):
        self.say(403)

    # how often one may ask
    def limited(self, after, times=99):
        self.server.limits += 1
        if self.server.limits > times:
            return self.manifest()
        return self.say(429, {} if after is None else {"Retry-After": after})

    def on_limit_second(self):
        self.limited("1", 1)

    def on_limit_year(self):
        self.limited("31536000")

    def on_limit_date(self):
        self.limited(time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() + 7200)))

    def on_limit_none(self):
        self.limited(None)

    def on_limit_zero(self):
        self.limited("0")

    def on_falls_over(self):
        self.say(500, {}, b"\x1b]0;title\x07 oops")

    def on_recovers(self):
        self.server.limits += 1
        self.say(503) if self.server.limits == 1 else self.manifest()

    def on_hangs_up(self):
        self.close_connection = True


class HostileServer:
    def __init__(self):
        self.stranger = self._start(Stranger, "127.0.0.2")
        self.server = self._start(Hostile, "127.0.0.1")
        self.server.stranger = f"127.0.0.2:{self.stranger.server_port}"
        self.other = self._start(Stranger, "127.0.0.1")
        self.server.stranger_port = self.other.server_port
        self.host = f"127.0.0.1:{self.server.server_port}"

    @staticmethod
    def _start(handler, address):
        server = QuietServer((address, 0), handler)
        server.daemon_threads = True
        server.seen, server.limits, server.scopes = [], 0, 0
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server

    def forget(self):
        for server in (self.server, self.stranger, self.other):
            server.seen, server.limits, server.scopes = [], 0, 0

    def stop(self):
        for server in (self.server, self.stranger, self.other):
            server.shutdown()
            server.server_close()
