#include "source/rewrite.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include "base/printable.hpp"
#include "source/signal_hold.hpp"
#include "source/temporary_file.hpp"

namespace imglint {
namespace {

constexpr std::uint32_t any_write_bit = 0222;
/// Above so many, flushing the whole file system once is faster by far than flushing one by one.
constexpr std::size_t most_single_flushes = 16;
/// A process may have some hundred files open.
constexpr std::size_t most_held_folders = 64;

/// A file whose new bytes stand ready in a temporary file beside it.
struct Prepared {
  const Rewrite* rewrite = nullptr;
  std::string target;  ///< without symbolic links
  FileStatus status;
  std::string temporary;  ///< empty once renamed or removed
};

/// The bytes of the index are not those of the disk.
Error staged_otherwise(const std::string& path) {
  return {
      .message = "cannot write: the staged file and the one in the working tree differ",
      .hint =
          "add the changes to the index (git add), or put them away (git stash --keep-index), and run again",
      .path = path};
}

Error changed_since(const std::string& path) {
  return {.message = "cannot write: another program has changed the file since it was read",
          .hint = "run again",
          .path = path};
}

Error interrupted_before_writing() { return {.message = "interrupted"}; }

class Transaction {
 public:
  Transaction(FileSystem& files, std::size_t count, RewriteReport& report)
      : files_(files), report_(report), flush_singly_(count <= most_single_flushes) {}
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    for (Prepared& file : prepared_) discard(file);
    for (const std::string& folder : held_) files_.release_folder(folder);
  }

  /// Looks at the file and writes its new bytes beside it.
  Result<void> prepare(const Rewrite& rewrite);
  /// The new bytes are on the disk, if they are not yet.
  Result<void> flush_files();
  /// No file has been changed since it was prepared.
  Result<void> verify();
  /// Renames all. After an error some may have been.
  Result<void> replace();
  void flush_folders();

 private:
  Result<bool> is_known(const Rewrite& rewrite, const std::string& target);
  Result<FileStatus> unchanged_status(const Rewrite& rewrite, const std::string& target);
  Result<void> check_writable(const std::string& path, const std::string& target, const FileStatus& status);
  Result<void> write_temporary(Prepared& file);
  FileResult<void> fill(FileHandle handle, const Prepared& file, const char*& attempt);
  Result<void> verify(const Prepared& file);
  void note_hard_links(const Prepared& file);
  Result<void> hold(const std::string& path, const std::string& target);
  void discard(Prepared& file);

  FileSystem& files_;
  RewriteReport& report_;
  std::vector<Prepared> prepared_;
  std::map<std::string, const Rewrite*> targets_;
  std::map<std::string, FileStatus> folders_;  ///< as they were opened
  std::deque<std::string> held_;               ///< those that are open
  bool flush_singly_;
};

void Transaction::discard(Prepared& file) {
  if (!file.temporary.empty() && hold(file.rewrite->path, file.target)) (void)files_.remove(file.temporary);
  file.temporary.clear();
}

/// Opens the folder of a file, or the same one again: from the look at the file to the renaming all is done
/// in one folder, whatever is put in the place of its path.
Result<void> Transaction::hold(const std::string& path, const std::string& target) {
  const std::string folder(folder_of(target));
  if (std::find(held_.begin(), held_.end(), folder) != held_.end()) return {};
  if (held_.size() == most_held_folders) {
    files_.release_folder(held_.front());
    held_.pop_front();
  }
  const auto status = files_.hold_folder(folder);
  if (!status) return file_error("cannot write", path, status.error());
  held_.push_back(folder);
  const auto [known, is_new] = folders_.try_emplace(folder, *status);
  if (is_new) {
    remove_left_overs(files_, folder);
    return {};
  }
  if (known->second.device == status->device && known->second.inode == status->inode) return {};
  files_.release_folder(folder);
  held_.pop_back();
  return changed_since(path);
}

/// Whether the same file was given by another path already, with the same outcome.
Result<bool> Transaction::is_known(const Rewrite& rewrite, const std::string& target) {
  const auto [known, is_new] = targets_.try_emplace(target, &rewrite);
  if (is_new) return false;
  if (known->second->after == rewrite.after) return true;
  return Error{.message = "cannot write: it is the same file as '" + printable(known->second->path) +
                          "', which gets other changes",
               .hint = "name it once",
               .path = rewrite.path};
}

/// The status of the file, if it still holds the bytes that were read.
Result<FileStatus> Transaction::unchanged_status(const Rewrite& rewrite, const std::string& target) {
  const auto content = files_.read(target, rewrite.before.size());
  if (!content) return file_error("cannot write", rewrite.path, content.error());
  const FileStatus& now = content->status;
  if (now.kind != FileKind::regular || now.size != rewrite.before.size() || content->bytes != rewrite.before)
    return rewrite.is_staged ? staged_otherwise(rewrite.path) : changed_since(rewrite.path);
  if (rewrite.file && (now.device != rewrite.file->device || now.inode != rewrite.file->inode))
    return changed_since(rewrite.path);
  return content->status;
}

Result<void> Transaction::check_writable(const std::string& path, const std::string& target,
                                         const FileStatus& status) {
  // Also for root, who may do anything: somebody took the right away on purpose.
  if ((status.permissions & any_write_bit) == 0)
    return Error{.message = "cannot write: the file is read-only",
                 .hint = "chmod u+w " + printable(path),
                 .path = path};
  if (const auto allowed = files_.may_write(target); !allowed)
    return file_error("cannot write", path, allowed.error());
  return {};
}

/// All that must be true of the new file before it takes the place of the old one.
FileResult<void> Transaction::fill(FileHandle handle, const Prepared& file, const char*& attempt) {
  attempt = "cannot write";
  if (const auto written = write_all(files_, handle, file.rewrite->after); !written) return written;
  attempt = "cannot keep the file's owner and mode";
  if (const auto copied = files_.copy_attributes(file.target, file.status, handle); !copied) return copied;
  if (!flush_singly_) return {};
  attempt = "cannot write";
  return files_.sync(handle);
}

Result<void> Transaction::write_temporary(Prepared& file) {
  const std::string& path = file.rewrite->path;
  auto made = create_temporary(files_, folder_of(file.target), Readers::owner);
  if (!made) return file_error("cannot write a temporary file beside it", path, made.error());
  file.temporary = std::move(made->path);
  const char* attempt = nullptr;
  const auto filled = fill(made->handle, file, attempt);
  const auto closed = files_.close(made->handle);
  if (filled && closed) return {};
  discard(file);
  return filled ? file_error("cannot write", path, closed.error())
                : file_error(attempt, path, filled.error());
}

Result<void> Transaction::prepare(const Rewrite& rewrite) {
  if (rewrite.before == rewrite.after) return {};
  const auto target = files_.resolve(rewrite.path);
  if (!target) return file_error("cannot write", rewrite.path, target.error());
  const auto known = is_known(rewrite, *target);
  if (!known) return known.error();
  if (*known) {
    prepared_.push_back({.rewrite = &rewrite, .target = *target});
    return {};
  }
  if (auto held = hold(rewrite.path, *target); !held) return held;
  const auto status = unchanged_status(rewrite, *target);
  if (!status) return status.error();
  if (auto writable = check_writable(rewrite.path, *target, *status); !writable) return writable;
  Prepared file{.rewrite = &rewrite, .target = *target, .status = *status};
  if (auto written = write_temporary(file); !written) return written;
  prepared_.push_back(std::move(file));
  return {};
}

Result<void> Transaction::verify(const Prepared& file) {
  if (file.temporary.empty()) return {};
  if (auto held = hold(file.rewrite->path, file.target); !held) return held;
  const auto status = files_.link_status(file.target);
  if (!status) return file_error("cannot write", file.rewrite->path, status.error());
  if (!same_version(*status, file.status)) return changed_since(file.rewrite->path);
  return {};
}

Result<void> Transaction::verify() {
  for (const Prepared& file : prepared_)
    if (auto verified = verify(file); !verified) return verified;
  return {};
}

void Transaction::note_hard_links(const Prepared& file) {
  if (file.status.links < 2) return;
  report_.remarks.push_back({.message = "the file had " + std::to_string(file.status.links) +
                                        " names (hard links); the others keep the old text",
                             .path = file.rewrite->path});
}

Result<void> Transaction::replace() {
  for (Prepared& file : prepared_) {
    if (!file.temporary.empty()) {
      if (auto verified = verify(file); !verified) return verified;
      const auto renamed = files_.rename(file.temporary, file.target);
      if (!renamed) return file_error("cannot replace", file.rewrite->path, renamed.error());
      file.temporary.clear();
      note_hard_links(file);
    }
    report_.written.push_back(file.rewrite->path);
  }
  return {};
}

Result<void> Transaction::flush_files() {
  if (flush_singly_) return {};
  std::set<std::uint64_t> devices;
  for (const Prepared& file : prepared_) {
    if (file.temporary.empty() || !devices.insert(file.status.device).second) continue;
    if (const auto flushed = files_.sync_all(std::string(folder_of(file.target))); !flushed)
      return file_error("cannot write", file.rewrite->path, flushed.error());
  }
  return {};
}

void Transaction::flush_folders() {
  const bool singly = folders_.size() <= most_single_flushes;
  std::set<std::uint64_t> devices;
  for (const auto& [folder, status] : folders_) {
    if (!singly && !devices.insert(status.device).second) continue;
    const auto flushed = singly ? files_.sync_folder(folder) : files_.sync_all(folder);
    if (!flushed)
      report_.remarks.push_back(
          file_error("written, but cannot flush the folder to the disk", folder, flushed.error()));
  }
}

std::optional<Error> rewrite_all(Transaction& transaction, std::span<const Rewrite> rewrites,
                                 const SignalHold& hold) {
  for (const Rewrite& rewrite : rewrites) {
    if (hold.interrupted()) return interrupted_before_writing();
    if (auto prepared = transaction.prepare(rewrite); !prepared) return prepared.error();
  }
  if (auto flushed = transaction.flush_files(); !flushed) return flushed.error();
  if (auto verified = transaction.verify(); !verified) return verified.error();
  if (hold.interrupted()) return interrupted_before_writing();
  auto replaced = transaction.replace();
  transaction.flush_folders();
  return replaced ? std::nullopt : std::optional(replaced.error());
}

std::string listed(const std::vector<std::string>& paths) {
  std::string text;
  for (const std::string& path : paths) text += (text.empty() ? "" : ", ") + printable(path);
  return text;
}

}  // namespace

RewriteReport rewrite_files(FileSystem& files, std::span<const Rewrite> rewrites) {
  RewriteReport report;
  const SignalHold hold;  // outlives the transaction, which takes its temporary files away
  const auto changes = [](const Rewrite& rewrite) { return rewrite.before != rewrite.after; };
  const auto count = static_cast<std::size_t>(std::count_if(rewrites.begin(), rewrites.end(), changes));
  Transaction transaction(files, count, report);
  report.error = rewrite_all(transaction, rewrites, hold);
  if (!report.error) return report;
  if (report.written.empty()) {
    report.error->message += "; no file was changed";
  } else {
    report.error->hint = "already written: " + listed(report.written);
  }
  return report;
}

}  // namespace imglint
