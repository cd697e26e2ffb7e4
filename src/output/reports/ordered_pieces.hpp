// OrderedPieces: texts that are made in any order and written in one, each as soon as nothing can come before
// it any more.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "output/reports/put_aside.hpp"

namespace imglint {

class OrderedPieces {
 public:
  using Sink = std::function<void(std::string_view)>;

  /// `between` stands between any two pieces that are not empty. `out` takes blocks of about 64 KiB that end
  /// where a line does, so that a terminal may show something else between two.
  OrderedPieces(std::string_view between, Sink out) : between_(between), out_(std::move(out)) {}

  /// What waits and is more than so many bytes does so in a temporary file, where there can be one.
  void put_aside(std::size_t most_held = std::size_t{1} << 20);
  /// Everything that comes for a place waits, until it is let out: something has to be appended before.
  void hold_all() { holds_all_ = true; }
  void let_out();

  /// The places of pieces, 0 to count - 1. What comes for one waits for all before it.
  void wait_for(std::size_t count) { done_.resize(count); }
  /// The piece of a place, once.
  void put(std::size_t place, std::string piece);
  /// Writes what waits before a place, whether or not the pieces between have come.
  void write_before(std::size_t place);
  /// Writes a piece now.
  void write(std::string_view piece);
  /// Appends to the last piece as it is.
  void append(std::string_view text);
  void finish();
  /// Why something that waited in a file could not be read; it is missing then.
  [[nodiscard]] std::optional<std::errc> failure() const;

  /// Bytes in memory that wait; for tests.
  [[nodiscard]] std::size_t held() const { return held_ + block_.size(); }

 private:
  void hold(std::size_t place, std::string piece);

  std::string_view between_;
  Sink out_;
  std::vector<bool> done_;
  std::size_t next_ = 0;                        ///< the first place that is not done
  std::map<std::size_t, std::string> waiting_;  ///< by place
  std::size_t held_ = 0;                        ///< their bytes
  std::size_t most_held_ = 0;
  std::optional<PutAside> aside_;
  bool holds_all_ = false;
  std::string block_;
  bool any_ = false;  ///< a piece was written
};

}  // namespace imglint
