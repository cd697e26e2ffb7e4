#include "source/result_file.hpp"

#include "source/signal_hold.hpp"
#include "source/temporary_file.hpp"

namespace imglint {
namespace {

constexpr std::size_t buffer_size = 1u << 16;

/// Opening /dev/stdout opens what standard output is, which may be a file; that is to be written to, not
/// replaced.
bool is_device_name(std::string_view path) { return path.starts_with("/dev/") || path.starts_with("/proc/"); }

}  // namespace

ResultFile::~ResultFile() {
  if (handle_) (void)files_->close(*handle_);
  if (!temporary_.empty()) (void)files_->remove(temporary_);
}

void ResultFile::keep(const FileResult<void>& result) {
  if (!result && !failure_) failure_ = result.error();
}

FileResult<void> ResultFile::open_beside(const std::string& target) {
  target_ = target;
  const std::string folder(folder_of(target));
  if (old_)
    if (const auto allowed = files_->may_write(target_); !allowed) return allowed;
  remove_left_overs(*files_, folder);
  auto made = create_temporary(*files_, folder, old_ ? Readers::owner : Readers::as_usual);
  if (!made) return made.error();
  handle_ = made->handle;
  temporary_ = std::move(made->path);
  return {};
}

FileResult<void> ResultFile::open() {
  opened_ = true;
  const auto status = files_->status(path_);
  if (status && (status->kind == FileKind::other || is_device_name(path_))) {
    const auto device = files_->open_device(path_);
    if (!device) return device.error();
    handle_ = *device;
    return {};
  }
  if (status && status->kind == FileKind::folder) return std::errc::is_a_directory;
  if (!status && !is_absent(status.error())) return status.error();
  if (status) old_ = *status;
  const auto resolved = files_->resolve(status ? path_ : std::string(folder_of(path_)));
  if (!resolved) return resolved.error();
  if (!status && files_->link_status(path_)) return std::errc::no_such_file_or_directory;
  return open_beside(status ? *resolved : join_path(*resolved, name_of(path_)));
}

FileResult<void> ResultFile::flush() {
  const std::string block = std::exchange(buffer_, {});
  return write_all(*files_, *handle_, block);
}

void ResultFile::write(std::string_view block) {
  if (!opened_) keep(open());
  if (failure_) return;
  buffer_ += block;
  if (buffer_.size() >= buffer_size) keep(flush());
}

FileResult<void> ResultFile::put_in_place() {
  if (old_)
    if (const auto copied = files_->copy_attributes(target_, *old_, *handle_); !copied) return copied;
  if (const auto synced = files_->sync(*handle_); !synced) return synced;
  if (const auto closed = files_->close(*std::exchange(handle_, std::nullopt)); !closed) return closed;
  const auto renamed = files_->rename(temporary_, target_);
  if (renamed) temporary_.clear();
  return renamed;
}

std::optional<Error> ResultFile::finish() {
  write({});  // an empty report is an empty file
  if (!failure_) keep(flush());
  if (!failure_ && !target_.empty()) {
    const SignalHold hold;
    keep(put_in_place());
  } else if (handle_) {
    keep(files_->close(*std::exchange(handle_, std::nullopt)));
  }
  if (!failure_) return std::nullopt;
  return file_error("cannot write", path_, *failure_);
}

}  // namespace imglint
