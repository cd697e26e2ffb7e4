#include "tests/support/sample_report.hpp"

#include <algorithm>
#include <utility>

namespace imglint::test {
namespace {

/// What is in them is not shown; that a rule has some tells it from a state of a reference.
constexpr Example some_examples[] = {{.file = "Dockerfile", .text = "FROM nginx:1.27\n"}};

constexpr RuleInfo rule_list[] = {
    {.name = "floating-tag",
     .summary = "The tag may point at another image tomorrow.",
     .why = "Two builds of one commit should pull the same bytes.",
     .severity = Severity::warning,
     .examples = some_examples},
    {.name = "invalid-reference",
     .summary = "The text is no legal image reference.",
     .why = "The build fails on it.",
     .severity = Severity::error,
     .strict_severity = Severity::error,
     .fixability = Fixability::suggestion,
     .examples = some_examples},
    {.name = "mirror-bypass",
     .summary = "The line goes around the configured mirror.",
     .why = "Pulls <count> against \"rate limits\" & fail without a network.",
     .severity = Severity::warning,
     .needs_configuration = true,
     .fixability = Fixability::unsafe,
     .examples = some_examples},
    {.name = "missing-tag",
     .summary = "No tag and no digest: this pulls 'latest'.",
     .why = "The name alone means the tag latest, which moves.",
     .severity = Severity::warning,
     .strict_severity = Severity::error,
     .examples = some_examples},
    {.name = "registry-alias",
     .summary = "Another name of Docker Hub.",
     .why = "One registry should have one name.",
     .severity = Severity::info,
     .strict_severity = Severity::info,
     .fixability = Fixability::safe,
     .examples = some_examples},
    {.name = "require-digest",
     .summary = "No digest.",
     .why = "A digest is the only name that never moves.",
     .severity = Severity::off,
     .strict_severity = Severity::error,
     .examples = some_examples},
    {.name = "unreadable-file",
     .summary = "A part of the file cannot be understood.",
     .why = "What cannot be read cannot be judged.",
     .severity = Severity::error,
     .strict_severity = Severity::error,
     .examples = some_examples},
};

}  // namespace

SampleReport::SampleReport() {
  for (const RuleInfo& rule : rule_list) rules_.push_back(&rule);
  add_dockerfile();
  add_compose();
  add_odd_files();
  failures_.push_back({.message = "cannot read: permission denied", .path = "secret/Dockerfile"});
}

CheckReport SampleReport::report() const {
  CheckReport report{.findings = findings_, .files = files_, .failures = failures_, .rules = rules_};
  report.counts.files = files_.size();
  for (const Finding& finding : findings_) report.counts.tally.add(finding);
  report.counts.clean = static_cast<std::uint64_t>(std::ranges::count_if(files_, [&](const Source* file) {
    return std::ranges::none_of(findings_,
                                [&](const Finding& finding) { return finding.place.source == file; });
  }));
  report.counts.references = 21;
  report.counts.suppressed = 2;
  report.counts.baselined = 1;
  report.counts.unjudged = {{"missing-tag", 3}};
  report.version = "1.2.3";
  return report;
}

const Source& SampleReport::add_file(std::string path, std::string bytes) {
  const Source& source = sources_.emplace_back(std::move(path), std::move(bytes));
  files_.push_back(&source);
  return source;
}

Location SampleReport::find(const Source& source, std::string_view text, int occurrence) {
  std::size_t at = source.bytes().find(text);
  while (occurrence-- > 0) at = source.bytes().find(text, at + 1);
  const auto begin = static_cast<std::uint32_t>(at);
  return {&source, {begin, begin + static_cast<std::uint32_t>(text.size())}};
}

void SampleReport::add_dockerfile() {
  const Source& file = add_file("app/Dockerfile",
                                "ARG BASE=nginx\r\n"
                                "FROM\t${BASE} AS 基础镜像\r\n"
                                "FROM \xF0\x9F\x90\xB3/index.docker.io/library/redis:7 # e\xCC\x81\r\n"
                                "RUN --mount=from=index.docker.io/library/alpine \\\r\n"
                                "  true\r\n"
                                "COPY --from=golang:latest / /");
  findings_.push_back({.rule = "missing-tag",
                       .severity = Severity::error,
                       .is_about_image = true,
                       .place = find(file, "nginx"),
                       .message = "no tag, so this pulls 'latest'",
                       .related = {{find(file, "${BASE}"), "used here"}},
                       .subject = "docker.io/library/nginx"});
  const Location alias = find(file, "index.docker.io");
  findings_.push_back({.rule = "registry-alias",
                       .severity = Severity::info,
                       .is_about_image = true,
                       .place = alias,
                       .message = "'index.docker.io' is another name of 'docker.io'",
                       .fix = Fix{"write 'docker.io'", Safety::safe, {{&file, alias.span, "docker.io"}}},
                       .subject = "docker.io/library/redis:7"});
  const Location mount = find(file, "index.docker.io/library/alpine \\\r\n  true");
  findings_.push_back(
      {.rule = "mirror-bypass",
       .severity = Severity::warning,
       .is_about_image = true,
       .place = mount,
       .message = "goes around the mirror 'mirror.example.com'; 100% <of> \"pulls\" & more: a, b",
       .fix = Fix{"use the mirror",
                  Safety::unsafe,
                  {{&file, {mount.span.begin, mount.span.begin + 15}, "mirror.example.com"},
                   {&file, find(file, "golang").span, "mirror.example.com/library/golang"}}},
       .subject = "docker.io/library/alpine"});
  const Location latest = find(file, "latest");
  findings_.push_back({.rule = "floating-tag",
                       .severity = Severity::warning,
                       .is_about_image = true,
                       .place = latest,
                       .message = "tag 'latest' is moved by its publisher",
                       .subject = "docker.io/library/golang:latest"});
}

void SampleReport::add_compose() {
  const Source& file = add_file("compose.yaml",
                                "\xEF\xBB\xBFservices: {web: {image: redis}}\n"
                                "# two with one subject\n"
                                "x: {a: {image: redis}}\n");
  for (int occurrence = 0; occurrence < 2; ++occurrence)
    findings_.push_back({.rule = "missing-tag",
                         .severity = Severity::warning,
                         .is_about_image = true,
                         .place = find(file, "redis", occurrence),
                         .message = "no tag, so this pulls 'latest'",
                         .subject = "docker.io/library/redis"});
  const Source& broken = add_file("bad/compose.yml", "services:\n  web:\n    image: Foo\n\n\n    x: [\n");
  const Location upper = find(broken, "Foo");
  findings_.push_back({.rule = "invalid-reference",
                       .severity = Severity::error,
                       .is_about_image = true,
                       .place = upper,
                       .message = "upper-case letter 'F' in the name",
                       .fix = Fix{"write 'foo'", Safety::suggestion, {{&broken, upper.span, "foo"}}},
                       .subject = "Foo"});
  findings_.push_back({.rule = "unreadable-file",
                       .severity = Severity::error,
                       .place = find(broken, "image: Foo\n\n\n    x: ["),
                       .message = "this list never ends"});
  add_file("clean/Dockerfile", "FROM scratch\n");
}

void SampleReport::add_odd_files() {
  const Source& odd = add_file("odd \x1b[31m\n:,%name\xFF/Dockerfile",
                               "FROM a\x1b[2J\xFF"
                               "b \xE2\x80\xAE:latest\n");
  findings_.push_back({.rule = "invalid-reference",
                       .severity = Severity::error,
                       .is_about_image = true,
                       .place = find(odd,
                                     "a\x1b[2J\xFF"
                                     "b"),
                       .message = "'a\x1b[2J\xFF"
                                  "b' is no reference\nsecond line",
                       .subject = "a\x1b[2J\xFF"
                                  "b"});
  const Source& lines =
      add_file("long/Dockerfile", "# " + std::string(300, 'x') + "\nFROM " + std::string(200, 'a') + "/" +
                                      std::string(200, 'b') + " AS " + std::string(200, 'c') + "\n");
  const Location name = find(lines, std::string(200, 'a') + "/" + std::string(200, 'b'));
  findings_.push_back({.rule = "invalid-reference",
                       .severity = Severity::error,
                       .place = name,
                       .message = "the name is longer than 255 characters",
                       .subject = "long"});
  const Location end = {&lines, {name.span.end, name.span.end}};
  for (int place = 0; place < 7; ++place) findings_.back().related.push_back({end, "and here"});
  const Source& unread = add_file("binary", "");
  findings_.push_back({.rule = "unreadable-file",
                       .severity = Severity::error,
                       .place = {&unread, {}},
                       .message = "this is not text"});
}

}  // namespace imglint::test
