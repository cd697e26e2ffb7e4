#include "cli/commands/check_baseline.hpp"

#include <algorithm>
#include <utility>

#include "base/counted.hpp"
#include "base/path.hpp"
#include "base/quote.hpp"
#include "base/word_list.hpp"
#include "check/baseline_json.hpp"
#include "cli/result_name.hpp"
#include "kinds/kind.hpp"
#include "output/yaml_word.hpp"
#include "project/builds.hpp"
#include "rules/index.hpp"
#include "source/inside.hpp"
#include "source/read_file.hpp"
#include "source/write_file.hpp"

namespace imglint {
namespace {

std::string path_of(const CheckOptions& options) {
  if (!options.write_baseline.empty() && options.write_baseline != default_baseline)
    return options.write_baseline;
  return options.baseline.empty() ? options.write_baseline : options.baseline;
}

/// Whether the file that is written is the one of the configuration or the usual one. Any other that is no
/// baseline may be a slip of the hand.
bool writes_own(const CheckOptions& options) {
  return options.write_baseline == default_baseline || options.write_baseline == options.baseline;
}

/// Whether a run walks all that lies where a baseline does.
bool walks_all(const CheckOptions& options, const std::string& baseline, FileSystem& files) {
  const CommonOptions& common = options.common;
  if (reads_input(common) || common.changes.staged || !common.changes.since.empty()) return false;
  if (common.paths.empty() && !common.compose_files.empty()) return false;
  const std::string below(folder_of(baseline));
  const auto folder = files.resolve(below.empty() ? "." : below);
  if (!folder) return true;  // there is none yet, and so no baseline
  const std::vector<std::string> here(1, ".");
  return std::ranges::any_of(common.paths.empty() ? here : common.paths, [&](const std::string& path) {
    const auto given = files.resolve(path);
    return given && is_inside(*folder, *given);
  });
}

bool has_variables(const ImageUse& use) { return !use.value.variables.empty(); }

bool is_baseline(const std::string& path, FileSystem& files) {
  const auto content = read_file(files, path, largest_max_file_size);
  return content && read_baseline_json(content->bytes).has_value();
}

/// How a configuration in this folder names a baseline; empty if it may not, for it lies outside.
std::string configured_name(const std::string& path, FileSystem& files) {
  const FileResult<std::string> here = files.resolve(".");
  return here ? path_inside(files, path, *here) : std::string();
}

/// That the baseline is not there, told where it is named.
Error missing_baseline(const std::string& path, const CheckOptions& options, Error error) {
  const ConfigPlace& place = options.baseline_place;
  error.hint = "'imglint check --write-baseline=" + path + "' writes it";
  if (place.file.empty()) return error;
  // The file of the configuration is the one that is written.
  error.hint = "'imglint check --write-baseline' writes it";
  error.message = quote(path) + ": " + error.message;
  error.path = place.file;
  error.line = place.line;
  error.column = place.column;
  return error;
}

/// `--baseline /dev/null` is to hide nothing.
Error unreadable_baseline(Error error) {
  if (error.path == "/dev/null") error.hint = "--no-baseline hides nothing";
  return error;
}

/// --write-baseline takes its file behind '=' alone: the next word is a path, which may be meant for it.
Result<void> check_no_path_is_meant(const CheckOptions& options, FileSystem& files) {
  if (options.write_baseline != default_baseline || reads_input(options.common)) return {};
  for (const std::string& path : options.common.paths) {
    const bool is_there = files.status(path).has_value();
    if (is_there && !is_baseline(path, files)) continue;
    return Error{.message = is_there ? "a baseline, and nothing to check" : "no such file or folder to check",
                 .hint = "'--write-baseline=" + path + "' writes the baseline there",
                 .path = path};
  }
  return {};
}

}  // namespace

CheckBaseline::CheckBaseline(std::string path, const CheckOptions& options, const Session& session)
    : path_(std::move(path)), options_(&options), names_(session.files, path_) {}

Result<CheckBaseline> CheckBaseline::open(const CheckOptions& options, const Session& session) {
  if (const auto good = check_no_path_is_meant(options, session.files); !good) return good.error();
  CheckBaseline result(path_of(options), options, session);
  result.written_ = !options.write_baseline.empty();
  result.read_ = !options.baseline.empty() && !result.written_;
  if (result.written_)
    if (const auto good = check_is_kept("--write-baseline", result.path_); !good) return good.error();
  if (!result.path_.empty()) result.is_whole_ = walks_all(options, result.path_, session.files);
  const bool there = !result.path_.empty() && session.files.status(result.path_).has_value();
  if (!result.read_ && !(result.written_ && there)) return result;
  const auto content = read_file(session.files, result.path_, largest_max_file_size);
  if (!content)
    return there ? unreadable_baseline(content.error())
                 : missing_baseline(result.path_, options, content.error());
  if (result.written_ && is_empty_baseline(content->bytes)) return result;
  auto baseline = read_baseline_json(content->bytes);
  if (!baseline) {
    const bool judges_all = result.is_whole_ && options.select.empty() && options.ignore.empty();
    result.replaced_ = result.written_ && judges_all && writes_own(options) && was_baseline(content->bytes);
    if (result.replaced_) return result;
    Error error = std::move(baseline).error();
    error.path = result.path_;
    return error;
  }
  result.baseline_ = *std::move(baseline);
  return result;
}

bool CheckBaseline::is_judged_rule(const std::string& rule) const {
  const bool selected = options_->select.empty() || has_word(options_->select, rule);
  return selected && !has_word(options_->ignore, rule);
}

/// Whether a run over a part has seen all that its findings come from. Other files may give values to its
/// variables, and what it passes on may break a rule in a Dockerfile that the run does not read.
bool CheckBaseline::is_judged_file(const ProjectFile& file, const Project& project) const {
  if (is_whole_) return true;
  if (!file.document) return false;
  const auto is_built_unread = [&](const Document& reading, const Build& build) {
    if (!build.gives_anything()) return false;
    const std::string path = dockerfile_of(reading, build);
    return !path.empty() && std::ranges::none_of(project.files, [&](const ProjectFile& read) {
      return normal_path(read.source->path()) == path;
    });
  };
  return std::ranges::none_of(all_readings(file), [&](const Document* reading) {
    return std::ranges::any_of(reading->uses, has_variables) ||
           std::ranges::any_of(reading->builds,
                               [&](const Build& build) { return is_built_unread(*reading, build); });
  });
}

/// Whether the run would have found it: its rule was not left out by an option, and its file was read or is
/// no more. A run over a part has not seen all who use an environment file, nor all that some rules compare.
bool CheckBaseline::is_judged(const KnownFinding& known, const Project& project) {
  if (!is_judged_rule(known.rule)) return false;
  const Rule* rule = find_rule(known.rule);
  const bool compares = rule && rule->check_project && !rule->check_use && !rule->check_document;
  for (const ProjectFile& file : project.files)
    if (names_.name_of(file.source->path()) == known.file)
      return (is_whole_ || !compares) && is_judged_file(file, project);
  for (const auto& [path, environment] : project.environment)
    if (environment.source && names_.name_of(path) == known.file) return is_whole_;
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
  std::uint64_t kept = 0;
  for (const auto& [known, count] : baseline_)
    if (!is_judged(known, project) && made.emplace(known, count).second) kept += count;
  if (auto error = write_file(session.disk(), path_, baseline_json(made))) return error;
  // A run that was told of one, by an option or the configuration, needs no such word.
  const std::string name = options_->baseline.empty() ? configured_name(path_, session.files) : std::string();
  const std::string hint =
      "the line 'baseline: " + yaml_word(name) + "' in .imglint.yaml has each run and the editor hide them";
  print_remark({.message = "wrote " + counted(findings.size(), "finding") + " to the baseline" +
                           (kept > 0 ? ", kept " + std::to_string(kept) : "") +
                           (replaced_ ? ", in place of what could not be read" : ""),
                .hint = name.empty() ? "" : hint,
                .path = path_},
               session);
  return std::nullopt;
}

}  // namespace imglint
