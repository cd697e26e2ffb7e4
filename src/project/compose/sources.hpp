// The files that compose projects are made of: each is read and parsed once, however many projects it belongs
// to. Env files give scopes: what variables stand for, in which part of a project.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/arena.hpp"
#include "base/once.hpp"
#include "base/result.hpp"
#include "expansion/env_file.hpp"
#include "expansion/template.hpp"
#include "model/document.hpp"
#include "project/compose/beside.hpp"
#include "project/compose/known_files.hpp"
#include "project/compose/real_names.hpp"
#include "project/discover.hpp"
#include "source/file_system.hpp"
#include "source/source.hpp"
#include "yaml/events.hpp"

namespace imglint::assembly {

/// A compose file, or an env file.
struct SourceFile {
  /// The file that is meant, if symbolic links lead to one that the run knows by another name; then this has
  /// nothing of its own.
  SourceFile* behind_link = nullptr;
  std::string real_name;        ///< of that one
  bool is_behind_link = false;  ///< of another; then it is none

  std::unique_ptr<Source> owned;  ///< handed over to whoever makes a document of it
  const Source* source = nullptr;
  FileStatus status;
  std::optional<Error> error;  ///< why it could not be read; then there is no source
  bool is_absent = false;      ///< because there is nothing of that name
  bool is_outside = false;     ///< because it lies outside of the repository
  bool is_folder = false;

  Once is_read;
  Once is_parsed;

  // Of a compose file, once it is parsed.
  Arena arena;
  std::optional<yaml::Parsed> parsed;
  std::vector<Trouble> refused;  ///< why compose does not take the parsed file

  /// Of an env file, as the first project reads it that gives it nothing but options; of one without
  /// variables, as anybody reads it.
  std::optional<EnvFile> assignments;
};

using SourceFiles = std::unordered_set<const SourceFile*>;

/// What variables stand for in a part of a project.
struct Scope {
  const Scope* outer = nullptr;
  TemplateValues values;
  std::vector<const SourceFile*> files;  ///< env files that gave values, but those of outer scopes
  /// What is wrong in them; docker compose stops there.
  std::vector<EnvironmentTrouble> faults;
  /// Variables that they require and no file gives.
  std::vector<EnvironmentTrouble> lacks;
};

/// Projects of one repository may ask from several threads. Of several repositories the first that asks for a
/// file decides whether it lies outside, so that their order counts.
class Sources {
 public:
  Sources(FileSystem& files, std::uint64_t max_bytes)
      : files_(files), max_bytes_(max_bytes), real_names_(files) {}
  Sources(const Sources&) = delete;
  Sources& operator=(const Sources&) = delete;

  /// The files of the run, so that one that is reached through symbolic links goes by the name that it has
  /// there. `known` is borrowed until forget_known().
  void begin(const std::vector<FoundFile>& found, const KnownFiles& known);
  void forget_known() { known_ = nullptr; }
  /// Where a walk was, which follows no symbolic links: there they need not be looked for.
  void know(const std::vector<FoundFile>& found);
  /// Reads and parses files that a walk found on several threads, 0: one for each core. What cannot be read
  /// in this way is read when it is asked for.
  void read_ahead(const std::vector<std::string>& paths, unsigned jobs);
  /// A path as a walk names it: normal, and without the way out of the current folder and back into it.
  [[nodiscard]] std::string name_here(std::string_view path);
  /// The same of a file, without links on the way if that lies in the repository of `folder`.
  [[nodiscard]] std::string real_name(std::string_view path, const std::string& folder);
  /// The name of a file that is asked for by this path, if it was read already.
  [[nodiscard]] std::string known_name(const std::string& path);
  /// The names that files were asked for by although the run knows them by others, to which symbolic links
  /// lead; with those.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> names_behind_links();
  /// A folder without symbolic links; empty if that cannot be told.
  const std::string& resolved(const std::string& folder);
  /// The repository of a folder, resolved; empty if the folder cannot be resolved. In no work tree it is the
  /// current folder or what a walk was given, if the folder lies in it.
  const std::string& top_of(const std::string& folder);

  /// Reads once, by whatever names it is asked for. Only what lies in the repository of `folder`, but for
  /// files that the user names.
  SourceFile& file(const std::string& path, const std::string& folder, bool named = false);
  /// The same, parsed.
  SourceFile& compose(const std::string& path, const std::string& folder, bool named = false);
  /// A file that is read already; null if it was not.
  [[nodiscard]] SourceFile* find(const std::string& path);
  [[nodiscard]] bool exists(const std::string& path);
  /// What a walk has seen in a folder, which is normal.
  [[nodiscard]] Beside beside(const std::string& folder);
  /// Whether there is a regular file, in the repository of a folder.
  [[nodiscard]] bool is_file_inside(const std::string& path, const std::string& folder);

  /// A scope with nothing in it but what `outer` has.
  Scope& scope(const Scope* outer);
  /// Values of env files, for what `outer` does not set; later files win. One for all that ask for the same.
  const Scope& scope(const Scope& outer, const std::vector<SourceFile*>& env_files);

  [[nodiscard]] FileSystem& disk() { return files_; }
  /// All files so far, by normal path.
  [[nodiscard]] std::map<std::string, SourceFile, std::less<>>& all() { return all_; }

 private:
  /// A folder that a walk was given.
  struct Walked {
    std::string path;  ///< normal; empty for the current folder
    std::string resolved;
  };

  /// The walk that was given a folder, which is normal; null if that cannot be resolved, or is all there is.
  const Walked* walked_from(std::string path);
  /// Null if no walk was given a folder that holds it.
  [[nodiscard]] const Walked* outermost_around(const std::string& resolved_folder) const;
  const std::string& work_tree_of(const std::string& folder);
  const std::string& resolved_unlocked(const std::string& folder);
  const std::string& here() { return resolved("."); }
  /// The file of a name, made if it is missing.
  SourceFile& entry(const std::string& name);
  void read(SourceFile& file, const std::string& name, const std::string& folder, bool named);
  [[nodiscard]] std::string name_behind(const std::string& name, const std::string& real,
                                        const FileStatus& status, bool named);
  bool put_behind(SourceFile& link, std::string name);
  /// How much of a path was given to a walk that stays in a repository.
  [[nodiscard]] std::optional<std::size_t> walked_part(const std::string& path, const std::string& top) const;
  void take(SourceFile& file, const std::string& name, FileContent content) const;
  void parse(SourceFile& file) const;
  /// Null if they are not known yet.
  [[nodiscard]] const EnvFile* assignments_of(const SourceFile& file);
  [[nodiscard]] bool read_walked(SourceFile& file, const std::string& name, const std::string& top);
  [[nodiscard]] bool is_written_inside(const std::string& name, const std::string& top);

  FileSystem& files_;
  std::uint64_t max_bytes_;
  const KnownFiles* known_ = nullptr;
  RealNames real_names_;
  std::mutex mutex_;  ///< of all that follows; never held while a file is read
  std::map<std::string, SourceFile, std::less<>> all_;
  std::deque<Walked> walked_;
  struct KnownFolder {
    std::string resolved;  ///< empty if that cannot be told
    Beside beside = {};
  };
  std::unordered_map<std::string, KnownFolder> folders_;      ///< by folder
  std::unordered_map<std::string, std::string> tops_;         ///< of repositories, by folder
  std::unordered_map<std::string, std::string> work_trees_;   ///< by resolved folder; empty: of none
  std::unordered_map<std::string, std::string> asked_names_;  ///< answers of real_name()
  std::deque<Scope> scopes_;
  std::deque<Arena> arenas_;
  std::map<std::pair<const Scope*, std::vector<SourceFile*>>, const Scope*> made_;
};

}  // namespace imglint::assembly
