"""imglint-online against a registry that lies: what it says of each, and that no credential leaves its host."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from hostile import GOOD, OTHER, HostileServer  # noqa: E402

HELPER = os.environ["IMGLINT_ONLINE_PROGRAM"]
SECRET = "anna:very-secret"

# repository, reference, state, a word of the message; the reference is the tag 1 unless it is the good digest
CASES = [
    ("good", "tag", "found", ""),
    ("good", "digest", "found", ""),
    ("lies-about-digest", "digest", "found", ""),  # of HEAD its word is taken; see the proofs
    ("other-digest", "digest", "error", "another digest"),
    ("other-digest", "tag", "found", ""),
    ("no-header", "tag", "found", ""),
    ("no-header", "digest", "found", ""),
    ("upper-case", "tag", "found", ""),
    ("short-digest", "tag", "found", ""),
    ("wrong-type", "tag", "error", "says it is"),
    ("no-type", "tag", "error", "no manifest"),
    ("two-readings", "tag", "error", "as an index and as an image"),
    ("deep", "tag", "error", "deeper"),
    ("inflates", "tag", "error", "compressed"),
    ("endless-body", "tag", "error", ""),
    ("endless-headers", "tag", "error", ""),
    ("drips", "tag", "error", "too long"),
    ("never", "tag", "error", "too long"),
    ("to-stranger", "tag", "error", "another host without TLS"),
    ("to-other-port", "tag", "error", ""),
    ("to-file", "tag", "error", "not asked"),
    ("to-itself", "tag", "error", "circles"),
    ("to-metadata", "tag", "error", ""),
    ("to-nowhere", "tag", "error", "not asked"),
    ("to-user", "tag", "error", "not asked"),
    ("relative", "tag", "found", ""),
    ("moves-home", "tag", "found", ""),  # credentials may follow to where they are for
    ("realm-stranger", "tag", "denied", "another host without TLS"),
    ("realm-metadata", "tag", "denied", ""),
    ("realm-file", "tag", "denied", "not asked"),
    ("realm-none", "tag", "denied", "not asked"),
    ("for-ever", "tag", "denied", ""),
    ("other-scope-for-ever", "tag", "denied", ""),
    ("bad-token", "tag", "error", "none"),
    ("two-challenges", "tag", "found", ""),
    ("broken-challenge", "tag", "denied", "does not say how"),
    ("forbidden", "tag", "denied", ""),
    ("limit-second", "tag", "found", ""),
    ("limit-year", "tag", "limited", "31536000"),
    ("limit-date", "tag", "limited", "come again"),
    ("limit-none", "tag", "limited", "too often"),
    ("limit-zero", "tag", "limited", "too often"),
    ("falls-over", "tag", "error", "500"),
    ("recovers", "tag", "found", ""),
    ("hangs-up", "tag", "error", "broke"),
    ("nothing", "tag", "missing", ""),
]


def ask(access, questions):
    lines = [json.dumps({"hello": 1, "timeout": 4, "authfile": "/nonexistent", **access})]
    lines += [json.dumps({"id": number, **question}) for number, question in enumerate(questions)]
    done = subprocess.run([HELPER], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=60)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, sorted(answers, key=lambda answer: answer["id"]), done.stderr


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = HostileServer()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def setUp(self):
        self.server.forget()

    def ask(self, repository, reference, want="digest"):
        access = {"hosts": [self.server.host], "credentials": {self.server.host: SECRET}}
        question = {"registry": self.server.host, "repository": repository, "reference": reference, "want": want}
        code, answers, _ = ask(access, [question])
        self.assertEqual(code, 0)
        self.assertEqual(len(answers), 1)
        return answers[0]

    def test_every_lie_gets_its_answer_and_no_credential_leaves_its_host(self):
        for repository, reference, state, word in CASES:
            with self.subTest(repository=repository, reference=reference):
                self.server.forget()
                answer = self.ask(repository, "1" if reference == "tag" else GOOD.digest)
                self.assertEqual(answer["state"], state, answer)
                self.assertIn(word, answer.get("error", ""))
                self.assertNotIn("\x1b", json.dumps(answer, ensure_ascii=False))
                for server in (self.server.stranger, self.server.other):
                    for seen in server.seen:
                        self.assertIsNone(seen[2], f"{repository} got a credential to another origin")
                        self.assertNotIn("secret", seen[1] + seen[3])
                self.assertLess(len(self.server.server.seen), 12, "it is asked again and again")

    def test_lists_of_tags_are_read_to_their_end_and_no_further(self):
        cases = [("tags-pages", ["1", "2", "3", "4"], ""), ("tags-null", [], ""), ("tags-escapes", ["1", "2"], ""),
                 ("tags-elsewhere", None, "not asked"), ("tags-other-port", None, "not asked"), ("tags-itself", None, "does not end"),
                 ("tags-in-circles", None, "does not end"), ("tags-rubbish", None, "no JSON object"), ("tags-deep", None, "deeper"),
                 ("tags-endless", None, "more than"), ("nothing", None, "no such repository")]
        for repository, tags, word in cases:
            with self.subTest(repository=repository):
                self.server.forget()
                answer = self.ask(repository, "", "tags")
                self.assertEqual(answer.get("tags"), tags, answer)
                self.assertIn(word, answer.get("error", ""))
                for server in (self.server.stranger, self.server.other):
                    self.assertEqual(server.seen, [])

    def test_a_proof_reads_the_bytes(self):
        self.assertEqual(self.ask("lies-about-digest", GOOD.digest, "manifest")["state"], "error")
        self.assertEqual(self.ask("lies-about-digest", "1", "manifest")["state"], "error")
        good = self.ask("good", "1", "manifest")
        self.assertEqual((good["digest"], good["proved"]), (GOOD.digest, True))
        self.assertEqual({child["platform"]: child["digest"] for child in good["children"]}, GOOD.platforms)
        self.assertEqual(self.ask("other-digest", "1", "manifest")["digest"], OTHER.digest)

    def test_names_that_are_none_are_not_sent(self):
        for repository, reference in [("../x", "1"), ("a//b", "1"), ("a", "1\r\nX: y"), ("a", "%2e"), ("a", ""),
                                      ("A", "1"), ("a", "sha256:1234"), ("a", "x" * 129), ("a?b", "1"), ("a#b", "1")]:
            with self.subTest(repository=repository, reference=reference):
                self.assertEqual(self.ask(repository, reference)["state"], "error")
        self.assertEqual(self.server.server.seen, [])

    def test_a_host_that_is_not_named_gets_no_packet(self):
        questions = [{"registry": host, "repository": "good", "reference": "1", "want": "digest"}
                     for host in (self.server.host, f"localhost:{self.server.server.server_port}")]
        _, answers, _ = ask({"hosts": [f"localhost:{self.server.server.server_port}"]}, questions)
        self.assertEqual([answer["state"] for answer in answers], ["not-asked", "found"])
        self.assertEqual(len(self.server.server.seen), 1)

    def test_private_addresses_want_a_name(self):
        hosts = ["10.0.0.1", "169.254.169.254", "192.168.1.1:5000", "registry", "127.1", "0x7f.1", "2130706433", "[fe80::1]",
                 "[::ffff:10.0.0.1]", "0.0.0.0"]
        questions = [{"registry": host, "repository": "good", "reference": "1", "want": "digest"} for host in hosts]
        _, answers, _ = ask({"hosts": hosts}, questions)
        self.assertEqual({answer["state"] for answer in answers}, {"not-asked"})

    def test_a_failing_host_is_given_up_once(self):
        questions = [{"registry": self.server.host, "repository": "falls-over", "reference": str(number), "want": "digest"}
                     for number in range(30)]
        _, answers, _ = ask({"hosts": [self.server.host]}, questions)
        self.assertEqual({answer["state"] for answer in answers}, {"error"})
        self.assertLess(len(self.server.server.seen), 40)


class Lines(unittest.TestCase):
    """What stands on the streams may be broken too."""

    def run_lines(self, text):
        return subprocess.run([HELPER], input=text, capture_output=True, text=True, timeout=30)

    def test_broken_lines_end_the_helper_with_a_message(self):
        for text in ['{"id":1}\n', "no json\n", '{"hello":2}\n', '{"hello":1}\n{"hello":1}\n',
                     '{"hello":1}\n{"id":1,"want":"everything"}\n']:
            with self.subTest(text=text):
                done = self.run_lines(text)
                self.assertEqual(done.returncode, 2)
                self.assertTrue(done.stderr)

    def test_no_question_is_no_answer(self):
        done = self.run_lines('{"hello":1}\n')
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_a_last_line_without_its_end_counts(self):
        done = self.run_lines('{"hello":1}\n{"id":7,"registry":"x.example","repository":"a","reference":"1","want":"digest"}')
        self.assertEqual(json.loads(done.stdout)["state"], "not-asked")


HELPERS = {
    "good": 'printf \'{"ServerURL":"x","Username":"anna","Secret":"very-secret"}\'',
    "none": 'printf "credentials not found in native keychain"; exit 1',
    "fails": "exit 3",
    "rubbish": "echo rubbish",
    "much": "head -c 3000000 /dev/zero",
}


class CredentialHelpers(unittest.TestCase):
    def test_helpers_of_every_kind(self):
        server = HostileServer()
        with tempfile.TemporaryDirectory() as folder:
            for name, body in HELPERS.items():
                path = f"{folder}/docker-credential-{name}"
                with open(path, "w", encoding="ascii") as out:
                    out.write(f"#!/bin/sh\n[ \"$1\" = get ] || exit 9\nread -r host; echo \"$host\" >>{folder}/asked\n{body}\n")
                os.chmod(path, 0o755)
            for name, state, complains in [("good", "found", False), ("none", "denied", False), ("fails", "denied", True),
                                           ("rubbish", "denied", True), ("much", "denied", True),
                                           ("../evil", "denied", True), ("missing", "denied", True)]:
                with self.subTest(helper=name):
                    authfile = folder + "/auth.json"
                    with open(authfile, "w", encoding="ascii") as out:
                        json.dump({"credHelpers": {server.host: name}}, out)
                    questions = [{"registry": server.host, "repository": "two-challenges", "reference": tag, "want": "digest"}
                                 for tag in ("1", "2")]
                    text = "\n".join([json.dumps({"hello": 1, "hosts": [server.host], "authfile": authfile})] +
                                     [json.dumps({"id": number, **one}) for number, one in enumerate(questions)])
                    done = subprocess.run([HELPER], input=text, capture_output=True, text=True, timeout=60,
                                          env={**os.environ, "PATH": folder + ":" + os.environ["PATH"]})
                    self.assertEqual({json.loads(line)["state"] for line in done.stdout.splitlines()}, {state})
                    self.assertEqual(bool(done.stderr), complains, done.stderr)
                    self.assertNotIn("very-secret", done.stderr + done.stdout)
            with open(folder + "/asked", encoding="ascii") as lines:
                asked = lines.read().split()
            self.assertEqual(asked.count(server.host), 5, "each helper is asked once")
        server.stop()


if __name__ == "__main__":
    unittest.main(verbosity=1)
