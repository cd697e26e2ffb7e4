// Framing of the language server protocol's base: header lines, a blank line, so many bytes of body.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace imglint::lsp {

/// Longer bodies are skipped, and reported.
inline constexpr std::size_t largest_body = std::size_t{64} << 20;

/// What stood in the stream.
struct Frame {
  enum class Kind : std::uint8_t {
    body,
    bad_header,  ///< a header without a usable Content-Length; reading goes on behind it
    too_large,   ///< a body over the limit, which was skipped
    no_memory,   ///< a body that there is no memory for, which was skipped
  };
  Kind kind = Kind::body;
  std::string body;  ///< of kind body
};

/// Cuts a stream of bytes, which may come in pieces of any size, into frames. After garbage it goes on at the
/// next Content-Length. Lines may end in LF alone.
class FrameReader {
 public:
  explicit FrameReader(std::size_t limit = largest_body) : limit_(limit) {}

  void feed(std::string_view bytes);
  /// The next whole frame; nothing until more is fed.
  [[nodiscard]] std::optional<Frame> next();
  /// Bytes that are kept for frames that have not been taken.
  [[nodiscard]] std::size_t waiting() const { return bytes_.size() - at_; }

 private:
  [[nodiscard]] std::optional<Frame> end_header();
  void read_line(std::string_view line);
  [[nodiscard]] std::optional<Frame> read_body();
  void drop_read();
  void skip_body(std::string_view more);

  std::size_t limit_;
  std::string bytes_;
  std::size_t at_ = 0;        ///< what stands before it has been read
  std::size_t searched_ = 0;  ///< no line end stands between at_ and here
  std::optional<std::uint64_t> length_;
  bool any_line_ = false;
  bool in_body_ = false;
  bool lost_ = false;  ///< a body was skipped for want of memory, which is not told yet
  std::uint64_t to_skip_ = 0;
};

/// A body with its header.
[[nodiscard]] std::string framed(std::string_view body);

}  // namespace imglint::lsp
