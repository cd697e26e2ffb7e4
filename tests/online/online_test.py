"""pin, unpin, verify and mirror on real registries: docker-registry plain, with passwords, with tokens, with TLS."""

import base64
import collections
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from registries import PASSWORD, USER, Image, QuietServer, Recording, Registry, TokenServer, make_certificates  # noqa: E402

IMGLINT = os.environ["IMGLINT_PROGRAM"]
HELPER = os.environ["IMGLINT_ONLINE_PROGRAM"]
SKOPEO_POLICY = '{"default": [{"type": "insecureAcceptAnything"}]}\n'


class Folder(unittest.TestCase):
    """Each test in a folder and a home of its own."""

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.home = self.folder + "/.home"
        os.mkdir(self.home)
        self.environment = {"PATH": os.environ["PATH"], "HOME": self.home, "LC_ALL": "C.UTF-8"}

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as out:
            out.write(text)

    def read(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8", newline="") as text:
            return text.read()

    def run_imglint(self, *words, code=0, text=None):
        done = subprocess.run([IMGLINT, *words], cwd=self.folder, env=self.environment, capture_output=True, text=True,
                              input=text, timeout=120)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done.stdout + done.stderr

    def states(self, *words, code=0, text=None):
        lines = self.run_imglint(*words, "--quiet", "--format", "jsonl", code=code, text=text).splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def sign_in(self, *hosts):
        secret = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        self.write(".home/.docker/config.json", json.dumps({"auths": {host: {"auth": secret} for host in hosts}}))


class Registries(Folder):
    @classmethod
    def setUpClass(cls):
        cls.base = tempfile.mkdtemp()
        cls.certificates = make_certificates(cls.base + "/tls")
        cls.tokens = TokenServer(cls.base + "/tokens")
        cls.plain = Registry(cls.base, "plain")
        cls.passwords = Registry(cls.base, "passwords", passwords=True)
        cls.token = Registry(cls.base, "token", token=cls.tokens)
        cls.tls = Registry(cls.base, "https", tls=cls.certificates)
        cls.all = [cls.plain, cls.passwords, cls.token, cls.tls]
        cls.image, cls.other = Image("one"), Image("two")
        for registry in cls.all:
            registry.push("team/app", "1.0", cls.image)
            registry.push("private/app", "2", cls.other)

    @classmethod
    def tearDownClass(cls):
        for one in [*cls.all, cls.tokens]:
            one.stop()
        shutil.rmtree(cls.base)

    def test_the_digest_is_that_of_the_bytes(self):
        self.sign_in(*(registry.host for registry in self.all))
        self.write("policy.json", SKOPEO_POLICY)
        for registry in self.all:
            with self.subTest(host=registry.host):
                self.write("Dockerfile", f"FROM {registry.host}/team/app:1.0\nCOPY --from={registry.host}/private/app:2 /a /b\n")
                self.run_imglint("pin", "--ca", self.certificates["ca"], "Dockerfile")
                for name, tag, image in (("team/app", "1.0", self.image), ("private/app", "2", self.other)):
                    self.assertIn(f"{registry.host}/{name}:{tag}@{image.digest}", self.read("Dockerfile"))
                if registry is self.plain:
                    raw = subprocess.run(["skopeo", "--policy", self.folder + "/policy.json", "inspect", "--raw", "--tls-verify=false",
                                          f"docker://{registry.host}/team/app:1.0"], check=True, capture_output=True).stdout
                    self.assertEqual(raw, self.image.index)
                    _, body = registry.request("GET", "/v2/team/app/manifests/1.0")
                    self.assertEqual(body, self.image.index)

    def test_without_credentials_what_is_private_is_denied(self):
        for registry, name in ((self.passwords, "team/app:1.0"), (self.token, "private/app:2")):
            with self.subTest(host=registry.host):
                self.write("Dockerfile", f"FROM {registry.host}/{name}\n")
                self.assertEqual([one["state"] for one in self.states("verify", "Dockerfile", code=1)], ["denied"])

    def test_credentials_come_from_where_docker_and_podman_keep_them(self):
        host = self.passwords.host
        secret = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        entry = {"auth": secret}
        self.write("Dockerfile", f"FROM {host}/team/app:1.0\n")
        tables = [
            (".home/.docker/config.json", {"auths": {host: entry}}, 0),
            (".home/.docker/config.json", {"auths": {f"https://{host}/v1/": entry}}, 0),
            (".home/.docker/config.json", {"auths": {f"http://{host}/v2/": entry}}, 0),
            (".home/.docker/config.json", {"auths": {f"{host}/": entry}}, 0),
            (".home/.docker/config.json", {"auths": {f"{host}/team": entry}}, 1),  # docker has no paths
            (".home/.docker/config.json", {"auths": {host: {"username": USER, "password": PASSWORD}}}, 0),
            (".home/.docker/config.json", {"auths": {host: {}}}, 1),
            (".home/.docker/config.json", {"auths": {"127.0.0.1": entry}}, 1),  # another port is another host
            (".home/.config/containers/auth.json", {"auths": {f"{host}/team": entry}}, 0),
            (".home/.config/containers/auth.json", {"auths": {f"{host}/team/app": entry, host: {"auth": "eDp5"}}}, 0),
            (".home/.config/containers/auth.json", {"auths": {f"{host}/other": entry}}, 1),
        ]
        for path, content, code in tables:
            with self.subTest(content=json.dumps(content)[:60]):
                shutil.rmtree(self.home)
                self.write(path, json.dumps(content))
                self.run_imglint("verify", "Dockerfile", code=code)
        shutil.rmtree(self.home)
        self.write("auth.json", json.dumps({"auths": {host: entry}}))
        self.run_imglint("verify", "--authfile", self.folder + "/auth.json", "Dockerfile")
        self.run_imglint("verify", "--creds-stdin", host, "Dockerfile", text=f"{USER}:{PASSWORD}\n")
        self.environment["DOCKER_AUTH_CONFIG"] = json.dumps({"auths": {host: entry}})
        self.run_imglint("verify", "Dockerfile")
        self.environment["REGISTRY_AUTH_FILE"] = "/nonexistent"  # then nothing else
        self.run_imglint("verify", "Dockerfile", code=1)

    def test_one_token_a_repository(self):
        self.tokens.asked.clear()
        self.write("Dockerfile", "".join(f"FROM {self.token.host}/team/app:{tag}\n" for tag in ("1.0", "a", "b", "c")))
        self.run_imglint("verify", "Dockerfile", code=1)
        self.assertEqual([scopes for scopes, _ in self.tokens.asked], [["repository:team/app:pull"]])

    def test_a_certificate_that_nobody_signed_is_refused(self):
        self.write("Dockerfile", f"FROM {self.tls.host}/team/app:1.0\n")
        self.assertIn("not trusted", self.run_imglint("verify", "Dockerfile", code=2))
        self.environment["SSL_CERT_FILE"] = self.certificates["ca"]
        self.run_imglint("verify", "Dockerfile")
        del self.environment["SSL_CERT_FILE"]
        os.makedirs(f"{self.home}/.config/containers/certs.d/{self.tls.host}")
        shutil.copy(self.certificates["ca"], f"{self.home}/.config/containers/certs.d/{self.tls.host}/ca.crt")
        self.run_imglint("verify", "Dockerfile")

    def test_a_file_that_an_option_names_must_be_there(self):
        self.write("Dockerfile", f"FROM {self.plain.host}/team/app:1.0\n")
        for option in ("--ca", "--authfile"):
            with self.subTest(option=option):
                self.assertIn(option, self.run_imglint("pin", option, "/nonexistent", "Dockerfile", code=2))
        self.assertNotIn("@", self.read("Dockerfile"))

    def test_a_registry_that_does_not_answer_is_named_once(self):
        self.write("Dockerfile", "".join(f"FROM 127.0.0.1:1/x:{number}\n" for number in range(40)) + f"FROM {self.plain.host}/team/app:1.0\n")
        text = self.run_imglint("verify", "Dockerfile", code=2)
        self.assertEqual(text.count("[unknown]"), 1, text)
        self.assertIn("40 references", text)
        self.assertEqual(len(self.states("verify", "Dockerfile", code=2)), 41)
        text = self.run_imglint("pin", "Dockerfile", code=2)
        self.assertEqual(text.count("[host-unreachable]"), 1, text)
        self.assertIn(self.image.digest, self.read("Dockerfile"))

    def test_tags_are_listed_for_outdated(self):
        for tag in ("1.0.0", "1.0.1", "1.1.0", "2.0.0", "2.0.0-rc1"):
            self.plain.push("versions/app", tag, self.image)
        self.write("Dockerfile", f"FROM {self.plain.host}/versions/app:1.0.0\nFROM {self.plain.host}/versions/none:1.0.0\n")
        found = self.states("outdated", "Dockerfile", code=1)
        self.assertEqual([one["state"] for one in found], ["outdated", "missing"])
        self.assertEqual(found[0]["target"], f"{self.plain.host}/versions/app:2.0.0")
        self.assertEqual(found[0]["message"], "newer: patch 1.0.1, minor 1.1.0, major 2.0.0")

    def test_a_password_from_standard_input_stands_nowhere(self):
        self.write("Dockerfile", f"FROM {self.passwords.host}/team/app:1.0\n")
        text = self.run_imglint("pin", "--lock", "--creds-stdin", self.passwords.host, "Dockerfile", text=f"{USER}:{PASSWORD}\n")
        for name in ("Dockerfile", "imglint.lock"):
            text += self.read(name)
        self.assertNotIn(PASSWORD, text)

    def test_exactly_the_moved_tags_are_named(self):
        count = 500
        chance = random.Random(5)
        images = [Image(("move", number)) for number in range(4)]
        host = self.plain.host
        tags = [f"v{number}" for number in range(count)]
        now = {}
        for image in images:
            self.plain.push("many/app", "seed", image)
        for tag in tags:
            now[tag] = chance.choice(images)
            self.plain.tag("many/app", tag, now[tag])
        self.write("Dockerfile", "".join(f"FROM {host}/many/app:{tag} AS s{tag}\n" for tag in tags))
        original = self.read("Dockerfile")
        self.run_imglint("pin", "--lock", "Dockerfile")
        for tag in tags:
            self.assertIn(f"/many/app:{tag}@{now[tag].digest} AS", self.read("Dockerfile"))
        self.assertEqual(self.states("pin", "--check", "--update", "Dockerfile"), [])
        moved = set(chance.sample(tags, 137))
        for tag in moved:
            now[tag] = chance.choice([image for image in images if image is not now[tag]])
            self.plain.tag("many/app", tag, now[tag])
        found = self.states("pin", "--check", "--update", "Dockerfile", code=1)
        self.assertEqual({re.search(r":(v\d+)@", one["image"]).group(1) for one in found}, moved)
        self.assertEqual({one["state"] for one in found}, {"moved"})
        seen = collections.Counter(one["state"] for one in self.states("verify", "Dockerfile"))
        self.assertEqual(seen["moved"], len(moved))
        self.run_imglint("pin", "--update", "Dockerfile")
        self.assertEqual(self.states("pin", "--check", "--update", "Dockerfile"), [])
        for tag in tags:
            self.assertIn(f"/many/app:{tag}@{now[tag].digest} AS", self.read("Dockerfile"))
        self.run_imglint("unpin", "Dockerfile")
        self.assertEqual(self.read("Dockerfile"), original)

    def test_what_was_asked_is_said_on_demand(self):
        self.write("Dockerfile", f"FROM {self.plain.host}/team/app:1.0\n")
        self.assertIn(f"{self.plain.host}: 1 question, without TLS", self.run_imglint("verify", "-v", "Dockerfile"))
        self.assertIn("1 manifest read", self.run_imglint("pin", "--prove", "-v", "--dry-run", "Dockerfile"))
        self.assertNotIn("question", self.run_imglint("verify", "Dockerfile"))

    def test_verify_tells_the_states_apart(self):
        host = self.plain.host
        first, second, third = (Image(("state", number)) for number in range(3))
        self.plain.push("state/app", "1", first)
        self.plain.push("state/app", "2", second)
        self.plain.push("state/app", "3", third)
        self.plain.delete("state/app", third.digest)
        broken = Image(("state", "broken"))
        self.plain.push("state/broken", "1", broken)
        self.plain.delete("state/broken", broken.platforms["linux/arm64"])
        name = f"{host}/state/app"
        cases = [
            (f"{name}:1", [], "ok"),
            (f"{name}:1@{first.digest}", [], "ok"),
            (f"{name}@{first.digest}", [], "ok"),
            (f"{name}:1@{first.platforms['linux/arm64']}", [], "platform-pin"),
            (f"{name}:1@{second.digest}", [], "moved"),
            (f"{name}:1@{third.digest}", [], "gone"),
            (f"{name}@{third.digest}", [], "gone"),
            (f"{name}:9", [], "missing"),
            (f"{host}/state/none:1", [], "missing"),
            (f"{name}:9@{first.digest}", [], "moved"),
            (f"{name}:9@{third.digest}", [], "missing"),
            (f"{name}:1", ["--platform", "linux/arm64"], "ok"),
            (f"{name}:1", ["--platform", "linux/s390x"], "no-platform"),
            (f"{name}:1", ["--deep"], "ok"),
            (f"{host}/state/broken:1", ["--deep"], "incomplete"),
            (f"{host}/state/broken:1", [], "ok"),
            ("10.1.2.3/x:1", [], "not-asked"),
            ("127.0.0.1:1/x:1", [], "unknown"),
        ]
        codes = {"ok": 0, "platform-pin": 0, "moved": 0, "unknown": 2}
        for reference, options, state in cases:
            with self.subTest(reference=reference, options=options):
                self.write("Dockerfile", f"FROM {reference}\n")
                found = self.states("verify", *options, "Dockerfile", code=codes.get(state, 1))
                self.assertEqual([one["state"] for one in found], [state], found)
        self.write("Dockerfile", f"FROM {name}:1@{second.digest}\n")
        self.run_imglint("verify", "--fail-on", "moved", "Dockerfile", code=1)
        self.write("Dockerfile", f"FROM {name}:1\n")
        self.run_imglint("pin", "--lock-only", "Dockerfile")
        self.write("Dockerfile", f"FROM {name}:1@{second.digest}\n")
        self.assertEqual([one["state"] for one in self.states("verify", "Dockerfile", code=1)], ["mismatch"])

    def test_a_platform_is_pinned_on_demand(self):
        self.write("Dockerfile", f"FROM {self.plain.host}/team/app:1.0\n")
        self.assertIn("Dockerfile:1:6: note: the digest is that of linux/arm64 alone",
                      self.run_imglint("pin", "--platform", "linux/arm64", "Dockerfile"))
        self.assertIn("@" + self.image.platforms["linux/arm64"], self.read("Dockerfile"))
        self.write("Dockerfile", f"FROM {self.plain.host}/team/app:1.0\n")
        self.assertIn("no-platform", self.run_imglint("pin", "--platform", "linux/s390x", "Dockerfile", code=1))

    def test_an_update_keeps_the_kind_of_a_pin(self):
        """What a tag had, what is done before it moves, what it has then; what is written and what an update makes of it."""
        old, arm = Image(("kept", "old")), "linux/arm64"
        new = Image(("kept", "new"))
        same_arm = Image(("kept", "amd alone"), seeds={"arm64": ("kept", "old")})
        without_arm = Image(("kept", "no arm"), architectures=("amd64", "s390x"))
        pins = {"platform": ["pin", "--platform", arm, "--lock", "Dockerfile"], "index": ["pin", "--lock", "Dockerfile"]}
        cases = [
            ("the lock knows the platform", "platform", True, new, new.platforms[arm], 0, "alone"),
            ("the index still has it", "platform", False, same_arm, old.platforms[arm], 0, ""),
            ("nobody knows the platform", "platform", False, new, old.platforms[arm], 1, "[unknown-platform]"),
            ("the platform is gone", "platform", True, without_arm, old.platforms[arm], 1, "[no-platform]"),
            ("the tag has not moved", "platform", False, old, old.platforms[arm], 0, ""),
            ("an index, with a lock", "index", True, new, new.digest, 0, ""),
            ("an index, without", "index", False, new, new.digest, 0, ""),
        ]
        for number, (name, kind, keeps_lock, after, want, code, said) in enumerate(cases):
            with self.subTest(name):
                repository = f"kept/app{number}"
                self.plain.push(repository, "1", old)
                reference = f"{self.plain.host}/{repository}:1"
                self.write("Dockerfile", f"FROM {reference}\n")
                self.run_imglint(*pins[kind])
                if not keeps_lock:
                    os.remove(self.folder + "/imglint.lock")
                self.plain.push(repository, "1", after)
                for _ in range(2):  # a second run changes nothing
                    output = self.run_imglint("pin", "--update", "Dockerfile", code=code)
                    self.assertEqual(self.read("Dockerfile"), f"FROM {reference}@{want}\n", output)
                    if _ == 0:
                        self.assertIn(said, output)
                if os.path.exists(self.folder + "/imglint.lock"):
                    os.remove(self.folder + "/imglint.lock")

    def test_an_update_finds_the_platform_in_an_index_that_the_lock_has_seen(self):
        old, new = Image(("seen", "old")), Image(("seen", "new"))
        reference = f"{self.plain.host}/seen/app:1"
        self.plain.push("seen/app", "1", old)
        self.write("Dockerfile", f"FROM {reference}\n")
        self.run_imglint("pin", "--lock-only", "--lock", "Dockerfile")
        arm, amd = "linux/arm64", "linux/amd64"
        self.write("Dockerfile", f"FROM {reference}@{old.platforms[arm]}\nFROM {reference}@{old.platforms[amd]}\n"
                                 f"FROM {reference}@{old.digest}\nFROM {reference}\n")
        self.plain.push("seen/app", "1", new)
        self.run_imglint("pin", "--update", "Dockerfile")
        self.assertEqual(self.read("Dockerfile"),
                         f"FROM {reference}@{new.platforms[arm]}\nFROM {reference}@{new.platforms[amd]}\n"
                         f"FROM {reference}@{new.digest}\nFROM {reference}@{new.digest}\n")
        self.assertEqual(json.loads(self.read("imglint.lock"))["images"][reference]["platforms"], new.platforms)
        # A lock alone takes nothing away that it knows of a platform.
        before = self.read("Dockerfile")
        self.run_imglint("pin", "--update", "--from-lock", "Dockerfile")
        self.assertEqual(self.read("Dockerfile"), before)
        # A digest alone finds its tag by the platforms of the lock.
        self.write("Dockerfile", f"FROM {self.plain.host}/seen/app@{new.platforms[arm]}\n")
        self.plain.push("seen/app", "1", old)
        self.run_imglint("pin", "--update", "Dockerfile")
        self.assertIn(old.platforms[arm], self.read("Dockerfile"))
        # What is gone counts as an index's.
        self.write("Dockerfile", f"FROM {reference}@{'sha256:' + 64 * '0'}\n")
        self.run_imglint("pin", "--update", "Dockerfile")
        self.assertEqual(self.read("Dockerfile"), f"FROM {reference}@{old.digest}\n")

    def test_young_digests_wait_and_old_ones_are_kept_as_candidates(self):
        host, name = self.plain.host, "age/app"
        images = [Image(("age", number)) for number in range(3)]
        for image in images:
            self.plain.push(name, "1", image)
        self.write("Dockerfile", f"FROM {host}/{name}:1\n")
        self.assertIn("too-young", self.run_imglint("pin", "--min-age", "3d", "Dockerfile", code=1))
        lock = json.loads(self.read("imglint.lock"))
        entry = lock["images"][f"{host}/{name}:1"]
        entry["seen"] = {images[0].digest: "2020-01-01", images[1].digest: "2021-01-01", images[2].digest: entry["at"]}
        self.write("imglint.lock", json.dumps(lock))
        self.run_imglint("pin", "--min-age", "3d", "Dockerfile")
        self.assertIn(images[1].digest, self.read("Dockerfile"))
        self.plain.delete(name, images[1].digest)
        self.write("Dockerfile", f"FROM {host}/{name}:1\n")
        self.run_imglint("pin", "--min-age", "3d", "Dockerfile")
        self.assertIn(images[0].digest, self.read("Dockerfile"))
        before = self.read("Dockerfile")
        self.run_imglint("pin", "--update", "--min-age", "9999d", "Dockerfile", code=2)
        self.run_imglint("pin", "--update", "--min-age", "3650d", "Dockerfile")
        self.assertEqual(self.read("Dockerfile"), before)

    def test_a_mirror_is_copied_and_proved(self):
        source, target = self.plain.host, f"localhost:{self.plain.port}/mirror"
        self.write("bin/skopeo", f'#!/bin/sh\nexec {shutil.which("skopeo")} --policy {self.folder}/policy.json "$@"\n')
        os.chmod(self.folder + "/bin/skopeo", 0o755)
        self.write("policy.json", SKOPEO_POLICY)
        self.environment["PATH"] = self.folder + "/bin:" + self.environment["PATH"]
        self.write("Dockerfile", f"FROM {source}/team/app:1.0\nCOPY --from={source}/team/app@{self.image.digest} /a /b\n")
        plan = self.run_imglint("retarget", "--to", target, "--dry-run", "--format", "json", "Dockerfile")
        self.write("plan.json", plan)
        http = ["--plain-http", source, "--plain-http", f"localhost:{self.plain.port}"]
        self.assertEqual({one["state"] for one in self.states("verify", "--targets", "plan.json", code=1)}, {"missing"})
        self.assertIn("missing", self.run_imglint("mirror", "plan.json", "--verify-only", *http, code=1))
        # The helper says that the registry speaks no TLS.
        self.assertEqual({one["state"] for one in self.states("mirror", "plan.json")}, {"same"})
        self.assertEqual({one["state"] for one in self.states("verify", "--targets", "-", text=plan)}, {"same"})
        self.run_imglint("mirror", "plan.json", *http)
        self.run_imglint("retarget", "--to", target, "--verify", "Dockerfile")
        self.assertIn(target, self.read("Dockerfile"))
        self.write("Dockerfile", f"FROM {source}/private/app:2\n")
        self.run_imglint("retarget", "--to", target, "--verify", "Dockerfile", code=1)
        self.assertNotIn(target, self.read("Dockerfile"))

    def test_targets_that_are_not_the_source(self):
        host = self.plain.host
        shuffled = Image("one")
        index = json.loads(shuffled.index)
        index["annotations"] = {"copied": "elsewhere"}
        shuffled.index = json.dumps(index).encode()
        self.plain.push("copy/equivalent", "1", shuffled)
        self.plain.push("copy/different", "1", self.other)
        self.write("plan", f"{host}/team/app:1.0 -> {host}/copy/equivalent:1\n# a comment\n{host}/team/app:1.0 -> {host}/copy/different:1\n")
        found = self.states("verify", "--targets", "plan", code=1)
        self.assertEqual(sorted(one["state"] for one in found), ["different", "equivalent"])

    def test_a_forbidden_host_is_not_asked(self):
        recorder = Recording()
        self.write("Dockerfile", f"FROM {recorder.host}/x:1\nFROM {self.plain.host}/team/app:1.0\n")
        self.write(".imglint.yaml", f"registries:\n  allow:\n    - {self.plain.host}/**\n")
        found = self.run_imglint("pin", "Dockerfile", code=1)
        self.assertIn("not-asked", found)
        self.assertEqual(recorder.connections, 0)
        self.run_imglint("pin", "--host-allow", recorder.host, "Dockerfile")
        self.assertGreater(recorder.connections, 0)
        recorder.stop()

    def test_nothing_is_written_where_all_or_none_was_asked_for(self):
        self.write("Dockerfile", f"FROM {self.plain.host}/team/app:1.0\nFROM {self.plain.host}/none:1\n")
        before = self.read("Dockerfile")
        self.run_imglint("pin", "--strict", "Dockerfile", code=1)
        self.assertEqual(self.read("Dockerfile"), before)

    def test_nothing_opens_a_socket_but_the_helper(self):
        linked = subprocess.run(["ldd", IMGLINT], capture_output=True, text=True, check=True).stdout
        for library in ("libcurl", "libssl", "libcrypto", "libpsl"):
            self.assertNotIn(library, linked)
        self.write("Dockerfile", f"FROM {self.plain.host}/team/app:1.0\n")
        self.run_imglint("pin", "--lock", "Dockerfile")
        self.write("message", 'Content-Length: 33\r\n\r\n{"jsonrpc":"2.0","method":"exit"}')
        offline = [["check"], ["list"], ["retarget", "--to", "x.example", "--dry-run"], ["pin", "--check"],
                   ["pin", "--from-lock"], ["pin"], ["unpin"], ["lsp"]]
        for words in offline:
            with self.subTest(words=words), open(self.folder + "/message", encoding="ascii") as text:
                traced = subprocess.run(["strace", "-f", "-o", self.folder + "/trace", "-e", "trace=%network,execve", IMGLINT, *words],
                                        cwd=self.folder, env=self.environment, stdin=text, capture_output=True, text=True)
                calls = self.read("trace")
                self.assertNotIn("socket(", calls, traced.stderr)
                self.assertEqual(calls.count("execve("), 1, calls)


class Slow(Folder):
    """A registry as far away as the internet."""

    def test_two_hundred_references_at_eighty_milliseconds(self):
        recorder = Recording(pause=0.08, token=True)
        self.write("Dockerfile", "".join(f"FROM {recorder.host}/team/app{number}:1\n" for number in range(200)))
        begin = time.monotonic()
        self.run_imglint("pin", "Dockerfile")
        taken = time.monotonic() - begin
        print(f"200 references at 80 ms, with tokens: {taken:.2f} s", file=sys.stderr)
        self.assertLess(taken, float(os.environ.get("IMGLINT_ONLINE_SECONDS", "4")))
        recorder.stop()


if __name__ == "__main__":
    unittest.main(verbosity=1)
