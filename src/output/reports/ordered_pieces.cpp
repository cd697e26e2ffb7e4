#include "output/reports/ordered_pieces.hpp"

namespace imglint {

void OrderedPieces::put(std::size_t place, std::string piece) {
  done_[place] = true;
  if (!piece.empty() && place == next_) {
    write(piece);
  } else if (!piece.empty()) {
    piece.shrink_to_fit();
    held_ += piece.size();
    waiting_.emplace(place, std::move(piece));
  }
  while (next_ < done_.size() && done_[next_]) ++next_;
  write_before(next_);
}

void OrderedPieces::write_before(std::size_t place) {
  while (!waiting_.empty() && waiting_.begin()->first < place) {
    const std::string piece = std::move(waiting_.extract(waiting_.begin()).mapped());
    held_ -= piece.size();
    write(piece);
  }
}

void OrderedPieces::write(std::string_view piece) {
  if (piece.empty()) return;
  if (any_) block_ += between_;
  any_ = true;
  append(piece);
}

void OrderedPieces::append(std::string_view text) {
  constexpr std::size_t block_size = std::size_t{1} << 16;
  block_ += text;
  if (block_.size() < block_size) return;
  const std::size_t end = block_.rfind('\n') + 1;  // none: 0
  out_(std::string_view(block_).substr(0, end));
  block_.erase(0, end);
}

void OrderedPieces::finish() {
  write_before(done_.size());
  if (!block_.empty()) out_(block_);
  block_.clear();
}

}  // namespace imglint
