// Config: what .imglint.yaml and the files it extends say, each value with its place, and the Policy that
// follows from it for one file.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "config/keys.hpp"
#include "kinds/file_choice.hpp"
#include "model/read_options.hpp"
#include "policy/policy.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// Where a value stands in a configuration file; without a file: nowhere, it is a default.
struct ConfigPlace {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  friend bool operator==(const ConfigPlace&, const ConfigPlace&) = default;
};

template <class T>
struct Placed {
  T value{};
  ConfigPlace place;
};

struct RuleConfig {
  ConfigPlace place;
  std::optional<Placed<Severity>> severity;
  std::optional<Placed<Severity>> unresolved;
  std::optional<Placed<bool>> locked;
  std::map<std::string, Placed<OptionValue>, std::less<>> options;
};
using RuleConfigs = std::map<std::string, RuleConfig, std::less<>>;

struct ConfigRegistries {
  std::vector<Placed<std::string>> allow;
  std::vector<Placed<DenyEntry>> deny;
  std::vector<Placed<MirrorEntry>> mirrors;
};

struct ConfigOverride {
  std::vector<std::string> paths;  ///< globs below the layer's folder
  RuleConfigs rules;
  ConfigRegistries registries;
};

/// What files are read as that a walk would not take, or would take for something else.
struct FileEntry {
  std::vector<std::string> paths;  ///< globs below the layer's folder
  const KindInfo* kind = nullptr;  ///< never null in what is read
};

/// A compose project that no default names make.
struct ProjectConfig {
  std::vector<Placed<std::string>> files;
  std::vector<Placed<std::string>> env_files;
  std::vector<Placed<std::string>> profiles;
  std::optional<Placed<std::string>> directory;
};

/// Where images are moved to by a run that no option tells.
struct RetargetConfig {
  std::optional<Placed<std::string>> to;
  std::optional<Placed<std::string>> paths;
  std::vector<Placed<std::string>> from;
  std::vector<Placed<std::string>> except;
  std::vector<Placed<std::string>> map;  ///< FROM=TO
  std::vector<Placed<std::string>> include;
};

/// A place of one's own, in which files.
struct PlaceEntry {
  std::vector<std::string> files;  ///< globs below the layer's folder
  OwnPlace place;
};

/// One file.
struct ConfigLayer {
  std::string file;                    ///< for messages
  std::string folder;                  ///< absolute; the paths in it are relative to it
  std::optional<Placed<bool>> strict;  ///< preset
  ConfigRegistries registries;
  RuleConfigs rules;
  std::vector<Placed<FileEntry>> files;
  std::vector<Placed<PlaceEntry>> places;
  std::vector<Placed<std::string>> exclude;  ///< globs below the folder
  std::vector<Placed<std::string>> contexts;
  std::vector<Placed<Exception>> exceptions;
  std::vector<Placed<ConfigOverride>> overrides;
  std::optional<Placed<bool>> compat;
  std::vector<Placed<std::string>> extends;
  // Of a whole run (config/run_config.hpp); paths relative to the folder.
  std::optional<Placed<std::string>> baseline;
  std::optional<Placed<std::string>> fail_on;
  std::optional<Placed<std::string>> format;
  std::vector<Placed<std::string>> include;
  std::vector<Placed<std::string>> env_files;
  std::vector<Placed<std::string>> env;
  std::vector<Placed<std::string>> build_args;
  std::vector<ProjectConfig> projects;
  RetargetConfig retarget;
  /// Which of these it gives, at their first values, in file order.
  std::vector<Placed<std::string>> run_keys;
};

/// Layers from the farthest base to the file itself. A later one wins, value by value; lists of registries,
/// contexts, exceptions and overrides add up.
struct Config {
  std::vector<ConfigLayer> layers;

  /// Of the file itself.
  [[nodiscard]] std::string_view file() const {
    return layers.empty() ? std::string_view() : std::string_view(layers.back().file);
  }
};

/// What cannot be read from files, or must not be repeated for each.
struct ConfigSource {
  std::string path;    ///< to open
  std::string shown;   ///< for messages
  std::string folder;  ///< absolute; what globs in it are relative to
  /// The folder that it and what it extends must lie in, symbolic links followed; empty for a file that the
  /// user names, which may lie anywhere.
  std::string top = {};
};

/// All mistakes of a configuration, in the order of its files and lines.
using ConfigErrors = std::vector<Error>;

/// Reads a file and all that it extends, and checks them.
[[nodiscard]] Result<Config, ConfigErrors> load_config(const ConfigSource& source, FileSystem& files,
                                                       std::span<const RuleInfo* const> rules);

/// Reads one text without what it extends; for tests and examples.
[[nodiscard]] Result<Config, ConfigErrors> parse_config(std::string_view text, const ConfigSource& source,
                                                        std::span<const RuleInfo* const> rules);

/// What counts for a file beside the configuration.
struct PolicyRequest {
  std::string path;   ///< absolute, without `.` and `..`
  std::string as_of;  ///< YYYY-MM-DD
};

/// The settings for one file. Exceptions that are over or do not concern the file are left out.
[[nodiscard]] Policy make_policy(const Config& config, std::span<const RuleInfo* const> rules,
                                 const PolicyRequest& request);

/// What is said of reading a file, by its absolute path.
[[nodiscard]] FileChoice file_choice(const Config& config, std::string_view path);
/// The places of one's own in a file, by its absolute path.
[[nodiscard]] std::vector<OwnPlace> own_places(const Config& config, std::string_view path);
/// Whether one of the globs of a layer fits a file, by its absolute path.
[[nodiscard]] bool any_glob_fits(const std::vector<std::string>& globs, const ConfigLayer& layer,
                                 std::string_view path);
/// Whether anything is said of reading files at all.
[[nodiscard]] bool chooses_files(const Config& config);

/// Which overrides and exceptions concern a file, as a key: files with the same key have the same policy.
[[nodiscard]] std::string policy_key(const Config& config, std::string_view path);

}  // namespace imglint
