#include "output/terminal.hpp"

#include <algorithm>
#include <locale.h>
#include <wchar.h>

namespace imglint {
namespace {

constexpr std::string_view code_of(Color color) {
  switch (color) {
    case Color::none:
      return "";
    case Color::bold:
      return "\x1b[1m";
    case Color::red:
      return "\x1b[1;31m";
    case Color::yellow:
      return "\x1b[1;33m";
    case Color::blue:
      return "\x1b[34m";
    case Color::cyan:
      return "\x1b[1;36m";
    case Color::green:
      return "\x1b[32m";
  }
  return {};
}

/// The C library knows the width of every character, but only says so in a UTF-8 locale, which takes several
/// calls to the system to load: once, where a character needs it.
locale_t utf8_locale() {
  static const locale_t loaded = [] {
    const locale_t plain = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return plain != nullptr ? plain : newlocale(LC_CTYPE_MASK, "en_US.UTF-8", nullptr);
  }();
  return loaded;
}

/// The locale is that of the calling thread only for as long as this takes.
std::size_t width_in_locale(CodePoint point) {
  if (point.value < 0x80) return 1;
  const locale_t locale = utf8_locale();
  const locale_t before = locale != nullptr ? uselocale(locale) : nullptr;
  const int width = wcwidth(static_cast<wchar_t>(point.value));
  if (before != nullptr) uselocale(before);
  return width < 0 ? 1 : static_cast<std::size_t>(width);
}

constexpr std::uint32_t most_before = 100;  // bytes of a line shown before its place
constexpr std::uint32_t most_marked = 120;  // bytes of the place shown
constexpr std::uint32_t most_after = 60;    // bytes shown after it
constexpr std::string_view tab_as = "    ";
constexpr std::string_view cut = "…";

/// The start of the code point that a byte of a text is in.
std::uint32_t aligned(std::string_view bytes, std::uint32_t at, std::uint32_t not_before) {
  std::uint32_t start = at;
  for (int back = 0; back < 3 && start > not_before; ++back) {
    if (start >= bytes.size() || (static_cast<unsigned char>(bytes[start]) & 0xC0) != 0x80) return start;
    --start;
  }
  return start;
}

/// Collects one line of a file and the line of marks below it.
class LinePair {
 public:
  explicit LinePair(std::string_view bytes) : bytes_(bytes) {}

  void add(std::uint32_t begin, std::uint32_t end, bool marked) {
    for (std::uint32_t at = begin; at < end;) {
      if (at > 0 && bytes_[at] == '#' && begins_log_command(bytes_.substr(at - 1))) {
        add_shown("\\x23", 4, marked);
        ++at;
        continue;
      }
      const CodePoint point = first_code_point(bytes_.substr(at, end - at));
      add_point(point, bytes_.substr(at, point.size), marked);
      at += point.size;
    }
  }
  void add_cut(bool marked) { add_shown(cut, 1, marked); }
  /// The place after the text so far, one column wide.
  void mark_here() {
    marks_.append(blanks_, ' ');
    blanks_ = 0;
    marks_ += mark_;
  }
  void use_mark(char mark) { mark_ = mark; }

  [[nodiscard]] const std::string& shown() const { return shown_; }
  [[nodiscard]] const std::string& marks() const { return marks_; }

 private:
  void add_point(CodePoint point, std::string_view bytes, bool marked) {
    if (point.valid && point.value == '\t') return add_shown(tab_as, tab_as.size(), marked);
    if (is_printable(point)) return add_shown(bytes, width_in_locale(point), marked);
    const std::string escape = printable(bytes);
    add_shown(escape, escape.size(), marked);
  }
  void add_shown(std::string_view text, std::size_t width, bool marked) {
    shown_ += text;
    if (!marked) {
      blanks_ += width;
      return;
    }
    marks_.append(blanks_, ' ');
    marks_.append(width, mark_);
    blanks_ = 0;
  }

  std::string_view bytes_;
  std::string shown_;
  std::string marks_;
  std::size_t blanks_ = 0;  // columns since the last mark
  char mark_ = '^';
};

/// Draws one line of which `part` is marked.
LinePair draw_line(const Source& source, Span line, Span part, char mark) {
  const std::string_view bytes = source.text(line);
  std::uint32_t begin = line.begin == 0 ? source.text_begin() : 0;
  part = {part.begin - line.begin, part.end - line.begin};
  line = {0, line.size()};
  LinePair pair(bytes);
  pair.use_mark(mark);
  begin = std::min(begin, part.begin);
  if (part.begin - begin > most_before) {
    begin = aligned(bytes, part.begin - most_before / 2, begin);
    pair.add_cut(false);
  }
  pair.add(begin, part.begin, false);
  if (part.size() > most_marked) {
    const std::uint32_t tail = aligned(bytes, part.end - most_marked / 4, part.begin);
    pair.add(part.begin, aligned(bytes, part.begin + most_marked / 2, part.begin), true);
    pair.add_cut(true);
    pair.add(tail, part.end, true);
  } else if (part.empty()) {
    pair.mark_here();
  } else {
    pair.add(part.begin, part.end, true);
  }
  if (line.end > part.end && line.end - part.end > most_after) {
    pair.add(part.end, aligned(bytes, part.end + most_after, part.end), false);
    pair.add_cut(false);
  } else if (line.end > part.end) {
    pair.add(part.end, line.end, false);
  }
  return pair;
}

struct Gutter {
  std::string& out;
  const SnippetStyle& style;
  std::size_t width;

  void start(std::string_view label, std::size_t label_width) const {
    std::string text(width - std::min(width, label_width), ' ');
    text += label;
    text += " |";
    append_colored(out, style.color, Color::blue, text);
  }
};

void append_line(const Gutter& gutter, const Source& source, std::uint32_t number, Span place) {
  const Span line = source.line(number);
  const Span part = {std::clamp(place.begin, line.begin, line.end),
                     std::clamp(place.end, line.begin, line.end)};
  const LinePair pair = draw_line(source, line, part, gutter.style.mark);
  const std::string label = gutter.style.numbers ? std::to_string(number) : "";
  gutter.start(label, label.size());
  if (!pair.shown().empty()) gutter.out += ' ';
  gutter.out += pair.shown();
  gutter.out += '\n';
  if (part.empty() && place.begin < line.begin) return;  // an empty line inside the place
  gutter.start("", 0);
  gutter.out += ' ';
  append_colored(gutter.out, gutter.style.color, gutter.style.mark_color, pair.marks());
  gutter.out += '\n';
}

}  // namespace

void append_colored(std::string& out, bool enabled, Color color, std::string_view text) {
  if (!enabled || color == Color::none || text.empty()) {
    out += text;
    return;
  }
  out += code_of(color);
  out += text;
  out += "\x1b[0m";
}

std::size_t display_width(CodePoint point) { return width_in_locale(point); }

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = first_code_point(text.substr(at));
    width += width_in_locale(point);
    at += point.size;
  }
  return width;
}

void append_snippet(std::string& out, const Location& place, const SnippetStyle& style) {
  const Source& source = *place.source;
  const std::uint32_t first = source.position(place.span.begin).line;
  // A place that ends with a line end ends on that line, not at the start of the next one.
  const std::uint32_t last_byte = place.span.empty() ? place.span.begin : place.span.end - 1;
  const std::uint32_t last = source.position(last_byte).line;
  const Gutter gutter{
      .out = out, .style = style, .width = style.numbers ? std::to_string(last).size() + 1 : 1};
  constexpr std::uint32_t most_lines = 4;
  for (std::uint32_t number = first; number <= last; ++number) {
    if (last - first >= most_lines && number == first + 2) {
      gutter.start(cut, 1);
      out += '\n';
      number = last;
    }
    append_line(gutter, source, number, place.span);
  }
}

}  // namespace imglint
