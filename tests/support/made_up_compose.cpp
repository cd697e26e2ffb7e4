#include <string_view>

#include "tests/support/made_up_files.hpp"
#include "tests/support/made_up_names.hpp"

namespace imglint::test {
namespace {

class ComposeMaker {
 public:
  explicit ComposeMaker(Choices& choices) : choices_(choices) {}

  std::string make() {
    if (choices_.one_in(5)) out_ += "# a comment\n\n";
    if (choices_.one_in(5)) out_ += "---\n";
    if (choices_.one_in(4)) out_ += "name: shop\n";
    if (choices_.one_in(3)) extensions();
    out_ += "services:\n";
    for (std::size_t count = 1 + choices_.below(4); count-- > 0;) service();
    if (choices_.one_in(4)) out_ += "volumes:\n  data: {}\n";
    return in_some_form(out_, choices_);
  }

 private:
  void line(std::size_t indent, const std::string& text) {
    out_ += std::string(indent, ' ') + text;
    if (choices_.one_in(9)) out_ += "  # said beside";
    out_ += '\n';
    if (choices_.one_in(12)) out_ += "\n";
  }
  void extensions() {
    line(0, "x-image: &image " + scalar(made_up_reference(choices_), false));
    line(0, "x-base: &base");
    line(2, "restart: always");
    if (choices_.one_in(2)) line(2, "image: " + scalar(image(), false));
    extended_ = true;
  }
  std::string image() {
    static constexpr std::string_view with_variables[] = {"${REGISTRY:-docker.io}/acme/app:1",
                                                          "nginx:${TAG:-1}",
                                                          "${IMAGE:-alpine}",
                                                          "${REGISTRY-quay.io}/${IMAGE:-x}:${TAG:-2}",
                                                          "nginx:${TAG:-${A:-9}}",
                                                          "${A:+y/}alpine",
                                                          "${A:-a/b}:${TAG:-1}",
                                                          "${IMAGE:-acme/x:1}${A}"};
    return choices_.one_in(3) ? std::string(choices_.pick(with_variables)) : made_up_reference(choices_);
  }
  /// Text as a scalar in one of its spellings. Within a flow collection braces and brackets want quotes.
  std::string scalar(const std::string& text, bool flow) {
    const bool plain = text.find_first_of("{}[],") == std::string::npos || (!flow && text[0] != '[');
    switch (choices_.below(plain ? 4 : 3)) {
      case 0:
        return '"' + text + '"';
      case 1:
        return '\'' + text + '\'';
      case 2:
        return escaped(text);
      default:
        return text;
    }
  }
  /// In double quotes, with some letters as escapes.
  std::string escaped(const std::string& text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string result = "\"";
    for (const char c : text) {
      const auto value = static_cast<unsigned char>(c);
      if (choices_.one_in(12))
        result += std::string("\\x") + digits[value >> 4] + digits[value & 15];
      else
        result += c;
    }
    return result + '"';
  }
  void image_line(std::size_t indent) {
    if (extended_ && choices_.one_in(5)) return line(indent, "image: *image");
    const std::string text = image();
    switch (choices_.below(7)) {
      case 0:
        return line(indent, "image: " + scalar(text, false));
      case 1:
        return line(indent, "image:   " + (text[0] == '[' ? scalar(text, false) : text));
      case 2:
        out_ += std::string(indent, ' ') + "image: >-\n";
        break;
      case 3:
        out_ += std::string(indent, ' ') + "image: |-\n";
        break;
      case 4:
        return line(indent, "\"image\": " + scalar(text, false));
      case 5:
        out_ += std::string(indent, ' ') + "image:\n";
        break;
      default:
        return line(indent, "image: !!str " + scalar(text, false));
    }
    // `[::1]/x` as a plain scalar would be a list.
    out_ += std::string(indent + 3, ' ') + (out_.ends_with("image:\n") ? '"' + text + '"' : text) + "\n";
  }

  void service() {
    const std::string name = "s" + std::to_string(done_++);
    if (choices_.one_in(6)) return line(2, name + ": {image: " + scalar(image(), true) + ", restart: no}");
    line(2, name + ":");
    if (extended_ && choices_.one_in(3)) line(4, "<<: *base");
    const bool named = !choices_.one_in(4);
    if (named) image_line(4);
    if (!named || choices_.one_in(2)) build();
    if (choices_.one_in(4)) {
      line(4, "command: [\"run\", '${X:-y}']");
      line(4, "environment:");
      line(6, "A: \"$$B\"");
    }
    line(4, "platform: linux/amd64");
  }
  void build() {
    if (choices_.one_in(4)) return line(4, "build: ./app");
    line(4, "build:");
    line(6, "context: .");
    if (choices_.one_in(3)) line(6, "args: {TAG: '2', REGISTRY: quay.io}");
    if (choices_.one_in(3)) list(6, "cache_from", "type=registry,ref=");
    if (choices_.one_in(3)) list(6, "tags", "");
    if (choices_.one_in(3)) contexts();
    if (choices_.one_in(3)) inlined();
  }
  void list(std::size_t indent, const std::string& key, const std::string& before) {
    if (choices_.one_in(2)) {
      line(indent, key + ": [" + scalar(before + made_up_reference(choices_), true) + ", \"acme/x:1\"]");
      return;
    }
    line(indent, key + ":");
    for (std::size_t count = 1 + choices_.below(3); count-- > 0;)
      line(indent + 2, "- " + scalar(before + made_up_reference(choices_), false));
  }
  void contexts() {
    line(6, "additional_contexts:");
    const std::string target = "docker-image://" + made_up_reference(choices_);
    if (choices_.one_in(2)) return line(8, "- base=" + target);
    line(8, "base: " + scalar(target, false));
    line(8, "other: ./x");
  }
  void inlined() {
    std::string text = made_up_dockerfile(choices_);
    // YAML and compose have their own view of line ends, byte order marks and dollars.
    text = replaced(replaced(replaced(text, "\r\n", "\n"), "\xEF\xBB\xBF", ""), "$", "$$");
    out_ += "      dockerfile_inline: |\n";
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      if (end > at) out_ += "        " + text.substr(at, end - at);
      out_ += '\n';
      at = end + 1;
    }
  }

  Choices& choices_;
  std::string out_;
  bool extended_ = false;
  std::size_t done_ = 0;
};

}  // namespace

std::string made_up_compose(Choices& choices) { return ComposeMaker(choices).make(); }

}  // namespace imglint::test
