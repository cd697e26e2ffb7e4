#include "config/idle_settings.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "base/path.hpp"
#include "base/quote.hpp"

namespace imglint {
namespace {

Error remark_at(const ConfigPlace& place, std::string message) {
  return {.message = std::move(message), .path = place.file, .line = place.line, .column = place.column};
}

/// The folder or file that a glob begins with, if it is not there; empty if it is, or if the glob may match
/// at any depth.
std::string missing_beginning(std::string_view glob, const std::string& folder, FileSystem& files) {
  if (glob.find('/') >= glob.size() - 1) return {};
  if (glob.starts_with('/')) glob.remove_prefix(1);
  std::string path;
  while (!glob.empty()) {
    const std::size_t end = std::min(glob.find('/'), glob.size());
    const std::string_view name = glob.substr(0, end);
    if (name.find_first_of("*?[") != name.npos) return {};
    path = join_path(path, name);
    const auto status = files.link_status(join_path(folder, path));
    if (!status) return is_absent(status.error()) ? path : std::string();
    glob.remove_prefix(std::min(end + 1, glob.size()));
  }
  return {};
}

/// What a rule goes by: an option of its own, or one of the lists of `registries`.
struct Needed {
  std::string_view rule;
  std::string_view keys;
  bool (*is_given)(const ConfigRegistries& registries);
};

constexpr Needed needed[] = {
    {"image-not-allowed", "'allow'", [](const ConfigRegistries&) { return false; }},
    {"mirror-bypass", "'mirrors' or 'registries.mirrors'",
     [](const ConfigRegistries& given) { return !given.mirrors.empty(); }},
    {"pullable-build", "'owned' or 'registries.allow'",
     [](const ConfigRegistries& given) { return !given.allow.empty(); }},
    {"registry-denied", "'registries.deny'",
     [](const ConfigRegistries& given) { return !given.deny.empty(); }},
    {"registry-not-allowed", "'allow' or 'registries.allow'",
     [](const ConfigRegistries& given) { return !given.allow.empty(); }},
    {"tag-pattern", "'patterns'", [](const ConfigRegistries&) { return false; }},
};

class IdleSettings {
 public:
  IdleSettings(const Config& config, FileSystem& files, const IdleRequest& request)
      : config_(config), own_(config.layers.back()), files_(files), request_(request) {}

  std::vector<Error> run() && {
    std::size_t number = 0;
    for (const auto& entry : own_.files) check_choice(entry.value.paths, entry.place, number++);
    for (const auto& entry : own_.places) check_choice(entry.value.files, entry.place, number++);
    for (const auto& entry : own_.exceptions) check_exception(entry);
    for (const auto& entry : own_.overrides) check_globs(entry.value.paths, entry.place);
    for (const ProjectConfig& project : own_.projects)
      if (project.directory) check_directory(*project.directory);
    check_rules(own_.rules);
    for (const auto& entry : own_.overrides) check_rules(entry.value.rules);
    return std::move(remarks_);
  }

 private:
  /// Of files that are to be read. What fits one is read, so that none was there if none was read.
  void check_choice(const std::vector<std::string>& globs, const ConfigPlace& place, std::size_t number) {
    const std::size_t told = remarks_.size();
    check_globs(globs, place);
    const std::vector<bool>* chosen = request_.chosen;
    const bool is_chosen = !chosen || (number < chosen->size() && (*chosen)[number]);
    if (is_chosen || remarks_.size() > told) return;
    std::string names;
    for (const std::string& glob : globs) names += (names.empty() ? "" : ", ") + quote(glob);
    remarks_.push_back(remark_at(place, "no file of this run fits " + names));
  }

  void check_exception(const Placed<Exception>& exception) {
    if (const std::string& until = exception.value.until; !until.empty() && until < request_.as_of)
      remarks_.push_back(
          remark_at(exception.place, "this exception ended on " + until + " and counts no more"));
    else
      check_globs(exception.value.paths, exception.place);
  }

  void check_globs(const std::vector<std::string>& globs, const ConfigPlace& place) {
    for (const std::string& glob : globs)
      if (const std::string missing = missing_beginning(glob, own_.folder, files_); !missing.empty())
        remarks_.push_back(remark_at(place, quote(glob) + " matches nothing: there is no " + quote(missing)));
  }

  void check_directory(const Placed<std::string>& directory) {
    const auto status = files_.status(join_path(own_.folder, directory.value));
    if (!status || status->kind != FileKind::folder)
      remarks_.push_back(remark_at(directory.place, quote(directory.value) +
                                                        (status ? " is no folder" : " does not exist") +
                                                        ", so no path of this project leads anywhere"));
  }

  void check_rules(const RuleConfigs& rules) {
    for (const auto& [name, rule] : rules) {
      if (!rule.severity || rule.severity->value == Severity::off) continue;
      const auto need = std::ranges::find(needed, name, &Needed::rule);
      if (need == std::end(needed) || has(*need)) continue;
      remarks_.push_back(remark_at(rule.severity->place, quote(name) + " is on and finds nothing: it needs " +
                                                             std::string(need->keys)));
    }
  }

  /// Whether any line gives what a rule needs.
  [[nodiscard]] bool has(const Needed& need) const {
    const auto is_in = [&](const RuleConfigs& rules, const ConfigRegistries& registries) {
      const auto rule = rules.find(need.rule);
      return (rule != rules.end() && !rule->second.options.empty()) || need.is_given(registries);
    };
    return std::ranges::any_of(config_.layers, [&](const ConfigLayer& layer) {
      return is_in(layer.rules, layer.registries) ||
             std::ranges::any_of(layer.overrides, [&](const auto& entry) {
               return is_in(entry.value.rules, entry.value.registries);
             });
    });
  }

  const Config& config_;
  const ConfigLayer& own_;
  FileSystem& files_;
  const IdleRequest& request_;
  std::vector<Error> remarks_;
};

}  // namespace

std::vector<Error> idle_settings(const Config& config, FileSystem& files, const IdleRequest& request) {
  return config.layers.empty() ? std::vector<Error>() : IdleSettings(config, files, request).run();
}

void note_chosen(const Config& config, std::string_view path, std::vector<bool>& chosen) {
  if (config.layers.empty()) return;
  const ConfigLayer& own = config.layers.back();
  chosen.resize(own.files.size() + own.places.size());
  std::size_t number = 0;
  const auto note = [&](const std::vector<std::string>& globs) {
    if (!chosen[number]) chosen[number] = any_glob_fits(globs, own, path);
    ++number;
  };
  for (const auto& entry : own.files) note(entry.value.paths);
  for (const auto& entry : own.places) note(entry.value.files);
}

}  // namespace imglint
