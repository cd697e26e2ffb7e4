// What comments silence, and what is said about comments that do not.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/silence_cases.hpp"

namespace imglint::test {
namespace {

struct SilenceCase {
  std::string_view about;
  std::string_view file;
  std::string_view text;
  std::string_view findings;
  std::string_view config = {};
};

constexpr std::string_view d = "Dockerfile";
constexpr std::string_view c = "compose.yaml";

constexpr SilenceCase dockerfile_cases[] = {
    {"no comment", d, "FROM nginx\n", "1:missing-tag\n"},
    {"above the line", d, "# imglint ignore=missing-tag\nFROM nginx\n", ""},
    {"with a reason", d, "# imglint ignore=missing-tag it is built by us\nFROM nginx\n", ""},
    {"without blanks", d, "#imglint ignore=missing-tag\nFROM nginx\n", ""},
    {"with a colon", d, "# imglint: ignore=missing-tag\nFROM nginx\n", ""},
    {"with blanks around signs", d,
     "#  imglint  ignore = missing-tag , latest-tag\nFROM nginx\nFROM a:latest\n",
     "1:unused-suppression there is no finding of 'latest-tag' here to silence\n3:latest-tag\n"},
    {"indented", d, "  # imglint ignore=missing-tag\nFROM nginx\n", ""},
    {"blank lines and comments between", d, "# imglint ignore=missing-tag\n\n# more\nFROM nginx\n", ""},
    {"two comments", d, "# imglint ignore=missing-tag\n# imglint ignore=latest-tag\nFROM nginx:latest\n",
     "1:unused-suppression there is no finding of 'missing-tag' here to silence\n"},
    {"only the next line", d, "# imglint ignore=missing-tag\nFROM nginx\nFROM redis\n", "3:missing-tag\n"},
    {"another rule", d, "# imglint ignore=latest-tag\nFROM nginx\n",
     "1:unused-suppression there is no finding of 'latest-tag' here to silence\n2:missing-tag\n"},
    {"CRLF", d, "# imglint ignore=missing-tag why\r\nFROM nginx\r\nFROM redis\r\n", "3:missing-tag\n"},
    {"a byte order mark", d, "\xEF\xBB\xBF# imglint ignore=missing-tag\nFROM nginx\n", ""},
    {"no newline at the end", d, "FROM scratch\n# imglint ignore=missing-tag",
     "2:unused-suppression there is no finding of 'missing-tag' here to silence\n"},
    {"above an instruction of several lines", d,
     "FROM scratch\n# imglint ignore=missing-tag\nRUN --mount=type=cache,target=/a \\\n"
     "  --mount=from=nginx,target=/b \\\n  true\n",
     ""},
    {"inside of an instruction, for the line below", d,
     "FROM scratch\nRUN --mount=from=redis,target=/a \\\n# imglint ignore=missing-tag\n"
     "  --mount=from=nginx,target=/b \\\n  true\n",
     "2:missing-tag\n"},
    {"with another escape character", d,
     "# escape=`\nFROM scratch\n# imglint ignore=missing-tag\nRUN --mount=from=nginx,target=/b `\n"
     "  --mount=from=redis,target=/c true\n",
     ""},
    {"the ARG default", d, "# imglint ignore=missing-tag\nARG BASE=nginx\nFROM $BASE\n", ""},
    {"the only use of an ARG default", d, "ARG BASE=nginx\n# imglint ignore=missing-tag\nFROM $BASE\n", ""},
    {"one use of two", d, "ARG BASE=nginx\n# imglint ignore=missing-tag\nFROM $BASE\nFROM $BASE\n",
     "1:missing-tag\n"},
    {"both uses", d,
     "ARG BASE=nginx\n# imglint ignore=missing-tag\nFROM $BASE\n# imglint ignore=missing-tag\nFROM $BASE\n",
     ""},
    {"in a heredoc it is no comment", d,
     "FROM scratch\nRUN <<EOF\n# imglint ignore=missing-tag\nEOF\nFROM nginx\n", "5:missing-tag\n"},
    {"behind an instruction it is no comment", d, "FROM nginx # imglint ignore=missing-tag\n",
     "1:unreadable-file\n"},

    {"a stage", d, "# imglint ignore-stage=missing-tag\nFROM nginx\nCOPY --from=redis / /\nFROM alpine\n",
     "4:missing-tag\n"},
    {"the stage that follows, from within one", d,
     "FROM alpine\n# imglint ignore-stage=missing-tag\nCOPY --from=redis / /\nFROM nginx\nCOPY --from=php / "
     "/\n",
     "1:missing-tag\n3:missing-tag\n"},
    {"no stage follows", d, "FROM nginx\n# imglint ignore-stage=missing-tag\n",
     "1:missing-tag\n2:unused-suppression there is no finding of 'missing-tag' in the stage that follows to "
     "silence\n"},
    {"the file", d, "FROM nginx\nCOPY --from=redis / /\n# imglint ignore-file=missing-tag\n", ""},
    {"the file, in vain", d, "# imglint ignore-file=missing-tag,latest-tag\nFROM nginx:1.27\n",
     "1:unused-suppression this silences nothing in this file\n"},
};

constexpr SilenceCase compose_cases[] = {
    {"above the line", c, "services:\n  a:\n    # imglint ignore=missing-tag\n    image: nginx\n", ""},
    {"a service by an explicit key", c,
     "services:\n  # imglint ignore=missing-tag\n  ? a\n  : image: acme/a:1\n    build:\n"
     "      dockerfile_inline: FROM redis\n  ? b\n  : image: php\n",
     "8:missing-tag\n"},
    {"a service by an explicit key, its value further below", c,
     "services:\n  # imglint ignore=latest-tag\n  ? a\n  # more\n  :\n    ? image\n    :\n"
     "      nginx:latest\n  b: {image: 'php:latest'}\n",
     "9:latest-tag\n"},
    {"an explicit key", c,
     "services:\n  a:\n    # imglint ignore=latest-tag\n    ? image\n    : nginx:latest\n  b:\n"
     "    # imglint ignore=latest-tag\n    ? image\n    :\n      redis:latest\n  c:\n"
     "    ? image\n    : php:latest\n",
     "13:latest-tag\n"},
    {"a list by an explicit key", c,
     "services:\n  # imglint ignore=latest-tag\n  ? a\n  : ports:\n    - '80'\n    image: redis:latest\n"
     "  c: {image: 'php:latest'}\n",
     "7:latest-tag\n"},
    {"behind the value", c, "services:\n  a:\n    image: nginx  # imglint ignore=missing-tag why\n", ""},
    {"behind another line", c, "services:\n  a:  # imglint ignore=missing-tag\n    image: nginx\n",
     "2:unused-suppression there is no finding of 'missing-tag' here to silence, but in line 3: put the "
     "comment there, or write 'ignore-file=missing-tag'\n3:missing-tag\n"},
    {"a service", c,
     "services:\n  # imglint ignore=missing-tag\n  a:\n    image: nginx\n  b:\n"
     "    image: php\n",
     "6:missing-tag\n"},
    {"a service, and what it builds", c,
     "services:\n  # imglint ignore=missing-tag\n  a:\n    build:\n      dockerfile_inline: |\n"
     "        FROM nginx\n        FROM redis\n  b:\n    image: php\n",
     "9:missing-tag\n"},
    {"a service, with other comments and blank lines between", c,
     "services:\n  # imglint ignore=missing-tag\n\n  # a remark\n  a:\n\n    # another\n    image: nginx\n",
     ""},
    {"a service, and one of its places in vain", c,
     "services:\n  # imglint ignore=missing-tag\n  a:\n    # imglint ignore=latest-tag\n    image: nginx\n",
     "4:unused-suppression there is no finding of 'latest-tag' here to silence\n"},
    {"every rule, with a reason", c,
     "services:\n  # imglint ignore=* a museum\n  a:\n    build:\n      dockerfile_inline: |\n        FROM "
     "nginx\n"
     "        FROM redis:latest\n",
     ""},
    {"every rule, in vain", c, "services:\n  # imglint ignore=* a museum\n  a:\n    image: nginx:1.27\n",
     "2:unused-suppression there is no finding here to silence\n"},
    {"CRLF", c, "services:\r\n  a:\r\n    image: nginx  # imglint ignore=missing-tag\r\n", ""},
    {"in flow collections", c,
     "services: {a: {image: nginx}, b: {image: redis}} # imglint ignore=missing-tag\n", ""},
    {"in a flow collection over lines", c,
     "services: {\n  a: {image: nginx}, # imglint ignore=missing-tag\n  b: {image: redis}}\n",
     "3:missing-tag\n"},
    {"a folded value, above its key", c,
     "services:\n  a:\n    # imglint ignore=missing-tag\n    image: >-\n      nginx\n", ""},
    {"a folded value, behind its indicator", c,
     "services:\n  a:\n    image: >- # imglint ignore=missing-tag\n      nginx\n", ""},
    {"a value below its key", c,
     "services:\n  a:\n    # imglint ignore=missing-tag\n    image:\n      nginx\n", ""},
    {"a value of two lines in quotes", c,
     "services:\n  a:\n    # imglint ignore=missing-tag\n    image: \"\\\n      nginx\"\n", ""},
    {"behind the last line of a value in quotes", c,
     "services:\n  a:\n    image: \"\\\n      nginx\"  # imglint ignore=missing-tag\n", ""},
    {"an anchor, where it is written", c,
     "x-i: &i nginx  # imglint ignore=missing-tag\nservices:\n  a: {image: *i}\n  b: {image: *i}\n", ""},
    {"a hash in a value is no comment", c,
     "services:\n  a:\n    labels: [\" # imglint ignore=missing-tag\"]\n    image: nginx\n",
     "4:missing-tag\n"},
    {"a hash in a block is no comment", c,
     "services:\n  a:\n    command: |\n      # imglint ignore-file=missing-tag\n    image: nginx\n",
     "5:missing-tag\n"},
    {"the file", c,
     "# imglint ignore-file=missing-tag\nservices:\n  a: {image: nginx}\n  b: {image: redis}\n", ""},
    {"there are no stages", c, "services:\n  a:\n    # imglint ignore-stage=missing-tag\n    image: nginx\n",
     "3:unused-suppression only a Dockerfile has stages, so this silences nothing\n4:missing-tag\n"},
    {"in an inlined Dockerfile", c,
     "services:\n  a:\n    build:\n      dockerfile_inline: |\n        # imglint ignore=missing-tag\n"
     "        FROM nginx\n        FROM redis\n",
     "7:missing-tag\n"},
    {"an instruction of several lines in an inlined Dockerfile", c,
     "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM scratch\n"
     "        # imglint ignore=missing-tag\n        RUN --mount=target=/a \\\n"
     "          --mount=from=nginx,target=/b true\n",
     ""},
    {"a stage of an inlined Dockerfile", c,
     "services:\n  a:\n    build:\n      dockerfile_inline: |\n        # imglint ignore-stage=missing-tag\n"
     "        FROM nginx\n        COPY --from=redis / /\n  b:\n    image: php\n",
     "9:missing-tag\n"},
};

constexpr SilenceCase comment_cases[] = {
    {"a stage", d, "# imglint ignore=missing-tag\nFROM nginx\nCOPY --from=redis / /\nFROM php\n",
     "4:missing-tag\n"},
    {"an instruction", d,
     "FROM scratch\n# imglint ignore=missing-tag\nCOPY --from=redis / /\nCOPY --from=php / /\n",
     "4:missing-tag\n"},
    {"every rule without a reason", d, "# imglint ignore=*\nFROM nginx\n",
     "1:unused-suppression this silences nothing: 'ignore=*' needs a reason behind it\n2:missing-tag\n"},
    {"every rule but the locked", d, "# imglint ignore=* why\nFROM nginx\n",
     "1:unused-suppression what this would silence is locked by the configuration\n2:missing-tag\n",
     "rules: {missing-tag: {locked: true}}\n"},
    {"a colon without a blank", d, "# imglint:ignore=missing-tag\nFROM nginx\n",
     "1:unused-suppression this silences nothing: a comment must begin 'imglint "
     "ignore=RULE'\n2:missing-tag\n"},
    {"an unknown rule", d, "# imglint ignore=mising-tag\nFROM nginx:1.27\n",
     "1:unused-suppression unknown rule 'mising-tag', did you mean 'missing-tag'?\n"},
    {"a rule of another linter", d, "# imglint ignore=DL3006\nFROM nginx:1.27\n",
     "1:unused-suppression unknown rule 'DL3006', here it is 'missing-tag'\n"},
    {"no equals sign", d, "# imglint ignore missing-tag\nFROM nginx:1.27\n",
     "1:unused-suppression this silences nothing: a comment must begin 'imglint ignore=RULE'\n"},
    {"another word", d, "# imglint disable=missing-tag\nFROM nginx:1.27\n",
     "1:unused-suppression this silences nothing: a comment must begin 'imglint ignore=RULE'\n"},
    {"no rule", d, "# imglint ignore=\nFROM nginx:1.27\n",
     "1:unused-suppression this silences nothing: a comment must begin 'imglint ignore=RULE'\n"},
    {"something behind the rule", d, "# imglint ignore=missing-tag; why\nFROM nginx:1.27\n",
     "1:unused-suppression this silences nothing: a blank must stand behind 'missing-tag', not ';'\n"},
    {"a colon behind the rules", d, "# imglint ignore-file=missing-tag,latest-tag: why\nFROM nginx:1.27\n",
     "1:unused-suppression this silences nothing: a blank must stand behind 'missing-tag,latest-tag', not "
     "':'\n"},
    {"two rules and no day", d, "# imglint ignore=missing-tag,latest-tag until=2027-13-01\nFROM nginx:1.27\n",
     "1:unused-suppression 'until=2027-13-01' is no day as 2027-01-31, so this silences nothing\n"},
    {"a remark about imglint", d,
     "# imglint checks this file\n# see imglint ignore=x in the manual\nFROM nginx:1.27\n", ""},
    {"whatever stands where all could not be read", d,
     "FROM redis:7 # cache\nFROM debian:12\n# imglint ignore=missing-tag\nCOPY --from=nginx / /\n",
     "1:unreadable-file\n"},
    {"a rule that is off", d, "# imglint ignore=missing-tag\nFROM nginx\n", "",
     "rules: {missing-tag: off}\n"},
    {"the finding about comments is off", d, "# imglint ignore=missing-tag\nFROM nginx:1.27\n", "",
     "rules: {unused-suppression: off}\n"},
    {"unused comments silenced", d,
     "# imglint ignore-file=unused-suppression kept\n# imglint ignore=missing-tag\nFROM nginx:1.27\n", ""},
    {"unused comments silenced in vain", d, "# imglint ignore-file=unused-suppression\nFROM nginx:1.27\n",
     "1:unused-suppression there is no finding of 'unused-suppression' in this file to silence\n"},
    {"a locked rule", d, "# imglint ignore=missing-tag\nFROM nginx\n",
     "1:unused-suppression 'missing-tag' is locked by the configuration: no comment silences "
     "it\n2:missing-tag\n",
     "rules: {missing-tag: {locked: true}}\n"},
    {"until a day to come", d, "# imglint ignore=missing-tag until=2026-11-24 why\nFROM nginx\n", ""},
    {"until a day that is over", d, "# imglint ignore=missing-tag until=2026-11-23 why\nFROM nginx\n",
     "2:missing-tag\n"},
    {"until a day that is none", d, "# imglint ignore=missing-tag until=soon why\nFROM nginx\n",
     "1:unused-suppression 'until=soon' is no day as 2027-01-31, so this silences nothing\n2:missing-tag\n"},
    {"a day without its sign", d, "# imglint ignore=missing-tag until 2026-11-24 why\nFROM nginx\n",
     "1:unused-suppression this lasts for ever: write 'until=2026-11-24'\n"},
    {"a day behind a colon", d, "# imglint ignore=missing-tag Until: 2026-01-24\nFROM nginx\n",
     "1:unused-suppression this lasts for ever: write 'until=2026-01-24'\n"},
    {"until something happens", d,
     "# imglint ignore=missing-tag until 2.0 is out, not 2026-01-24\nFROM nginx\n", ""},
    {"two in one comment", d, "# imglint ignore=missing-tag why # imglint ignore=latest-tag\nFROM nginx\n",
     "1:unused-suppression there is no finding of 'latest-tag' here to silence\n"},
};

constexpr SilenceCase reason_cases[] = {
    {"off by default", d, "# imglint ignore=missing-tag\nFROM nginx\n", ""},
    {"no reason", d, "# imglint ignore=missing-tag\nFROM nginx\n",
     "1:unexplained-suppression no reason is given for this\n", "rules: {unexplained-suppression: info}\n"},
    {"only a separator", d, "# imglint ignore=missing-tag --\nFROM nginx\n",
     "1:unexplained-suppression no reason is given for this\n", "rules: {unexplained-suppression: info}\n"},
    {"a reason", d, "# imglint ignore=missing-tag -- by us\nFROM nginx\n", "",
     "rules: {unexplained-suppression: info}\n"},
    {"over", d, "# imglint ignore=missing-tag until=2026-01-01 why\nFROM nginx\n",
     "1:unexplained-suppression this ended on 2026-01-01 and silences nothing any more\n2:missing-tag\n",
     "rules: {unexplained-suppression: info}\n"},
    {"a reason of the form", d, "# imglint ignore=missing-tag see ABC-12\nFROM nginx\n", "",
     "rules: {unexplained-suppression: {severity: info, pattern: '[A-Z]+-\\d+'}}\n"},
    {"a reason of another form", d, "# imglint ignore=missing-tag see 12\nFROM nginx\n",
     "1:unexplained-suppression the reason has nothing of the form '[A-Z]+-\\d+'\n",
     "rules: {unexplained-suppression: {severity: info, pattern: '[A-Z]+-\\d+'}}\n"},
    {"no end", d, "# imglint ignore=missing-tag why\nFROM nginx\n",
     "1:unexplained-suppression this has no 'until=' and lasts for ever; at most 30 days are allowed\n",
     "rules: {unexplained-suppression: {severity: info, max-days: 30}}\n"},
    {"the last day allowed", d, "# imglint ignore=missing-tag until=2026-12-24 why\nFROM nginx\n", "",
     "rules: {unexplained-suppression: {severity: info, max-days: 30}}\n"},
    {"one day longer", d, "# imglint ignore=missing-tag until=2026-12-25 why\nFROM nginx\n",
     "1:unexplained-suppression this lasts until 2026-12-25; at most 30 days are allowed\n",
     "rules: {unexplained-suppression: {severity: info, max-days: 30}}\n"},
};

constexpr std::string_view compat = "compat: true\n";

constexpr SilenceCase compat_cases[] = {
    {"hadolint without compat", d, "# hadolint ignore=DL3006\nFROM nginx\n", "2:missing-tag\n"},
    {"hadolint", d, "# hadolint ignore=DL3006\nFROM nginx\n", "", compat},
    {"hadolint, right above alone", d, "# hadolint ignore=DL3006\n\nFROM nginx\n", "3:missing-tag\n", compat},
    {"hadolint, not past another comment", d, "# hadolint ignore=DL3006\n# why\nFROM nginx\n",
     "3:missing-tag\n", compat},
    {"hadolint, a line and no stage", d,
     "# hadolint ignore=DL3022\nFROM a:1\nCOPY --from=x:1 / /\nCOPY --from=9 / /\n", "4:unknown-stage\n",
     compat},
    {"hadolint, a stage", d, "# hadolint stage ignore=DL3006\nFROM nginx\nCOPY --from=redis / /\nFROM php\n",
     "4:missing-tag\n", compat},
    {"hadolint, the rest of a stage", d,
     "FROM nginx\n# hadolint stage ignore=DL3006\nCOPY --from=redis / /\nFROM php\n",
     "1:missing-tag\n4:missing-tag\n", compat},
    {"hadolint, a stage that is not right below", d, "# hadolint stage ignore=DL3006\n\nFROM nginx\n",
     "3:missing-tag\n", compat},
    {"BuildKit, a directive", d,
     "# syntax=docker/dockerfile:1\n# check=skip=DuplicateStageName\n"
     "FROM a:1 AS x\nFROM b:1 AS x\n",
     "", compat},
    {"BuildKit, all, with other options", d,
     "# check=error=true;skip=all\nFROM a:1 AS x\nFROM b:1 AS x\nFROM nginx\n", "4:missing-tag\n", compat},
    {"BuildKit, below a comment it is none", d,
     "# why\n# check=skip=DuplicateStageName\nFROM a:1 AS x\nFROM b:1 AS x\n", "4:duplicate-stage\n", compat},
    {"tally", d, "# tally ignore=hadolint/DL3006,DL3007;reason=old\nFROM nginx\nFROM redis\n",
     "3:missing-tag\n", compat},
    {"tally, all rules", d, "# tally ignore=all\nFROM nginx\n", "", compat},
    {"tally, the whole file", d, "# tally global ignore=DL3006\nFROM nginx\nFROM redis\n", "", compat},
    {"Checkov", d, "FROM nginx\n#checkov:skip=CKV_DOCKER_7:we know\nFROM redis:latest\n", "", compat},
    {"KICS, the next line", d, "# kics-scan ignore-line\nFROM nginx\nFROM redis\n", "3:missing-tag\n",
     compat},
    {"KICS, without compat", d, "# kics-scan ignore-line\nFROM nginx\n", "2:missing-tag\n"},
    {"Semgrep", d, "# nosemgrep\nFROM nginx\nFROM redis\n", "3:missing-tag\n", compat},
    {"Semgrep, by name", d,
     "# nosemgrep: other, dockerfile.best-practice.missing-image-version.missing-image-version\nFROM nginx\n",
     "", compat},
    {"Semgrep, another rule", d, "# nosemgrep: avoid-latest-version\nFROM nginx\n", "2:missing-tag\n",
     compat},
    {"Semgrep, behind a value", c, "services: {a: {image: nginx}} # nosemgrep\n", "", compat},
    {"hadolint, several, with a remark", d, "# hadolint ignore=DL3008 , DL3006 # why\nFROM nginx\n", "",
     compat},
    {"hadolint, another rule", d, "# hadolint ignore=DL3007\nFROM nginx\n", "2:missing-tag\n", compat},
    {"hadolint, the whole file", d, "# hadolint global ignore=DL3006\nFROM scratch\nFROM nginx\n", "",
     compat},
    {"hadolint does not name our rules", d, "# hadolint ignore=missing-tag\nFROM nginx\n", "2:missing-tag\n",
     compat},
    {"an unused one is the business of hadolint", d, "# hadolint ignore=DL3006,DL3007\nFROM nginx:1.27\n", "",
     compat},
    {"a locked rule", d, "# hadolint ignore=DL3006\nFROM nginx\n", "2:missing-tag\n",
     "compat: true\nrules: {missing-tag: {locked: true}}\n"},
    {"dclint, the same line", c, "services: {a: {image: nginx}} # dclint disable-line\n", "", compat},
    {"dclint, the line above", c,
     "services:\n  # dclint disable-line service-image-require-explicit-tag\n  a: {image: nginx}\n", "",
     compat},
    {"dclint, another rule", c, "services: {a: {image: nginx}} # dclint disable-line no-version-field\n",
     "1:missing-tag\n", compat},
    {"dclint, the whole file", c, "---\n# dclint disable-file\nservices: {a: {image: nginx}}\n", "", compat},
    {"dclint, one rule in the whole file", c,
     "# dclint disable service-image-require-explicit-tag\nservices: {a: {image: nginx}}\n", "", compat},
    {"dclint, below the top", c, "services:\n  # dclint disable\n  a: {image: nginx}\n", "3:missing-tag\n",
     compat},
    {"Trivy", d, "#trivy:ignore:AVD-DS-0001\nFROM nginx\n", "", compat},
    {"Trivy, short", d, "# trivy:ignore:DS001\nFROM nginx\n", "", compat},
    {"Trivy, two", d, "#trivy:ignore:AVD-DS-0002 #trivy:ignore:DS-0001\nFROM nginx\n", "", compat},
    {"Trivy, over", d, "#trivy:ignore:AVD-DS-0001:exp:2020-01-01\nFROM nginx\n", "2:missing-tag\n", compat},
    {"Trivy, not over", d, "#trivy:ignore:AVD-DS-0001:exp:2030-01-01\nFROM nginx\n", "", compat},
};

void expect_all(std::span<const SilenceCase> cases) {
  for (const SilenceCase& test : cases)
    EXPECT_EQ(silenced_findings(test.file, test.text, test.config), test.findings) << test.about << "\n"
                                                                                   << test.text;
}

constexpr std::string_view w = ".github/workflows/a.yml";
constexpr std::string_view g = ".gitlab-ci.yml";

constexpr SilenceCase job_cases[] = {
    {"a job of a workflow", w,
     "on: push\njobs:\n  # imglint ignore=latest-tag job\n  a:\n    runs-on: x\n    container: nginx:latest\n"
     "    services:\n      db:\n        image: redis:latest\n  b:\n    runs-on: x\n"
     "    container: nginx:latest\n",
     "12:latest-tag\n"},
    {"a job by an explicit key", w,
     "on: push\njobs:\n  # imglint ignore=latest-tag job\n  ? a\n  : runs-on: x\n"
     "    container: nginx:latest\n  b:\n    runs-on: x\n    container: nginx:latest\n",
     "9:latest-tag\n"},
    {"a key with an image below", w,
     "on: push\njobs:\n  a:\n    runs-on: x\n    # imglint ignore=latest-tag\n    container:\n"
     "      image: nginx:latest\n    services: {db: {image: 'redis:latest'}}\n",
     "8:latest-tag\n"},
    {"a step", w,
     "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      # imglint ignore=latest-tag\n"
     "      - name: x\n        uses: docker://alpine:latest\n      - uses: docker://alpine:latest\n",
     "9:latest-tag\n"},
    {"a job of GitLab", g,
     "# imglint ignore=latest-tag\nbuild:\n  image: nginx:latest\n  services:\n    - redis:latest\n"
     "  script:\n    - make\ntest:\n  image: nginx:latest\n  script: [make]\n",
     "9:latest-tag\n"},
    {"a job of GitLab with all of it below keys", g,
     "# imglint ignore=latest-tag\nbuild:\n  image:\n    name: nginx:latest\n  script:\n  - make\n", ""},
};

TEST(Suppression, OfJobsAndSteps) { expect_all(job_cases); }
TEST(Suppression, OfDockerfiles) { expect_all(dockerfile_cases); }
TEST(Suppression, OfComposeFiles) { expect_all(compose_cases); }
TEST(Suppression, SaysWhatIsWrongWithAComment) { expect_all(comment_cases); }
TEST(Suppression, AsksForReasonsWhereToldTo) { expect_all(reason_cases); }
TEST(Suppression, HearsOtherLintersWhereToldTo) { expect_all(compat_cases); }

TEST(Suppression, InAComposeFileReachesTheEnvLineThatItUses) {
  const auto run =
      check_texts({{"compose.yaml", "services:\n  # imglint ignore=missing-tag\n  a: {image: \"${I}\"}\n"},
                   {".env", "I=nginx\n"}},
                  policy_of({}));
  EXPECT_EQ(run->dump(), "");
  EXPECT_EQ(run->result.suppressed, 1u);
}

TEST(Suppression, ManyCommentsAndFindingsStayFast) {
  std::string text = "# imglint ignore-file=latest-tag\n";
  for (int i = 0; i < 4000; ++i) text += "# imglint ignore=missing-tag,latest-tag\n";
  for (int i = 0; i < 4000; ++i)
    text += "# imglint ignore-stage=missing-tag\nFROM nginx\nRUN --mount=from=redis,target=/a \\\n true\n";
  EXPECT_NE(silenced_findings(d, text), "");
}

}  // namespace
}  // namespace imglint::test
