// Every mistake that a configuration can have, with its exact message and place.
#include <algorithm>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "config/config.hpp"
#include "kinds/index.hpp"
#include "tests/support/sample_rules.hpp"

namespace imglint {
namespace {

std::string errors_of(std::string_view text) {
  const auto config = parse_config(text, {.path = {}, .shown = "c", .folder = "/repo"}, test::sample_rules());
  if (config) return {};
  std::string lines;
  for (const Error& error : config.error()) {
    EXPECT_EQ(error.path, "c");
    EXPECT_GT(error.line, 0u) << text;
    EXPECT_GT(error.column, 0u) << text;
    EXPECT_FALSE(error.message.empty()) << text;
    lines += std::to_string(error.line) + ":" + std::to_string(error.column) + ": " + error.message;
    if (!error.hint.empty()) lines += " (" + error.hint + ")";
    lines += '\n';
  }
  return lines;
}

struct MistakeCase {
  std::string_view config;
  std::string_view errors;
};

constexpr MistakeCase mistake_cases[] = {
    // The file as a whole.
    {"- a\n", "1:1: the file must be a mapping of keys\n"},
    {"compat: true\n---\ncompat: true\n", "3:1: a second document (everything belongs into the first)\n"},
    {"rules: [a\n", "1:8: not valid YAML: '[' without its ']'\n"},
    {"compat: \"true\n", "1:9: not valid YAML: a quote without its end\n"},
    {"compat: true\x01\n", "1:13: control character U+0001\n"},
    {"compat: \xFF\n", "1:9: not UTF-8: '\\xFF'\n"},
    {"&a rules: &b {missing-tag: *b}\n", "1:28: an alias inside of what it stands for\n"},

    // Keys.
    {"presett: strict\n", "1:1: unknown key 'presett' (did you mean 'preset'?)\n"},
    {"xyz: 1\n",
     "1:1: unknown key 'xyz' (the keys are extends, files, places, exclude, preset, registries, rules, "
     "contexts, exceptions, overrides, compat, baseline, fail-on, format, env-files, env, build-args, "
     "include, projects, retarget)\n"},
    {"files: [{paths: [a]}]\n", "1:9: an entry of 'files' needs 'kind'\n"},
    {"files: [{kind: compose, paths: []}]\n", "1:32: 'files.paths' is an empty list (leave it out)\n"},
    {"files: [compose]\n", "1:9: an entry of 'files' must be a mapping\n"},
    {"build-args: true\n", "1:13: 'build-args' must be a list of NAME=VALUE, not 'true'\n"},
    {"places: 5\n",
     "1:9: 'places' must be a list of mappings, not '5' (an entry is a mapping with the keys 'files', "
     "'path', "
     "'parts', 'role')\n"},
    {"exclude: vendor\n", "1:10: 'exclude' must be a list of path globs, not 'vendor' (write [vendor])\n"},
    {"registries: {alow: []}\n", "1:14: unknown key 'alow' in 'registries' (did you mean 'allow'?)\n"},
    {"rules: {missing-tag: {sevrity: off}}\n",
     "1:23: unknown key 'sevrity' in 'rules.missing-tag' (did you mean 'severity'?)\n"},
    {"rules: {latest-tag: {unresolved: warning}}\n",
     "1:22: unknown key 'unresolved' in 'rules.latest-tag' (the keys are severity, locked, allow, "
     "with-digest)\n"},
    {"rules: {mising-tag: off}\n", "1:9: unknown rule 'mising-tag' (did you mean 'missing-tag'?)\n"},
    {"rules: {DL3006: off}\n", "1:9: unknown rule 'DL3006' (here it is 'missing-tag')\n"},
    {"rules: {service-image-require-explicit-tag: off}\n",
     "1:9: unknown rule 'service-image-require-explicit-tag' (here it is 'missing-tag' and 'latest-tag' and "
     "'floating-tag')\n"},
    {"missing-tag: off\n", "1:1: unknown key 'missing-tag' (it belongs into 'rules')\n"},
    {"allow: [ghcr.io]\n", "1:1: unknown key 'allow' (it belongs into 'registries')\n"},
    {"rules: {preset: strict}\n", "1:9: unknown rule 'preset' (it belongs at the top of the file)\n"},
    {"rules: {allow: []}\n", "1:9: unknown rule 'allow' (it belongs into 'registries')\n"},
    {"overrides: [{paths: [a], rules: {tag-patern: off}}]\n",
     "1:34: unknown rule 'tag-patern' (did you mean 'tag-pattern'?)\n"},
    {"compat: true\ncompat: false\n", "2:1: key 'compat' stands here twice\n"},
    {"rules:\n  missing-tag: off\n  missing-tag: error\n", "3:3: key 'missing-tag' stands here twice\n"},
    {"? [a]\n: b\n", "1:3: a key must be a word\n"},
    {"a\x1b: b\n", "1:2: control character U+001B\n"},
    {"\"a\\x1b\": b\n",
     "1:1: unknown key 'a\\x1B' (the keys are extends, files, places, exclude, preset, registries, rules, "
     "contexts, exceptions, overrides, compat, baseline, fail-on, format, env-files, env, build-args, "
     "include, projects, retarget)\n"},

    // Types.
    {"compat:\n", "1:1: 'compat' has no value (it must be true or false)\n"},
    {"rules:\nregistries:\n  allow:\n",
     "1:1: 'rules' has no value (it must be a mapping)\n"
     "3:3: 'registries.allow' has no value (it must be a list of registry patterns)\n"},
    {"compat: yes\n", "1:9: 'compat' must be true or false, not 'yes'\n"},
    {"compat: 'true'\n", "1:9: 'compat' must be true or false, not a text (leave out the quotes)\n"},
    {"compat: True\n", "1:9: 'compat' must be true or false, not 'True'\n"},
    {"compat: [true]\n", "1:9: 'compat' must be true or false, not a list\n"},
    {"compat: {a: b}\n", "1:9: 'compat' must be true or false, not a mapping\n"},
    {"preset: lax\n", "1:9: 'preset' must be recommended or strict, not 'lax'\n"},
    {"preset: recomended\n",
     "1:9: 'preset' must be recommended or strict, not 'recomended' (did you mean 'recommended'?)\n"},
    {"rules: off\n", "1:8: 'rules' must be a mapping, not 'off'\n"},
    {"rules: [missing-tag]\n", "1:8: 'rules' must be a mapping, not a list\n"},
    {"rules: {missing-tag: on}\n", "1:22: 'missing-tag' must be off, info, warning or error, not 'on'\n"},
    {"rules: {missing-tag: warn}\n",
     "1:22: 'missing-tag' must be off, info, warning or error, not 'warn' (did you mean 'warning'?)\n"},
    {"rules: {missing-tag: eror}\n",
     "1:22: 'missing-tag' must be off, info, warning or error, not 'eror' (did you mean 'error'?)\n"},
    {"rules: {missing-tag: [off]}\n",
     "1:22: 'rules.missing-tag' must be a severity or a mapping, not a list\n"},
    {"rules: {missing-tag: {severity: 1}}\n",
     "1:33: 'severity' must be off, info, warning or error, not '1'\n"},
    {"rules: {missing-tag: {locked: 1}}\n", "1:31: 'locked' must be true or false, not '1'\n"},
    {"rules: {missing-tag: {allow: nginx}}\n",
     "1:30: 'rules.missing-tag.allow' must be a list of image patterns, not 'nginx' (write [nginx])\n"},
    {"rules: {missing-tag: {allow: [[nginx]]}}\n",
     "1:31: 'rules.missing-tag.allow' must be a list of image patterns\n"},
    {"rules: {partial-version: {severity: info, min-parts: two}}\n",
     "1:54: 'min-parts' must be a whole number, not 'two'\n"},
    {"rules: {partial-version: {severity: info, min-parts: -1}}\n",
     "1:54: 'min-parts' must be a whole number, not '-1'\n"},
    {"rules: {partial-version: {severity: info, min-parts: 12345678901}}\n",
     "1:54: 'min-parts' must be a whole number, not '12345678901'\n"},
    {"rules: {partial-version: {severity: info, title: ''}}\n", "1:50: 'title' holds an empty text\n"},
    {"rules: {latest-tag: {with-digest: maybe}}\n",
     "1:35: 'with-digest' must be ok or report, not 'maybe'\n"},
    {"env: [A]\n", "1:7: 'env' must be NAME=VALUE, not 'A'\n"},
    {"env: {A: \"1\", B: 2}\n", "1:6: 'env' must be a list of NAME=VALUE, not a mapping (write [A=1])\n"},
    {"build-args: {A: \"b: c\"}\n",
     "1:13: 'build-args' must be a list of NAME=VALUE, not a mapping (write ['A=b: c'])\n"},
    {"build-args: [=b]\n", "1:14: 'build-args' must be NAME=VALUE, not '=b'\n"},
    {"include: [doc]\n",
     "1:11: 'include' must be syntax, built, cache, scripts, docs, markers, probable or features, not 'doc' "
     "(did you mean 'docs'?)\n"},
    {"format: jsonlines\n",
     "1:9: 'format' must be text, compact, json, jsonl, sarif, github, gitlab, checkstyle, junit, rdjson or "
     "html, not 'jsonlines' (did you mean 'jsonl'?)\n"},
    {"format: xml\n",
     "1:9: 'format' must be text, compact, json, jsonl, sarif, github, gitlab, checkstyle, junit, rdjson or "
     "html, not 'xml' (did you mean junit or checkstyle?)\n"},
    {"retarget: {to: ghcr.io/a, map: [a]}\n", "1:33: 'map' must be FROM=TO, not 'a'\n"},
    {"retarget: {to: ghcr.io/a, map: =a}\n", "1:32: 'map' must be FROM=TO, not '=a'\n"},
    {"retarget: {to: ghcr.io/a, from: ['https://x']}\n",
     "1:34: 'from' must be a name as docker.io/acme, not 'https://x' (leave out the scheme)\n"},
    {"retarget: {to: ghcr.io/a, except: ['docker.io/library/*']}\n",
     "1:36: 'docker.io/library/*' is no image name: '*' is not allowed in an image name (write "
     "docker.io/library: all below it is meant)\n"},
    {"retarget: {to: ghcr.io/a, include: [bilt]}\n",
     "1:37: 'include' must be syntax, built, cache, scripts, docs, markers, probable or features, not 'bilt' "
     "(did you mean 'built'?)\n"},
    {"exclude: '*'\n", "1:10: 'exclude' must be a list of path globs, not '*' (write ['*'])\n"},
    {"rules: {tag-pattern: {patterns: [{image: a}]}}\n",
     "1:35: unknown key 'image' in 'rules.tag-pattern.patterns' (did you mean 'images'?)\n"},
    {"rules: {tag-pattern: {patterns: [{images: [A/b/C], pattern: a}]}}\n",
     "1:44: pattern 'A/b/C' can never match: it has upper-case letters in 'C', which no repository has\n"},
    {"rules: {tag-pattern: {patterns: [a]}}\n",
     "1:34: an entry of 'rules.tag-pattern.patterns' must be a mapping\n"},
    {"rules: {tag-pattern: {patterns: [{images: [a], pattern: '['}]}}\n",
     "1:57: 'pattern' must be a regular expression, but in '[' there is a '[' without its ']'\n"},
    {"rules: {tag-pattern: {patterns: [{images: [a], pattern: 'a(b'}]}}\n",
     "1:57: 'pattern' must be a regular expression, but in 'a(b' there is a '(' or ')' without the other\n"},
    {"rules: {tag-pattern: {patterns: [{images: [a], forbid: ['(a)\\1']}]}}\n",
     "1:57: 'forbid' must be a regular expression, but in '(a)\\1' there is a back-reference '\\1', "
     "which is not supported\n"},
    {"rules: {tag-pattern: {patterns: [{images: [a], forbid: '^(?=.*x)'}]}}\n",
     "1:56: 'forbid' must be a regular expression, but in '^(?=.*x)' there is a look ahead '(?=', which is "
     "not "
     "supported\n"},
    {"rules: {tag-pattern: {patterns: [{images: [a], forbid: 'b(?<!x)'}]}}\n",
     "1:56: 'forbid' must be a regular expression, but in 'b(?<!x)' there is a look behind '(?<!', which is "
     "not "
     "supported\n"},
    {"rules: {tag-pattern: {patterns: [{images: [a], pattern: '^(a?){8000}a{8000}'}]}}\n",
     "1:57: 'pattern' must be a regular expression, but in '^(a?){8000}a{8000}' there is a repetition "
     "'{8000}' of "
     "more than 1000\n"},
    {"rules: {tag-pattern: {patterns: [{images: [a], pattern: 'a{,3}'}]}}\n",
     "1:57: 'pattern' must be a regular expression, but in 'a{,3}' there is a faulty '{…}'\n"},
    {"rules: {tag-pattern: {patterns: [{images: [a], pattern: '[9-0]'}]}}\n",
     "1:57: 'pattern' must be a regular expression, but in '[9-0]' there is a faulty range '9-0' between '[' "
     "and "
     "']'\n"},
    {"rules: {tag-pattern: {patterns: [{images: [a], pattern: '\\q'}]}}\n",
     "1:57: 'pattern' must be a regular expression, but in '\\q' there is an unknown escape '\\q'\n"},
    {"rules: {tag-pattern: {patterns: [{images: [a], pattern: '*'}]}}\n",
     "1:57: 'pattern' must be a regular expression, but in '*' there is nothing to repeat before '*'\n"},
    {"rules: {tag-pattern: {patterns: [{images: [a], pattern: ''}]}}\n",
     "1:57: 'pattern' must be a regular expression, but in '' there is nothing, so it matches everything\n"},
    {"rules: {tag-pattern: {patterns: [{images: [a]}]}}\n",
     "1:34: an entry of 'rules.tag-pattern.patterns' needs 'pattern' or 'forbid'\n"},
    {"rules: {tag-pattern: {patterns: [{pattern: a}]}}\n",
     "1:34: an entry of 'rules.tag-pattern.patterns' needs 'images'\n"},
    {"rules: {partial-version: {severity: info, since: soon}}\n",
     "1:50: 'since' must be a day as 2027-01-31, not 'soon'\n"},
    {"rules: {partial-version: {severity: info, parts: 2-}}\n",
     "1:50: 'parts' must be a number or a range of numbers, as 2-4, not '2-'\n"},
    {"rules: {partial-version: {severity: info, min-parts: '2'}}\n",
     "1:54: 'min-parts' must be a whole number, not a text (leave out the quotes)\n"},
    {"contexts: base\n", "1:11: 'contexts' must be a list of words, not 'base' (write [base])\n"},
    {"contexts: ['']\n", "1:12: 'contexts' holds an empty text\n"},
    {"contexts: [a, b, a]\n", "1:18: 'a' stands in 'contexts' twice\n"},
    {"contexts:\n  - a\n  -\n", "2:3: 'contexts' must be a list of words\n"},
    {"extends: {a: b}\n", "1:10: 'extends' must be a path or a list of paths, not a mapping\n"},

    // Registries.
    {"registries: {allow: ['ghcr.io/Acme/**']}\n",
     "1:22: pattern 'ghcr.io/Acme/**' can never match: it has upper-case letters in 'Acme', which no "
     "repository "
     "has\n"},
    {"registries: {allow: ['https://ghcr.io']}\n",
     "1:22: pattern 'https://ghcr.io' can never match: it has a scheme\n"},
    {"registries: {allow: ['acme/x_-y', ghcr.io/a/b-, 'a..io/x', 'a.io:x1/y']}\n",
     "1:22: pattern 'acme/x_-y' can never match: it has '_-', which separates nothing in a repository\n"
     "1:35: pattern 'ghcr.io/a/b-' can never match: it has 'b-', which begins or ends with a separator\n"
     "1:49: pattern 'a..io/x' can never match: it has an empty host label\n"
     "1:60: pattern 'a.io:x1/y' can never match: it has a port that is no number\n"},
    {"rules: {missing-tag: {allow: ['a:1+2', 'a:-x', 'a@sha256:12', 'a@sha256:xy*', 'a@b']}}\n",
     "1:31: pattern 'a:1+2' can never match: it has '+', which no tag has\n"
     "1:40: pattern 'a:-x' can never match: it has a tag that begins with '-'\n"
     "1:48: pattern 'a@sha256:12' can never match: it has a sha256 digest that has not 64 digits\n"
     "1:63: pattern 'a@sha256:xy*' can never match: it has a digest that is not hexadecimal\n"
     "1:79: pattern 'a@b' can never match: it has a digest without an algorithm\n"},
    {"registries: {allow: ['']}\n", "1:22: an empty pattern can never match\n"},
    {"registries: {allow: [ghcr.io/acme/, ghcr.io/, acme//]}\n",
     "1:22: pattern 'ghcr.io/acme/' can never match: it has an empty path component (write 'ghcr.io/acme/**' "
     "for all that is below)\n"
     "1:37: pattern 'ghcr.io/' can never match: it has an empty path component (write 'ghcr.io' for all that "
     "is below)\n"
     "1:47: pattern 'acme//' can never match: it has an empty path component (write 'acme/**' for all that "
     "is "
     "below)\n"},
    {"registries: {allow: ['ghcr.io/a:1']}\n",
     "1:22: pattern 'ghcr.io/a:1' has a tag or digest, but registries are judged by name alone (the rule "
     "image-not-allowed judges tags)\n"},
    {"registries: {deny: [{message: no}]}\n", "1:21: an entry of 'registries.deny' needs 'pattern'\n"},
    {"registries: {deny: [{}]}\n", "1:21: an entry of 'registries.deny' is empty\n"},
    {"registries: {deny: [[a]]}\n", "1:21: an entry of 'registries.deny' must be a mapping\n"},
    {"registries: {deny: [{pattern: 'a//b'}]}\n",
     "1:31: pattern 'a//b' can never match: it has an empty path component\n"},
    {"registries: {deny: [{pattern: quay.io, use: acme}]}\n",
     "1:45: 'use' must be a registry with an optional path, as ghcr.io/acme, not 'acme'\n"},
    {"registries: {deny: [{pattern: quay.io, use: 'https://ghcr.io'}]}\n",
     "1:45: 'use' must be a registry with an optional path, as ghcr.io/acme, not 'https://ghcr.io' (leave "
     "out the "
     "scheme)\n"},
    {"registries: {mirrors: [{from: docker.io, to: m.example.com/}]}\n",
     "1:46: 'to' must be a registry with an optional path, as ghcr.io/acme, not 'm.example.com/' (leave out "
     "the slash at the end)\n"},
    {"registries: {mirrors: [{from: docker.io}]}\n", "1:24: an entry of 'registries.mirrors' needs 'to'\n"},

    // Exceptions and overrides.
    {"exceptions: [{rules: [latest]}]\n", "1:23: unknown rule 'latest' (did you mean 'latest-tag'?)\n"},
    {"exceptions: [{rules: [latest-tags]}]\n",
     "1:23: unknown rule 'latest-tags' (did you mean 'latest-tag'?)\n"},
    {"exceptions: [{rules: latest-tag}]\n",
     "1:22: 'exceptions.rules' must be a list of rule names, not 'latest-tag' (write [latest-tag])\n"},
    {"exceptions: [{rules: [latest-tag], until: 2027-02-29}]\n",
     "1:43: 'until' must be a day as 2027-01-31, not '2027-02-29'\n"},
    {"exceptions: [{rules: [latest-tag], until: tomorrow}]\n",
     "1:43: 'until' must be a day as 2027-01-31, not 'tomorrow'\n"},
    {"exceptions: [{paths: ['../a']}]\n",
     "1:23: path glob '../a' can never match: paths are relative to the folder of this file, without '..'\n"},
    {"exceptions: [{reason: because}]\n",
     "1:14: an entry of 'exceptions' needs 'rules', 'images' or 'paths'\n"},
    {"overrides: [{paths: [a]}]\n", "1:13: an entry of 'overrides' needs 'rules' or 'registries'\n"},
    {"exceptions: [{rules: []}]\n", "1:22: 'exceptions.rules' is an empty list (leave it out)\n"},
    {"exceptions: [{images: []}]\n", "1:23: 'exceptions.images' is an empty list (leave it out)\n"},
    {"registries: {allow: []}\n", "1:21: 'registries.allow' is an empty list (leave it out)\n"},
    {"overrides: [{rules: {missing-tag: off}}]\n", "1:13: an entry of 'overrides' needs 'paths'\n"},
    {"overrides: [{paths: ['a\\b']}]\n",
     "1:13: an entry of 'overrides' needs 'rules' or 'registries'\n"
     "1:22: path glob 'a\\b' can never match: folders are separated by '/'\n"},

    // Contradictions.
    {"rules: {digest-without-tag: info, tag-with-digest: info}\n",
     "1:52: 'tag-with-digest' contradicts 'digest-without-tag', which is on as well (set one of them to off; "
     "the "
     "other is set at c:1)\n"},
    {"rules:\n  tag-with-digest: info\n  digest-without-tag: info\n",
     "3:23: 'digest-without-tag' contradicts 'tag-with-digest', which is on as well (set one of them to off; "
     "the "
     "other is set at c:2)\n"},
    {"preset: strict\nrules: {redundant-registry: info}\n",
     "2:29: 'redundant-registry' contradicts 'require-registry', which is on as well (set one of them to "
     "off; the "
     "other is set at c:1)\n"},
    {"rules: {require-registry: info}\noverrides: [{paths: [a], rules: {redundant-registry: info}}]\n",
     "2:54: 'redundant-registry' contradicts 'require-registry', which is on as well (set one of them to "
     "off; the "
     "other is set at c:1)\n"},
    {"rules: {partial-version: {min-parts: 2}}\n",
     "1:9: 'partial-version' is off, so its options do nothing (add 'severity: warning')\n"},
    {"registries:\n  allow: [ghcr.io]\n  deny: [ghcr.io]\n",
     "2:11: 'ghcr.io' is allowed here and denied at c:3 (deny beats allow, so this entry does nothing)\n"},
    {"registries:\n  allow: [nginx]\n  deny: [index.docker.io/library/nginx]\n",
     "2:11: 'nginx' is allowed here and denied at c:3 (deny beats allow, so this entry does nothing)\n"},
    {"registries: {deny: [ghcr.io]}\noverrides:\n  - {paths: [a], registries: {allow: [ghcr.io]}}\n",
     "3:39: 'ghcr.io' is allowed here and denied at c:1 (deny beats allow, so this entry does nothing)\n"},
    {"overrides:\n  - {paths: [a], registries: {allow: [ghcr.io], deny: [ghcr.io]}}\n",
     "2:39: 'ghcr.io' is allowed here and denied at c:2 (deny beats allow, so this entry does nothing)\n"},
    {"overrides:\n  - {paths: [a], rules: {partial-version: {min-parts: 2}}}\n",
     "2:26: 'partial-version' is off, so its options do nothing (add 'severity: warning')\n"},
    {"rules: {tag-with-digest: info, digest-without-tag: info}\n",
     "1:52: 'digest-without-tag' contradicts 'tag-with-digest', which is on as well (set one of them to off; "
     "the other is set at c:1)\n"},

    // Anchors.
    {"rules: {missing-tag: &a {allow: [a/B]}, latest-tag: *a}\n",
     "1:34: pattern 'a/B' can never match: it has upper-case letters in 'B', which no repository has\n"},
    {"rules: {missing-tag: &a info}\ncompat: *a\n", "2:9: 'compat' must be true or false, not 'info'\n"},
    {"rules: {missing-tag: &a {locked: true}, latest-tag: {<<: *a}}\n",
     "1:54: mappings cannot be merged in 'rules.latest-tag' (an alias may stand for a whole value)\n"},
    {"rules: {missing-tag: *a}\n",
     "1:22: not valid YAML: the referenced anchor is not defined: quote a value that begins with '*'\n"},

    // All mistakes at once, in order; a byte order mark and CRLF do not shift them.
    {"\xEF\xBB\xBFpreset: lax\r\nrules:\r\n  a: off\r\n  missing-tag: no\r\n",
     "1:12: 'preset' must be recommended or strict, not 'lax'\n"
     "3:3: unknown rule 'a' ('imglint rules' lists them)\n"
     "4:16: 'missing-tag' must be off, info, warning or error, not 'no'\n"},
};

TEST(ConfigErrors, NameThePlaceAndTheRightWord) {
  for (const MistakeCase& test : mistake_cases) EXPECT_EQ(errors_of(test.config), test.errors) << test.config;
}

TEST(ConfigErrors, AnUnknownKindOfFileIsAnsweredWithAllThatThereAre) {
  std::string kinds;
  for (const KindInfo* kind : all_kinds()) {
    if (kind != all_kinds().front()) kinds += kind == all_kinds().back() ? " or " : ", ";
    kinds += kind->name;
  }
  EXPECT_EQ(errors_of("files: [{paths: [a], kind: compos}]\n"),
            "1:28: 'kind' must be " + kinds + ", not 'compos' (did you mean 'compose'?)\n");
}

constexpr std::string_view right_configs[] = {
    "",
    "# nothing\n",
    "~\n",
    "{}\n",
    "---\npreset: strict\n",
    "rules: {}\n",
    "rules: {missing-tag: {}}\n",
    "rules: {missing-tag: \"off\", latest-tag: 'error'}\n",
    "rules: {partial-version: {min-parts: 2}}\noverrides: [{paths: [a], rules: {partial-version: info}}]\n",
    "preset: strict\nrules: {partial-version: {min-parts: 2}}\n",
    "preset: strict\nrules: {require-registry: off, redundant-registry: info}\n",
    "extends: []\nexceptions: []\noverrides: []\n",
    "rules: {missing-tag: {allow: []}}\n",
    "registries: {allow: [ghcr.io, 'a.io:5000/**', '*.io/a-*', 'a__b/**', '[::1]:5000/x']}\n",
    "registries: {allow: [ghcr.io]}\noverrides: [{paths: [a], registries: {deny: [ghcr.io]}}]\n",
    "rules: {missing-tag: {allow: ['a:1.*', 'a@sha256:*', 'a:v1_x@sha256:00*']}}\n",
    "rules: {partial-version: {severity: info, since: 2027-01-31, parts: 2-4, base: ghcr.io/x, word: a}}\n",
    "rules: {missing-tag: &a {locked: true}, latest-tag: *a}\n",
};

TEST(ConfigErrors, AliasesThatStandForTooMuchAreRefused) {
  std::string config = "exceptions:\n  - &a {rules: [";
  for (int i = 0; i < 2000; ++i) config += "x" + std::to_string(i) + ",";
  config += "]}\n";
  for (int i = 0; i < 2000; ++i) config += "  - *a\n";
  EXPECT_EQ(errors_of(config), "3:5: aliases stand for too much\n");
}

TEST(ConfigErrors, AreNoMoreThanAnybodyReads) {
  std::string config = "rules:\n";
  for (int i = 0; i < 20'000; ++i) config += "  missing-tagg" + std::to_string(i) + ": off\n";
  const std::string errors = errors_of(config);
  EXPECT_EQ(std::count(errors.begin(), errors.end(), '\n'), 100);
}

TEST(ConfigErrors, ManyOverridesTakeLinearTime) {
  std::string config = "overrides:\n";
  for (int i = 0; i < 10'000; ++i)
    config += "  - {paths: [a" + std::to_string(i) + "], rules: {partial-version: {title: a}}}\n";
  config += "rules: {partial-version: info}\n";
  EXPECT_EQ(errors_of(config), "");
}

/// Whatever is cut out of a configuration or changed in it, there is a place for every mistake.
TEST(ConfigErrors, HaveAPlaceInAnyBytes) {
  constexpr std::string_view config =
      "extends: [] # c\nrules: {missing-tag: &a {severity: off, allow: [\"n:1*\"]}, latest-tag: *a}\n"
      "exceptions:\n  - {rules: [latest-tag], until: 2027-01-01}\n";
  for (std::size_t at = 0; at < config.size(); at += 2) {
    (void)errors_of(config.substr(0, at));
    for (const std::string_view other :
         {"", ":", "\"", "{", "]", "*", "&", "-", "\n", "\t", "\xff", "#", "!"}) {
      std::string changed(config);
      changed.replace(at, 1, other);
      (void)errors_of(changed);  // looks at the places
    }
  }
}

TEST(ConfigErrors, AreNotFoundInWhatIsRight) {
  for (const std::string_view config : right_configs) EXPECT_EQ(errors_of(config), "") << config;
}

}  // namespace
}  // namespace imglint
