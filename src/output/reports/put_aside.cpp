#include "output/reports/put_aside.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace imglint {
namespace {

constexpr std::size_t block_size = std::size_t{1} << 16;

void append_number(std::string& block, std::size_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  block.append(bytes, sizeof number);
}

}  // namespace

bool PutAside::write(std::string& block) {
  is_full_ = is_full_ || !file_->append(block);
  size_ += block.size();
  block.clear();
  return !is_full_;
}

bool PutAside::add(const std::map<std::size_t, std::string>& pieces) {
  if (is_full_ || pieces.empty()) return false;
  if (!file_) {
    auto made = UnnamedFile::create();
    is_full_ = !made;
    if (!made) return false;
    file_ = *std::move(made);
  }
  const std::size_t first = pieces.begin()->first;
  Run run{.at = size_ + sizeof first, .read = {}};
  std::string block;
  for (const auto& [place, piece] : pieces) {
    append_number(block, place);
    append_number(block, piece.size());
    block += piece;
    if (block.size() >= block_size && !write(block)) return false;
  }
  if (!write(block)) return false;
  run.end = size_;
  runs_.emplace(first, std::move(run));
  return true;
}

/// The next bytes of a run; fewer if they could not be read.
std::string_view PutAside::next(Run& run, std::size_t size) {
  if (run.read.size() - run.taken < size) {
    run.read.erase(0, std::exchange(run.taken, 0));
    const std::size_t wanted = std::min<std::uint64_t>(std::max(block_size, size), run.end - run.at);
    const auto more = file_->read(run.at, wanted);
    if (!more)
      failure_ = more.error();
    else if (more->size() < wanted)
      failure_ = std::errc::io_error;
    if (failure_) return {};
    run.read += *more;
    run.at += wanted;
    if (run.read.size() < size) failure_ = std::errc::io_error;
    if (failure_) return {};
  }
  return std::string_view(run.read).substr(std::exchange(run.taken, run.taken + size), size);
}

std::size_t PutAside::next_number(Run& run) {
  std::size_t number = 0;
  const std::string_view bytes = next(run, sizeof number);
  if (!failure_) std::memcpy(&number, bytes.data(), sizeof number);
  return number;
}

std::string PutAside::take() {
  auto node = runs_.extract(runs_.begin());
  Run& run = node.mapped();
  const std::size_t size = next_number(run);
  std::string piece(failure_ ? std::string_view() : next(run, size));
  const bool is_last = run.at == run.end && run.taken == run.read.size();
  if (!failure_ && !is_last) {
    node.key() = next_number(run);
    runs_.insert(std::move(node));
  }
  if (failure_) runs_.clear();
  return failure_ ? std::string() : piece;
}

}  // namespace imglint
