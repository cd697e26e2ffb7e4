#include "output/reports/ordered_pieces.hpp"

#include <algorithm>
#include <utility>

namespace imglint {

void OrderedPieces::put_aside(std::size_t most_held) {
  aside_.emplace();
  most_held_ = most_held;
}

void OrderedPieces::hold(std::size_t place, std::string piece) {
  piece.shrink_to_fit();
  held_ += piece.size();
  waiting_.emplace(place, std::move(piece));
  constexpr std::size_t around_piece = 100;  // what the map takes for one
  if (!aside_ || held_ + waiting_.size() * around_piece <= most_held_ || !aside_->add(waiting_)) return;
  waiting_.clear();
  held_ = 0;
}

void OrderedPieces::put(std::size_t place, std::string piece) {
  done_[place] = true;
  if (!piece.empty() && place == next_ && !holds_all_)
    write(piece);
  else if (!piece.empty())
    hold(place, std::move(piece));
  while (next_ < done_.size() && done_[next_]) ++next_;
  if (!holds_all_) write_before(next_);
}

void OrderedPieces::let_out() {
  holds_all_ = false;
  write_before(next_);
}

void OrderedPieces::write_before(std::size_t place) {
  for (;;) {
    const std::size_t waiting = waiting_.empty() ? PutAside::none : waiting_.begin()->first;
    const std::size_t aside = aside_ ? aside_->first() : PutAside::none;
    if (std::min(waiting, aside) >= place) return;
    if (aside < waiting) {
      write(aside_->take());
    } else {
      const std::string piece = std::move(waiting_.extract(waiting_.begin()).mapped());
      held_ -= piece.size();
      write(piece);
    }
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

std::optional<std::errc> OrderedPieces::failure() const { return aside_ ? aside_->failure() : std::nullopt; }

void OrderedPieces::finish() {
  write_before(done_.size());
  if (!block_.empty()) out_(block_);
  block_.clear();
}

}  // namespace imglint
