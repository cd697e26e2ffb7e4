// Session: what a command may touch beside its options, the three streams and the file system. Tests pass
// doubles.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.hpp"
#include "project/project.hpp"
#include "project/staged_files.hpp"
#include "source/file_system.hpp"

namespace imglint {

/// Exit codes (docs/design.md 5).
enum class ExitCode : int { clean = 0, findings = 1, failed = 2 };

struct Session {
  FileSystem& files;
  std::function<Result<std::string>(std::uint64_t limit)> read_input;  ///< all of standard input
  std::function<void(std::string_view)> out;  ///< the result; a closed pipe swallows it quietly
  std::function<void(std::string_view)> err;  ///< what people read beside the result
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::size_t columns = 80;     ///< how wide the terminal is; where there is none, what people read it in
  bool github_actions = false;  ///< in a GitHub workflow reports are commands unless a format is given
  bool in_pipeline = false;     ///< CI is set: nobody watches
  bool quiet = false;           ///< no remarks and no summary on standard error; errors stay
  OnProgress progress = {};     ///< told how far a long run is; may be empty
  bool color = false;           ///< standard output gets colours; see wants_color()
  /// What has come on standard input since the last call, for a conversation. Waits for some, or gives an
  /// empty text if there is none; nothing at the end.
  std::function<std::optional<std::string>(bool wait)> read_some = {};
  /// With --staged: the files as git's index has them, which `files` then are; else null.
  StagedFileSystem* staged = nullptr;
  /// Takes what a command has read and needs no more. Where the process ends then, taking it apart is time
  /// lost. Empty: that is done.
  std::function<void(std::unique_ptr<Project>)> keep = {};

  /// Where files are written, and compared with what is written over.
  [[nodiscard]] FileSystem& disk() const { return staged ? staged->under() : files; }
};

/// What a command has read. Borrows the session, which takes it at the end.
class ReadProject {
 public:
  explicit ReadProject(const Session& session) : session_(session) {}
  ReadProject(const ReadProject&) = delete;
  ReadProject& operator=(const ReadProject&) = delete;
  ~ReadProject() {
    if (session_.keep) session_.keep(std::move(project_));
  }

  [[nodiscard]] Project& operator*() const { return *project_; }

 private:
  const Session& session_;
  std::unique_ptr<Project> project_ = std::make_unique<Project>();
};

/// The same session, to which all files are as git's index has them.
[[nodiscard]] Session as_staged(const Session& session, StagedFileSystem& staged);

/// Prints `path:line:column: error: message` and the hint.
void print(const Error& error, const Session& session);
/// The same for something worth saying that changes no exit code.
void print_remark(const Error& remark, const Session& session);

/// Prints a diff: as it is for `patch` and files, escaped for a terminal, which a file's bytes must not
/// steer.
void print_diff(std::string_view diff, const Session& session);

}  // namespace imglint
