// UnnamedFile: room on the disk for what need not stay in memory. Nobody else can find it, and it is gone
// when it is closed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "source/descriptor.hpp"
#include "source/file_system.hpp"

namespace imglint {

class UnnamedFile {
 public:
  /// In the folder for temporary files (TMPDIR, else /tmp).
  [[nodiscard]] static FileResult<UnnamedFile> create();

  [[nodiscard]] FileResult<void> append(std::string_view bytes);
  /// As many bytes as there are, at most so many.
  [[nodiscard]] FileResult<std::string> read(std::uint64_t offset, std::size_t size) const;

 private:
  explicit UnnamedFile(Descriptor file) : file_(std::move(file)) {}

  Descriptor file_;
};

}  // namespace imglint
