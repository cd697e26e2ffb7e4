// InputFile: a file, or what a pipe gives, read front to back in blocks and never held whole. For reports,
// which may be larger than what imglint judges.
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
