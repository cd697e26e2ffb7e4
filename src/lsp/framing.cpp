#include "lsp/framing.hpp"

#include <algorithm>
#include <charconv>
#include <new>
#include <utility>

#include "base/ascii.hpp"

namespace imglint::lsp {
namespace {

constexpr std::size_t longest_line = 4096;
constexpr std::string_view length_name = "content-length:";

/// Where the last Content-Length of a line begins: behind garbage too.
std::size_t find_length(std::string_view line) {
  const auto found = std::find_end(line.begin(), line.end(), length_name.begin(), length_name.end(),
                                   [](char a, char b) { return lower(a) == b; });
  return found == line.end() ? std::string_view::npos : static_cast<std::size_t>(found - line.begin());
}

std::optional<std::uint64_t> number(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

void FrameReader::feed(std::string_view bytes) {
  const std::size_t skipped = std::min<std::uint64_t>(to_skip_, bytes.size());
  to_skip_ -= skipped;
  bytes.remove_prefix(skipped);
  try {
    bytes_.append(bytes);
  } catch (const std::bad_alloc&) {
    if (!in_body_) throw;
    skip_body(bytes);
  }
}

/// Gives back the memory of the body at hand. `more` are the bytes that come behind those that are kept.
void FrameReader::skip_body(std::string_view more) {
  const std::uint64_t missing = *length_ - waiting();
  const std::size_t here = std::min<std::uint64_t>(missing, more.size());
  to_skip_ = missing - here;
  bytes_ = {};
  at_ = searched_ = 0;
  in_body_ = false;
  length_.reset();
  lost_ = true;
  bytes_.append(more.substr(here));
}

void FrameReader::drop_read() {
  bytes_.erase(0, at_);
  searched_ -= std::min(searched_, at_);
  at_ = 0;
}

std::optional<Frame> FrameReader::next() {
  if (std::exchange(lost_, false)) return Frame{Frame::Kind::no_memory, {}};
  if (in_body_) return read_body();
  while (true) {
    const std::size_t end = bytes_.find('\n', std::max(at_, searched_));
    if (end == std::string::npos) {
      // A line that never ends is cut, so that it is not kept.
      if (waiting() > longest_line) {
        any_line_ = true;
        at_ = bytes_.size() - length_name.size();
      }
      drop_read();
      searched_ = bytes_.size();
      return std::nullopt;
    }
    std::string_view line(bytes_.data() + at_, end - at_);
    at_ = searched_ = end + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) {
      read_line(line);
      continue;
    }
    if (auto frame = end_header()) return frame;
    if (in_body_) return read_body();
  }
}

void FrameReader::read_line(std::string_view line) {
  any_line_ = true;
  const std::size_t found = find_length(line);
  if (found != std::string_view::npos) length_ = number(line.substr(found + length_name.size()));
}

std::optional<Frame> FrameReader::end_header() {
  const bool any_line = any_line_;
  any_line_ = false;
  if (!length_) return any_line ? std::optional(Frame{Frame::Kind::bad_header, {}}) : std::nullopt;
  if (*length_ <= limit_) {
    in_body_ = true;
    return std::nullopt;
  }
  const std::size_t here = std::min<std::uint64_t>(*length_, waiting());
  at_ += here;
  to_skip_ = *length_ - here;
  length_.reset();
  drop_read();
  return Frame{Frame::Kind::too_large, {}};
}

std::optional<Frame> FrameReader::read_body() {
  const std::size_t length = *length_;
  if (waiting() < length) {
    drop_read();
    return std::nullopt;
  }
  Frame frame;
  try {
    frame.body = bytes_.substr(at_, length);
  } catch (const std::bad_alloc&) {
    frame.kind = Frame::Kind::no_memory;
  }
  at_ += length;
  searched_ = at_;
  in_body_ = false;
  length_.reset();
  if (at_ > largest_body || at_ == bytes_.size()) drop_read();
  return frame;
}

std::string framed(std::string_view body) {
  return ("Content-Length: " + std::to_string(body.size()) + "\r\n\r\n").append(body);
}

}  // namespace imglint::lsp
