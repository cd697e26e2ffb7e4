#include "hcl/parse.hpp"

#include <algorithm>
#include <unordered_set>

#include "hcl/text.hpp"
#include "tree/builder.hpp"
#include "yaml/guard.hpp"

namespace imglint::hcl {
namespace {

constexpr int deepest = 100;

class Reader {
 public:
  explicit Reader(const Source& source) : source_(source), text_(source) {}

  Parsed run() {
    tree_.open(yaml::NodeKind::map, text_.at());
    body(0);
    text_.skip_lines();
    if (!fault_ && !text_.is_end()) fail("'}' without its '{'");
    Parsed parsed{.tree = {}, .trouble = std::move(fault_)};
    if (!parsed.trouble) parsed.tree = tree_.finish();
    return parsed;
  }

 private:
  void fail(std::string message) {
    if (fault_) return;
    fault_ = Trouble{.kind = Trouble::Kind::syntax,
                     .span = {text_.at(), text_.at()},
                     .message = std::move(message),
                     .blocks_edits = true,
                     .unread = true};
  }

  /// Attributes and blocks, up to a closing brace or the end.
  void body(int depth) {
    if (depth > deepest) return fail("nested more than 100 deep");
    std::unordered_set<std::string_view> attributes;
    while (!fault_) {
      text_.skip_lines();
      if (text_.is_end() || text_.peek() == '}') return;
      const std::uint32_t begin = text_.at();
      const std::string_view name = text_.take_name();
      if (name.empty()) return fail("the name of a block or an attribute is missing");
      text_.skip_blanks();
      if (text_.take('=')) {
        if (!attributes.insert(name).second) return fail("'" + std::string(name) + "' is set twice");
        tree_.add(yaml::NodeKind::scalar, begin, name, true, name_tag);
        value(depth + 1, Ends::line);
        continue;
      }
      block(name, begin, depth);
    }
  }

  /// Labels and a body in braces.
  void block(std::string_view name, std::uint32_t begin, int depth) {
    std::size_t levels = 0;
    const auto open = [&](std::string_view key, std::uint32_t mark) {
      tree_.add(yaml::NodeKind::scalar, mark, key, true, name_tag);
      tree_.open(yaml::NodeKind::map, mark);
      ++levels;
    };
    open(name, begin);
    while (!fault_ && !text_.is_end() && text_.peek() != '{') {
      const std::uint32_t mark = text_.at();
      std::string_view label = text_.take_name();
      if (label.empty() && text_.peek() == '"') {
        if (!text_.skip_quoted()) return fail("a text without its closing quote");
        label = source_.text({mark + 1, text_.at() - 1});
      }
      if (label.empty() || levels > 8) return fail("a block wants labels and '{'");
      open(label, mark);
      text_.skip_blanks();
    }
    if (!text_.take('{')) return fail("a block without its '{'");
    body(depth + 1);
    if (!fault_ && !text_.take('}')) fail("a block without its '}'");
    for (; levels > 0; --levels) tree_.close();
  }

  /// What may stand behind a value.
  enum class Ends : std::uint8_t { line, item, entry };

  [[nodiscard]] bool ends(Ends ends) {
    if (ends == Ends::item)
      text_.skip_lines();
    else
      text_.skip_blanks();
    if (text_.is_end()) return true;
    const char next = text_.peek();
    if (next == '\n' || next == '}') return true;
    return (ends == Ends::item && (next == ',' || next == ']')) || (ends == Ends::entry && next == ',');
  }

  /// Adds a value, or an empty one for what is no text, name, list or object.
  void value(int depth, Ends where) {
    if (depth > deepest) return fail("nested more than 100 deep");
    text_.skip_blanks();
    const std::uint32_t begin = text_.at();
    const char first = text_.is_end() ? '\n' : text_.peek();
    if ((first == '[' || first == '{') && !text_.is_loop()) {
      first == '[' ? list(depth) : object(depth);
      if (!fault_ && !ends(where)) skip_rest(where);
      return;
    }
    Scalar scalar;
    if (first == '"')
      scalar.found = text_.skip_quoted();
    else if (first == '<')
      scalar.found = text_.skip_heredoc();
    else
      scalar = word(begin);
    if (first == '"' && !scalar.found) return fail("a text without its closing quote");
    if (scalar.found && (first == '<' || ends(where))) {
      if (scalar.is_null)
        tree_.add(yaml::NodeKind::null, begin);
      else
        tree_.add(yaml::NodeKind::scalar, begin, value_of(begin, first), first != '"' && first != '<',
                  scalar.is_name ? name_tag : std::string_view());
      return;
    }
    tree_.add(yaml::NodeKind::null, begin);
    skip_rest(where);
  }

  struct Scalar {
    bool found = false;
    bool is_name = false;
    bool is_null = false;
  };

  Scalar word(std::uint32_t begin) {
    if (const std::string_view name = text_.take_name(); !name.empty()) {
      end_of_word_ = text_.at();
      return {true, name != "true" && name != "false", name == "null"};
    }
    const bool found = text_.take_number();
    end_of_word_ = text_.at();
    return {found && end_of_word_ > begin};
  }

  [[nodiscard]] std::string_view value_of(std::uint32_t begin, char first) const {
    if (first == '"') return source_.text({begin + 1, text_.end_of_text()});
    if (first == '<') return source_.text({begin, text_.end_of_text()});
    return source_.text({begin, end_of_word_});
  }

  void list(int depth) {
    tree_.open(yaml::NodeKind::sequence, text_.at());
    text_.take('[');
    while (!fault_) {
      text_.skip_lines();
      if (text_.take(']')) break;
      if (text_.is_end()) return fail("a list without its ']'");
      value(depth + 1, Ends::item);
      text_.skip_lines();
      if (!fault_ && !text_.take(',') && (text_.is_end() || text_.peek() != ']'))
        return fail("a comma or ']' is missing");
    }
    tree_.close();
  }

  void object(int depth) {
    tree_.open(yaml::NodeKind::map, text_.at());
    text_.take('{');
    while (!fault_) {
      text_.skip_lines();
      if (text_.take('}')) break;
      if (text_.is_end()) return fail("an object without its '}'");
      key();
      text_.skip_blanks();
      if (!fault_ && !text_.take('=') && !text_.take(':')) return fail("'=' is missing behind a key");
      if (!fault_) value(depth + 1, Ends::entry);
      text_.skip_blanks();
      text_.take(',');
    }
    tree_.close();
  }

  void key() {
    const std::uint32_t begin = text_.at();
    std::string_view name = text_.take_name();
    if (name.empty() && text_.peek() == '"' && text_.skip_quoted())
      name = source_.text({begin + 1, text_.at() - 1});
    else if (name.empty() && text_.take_number())
      name = source_.text({begin, text_.at()});
    else if (name.empty() && (text_.peek() != '(' || !text_.skip_group()))
      return fail("a key is missing");
    tree_.add(yaml::NodeKind::scalar, begin, name, true);
  }

  /// Passes over the rest of an expression.
  void skip_rest(Ends where) {
    while (!fault_ && !ends(where))
      if (!text_.skip_token()) return fail("a text or a bracket without its end");
  }

  const Source& source_;
  Text text_;
  TreeBuilder tree_;
  std::uint32_t end_of_word_ = 0;
  std::optional<Trouble> fault_;
};

}  // namespace

Parsed parse(const Source& source, std::uint32_t max_bytes, Arena& /*arena*/) {
  if (auto trouble = yaml::guard_bytes(source, max_bytes)) return {.tree = {}, .trouble = std::move(trouble)};
  return Reader(source).run();
}

}  // namespace imglint::hcl
