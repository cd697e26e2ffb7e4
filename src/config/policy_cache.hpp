// PolicyCache: the settings for each file of a run. Finds the configuration from the file's folder upwards
// and reads each one once.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/effective.hpp"
#include "registry/lock.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// The names a configuration file may have.
inline constexpr std::string_view config_names[] = {".imglint.yaml", ".imglint.yml"};
/// What it is called elsewhere or by mistake, and what it has to be called.
inline constexpr std::pair<std::string_view, std::string_view> misnamed_configs[] = {
    {"imglint.yaml", ".imglint.yaml"},    {"imglint.yml", ".imglint.yml"},
    {"imglint.json", ".imglint.yaml"},    {"imglint.toml", ".imglint.yaml"},
    {".imglint", ".imglint.yaml"},        {".imglint.json", ".imglint.yaml"},
    {".imglint.toml", ".imglint.yaml"},   {".imglintrc", ".imglint.yaml"},
    {".imglintrc.json", ".imglint.yaml"}, {".imglintrc.yaml", ".imglint.yaml"},
    {".imglintrc.yml", ".imglint.yaml"},  {".config/imglint.yaml", ".imglint.yaml"},
};

struct PolicyOptions {
  std::string config;     ///< --config: this file for all; globs in it are relative to the current folder
  bool isolated = false;  ///< --isolated: no configuration file at all
  std::vector<std::string> select;  ///< --select: only these rules, on even where they are off
  std::vector<std::string> ignore;  ///< --ignore: not these rules
  std::string as_of;                ///< YYYY-MM-DD
  bool whole_paths = false;         ///< of errors; else they are relative to the current folder below it
};

/// What holds for a file. The configuration is null if there is none. Borrowed from the cache.
struct FilePolicy {
  const Policy* policy = nullptr;
  const Config* config = nullptr;
};

/// Not for several threads at once.
class PolicyCache {
 public:
  PolicyCache(FileSystem& files, std::span<const RuleInfo* const> rules, PolicyOptions options);
  PolicyCache(const PolicyCache&) = delete;
  PolicyCache& operator=(const PolicyCache&) = delete;

  /// Never null; where the configuration is wrong, the defaults, and errors() says what is wrong. The file
  /// need not exist.
  [[nodiscard]] FilePolicy policy_for(const std::string& path);

  /// What the configuration of a folder says of reading its files; asks this.
  [[nodiscard]] FileChooser chooser();
  [[nodiscard]] FileChoice choice_for(const std::string& path);
  /// Where the configuration says that references stand in a file.
  [[nodiscard]] std::vector<OwnPlace> places_for(const std::string& path);

  /// The same with the place of each value.
  [[nodiscard]] EffectiveSettings settings_for(const std::string& path);
  /// What configurations that have been looked at say of runs, without those of the current folder; a remark
  /// for each file.
  [[nodiscard]] std::vector<Error> ignored_run_keys();
  /// What the configurations of the current folder and of those below that have been looked at say in vain.
  /// `is_run`: policy_for() was asked for everything there is.
  [[nodiscard]] std::vector<Error> idle_settings(bool is_run);
  /// Files of the current folder that have nearly the name of a configuration, and are not read.
  [[nodiscard]] std::vector<Error> misnamed() const;
  /// The configurations that have been looked at, and what they extend; paths as errors have them.
  [[nodiscard]] std::vector<std::string> files_read() const;
  /// All mistakes met so far, those of each configuration once. With any, results mean nothing.
  [[nodiscard]] const ConfigErrors& errors() const { return errors_; }

 private:
  struct Loaded {
    Config config;
    std::optional<DigestLock> lock;        ///< beside the configuration, or in the current folder
    std::string folder;                    ///< of a configuration that was found by looking for it, absolute
    std::optional<FileChoice> from_above;  ///< what those above say of this one's file, once it is known
    std::vector<bool> chosen;              ///< see note_chosen()
    std::map<std::string, Policy, std::less<>> policies;  ///< by policy_key()
  };

  void check_rule_names(const std::vector<std::string>& names, std::string_view option);
  [[nodiscard]] const std::string& absolute_folder(const std::string& path,
                                                   const FolderEntries* listed = nullptr);
  [[nodiscard]] bool exists(const std::string& folder, std::string_view name, const FolderEntries* listed);
  void add_contradictions(const EffectiveSettings& settings, const Config& config, const std::string& path);
  [[nodiscard]] Loaded& config_of(const std::string& folder, const FolderEntries* listed = nullptr);
  [[nodiscard]] Loaded* search(const std::string& folder, const FolderEntries* listed);
  [[nodiscard]] const FileChoice& choice_from_above(Loaded& loaded);
  [[nodiscard]] Loaded& load(const ConfigSource& source);
  [[nodiscard]] std::string shown(const std::string& path) const;
  [[nodiscard]] bool is_read(const std::string& name) const;
  void select_rules(Policy& policy) const;
  [[nodiscard]] std::optional<DigestLock> read_lock(const std::string& folder);
  [[nodiscard]] std::optional<DigestLock> lock_of(const Loaded& loaded);

  FileSystem& files_;
  std::span<const RuleInfo* const> rules_;
  PolicyOptions options_;
  std::string current_;  ///< folder, absolute
  Loaded none_;
  bool looked_for_lock_ = false;  ///< in the current folder
  std::optional<DigestLock> current_lock_;
  std::map<std::string, std::string, std::less<>> absolute_;  ///< folders, by their names in paths
  std::map<std::string, Loaded, std::less<>> loaded_;         ///< by absolute path of the file
  std::map<std::string, Loaded*, std::less<>> folders_;       ///< by absolute path of the folder
  ConfigErrors errors_;
};

}  // namespace imglint
