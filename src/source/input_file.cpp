#include "source/input_file.hpp"

#include <cerrno>
#include <cstddef>
#include <fcntl.h>

#include "source/file_system.hpp"

namespace imglint {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 16;

Error cannot_read(const std::string& path) {
  return file_error("cannot read", path, static_cast<std::errc>(errno));
}

}  // namespace

Result<InputFile> InputFile::open(const std::string& path) {
  int number = -1;
  do {
    number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  } while (number < 0 && errno == EINTR);
  if (number < 0) return cannot_read(path);
  return InputFile(Descriptor(number), path);
}

Result<std::string_view> InputFile::next() {
  block_.resize(block_size);
  ssize_t size = -1;
  do {
    size = ::read(file_.number(), block_.data(), block_.size());
  } while (size < 0 && errno == EINTR);
  if (size < 0) return cannot_read(path_);
  return std::string_view(block_).substr(0, static_cast<std::size_t>(size));
}

}  // namespace imglint
