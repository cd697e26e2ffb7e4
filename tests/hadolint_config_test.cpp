// What of a .hadolint.yaml is taken over, and what is said of the rest.
#include <gtest/gtest.h>

#include "config/hadolint.hpp"
#include "policy/pattern.hpp"

namespace imglint {
namespace {

/// One thing a line: `allow PATTERN (ENTRY)`, `rule NAME: SEVERITY (ORIGIN)`, `KEY: VALUE (ORIGIN)`,
/// `LINE:COLUMN REMARK`.
std::string taken_over(std::string_view text) {
  const Source source("h", std::string(text));
  const Result<HadolintConfig> config = read_hadolint_config(source);
  if (!config) return "error " + config.error().message + "\n";
  std::string lines;
  for (const TrustedRegistry& trusted : config->trusted) {
    EXPECT_TRUE(Pattern::parse(trusted.pattern)) << trusted.pattern;
    lines += "allow " + trusted.pattern + "\n";
  }
  for (const auto& [name, rule] : config->rules)
    lines += "rule " + name + ": " + std::string(to_string(rule.severity)) + " (" + rule.origin + ")\n";
  for (const auto& [name, key] : config->keys) lines += name + ": " + key.value + " (" + key.origin + ")\n";
  if (!config->comments_count) lines += "no comments\n";
  for (const Error& remark : config->remarks)
    lines += std::to_string(remark.line) + ":" + std::to_string(remark.column) + " " + remark.message + "\n";
  return lines;
}

constexpr std::string_view everywhere =
    "'trustedRegistries' now holds for COPY --from, mounts, # syntax and compose files too; hadolint judges "
    "fewer places\n";

struct TrustedCase {
  std::string_view entry;
  std::string_view patterns;  ///< as taken_over() has them
  std::string_view remark;    ///< part of it; empty: none
};
constexpr TrustedCase trusted_cases[] = {
    {"docker.io", "allow docker.io\n", ""},
    {"my-company.com:5000", "allow my-company.com:5000\n", ""},
    {"localhost", "allow localhost\n", ""},
    {"*.gcr.io", "allow **.gcr.io\n", ""},
    {"*", "allow **\n", "every registry is allowed"},
    {"hub.docker.com", "allow docker.io\n", "Docker Hub"},
    {"*gcr.io", "allow gcr.io\nallow **.gcr.io\n", "such as evilgcr.io"},
    {"123.dkr.ecr.*", "allow 123.dkr.ecr.**\n", ""},
    {"ghcr.io*", "allow ghcr.io\n", "such as ghcr.io.evil.com"},
    {"ghcr.io/acme", "allow ghcr.io/acme/**\n", "never matches it"},
    {"ghcr.io/acme/", "allow ghcr.io/acme/**\n", "never matches it"},
    {"a*b.io", "allow a*b.io\n", "to the letter"},
    {"registry*", "", "left out"},
    {"*io", "", "left out"},
    {"acme", "", "left out"},
    {"Foo Bar", "", "left out"},
    {"", "", "left out"},
};

TEST(HadolintConfig, TrustedRegistriesBecomePatterns) {
  for (const TrustedCase& test : trusted_cases) {
    const std::string result = taken_over("trustedRegistries: ['" + std::string(test.entry) + "']\n");
    const std::size_t at = result.find("1:");
    EXPECT_EQ(result.substr(0, at), test.patterns) << test.entry;
    std::string remarks = at == result.npos ? "" : result.substr(at);
    EXPECT_EQ(remarks.find(everywhere) != remarks.npos, !test.patterns.empty()) << test.entry;
    const std::size_t entry = remarks.find("1:21 ");
    EXPECT_EQ(entry != remarks.npos, !test.remark.empty()) << remarks;
    EXPECT_NE(remarks.find(test.remark), remarks.npos) << test.entry << ": " << remarks;
  }
}

struct KeyCase {
  std::string_view config;
  std::string_view result;
};
constexpr KeyCase key_cases[] = {
    {"", ""},
    {"~\n", ""},
    {"{}\n", ""},
    {"ignored: [DL3006, DL3007]\n",
     "rule latest-tag: off (ignored: DL3007)\nrule missing-tag: off (ignored: DL3006)\n"},
    {"ignored: DL3006\n", "rule missing-tag: off (ignored: DL3006)\n"},
    {"ignored: [DL3008, SC2086]\n",
     "1:1 'ignored' has rules without a counterpart, which hadolint goes on to judge: DL3008, SC2086\n"},
    {"override: {error: [DL3026], warning: [DL3029], info: [DL3022]}\n",
     "rule constant-platform: warning (override.warning: DL3029)\n"
     "rule registry-not-allowed: error (override.error: DL3026)\n"
     "rule unknown-stage: info (override.info: DL3022)\n"},
    {"override: {error: [DL3008]}\n",
     "1:12 'override.error' has rules without a counterpart, which hadolint goes on to judge: DL3008\n"},
    {"override: {style: [DL3007]}\n",
     "rule latest-tag: info (override.style: DL3007)\n"
     "1:12 'override.style' becomes info, the lowest severity here\n"},
    {"override: {fatal: [DL3007]}\n", "1:12 'override.fatal' is no severity of hadolint; left out\n"},
    {"override: {error: [DL3007]}\nignored: [DL3007]\n", "rule latest-tag: off (ignored: DL3007)\n"},
    {"ignored: [DL3007]\noverride: {error: [DL3007]}\n", "rule latest-tag: off (ignored: DL3007)\n"},
    {"failure-threshold: error\n", "fail-on: error (failure-threshold: error)\n"},
    {"failure-threshold: none\n",
     "fail-on: info (failure-threshold: none)\n"
     "1:1 'failure-threshold: none' becomes info, the lowest severity here\n"},
    {"failure-threshold: high\n", "1:1 'failure-threshold' has no value of hadolint; left out\n"},
    {"failure-threshold: [error]\n", "1:1 'failure-threshold' has no value of hadolint; left out\n"},
    {"format: tty\n", "format: text (format: tty)\n"},
    {"format: gitlab_codeclimate\n", "format: gitlab (format: gitlab_codeclimate)\n"},
    {"output-format: gnu\n", "format: compact (output-format: gnu)\n"},
    {"format: json\n",
     "format: json (format: json)\n1:1 'format: json' is taken over; what stands in it has other names "
     "here\n"},
    {"format: codacy\n",
     "1:1 'format: codacy' has no counterpart; 'imglint check --help' lists the formats\n"},
    {"formats: json\n", "1:1 'formats' is no key of hadolint; left out: did you mean 'format'?\n"},
    {"no-fail: true\n", "1:1 'no-fail' is an option here: imglint check --exit-zero\n"},
    {"no-fail: false\nno-color: false\nstrict-labels: false\nverbose: false\n", ""},
    {"no-color: true\n", "1:1 'no-color' is a variable here: NO_COLOR=1\n"},
    {"label-schema: {author: text}\nstrict-labels: true\n",
     "1:1 'label-schema' has no counterpart: labels are hadolint's to judge\n"
     "2:1 'strict-labels' has no counterpart: labels are hadolint's to judge\n"},
    {"disable-ignore-pragma: true\n",
     "no comments\n1:1 'disable-ignore-pragma' holds for hadolint's comments alone; imglint's are refused "
     "rule "
     "by rule, with 'locked: true'\n"},
    {"disable-ignore-pragma: false\n", ""},
    {"trustedRegistrys: [a.io]\n",
     "1:1 'trustedRegistrys' is no key of hadolint; left out: did you mean 'trustedRegistries'?\n"},
    {"[a]: b\n? {c: d}\n: e\nignored: {a: b}\noverride: [x]\n",
     "1:1 '' is no key of hadolint; left out\n2:3 '' is no key of hadolint; left out\n"},
    {"- a\n", "error the file must be a mapping of keys\n"},
    {"&a x: *a\n", "1:1 'x' is no key of hadolint; left out\n"},
    {"a: [\n", "error not valid YAML: '[' without its ']'\n"},
};

TEST(HadolintConfig, SaysWhatBecomesOfEachKey) {
  for (const KeyCase& test : key_cases) EXPECT_EQ(taken_over(test.config), test.result) << test.config;
}

}  // namespace
}  // namespace imglint
