// Workspace: the files below one folder of the client as one run of `check`, open texts in place of what is
// on the disk, kept up to date file by file.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "check/baseline.hpp"
#include "check/check.hpp"
#include "check/fix.hpp"
#include "config/policy_cache.hpp"
#include "config/run_config.hpp"
#include "lsp/link_ways.hpp"
#include "lsp/settings.hpp"
#include "move/mapping.hpp"
#include "project/discover.hpp"
#include "project/ignore_rules.hpp"
#include "project/left_out.hpp"
#include "project/project.hpp"
#include "retarget/retarget.hpp"

namespace imglint::lsp {

/// A path of the settings, made absolute.
[[nodiscard]] std::string below_folder(const std::string& root, const std::string& path);

/// Findings and documents are borrowed from the workspace and valid until it changes.
class Workspace {
 public:
  /// `root` is an absolute path without `.` and `..`; empty for files that stand in no folder of the client.
  /// `files` shows open texts in place of those on the disk; `configurations` does not where they may be
  /// such.
  Workspace(std::string root, FileSystem& files, FileSystem& configurations)
      : root_(std::move(root)), files_(&files), configuration_files_(&configurations) {}
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  [[nodiscard]] const std::string& root() const { return root_; }
  /// With open texts in place of those on the disk.
  [[nodiscard]] FileSystem& files() const { return *files_; }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] bool holds(std::string_view path) const;

  /// Everything is read anew by these settings. `today` is YYYY-MM-DD.
  void configure(const Settings& settings, const std::string& today);
  /// What a file is by the configuration, or else by what its name and language say, or else by its text;
  /// null if none of them knows.
  [[nodiscard]] const KindInfo* kind_of(const std::string& path, std::string_view text,
                                        const KindInfo* by_name);
  /// The kind of a file that others include or have run, whatever its name; null if none does so far.
  [[nodiscard]] const KindInfo* brought_kind(std::string_view path) const;
  void open(const std::string& path, const KindInfo& kind);
  void close(const std::string& path);
  /// Takes a configuration over that was changed elsewhere, for clients that watch no files.
  void look_at_configuration();
  /// The text of a file, of an .env or of a configuration is another. A new file, or one that is gone, too;
  /// of a folder, all that is in it. For all that are known to be others at a time.
  void changed(const std::vector<std::string>& paths);

  /// Whether one of its files is read together with this one, wherever that lies.
  [[nodiscard]] bool reads(const std::string& path) { return readers().contains(path); }

  /// Reads what is open and not up to date, and judges. False if nothing has changed since the last time.
  bool update();
  /// Reads some of the other files. False if there is nothing left to read. Looking for files, which may take
  /// long, ends when `stop`, which may be empty, gives true, and begins again with the next call.
  bool scan_step(const std::function<bool()>& stop = {});
  [[nodiscard]] bool scanned() const;
  [[nodiscard]] std::size_t files_read() const;
  [[nodiscard]] std::size_t files_known() const { return known_.size(); }

  /// What is found in a file, in order. Nothing while a configuration is wrong.
  [[nodiscard]] std::vector<const Finding*> findings_in(std::string_view path) const;
  /// Of the files that judge_again() judges.
  [[nodiscard]] std::vector<const Finding*> findings_beside(const std::string& path) const;
  /// Files of which something else may have to be shown than when this was last called.
  [[nodiscard]] std::set<std::string, std::less<>> take_touched() { return std::exchange(touched_, {}); }
  [[nodiscard]] const ConfigErrors& config_errors() const;
  /// Of files that the configuration names, at the name: why a baseline hides nothing, or a file is not read.
  [[nodiscard]] std::span<const Error> mistaken_files() const;
  /// Null if it could not be read, or was not yet.
  [[nodiscard]] const ProjectFile* file(std::string_view path) const;
  /// The compose projects that a file was read with; null if there are none.
  [[nodiscard]] const assembly::ComposeProjects* projects_of(std::string_view path) const;
  /// Why a file could not be read; null if it could.
  [[nodiscard]] const Error* error(std::string_view path) const;
  /// Calls for each file that has been read, in order.
  void for_each(const std::function<void(const ProjectFile&)>& call) const;
  [[nodiscard]] const Policy& policy(const std::string& path);
  /// What the configuration says of moves: where images go, and what moves.
  struct ConfiguredMove {
    MappingOptions mapping;
    RetargetOptions options;
    std::vector<std::string> include;  ///< what is read for it
  };
  /// Null if it says nothing of them, or what is wrong.
  [[nodiscard]] const ConfiguredMove* configured_move();
  /// What moves to a target that the configuration does not name.
  [[nodiscard]] const RetargetOptions& plain_move() { return run_values().plain_move; }
  /// Names of images that the configuration says never move, wherever others go.
  [[nodiscard]] const std::vector<std::string>& never_moved();
  /// What is read by `check` beside the paths, for runs of their own.
  [[nodiscard]] LoadOptions load_options();
  /// All files of the run, in order.
  [[nodiscard]] std::vector<FoundFile> found() const;
  /// The same with files that the configuration has `include` name, and without those that no walk takes.
  [[nodiscard]] std::vector<FoundFile> found_with(const std::vector<std::string>& include);

  /// The file and those it is read together with are read again, with other bytes for some, and judged with
  /// those that a rule compares with others. Other files have no part in what is found.
  [[nodiscard]] JudgedRun judge_again(const std::string& path,
                                      const std::map<std::string, std::string>& changed);
  /// Adds the files that others are read together with, there or not, by absolute path; with a `/` at the end
  /// folders, for all that is in them.
  void add_linked(std::set<std::string>& paths) const;
  /// Counts up whenever those may be others.
  [[nodiscard]] std::size_t links_generation() const { return links_generation_; }

 private:
  struct Group {
    std::vector<FoundFile> files;
    std::unique_ptr<Project> project;    ///< null: not up to date
    std::vector<FoundFile> loaded = {};  ///< those of the files that the project was loaded from
    std::vector<CheckTarget> targets;    ///< of the project
    bool judged = false;
    /// What is found in it; nothing if a rule compares it with other groups.
    std::optional<CheckResult> alone;
  };
  struct Known {
    FoundFile found;  ///< as what it is by itself; what is only brought, as those say that bring it
    bool walked = false;
    bool open = false;
    /// What the files make of it that bring it into the run, by including it say; null if none does, or if
    /// it is the same by itself.
    const KindInfo* brought = nullptr;
    std::set<std::string> links;  ///< files read together with this one, by path; .env files too
    /// What else says how it is read: files, and with a `/` at the end folders of which all counts.
    std::set<std::string> guides;
    Group* group = nullptr;
  };

  /// What the configuration of the folder says of all its files, beside the settings.
  struct RunValues {
    std::vector<std::string> include;
    std::vector<std::string> env_files;
    std::vector<std::pair<std::string, std::string>> env;
    std::vector<std::pair<std::string, std::string>> build_args;
    std::vector<assembly::ProjectRequest> projects;
    std::string baseline_path;  ///< absolute; empty without
    Baseline baseline;
    std::vector<Error> mistakes;           ///< of files that it names
    std::map<std::string, bool> is_there;  ///< those of projects and of environments, by absolute path
    RetargetOptions plain_move;
    std::optional<ConfiguredMove> move;
    std::vector<std::string> never_moved;
  };
  [[nodiscard]] const RunValues& run_values();
  void note_named_files(const RunConfig& run, RunValues& values);
  void read_baseline(const Placed<std::string>& named, const std::string& path, RunValues& values);
  /// Takes out what the baseline knows, and what is found in files that no walk takes.
  void hide_in(std::vector<Finding>& findings);
  /// Whether `exclude` or an ignore file of ours leaves a file of the folder out.
  [[nodiscard]] bool is_left_out(const std::string& path);
  /// Why no walk takes a file that others read, as LeftOut says: git is asked, too.
  [[nodiscard]] std::string why_left_out(const std::string& path);
  [[nodiscard]] LeftOutBy left_out_by() {
    return [this](const std::string& path) { return why_left_out(path); };
  }
  [[nodiscard]] std::vector<std::string> env_files();
  [[nodiscard]] LoadOptions options_for(const Group& group);
  void configure_again();
  void note_configuration(const std::string& path);
  void note_folders_of(std::string_view path);
  void note_read_configuration();
  [[nodiscard]] bool is_another(const std::string& path, const std::optional<FileStatus>& before);
  void rediscover(const std::function<bool()>& stop);
  [[nodiscard]] static bool is_of_run(const Known& known) {
    return known.walked || known.open || known.brought;
  }
  [[nodiscard]] bool is_by_itself(const std::string& path, const Known& known);
  [[nodiscard]] std::vector<FoundFile> files_of(const std::vector<FoundFile>& members);
  [[nodiscard]] bool is_up_to_date(const Group& group, const std::vector<FoundFile>& members);
  void note_brought(const Group& group);
  void note_brought_file(const ProjectFile& file, bool is_member);
  /// Files by what says how they are read: their links and guides.
  using Readers = std::map<std::string, std::vector<std::string>, std::less<>>;
  [[nodiscard]] const Readers& readers();
  void touch_readers_of(const std::string& path);
  void touch_includers_of(const std::set<std::string, std::less<>>& paths);
  [[nodiscard]] bool touch_below(const std::string& folder);
  [[nodiscard]] bool configures(const std::string& path);
  [[nodiscard]] bool is_taken_otherwise(const std::string& path);
  void load(Group& group);
  void add_environment_links(const std::string& path, std::set<std::string>& links);
  [[nodiscard]] std::set<std::string> links_of(const ProjectFile& file, const Project& project);
  [[nodiscard]] std::string named_here(const std::string& path) const;
  [[nodiscard]] std::set<std::string> guides_of(const ProjectFile& file) const;
  /// The names that a project asks for files by, which links lead to; by those that the run knows them by.
  using AskedNames = std::multimap<std::string, std::string>;
  void add_ways(const AskedNames& asked, LinkWays& ways, std::set<std::string>& links,
                std::set<std::string>& guides) const;
  [[nodiscard]] bool note_links(Group& group);
  void regroup();
  void regroup_files();
  void forget(Group& group);
  void forget_judgements();
  void judge();
  void judge_together();
  [[nodiscard]] std::vector<CheckTarget> targets_of(const Project& project);
  [[nodiscard]] const Group* group_of(std::string_view path) const;
  [[nodiscard]] std::vector<CheckTarget> targets_together(const Group* without) const;
  void note_places(const CheckResult& result, const Group* group);
  void touch(const std::string& path);

  std::string root_;
  FileSystem* files_;
  FileSystem* configuration_files_;
  Settings settings_;
  std::string today_;
  std::unique_ptr<PolicyCache> policies_;
  std::optional<RunValues> run_values_;  ///< not until they are asked for
  /// The files that settings come from, as they were then; nothing for those that were not there.
  std::map<std::string, std::optional<FileStatus>> configuration_;
  std::set<std::string, std::less<>> noted_folders_;  ///< whose files are in it
  std::map<std::string, Known, std::less<>> known_;
  std::optional<Readers> readers_;  ///< of those; not until they are asked for
  std::map<std::string, std::unique_ptr<Group>, std::less<>> groups_;  ///< by the first path in it
  std::optional<IgnoreRules> ignore_rules_;  ///< as they were when the configuration was read
  std::unique_ptr<LeftOut> left_out_;        ///< not until it is asked
  bool discovered_ = false;
  bool grouped_ = true;
  bool judged_ = true;
  std::set<const Policy*> policies_in_use_;
  CheckResult together_;            ///< of the groups that rules compare with each other
  bool together_is_stale_ = false;  ///< one of them is another
  /// Files that are in no group, but findings of one.
  std::map<std::string, const Group*, std::less<>> elsewhere_;
  std::set<std::string, std::less<>> touched_;
  std::size_t links_generation_ = 0;
};

}  // namespace imglint::lsp
