// InputFile: a file, or what a pipe gives, read front to back in blocks and never held whole. For reports,
// which may be larger than what imglint judges.
//
// It opens files past FileSystem (source/file_system.hpp). That stands for what is judged and written:
// buffers of an editor, the files of a commit and those of the playground are given in place of the disk, and
// every read is of a whole regular file. A report is given by the name that a shell made, often of a pipe; it
// is in none of those, so each of them would have two steps more that only the disk can take.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "source/descriptor.hpp"

namespace imglint {

class InputFile {
 public:
  /// Waits for a writer where the path is a pipe.
  [[nodiscard]] static Result<InputFile> open(const std::string& path);

  /// The next bytes, which stay until the next call; none at the end.
  [[nodiscard]] Result<std::string_view> next();

 private:
  InputFile(Descriptor file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}

  Descriptor file_;
  std::string path_;
  std::string block_;
};

}  // namespace imglint
