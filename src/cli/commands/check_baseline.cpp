#include "cli/commands/check_baseline.hpp"

#include <algorithm>
#include <utility>

#include "check/baseline_json.hpp"
#include "source/read_file.hpp"
#include "source/write_file.hpp"

namespace imglint {
namespace {

bool is_among(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string path_of(const CheckOptions& options) {
  if (!options.write_baseline.empty() && options.write_baseline != default_baseline)
    return options.write_baseline;
  return options.baseline.empty() ? options.write_baseline : options.baseline;
}

}  // namespace

CheckBaseline::CheckBaseline(std::string path, const CheckOptions& options, const Session& session)
    : path_(std::move(path)), options_(&options), names_(session.files, path_) {}

Result<CheckBaseline> CheckBaseline::open(const CheckOptions& options, const Session& session) {
  CheckBaseline result(path_of(options), options, session);
  result.written_ = !options.write_baseline.empty();
  result.read_ = !options.baseline.empty() && !result.written_;
  const bool there = !result.path_.empty() && session.files.status(result.path_).has_value();
  if (!result.read_ && !(result.written_ && there)) return result;
  const auto content = read_file(session.files, result.path_, largest_max_file_size);
  if (!content) {
    Error error = content.error();
    if (!there) error.hint = "'imglint check --write-baseline=FILE' writes one";
    return error;
  }
  auto baseline = read_baseline_json(content->bytes);
  if (!baseline) {
    Error error = std::move(baseline).error();
    error.path = result.path_;
    return error;
  }
  result.baseline_ = *std::move(baseline);
  return result;
}

bool CheckBaseline::is_judged_rule(const std::string& rule) const {
  const bool selected = options_->select.empty() || is_among(options_->select, rule);
  return selected && !is_among(options_->ignore, rule);
}

/// Whether the run would have found it: its rule was not left out by an option, and its file was read or is
/// no more.
bool CheckBaseline::is_judged(const KnownFinding& known, const Project& project) {
  if (!is_judged_rule(known.rule)) return false;
  for (const ProjectFile& file : project.files)
    if (names_.name_of(file.source->path()) == known.file) return true;
  for (const auto& [path, environment] : project.environment)
    if (environment.source && names_.name_of(path) == known.file) return true;
  return !names_.exists(known.file);
}

void CheckBaseline::hide(std::vector<Finding>& findings, const Project& project, ReportCounts& counts) {
  const std::size_t before = findings.size();
  const SeenKnown seen = hide_known(baseline_, findings, names_);
  counts.baselined = before - findings.size();
  const auto is_whole = [&](const KnownFinding& known, std::uint64_t count) {
    const auto found = seen.find(&known);
    return found != seen.end() && found->second == count;
  };
  for (const auto& [known, count] : baseline_)
    if (!is_whole(known, count) && is_judged(known, project))
      counts.stale.push_back(known.file + ": " + known.rule + ": " + known.content);
}

std::optional<Error> CheckBaseline::write(const std::vector<Finding>& findings, const Project& project,
                                          const Session& session) {
  Baseline made = make_baseline(findings, names_);
  for (const auto& [known, count] : baseline_)
    if (!is_judged(known, project)) made.emplace(known, count);
  if (auto error = write_file(session.files, path_, baseline_json(made))) return error;
  print_remark(
      {.message = "wrote " + std::to_string(findings.size()) +
                  (findings.size() == 1 ? " finding" : " findings") + " to the baseline",
       // A run that was told of one, by an option or the configuration, needs no such word.
       .hint = options_->baseline.empty() ? "the line 'baseline: " + path_ +
                                                "' in .imglint.yaml has each run and the editor hide them"
                                          : "",
       .path = path_},
      session);
  return std::nullopt;
}

}  // namespace imglint
