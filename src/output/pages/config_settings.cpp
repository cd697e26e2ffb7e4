// The settings of one file as YAML, each line with the place of its value.
#include <algorithm>
#include <set>

#include "base/printable.hpp"
#include "output/pages/config.hpp"
#include "output/yaml_word.hpp"

namespace imglint {
namespace {

/// Comments stand below each other, unless a line is longer than this.
constexpr std::size_t widest = 60;

std::string place_text(const ConfigPlace& place) {
  return place.file.empty() ? "default" : printable(place.file) + ":" + std::to_string(place.line);
}

/// A glob as a configuration in the current folder would have it. One from elsewhere stays as it is written.
std::string glob_from_here(const std::string& glob, const std::string& file) {
  const std::string folder(folder_of(file));
  const bool is_below = !file.empty() && folder != "." && !folder.starts_with('/') &&
                        !folder.starts_with("..") && folder.find_first_of("*?[]{}\\!") == folder.npos;
  if (!is_below) return glob;
  const std::size_t slash = glob.find('/');
  const bool is_anywhere = slash == glob.npos || slash + 1 == glob.size();
  return folder + (slash == 0 ? "" : is_anywhere ? "/**/" : "/") + glob;
}

std::string glob_list(const std::vector<std::string>& globs, const ConfigPlace& place) {
  std::vector<std::string> moved;
  for (const std::string& glob : globs) moved.push_back(glob_from_here(glob, place.file));
  return yaml_list(moved);
}

class SettingsWriter {
 public:
  explicit SettingsWriter(const SettingsPage& page) : page_(page) {}

  void write(std::string& out) {
    header();
    line(std::string("preset: ") + (page_.settings.strict.value ? "strict" : "recommended"),
         place_text(page_.settings.strict.place));
    files();
    registries();
    line("rules:");
    for (const RuleInfo* info : page_.rules) rule(*info);
    words("contexts:", page_.settings.contexts, "  ");
    exceptions();
    line(std::string("compat: ") + (page_.settings.compat.value ? "true" : "false"),
         place_text(page_.settings.compat.place));
    run();
    flush(out);
  }

 private:
  struct Line {
    std::string text;
    std::string origin;
  };

  void line(std::string text, std::string origin = {}) {
    lines_.push_back({std::move(text), std::move(origin)});
  }

  void header() {
    const bool folder = page_.path.ends_with('/');
    line("# Settings for " + std::string(folder ? "files in " : "") + printable(page_.path));
    if (page_.files.empty()) return line("# No configuration file counts for it.");
    std::string files = "# From " + printable(page_.files.front());
    for (std::size_t index = 1; index < page_.files.size(); ++index)
      files += (index == 1 ? ", which extends " : ", ") + printable(page_.files[index]);
    line(files);
  }

  void files() {
    const EffectiveSettings& settings = page_.settings;
    if (!settings.files.empty()) line("files:");
    for (const auto& entry : settings.files)
      line("  - {paths: " + glob_list(entry.value.paths, entry.place) +
               ", kind: " + std::string(entry.value.kind->name) + "}",
           place_text(entry.place));
    places();
    std::vector<Placed<std::string>> globs;
    for (const auto& entry : settings.exclude)
      globs.push_back({glob_from_here(entry.value, entry.place.file), entry.place});
    words("exclude:", globs, "  ");
  }

  void places() {
    if (!page_.settings.places.empty()) line("places:");
    for (const auto& entry : page_.settings.places) {
      const OwnPlace& own = entry.value.place;
      std::string parts;
      for (const auto& [key, name] :
           {std::pair("registry", &own.registry), {"repository", &own.repository}, {"tag", &own.tag}})
        if (!name->empty()) parts += (parts.empty() ? "" : ", ") + std::string(key) + ": " + yaml_word(*name);
      if (!parts.empty()) parts = ", parts: {" + parts + "}";
      line("  - {files: " + glob_list(entry.value.files, entry.place) + ", path: " + yaml_word(own.path) +
               parts + "}",
           place_text(entry.place));
    }
  }

  void registries() {
    const EffectiveSettings& settings = page_.settings;
    if (settings.allow.empty() && settings.deny.empty() && settings.mirrors.empty()) return;
    line("registries:");
    words("  allow:", settings.allow, "    ");
    if (!settings.deny.empty()) line("  deny:");
    for (const auto& entry : settings.deny) {
      line("    - pattern: " + yaml_word(entry.value.pattern), place_text(entry.place));
      if (!entry.value.message.empty()) line("      message: " + yaml_word(entry.value.message));
      if (!entry.value.use.empty()) line("      use: " + yaml_word(entry.value.use));
    }
    if (!settings.mirrors.empty()) line("  mirrors:");
    for (const auto& entry : settings.mirrors) {
      line("    - from: " + yaml_word(entry.value.from), place_text(entry.place));
      line("      to: " + yaml_word(entry.value.to));
    }
  }

  /// The same word may come from two files; a list that is read has it once.
  void words(std::string_view key, const std::vector<Placed<std::string>>& list, std::string_view indent) {
    if (!list.empty()) line(std::string(key));
    std::set<std::string_view> seen;
    for (const auto& entry : list) {
      const bool again = !seen.insert(entry.value).second;
      line(std::string(indent) + (again ? "# - " : "- ") + yaml_word(entry.value), place_text(entry.place));
    }
  }

  void rule(const RuleInfo& info) {
    const EffectiveRule& rule = page_.settings.rules.find(info.name)->second;
    const bool on = rule.severity.value != Severity::off;
    std::string origin = place_text(rule.severity.place);
    if (rule.by_preset && !rule.severity.place.file.empty()) origin = "preset, " + origin;
    const std::string name = "  " + std::string(info.name) + ":";
    const std::string severity(to_string(rule.severity.value));
    const std::size_t first = lines_.size();
    line(name);
    line("    severity: " + severity, origin);
    if (rule.unresolved.place.line != 0)
      line("    unresolved: " + std::string(to_string(rule.unresolved.value)),
           place_text(rule.unresolved.place));
    if (rule.locked.place.line != 0)
      line(std::string("    locked: ") + (rule.locked.value ? "true" : "false"),
           place_text(rule.locked.place));
    for (const OptionInfo& option_info : info.options) option(option_info, rule, on);
    if (lines_.size() != first + 2) return;
    lines_.pop_back();
    lines_.back() = {name + " " + severity, origin};
  }

  /// Options of a rule that is off do nothing, so they are comments.
  void option(const OptionInfo& info, const EffectiveRule& rule, bool on) {
    const std::string indent = on ? "    " : "    # ";
    const auto configured = rule.options.find(info.name);
    if (configured != rule.options.end()) {
      const auto* tables = std::get_if<std::vector<OptionTable>>(&configured->second.value);
      line(indent + std::string(info.name) + ": " + value_text(configured->second.value, info.type),
           place_text(configured->second.place));
      if (tables != nullptr) add_tables(*tables, info, indent);
    } else if (on && !info.default_value.empty()) {
      line(indent + std::string(info.name) + ": " + word_text(info.default_value, info.type), "default");
    }
  }

  /// Defaults are given as texts. A count, `2` or `2-4`, stands plain like a number.
  static std::string word_text(std::string_view text, OptionType type) {
    const bool is_plain =
        type == OptionType::boolean || type == OptionType::integer || type == OptionType::count;
    return is_plain ? std::string(text) : yaml_word(text);
  }

  static std::string value_text(const OptionValue& value, OptionType type) {
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    if (const auto* text = std::get_if<std::string>(&value)) return word_text(*text, type);
    if (const auto* list = std::get_if<std::vector<std::string>>(&value)) return yaml_list(*list);
    return std::get<std::vector<OptionTable>>(value).empty() ? "[]" : "";
  }

  void add_tables(const std::vector<OptionTable>& tables, const OptionInfo& info, const std::string& indent) {
    for (const OptionTable& table : tables) {
      std::string entry;
      for (const ColumnInfo& column : info.columns) {
        const auto& values = items(table, column.name);
        if (values.empty()) continue;
        const bool list = column.type == OptionType::pattern_list || column.type == OptionType::text_list ||
                          values.size() > 1;
        entry += (entry.empty() ? "" : ", ") + std::string(column.name) + ": " +
                 (list ? yaml_list(values) : yaml_word(values.front()));
      }
      line(indent + "  - {" + entry + "}");
    }
  }

  void exceptions() {
    if (!page_.settings.exceptions.empty()) line("exceptions:");
    for (const auto& entry : page_.settings.exceptions) {
      std::string text;
      const auto add = [&](std::string_view key, const std::string& value) {
        text += (text.empty() ? "" : ", ") + std::string(key) + ": " + value;
      };
      const Exception& exception = entry.value;
      if (!exception.rules.empty()) add("rules", yaml_list(exception.rules));
      if (!exception.images.empty()) add("images", yaml_list(exception.images));
      if (!exception.paths.empty()) add("paths", glob_list(exception.paths, entry.place));
      if (!exception.reason.empty()) add("reason", yaml_word(exception.reason));
      if (!exception.until.empty()) add("until", exception.until);
      line("  - {" + text + "}", place_text(entry.place));
    }
  }

  /// An item of a list begins with its first line.
  void project(const ProjectConfig& project) {
    const std::size_t first = lines_.size();
    words("    files:", project.files, "      ");
    words("    env-files:", project.env_files, "      ");
    words("    profiles:", project.profiles, "      ");
    word("    directory:", project.directory);
    if (lines_.size() > first) lines_[first].text[2] = '-';
  }

  void word(std::string_view key, const std::optional<Placed<std::string>>& value) {
    if (value) line(std::string(key) + " " + yaml_word(value->value), place_text(value->place));
  }

  void run() {
    const RunConfig& run = page_.run;
    word("baseline:", run.baseline);
    word("fail-on:", run.fail_on);
    word("format:", run.format);
    words("env-files:", run.env_files, "  ");
    words("env:", run.env, "  ");
    words("build-args:", run.build_args, "  ");
    words("include:", run.include, "  ");
    if (!run.projects.empty()) line("projects:");
    for (const ProjectConfig& one : run.projects) project(one);
    const RetargetConfig& move = run.retarget;
    if (!move.to && !move.paths && move.from.empty() && move.except.empty() && move.map.empty() &&
        move.include.empty())
      return;
    line("retarget:");
    word("  to:", move.to);
    words("  from:", move.from, "    ");
    words("  except:", move.except, "    ");
    words("  map:", move.map, "    ");
    word("  paths:", move.paths);
    words("  include:", move.include, "    ");
  }

  void flush(std::string& out) const {
    std::size_t width = 0;
    for (const Line& line : lines_)
      if (!line.origin.empty() && line.text.size() <= widest) width = std::max(width, line.text.size());
    for (const Line& line : lines_) {
      out += line.text;
      if (!line.origin.empty()) {
        out.append(line.text.size() < width ? width - line.text.size() : 0, ' ');
        out.append("  # ").append(line.origin);
      }
      out += '\n';
    }
  }

  const SettingsPage& page_;
  std::vector<Line> lines_;
};

}  // namespace

void write_settings_text(const SettingsPage& page, std::string& out) { SettingsWriter(page).write(out); }

}  // namespace imglint
