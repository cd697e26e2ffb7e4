// PutAside: pieces of an output that wait for their turn in a file without a name, so that they take no
// memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "source/unnamed_file.hpp"

namespace imglint {

class PutAside {
 public:
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

  /// Takes pieces, by place. False if there is no file for them, or no room in it: then and from then on they
  /// stay with the caller.
  [[nodiscard]] bool add(const std::map<std::size_t, std::string>& pieces);
  /// The first place of which there is a piece, or none.
  [[nodiscard]] std::size_t first() const { return runs_.empty() ? none : runs_.begin()->first; }
  /// The piece of that place; empty once one could not be read.
  [[nodiscard]] std::string take();
  /// Why one could not be read.
  [[nodiscard]] const std::optional<std::errc>& failure() const { return failure_; }

 private:
  /// What was added at once, or what is left of it: pieces in the order of their places, each behind its
  /// place and its size.
  struct Run {
    std::uint64_t at = 0;  ///< in the file: what is to be read next
    std::uint64_t end = 0;
    std::string read;  ///< and not yet taken, from `taken` on
    std::size_t taken = 0;
  };

  [[nodiscard]] bool write(std::string& block);
  [[nodiscard]] std::string_view next(Run& run, std::size_t size);
  [[nodiscard]] std::size_t next_number(Run& run);

  std::optional<UnnamedFile> file_;
  bool is_full_ = false;
  std::uint64_t size_ = 0;
  std::map<std::size_t, Run> runs_;  ///< by the place of the next piece, which was read already
  std::optional<std::errc> failure_;
};

}  // namespace imglint
