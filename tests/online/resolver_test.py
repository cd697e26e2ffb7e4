"""Resolvers that break off, babble, say too much or nothing, and runs that are interrupted: what was answered counts, what
was not is said, nothing hangs, and no file is left half written."""

import hashlib
import json
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
import unittest

IMGLINT = os.environ["IMGLINT_PROGRAM"]
HELPER = os.environ["IMGLINT_ONLINE_PROGRAM"]
COUNT = 12

# Answers questions as they come; what it does at the question of a number is its argument.
RESOLVER = r'''#!/usr/bin/env python3
import json, os, signal, sys, time
mode, at = sys.argv[1], int(sys.argv[2])
say = lambda text: (sys.stdout.write(text), sys.stdout.flush())
open(os.environ["STARTED"], "w").close()
sys.stdin.readline()
for line in sys.stdin:
    question = json.loads(line)
    answer = {"id": question["id"], "state": "found", "media": "index", "digest": "sha256:%064x" % question["id"]}
    if question["id"] == at:
        if mode == "killed": os.kill(os.getpid(), signal.SIGKILL)
        if mode == "ends": sys.exit(0)
        if mode == "fails": sys.stderr.write("the disk is full\n"); sys.exit(3)
        if mode == "half": say(json.dumps(answer)[:40]); sys.exit(0)
        if mode == "half-and-waits": say(json.dumps(answer)[:40]); time.sleep(60)
        if mode == "garbage": say("\x1b]0;title\x07 garbage\n"); time.sleep(60)
        if mode == "nul": say("\0\0\0\n"); time.sleep(60)
        if mode == "array": say("[]\n")
        if mode == "deep": say("[" * 100000 + "\n")
        if mode == "other-id": say(json.dumps({**answer, "id": 10 ** 15}) + "\n")
        if mode == "twice": say(json.dumps(answer) + "\n" + json.dumps(answer) + "\n")
        if mode == "no-digest": say(json.dumps({**answer, "digest": ""}) + "\n")
        if mode == "short-digest": say(json.dumps({**answer, "digest": "sha256:12"}) + "\n")
        if mode == "tags": say(json.dumps({"id": question["id"], "state": "found", "tags": ["1"]}) + "\n")
        if mode == "unknown-state": say(json.dumps({**answer, "state": "fine"}) + "\n")
        if mode == "floods":
            while True: say("x" * 65536)
        if mode == "silent": time.sleep(60)
        if mode == "closes": os.close(1); time.sleep(60)
        if mode == "more-at-the-end":
            say(json.dumps(answer) + "\n")
            while True: say(json.dumps(answer) + "\n")
    say(json.dumps(answer) + "\n")
'''
MODES = ["killed", "ends", "fails", "half", "half-and-waits", "garbage", "nul", "array", "deep", "other-id", "twice", "no-digest",
         "short-digest", "tags", "unknown-state", "floods", "silent", "closes"]


class Folder(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)
        self.started = self.folder + "/.started"
        self.environment = {"PATH": self.folder + "/bin:" + os.environ["PATH"], "HOME": self.folder, "LC_ALL": "C.UTF-8",
                            "STARTED": self.started}
        self.script("bin/resolver", RESOLVER)
        self.text = "".join(f"FROM ghcr.io/acme/app:{number}\n" for number in range(1, COUNT + 1))
        self.write("Dockerfile", self.text)

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)

    def script(self, name, text):
        self.write(name, text)
        os.chmod(os.path.join(self.folder, name), stat.S_IRWXU)

    def read(self, name):
        with open(os.path.join(self.folder, name), encoding="utf-8") as text:
            return text.read()

    def run_imglint(self, *words, text=None):
        begin = time.monotonic()
        done = subprocess.run([IMGLINT, *words], cwd=self.folder, env=self.environment, capture_output=True, text=True, input=text,
                              timeout=60)
        return done, time.monotonic() - begin

    def left_over(self):
        return sorted(set(os.listdir(self.folder)) - {"bin", "Dockerfile", ".started"})


class Broken(Folder):
    def test_what_was_answered_before_counts_and_the_rest_is_said(self):
        for mode in MODES:
            for at in (1, 2, COUNT):
                if mode == "twice" and at == COUNT:
                    continue  # by then nobody listens
                if mode in ("silent", "half-and-waits") and at != 2:
                    continue  # each takes as long as the patience
                with self.subTest(mode=mode, at=at):
                    self.write("Dockerfile", self.text)
                    done, taken = self.run_imglint("pin", "--timeout", "1s", "--connect-timeout", "1s", "--resolver",
                                                   f"resolver {mode} {at}", "Dockerfile")
                    self.assertEqual(done.returncode, 2, done.stderr)
                    self.assertLess(taken, 12)
                    self.assertIn("[no-answer]", done.stderr)
                    self.assertNotIn("\x1b", done.stderr)
                    answered = at if mode == "twice" else at - 1
                    want = self.text.splitlines()
                    for number in range(1, answered + 1):
                        want[number - 1] += "@sha256:%064x" % number
                    self.assertEqual(self.read("Dockerfile").splitlines(), want)
                    self.assertEqual(self.left_over(), [])

    def test_what_it_says_on_its_way_out_is_shown(self):
        done, _ = self.run_imglint("pin", "--resolver", "resolver fails 3", "Dockerfile")
        self.assertIn("the disk is full", done.stderr)

    def test_one_that_babbles_on_at_the_end_is_not_listened_to(self):
        done, taken = self.run_imglint("pin", "--resolver", f"resolver more-at-the-end {COUNT}", "Dockerfile")
        self.assertLess(taken, 8)
        self.assertEqual(self.read("Dockerfile").count("@sha256:"), COUNT, done.stderr)

    def test_one_that_cannot_be_started_is_named(self):
        for resolver in ("/nonexistent", self.folder + "/Dockerfile", self.folder):
            with self.subTest(resolver=resolver):
                done, _ = self.run_imglint("verify", "--resolver", resolver, "Dockerfile")
                self.assertEqual(done.returncode, 2)
                self.assertIn("cannot be started", done.stdout)

    def test_strict_writes_nothing_then(self):
        done, _ = self.run_imglint("pin", "--strict", "--lock", "--resolver", "resolver killed 5", "Dockerfile")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(self.read("Dockerfile"), self.text)

    def test_verify_says_of_each_what_is_known(self):
        done, _ = self.run_imglint("verify", "--format", "jsonl", "--quiet", "--resolver", "resolver killed 5", "Dockerfile")
        states = [json.loads(line)["state"] for line in done.stdout.splitlines()]
        self.assertEqual(states, ["ok"] * 4 + ["unknown"] * (COUNT - 4))
        self.assertEqual(done.returncode, 2)


class Interrupted(Folder):
    PLAN = "ghcr.io/acme/app:1 -> registry.example.com/app:1\n"

    def commands(self):
        resolver = ["--resolver", "resolver silent 2"]
        self.write("plan", self.PLAN)
        return {"pin": ["pin", "--lock", *resolver, "Dockerfile"], "pin --override": ["pin", "--override", "o.yaml", *resolver, "Dockerfile"],
                "verify": ["verify", *resolver, "Dockerfile"], "mirror": ["mirror", "plan", *resolver],
                "retarget --verify": ["retarget", "--to", "registry.example.com", "--verify", *resolver, "Dockerfile"]}

    def begin(self, words):
        if os.path.exists(self.started):
            os.remove(self.started)
        process = subprocess.Popen(["sh", "-c", '"$@"; echo "code $?"', "sh", IMGLINT, *words], cwd=self.folder, env=self.environment,
                                   stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                   start_new_session=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        deadline = time.monotonic() + 20
        while not os.path.exists(self.started) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertTrue(os.path.exists(self.started))
        time.sleep(0.2)
        return process

    def programs_of(self, session):
        """Those of the session that still run, by their names."""
        names = []
        for entry in os.listdir("/proc"):
            if not entry.isdigit():
                continue
            try:
                with open(f"/proc/{entry}/stat", encoding="utf-8") as text:
                    name, rest = text.read().rsplit(")", 1)
            except OSError:
                continue
            fields = rest.split()
            if int(fields[3]) == session and fields[0] != "Z":
                names.append((int(entry), name.split("(", 1)[1]))
        return names

    def assert_all_end(self, session, deadline):
        """Each was interrupted and may take a moment to go."""
        while self.programs_of(session) and time.monotonic() < deadline:
            time.sleep(0.02)
        self.assertEqual(self.programs_of(session), [])

    def test_it_ends_within_a_second_and_leaves_nothing(self):
        for name, words in self.commands().items():
            with self.subTest(command=name):
                process = self.begin(words)
                begin = time.monotonic()
                for pid, program in self.programs_of(process.pid):
                    if program != "sh":  # the shell waits, and says the code
                        os.kill(pid, signal.SIGINT)
                output, _ = process.communicate(timeout=20)
                self.assertLess(time.monotonic() - begin, 1.0)
                self.assertIn("code 130", output)
                self.assertEqual(self.read("Dockerfile"), self.text)
                self.assertEqual([name for name in self.left_over() if name != "plan"], [])
                self.assert_all_end(process.pid, begin + 2.0)

    def test_a_copy_is_interrupted_with_it(self):
        self.script("bin/skopeo", f'#!/bin/sh\ntouch {self.started}\nexec sleep 60\n')
        self.script("bin/answers", """#!/usr/bin/env python3
import json, sys
sys.stdin.readline()
for line in sys.stdin:
    question = json.loads(line)
    found = question["registry"] == "ghcr.io"
    answer = {"id": question["id"], "state": "found" if found else "missing", "media": "index", "digest": "sha256:" + "1" * 64}
    print(json.dumps(answer), flush=True)
""")
        self.write("plan", self.PLAN)
        process = self.begin(["mirror", "plan", "--resolver", "answers"])
        begin = time.monotonic()
        for pid, program in self.programs_of(process.pid):
            if program != "sh":
                os.kill(pid, signal.SIGINT)
        output, _ = process.communicate(timeout=20)
        self.assertLess(time.monotonic() - begin, 1.0)
        self.assertIn("code 130", output)
        self.assert_all_end(process.pid, begin + 2.0)

    def test_the_helper_does_not_outlive_the_one_who_asks(self):
        helper = subprocess.Popen([HELPER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        # Nobody listens at this address, and nobody says so either.
        helper.stdin.write(b'{"hello":1,"hosts":["203.0.113.1"],"connect_timeout":50}\n'
                           b'{"id":1,"registry":"203.0.113.1","repository":"a","reference":"1","want":"digest"}\n')
        helper.stdin.flush()
        time.sleep(0.3)
        helper.stdin.close()
        helper.stdout.close()
        begin = time.monotonic()
        helper.wait(timeout=20)
        self.assertLess(time.monotonic() - begin, 2.5)


# Says of each tag a digest that follows from its name, after a while.
TABLE = r'''#!/usr/bin/env python3
import hashlib, json, os, sys, time
open(os.environ["STARTED"], "w").close()
sys.stdin.readline()
for line in sys.stdin:
    question = json.loads(line)
    time.sleep(float(sys.argv[1]))
    digest = "sha256:" + hashlib.sha256((question["repository"] + question["reference"]).encode()).hexdigest()
    answer = {"id": question["id"], "state": "found", "media": "index", "digest": digest}
    if question["want"] == "tags": answer = {"id": question["id"], "state": "found", "tags": ["1.2.3", "1.2.9", "1.3.0", "3.0.0", "latest"]}
    if question["repository"].endswith("gone"): answer = {"id": question["id"], "state": "missing", "error": "no such tag"}
    print(json.dumps(answer), flush=True)
'''


def table_digest(repository, reference):
    return "sha256:" + hashlib.sha256((repository + reference).encode()).hexdigest()


class Editor(Folder):
    """The command of the language server that updates digests: it asks by the helper, and goes on answering meanwhile."""

    def setUp(self):
        super().setUp()
        self.script("bin/table", TABLE)
        self.environment["LSAN_OPTIONS"] = "detect_leaks=0"
        self.uri = "file://" + self.folder + "/Dockerfile"

    def start(self, pause):
        self.process = subprocess.Popen([IMGLINT, "lsp", "--resolver", f"table {pause}"], cwd=self.folder, env=self.environment,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.addCleanup(self.stop)
        self.said = []
        edits = {"applyEdit": True, "workspaceEdit": {"documentChanges": True}}
        literals = {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}}}
        answer = self.ask(1, "initialize", {"capabilities": {"workspace": edits, "textDocument": literals}, "workspaceFolders": [
            {"uri": "file://" + self.folder, "name": "x"}]})
        self.assertIn("imglint.updateDigests", answer["capabilities"]["executeCommandProvider"]["commands"])
        self.tell("initialized", {})

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def tell(self, method, params):
        self.send({"method": method, "params": params})

    def hear(self):
        length = 0
        while (line := self.process.stdout.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message = json.loads(self.process.stdout.read(length))
        self.said.append(message)
        return message

    def ask(self, number, method, params):
        self.send({"id": number, "method": method, "params": params})
        while True:
            message = self.hear()
            if message.get("id") == number and "method" not in message:
                return message["result"]

    def open(self, text):
        self.write("Dockerfile", text)
        self.tell("textDocument/didOpen", {"textDocument": {"uri": self.uri, "languageId": "dockerfile", "version": 1, "text": text}})

    def until(self, method):
        for message in self.said:
            if message.get("method") == method:
                return message
        while True:
            message = self.hear()
            if message.get("method") == method:
                return message

    def update(self):
        zero = {"line": 0, "character": 0}
        actions = self.ask(2, "textDocument/codeAction", {"textDocument": {"uri": self.uri}, "range": {"start": zero, "end": zero},
                                                         "context": {"diagnostics": []}})
        command = next(one for one in actions if "update the digests" in one["title"])["command"]
        self.said.clear()
        self.ask(3, "workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]})

    def test_digests_are_added_and_moved_in_the_file_and_in_its_lock(self):
        old = "sha256:" + "0" * 64
        lock = {"version": 1, "images": {"ghcr.io/acme/b:2": {"at": "2026-01-01", "digest": old, "media": "index", "seen": {old: "2026-01-01"}}}}
        self.write("imglint.lock", json.dumps(lock))
        self.write(".imglint.yaml", "registries:\n  allow: [ghcr.io/**]\n")
        self.start(0)
        self.open(f"FROM ghcr.io/acme/a:1\nFROM ghcr.io/acme/b:2@{old}\nFROM quay.io/x/y:1\nFROM ghcr.io/acme/gone:1\n")
        self.update()
        edit = self.until("workspace/applyEdit")["params"]["edit"]
        texts = {change["textDocument"]["uri"].rsplit("/", 1)[1]: [one["newText"] for one in change["edits"]]
                 for change in edit["documentChanges"]}
        self.assertEqual(texts["Dockerfile"][0], "@" + table_digest("acme/a", "1"))
        self.assertTrue(table_digest("acme/b", "2").endswith(texts["Dockerfile"][1]))
        locked = json.loads(texts["imglint.lock"][0])["images"]
        self.assertEqual(locked["ghcr.io/acme/b:2"]["digest"], table_digest("acme/b", "2"))
        self.assertIn(old, locked["ghcr.io/acme/b:2"]["seen"])
        message = self.until("window/showMessage")["params"]["message"]
        self.assertIn("2 digests", message)
        self.assertIn("policy does not allow quay.io", message)
        self.assertIn("no such tag", message)

    def test_it_answers_other_requests_meanwhile(self):
        self.start(1)
        self.open("".join(f"FROM ghcr.io/acme/app:{number}\n" for number in range(4)))
        self.update()
        for number in range(5):
            begin = time.monotonic()
            self.ask(10 + number, "textDocument/documentSymbol", {"textDocument": {"uri": self.uri}})
            self.assertLess(time.monotonic() - begin, 1)
        self.assertEqual([one for one in self.said if one.get("method") == "workspace/applyEdit"], [])
        edit = self.until("workspace/applyEdit")["params"]["edit"]
        self.assertEqual(len(edit["documentChanges"][0]["edits"]), 4)

    def test_nobody_is_asked_before(self):
        self.start(0)
        self.open("FROM ghcr.io/acme/a:1\n")
        self.ask(9, "textDocument/hover", {"textDocument": {"uri": self.uri}, "position": {"line": 0, "character": 7}})
        self.assertFalse(os.path.exists(self.started))


class Outdated(Folder):
    def setUp(self):
        super().setUp()
        self.script("bin/table", TABLE)
        digest = table_digest("acme/b", "1.2.3")
        self.write("Dockerfile", f"FROM ghcr.io/acme/a:1.2.3\nFROM ghcr.io/acme/b:1.2.3@{digest}\nFROM ghcr.io/acme/c:3.0.0\n"
                                 f"FROM ghcr.io/acme/d:latest@{digest}\nFROM ghcr.io/acme/gone:1.2.3\n")

    def states(self, *words, code=1):
        done, _ = self.run_imglint("outdated", "--resolver", "table 0", "--cache", "none", "--quiet", "--format", "jsonl", *words,
                                   "Dockerfile")
        self.assertEqual(done.returncode, code, done.stderr)
        return [(one["state"], one.get("target", "")) for one in map(json.loads, done.stdout.splitlines())]

    def test_each_level_reports_what_is_that_near(self):
        name = "ghcr.io/acme/"
        last = ("missing", "")
        newest = {"major": "3.0.0", "minor": "1.3.0", "patch": "1.2.9"}
        for level, tag in newest.items():
            self.assertEqual(self.states("--level", level), [("outdated", name + "a:" + tag), ("outdated", name + "b:" + tag), ("ok", ""),
                                                             ("moved", ""), last])
        self.assertEqual(self.states("--level", "digest", "--except", "ghcr.io/acme/gone", code=0),
                         [("not-compared", ""), ("ok", ""), ("not-compared", ""), ("moved", "")])

    def test_what_has_neither_a_digest_nor_a_version_is_not_called_ok(self):
        self.write("Dockerfile", "FROM ghcr.io/acme/d:latest\nFROM ghcr.io/acme/d\n")
        self.assertEqual(self.states(code=0), [("not-compared", ""), ("not-compared", "")])
        self.assertFalse(os.path.exists(self.started))

    def test_check_fails_where_something_is_outdated(self):
        self.states("--only", "ghcr.io/acme/a", code=0)
        self.states("--only", "ghcr.io/acme/a", "--check", code=1)
        self.states("--only", "ghcr.io/acme/c", "--check", code=0)

    def test_answers_are_kept_as_long_as_they_may(self):
        def asked(*words):
            if os.path.exists(self.started):
                os.remove(self.started)
            done, _ = self.run_imglint("outdated", "--resolver", "table 0", *words, "--only", "ghcr.io/acme/a", "Dockerfile")
            self.assertIn("[outdated]", done.stdout)
            return os.path.exists(self.started)

        self.assertTrue(asked("--cache", "kept"))
        self.assertFalse(asked("--cache", "kept"))
        self.assertTrue(asked("--cache", "kept", "--max-age", "0"))
        self.assertTrue(asked("--cache", "none"))
        self.assertTrue(asked("--cache", "other"))
        self.assertEqual(os.listdir(self.folder + "/kept"), ["ghcr.io.json"])
        self.write("kept/ghcr.io.json", "rubbish")
        self.assertTrue(asked("--cache", "kept"))
        self.assertFalse(asked("--cache", "kept"))
        self.assertTrue(asked())
        self.assertFalse(asked())
        self.assertTrue(os.path.exists(self.folder + "/.cache/imglint/ghcr.io.json"))

    def test_pin_and_verify_ask_always_unless_told_otherwise(self):
        self.write("Dockerfile", "FROM ghcr.io/acme/a:1.2.3\n")
        for words, again in ((["verify"], True), (["verify", "--max-age", "1h"], False), (["pin", "--dry-run"], True)):
            for first in (True, again):
                if os.path.exists(self.started):
                    os.remove(self.started)
                self.run_imglint(*words, "--resolver", "table 0", "Dockerfile")
                self.assertEqual(os.path.exists(self.started), first, words)


class Formats(Folder):
    """What programs read of all commands: the same states in every format."""

    def setUp(self):
        super().setUp()
        self.script("bin/table", TABLE)
        digest = "sha256:" + "1" * 64
        self.write("Dockerfile", f"FROM ghcr.io/acme/a:1.2.3\nFROM ghcr.io/acme/gone:1\nFROM ghcr.io/acme/b:1@{digest}\nARG V=1\nFROM x:$V\n")
        self.write("plan", "ghcr.io/acme/a:1 -> registry.example.com/gone:1\nghcr.io/acme/a:2 -> registry.example.com/a:2\n")

    def commands(self):
        asking = ["--resolver", "table 0"]
        return [["pin", "--check", "Dockerfile"], ["pin", "--update", "--dry-run", *asking, "Dockerfile"], ["unpin", "--check", "Dockerfile"],
                ["verify", *asking, "Dockerfile"], ["verify", "--targets", "plan", *asking], ["mirror", "plan", "--verify-only", *asking],
                ["outdated", "--cache", "none", *asking, "Dockerfile"]]

    def test_every_format_has_every_state(self):
        for words in self.commands():
            with self.subTest(words=words):
                run = lambda name: self.run_imglint(*words, "--quiet", "--format", name)[0].stdout
                whole = json.loads(run("json"))
                self.assertEqual(whole["version"], 1)
                states = whole["references"]
                self.assertTrue(states)
                self.assertEqual([json.loads(line) for line in run("jsonl").splitlines()], states)
                for state in states:
                    self.assertLessEqual({"image", "state", "severity"}, set(state))
                worse = [state for state in states if state["severity"] != "ok"]
                log = json.loads(run("sarif"))
                self.assertEqual(log["version"], "2.1.0")
                (one,) = log["runs"]
                rules = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
                self.assertEqual(rules, sorted(set(rules)))
                self.assertEqual(len(one["results"]), len(worse))
                for result, state in zip(one["results"], worse):
                    self.assertEqual(rules[result["ruleIndex"]], result["ruleId"])
                    self.assertIn(result["ruleId"], (state["state"], "not-pinned"))
                    self.assertIn(state["image"], result["message"]["text"])
                    place = result["locations"][0]["physicalLocation"]
                    self.assertEqual(place["region"]["startLine"], state["line"])
                    self.assertEqual(place["artifactLocation"]["uri"], state["file"])
                text = run("text")
                self.assertNotIn("\x1b", text)

    def test_targets_point_at_their_lines_in_the_plan(self):
        done, _ = self.run_imglint("verify", "--targets", "plan", "--quiet", "--format", "jsonl", "--resolver", "table 0")
        places = {one["target"]: (one["file"], one["line"]) for one in map(json.loads, done.stdout.splitlines())}
        self.assertEqual(places, {"registry.example.com/gone:1": ("plan", 1), "registry.example.com/a:2": ("plan", 2)})


if __name__ == "__main__":
    unittest.main(verbosity=1)
