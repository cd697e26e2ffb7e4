#include "yaml/events.hpp"

#include <algorithm>
#include <istream>
#include <streambuf>
#include <string>
#include <utility>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "yaml/blocks.hpp"
#include "yaml/fast.hpp"
#include "yaml/fast_lines.hpp"
#include "yaml/guard.hpp"
#include "yaml/scalar.hpp"

namespace imglint::yaml {
namespace {

/// Reads from memory without a copy.
class MemoryBuffer : public std::streambuf {
 public:
  explicit MemoryBuffer(std::string_view bytes) {
    auto* begin = const_cast<char*>(bytes.data());  // a get area is never written to
    setg(begin, begin, begin + bytes.size());
  }
};

/// yaml-cpp counts from behind a byte order mark.
std::uint32_t offset_of(const YAML::Mark& mark, const Source& source) {
  const auto size = static_cast<std::uint32_t>(source.bytes().size());
  if (mark.pos < 0) return source.text_begin();
  return std::min(static_cast<std::uint32_t>(mark.pos) + source.text_begin(), size);
}

/// Puts events into a Tree. Stops the parser by the parser's own exception where a guard fails.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Source& source, Arena& arena, Tree& tree) : source_(source), arena_(arena), tree_(tree) {}

  [[nodiscard]] NodeIndex last_scalar() const { return last_scalar_; }
  /// Where the outermost open `[` or `{` stands.
  [[nodiscard]] std::optional<std::uint32_t> open_flow() const {
    for (const Frame& frame : open_)
      if (tree_[frame.node].flow) return tree_[frame.node].mark;
    return std::nullopt;
  }
  /// Where the innermost one stands.
  [[nodiscard]] std::optional<std::uint32_t> last_open_flow() const {
    if (open_.empty() || !tree_[open_.back().node].flow) return std::nullopt;
    return tree_[open_.back().node].mark;
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    const std::uint32_t begin = offset_of(mark, source_);
    if (any_document_) {
      if (begin <= document_begin_) stop(mark, "a document that does not end");  // guard G2
      if (!source_.bytes().substr(begin).starts_with("---"))                     // guard G3
        stop(mark, "content after the end of the document");
    }
    any_document_ = true;
    document_begin_ = begin;
    anchors_.clear();
  }
  void OnDocumentEnd() override {}

  void OnAnchor(const YAML::Mark&, const std::string& name) override { anchor_name_ = arena_.copy(name); }

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const NodeIndex index = add(NodeKind::null, mark, anchor);
    const Node& node = tree_[index];
    if (node.parent == no_node || node.flow || node.key || tree_[node.parent].kind != NodeKind::map) return;
    if (tree_[node.place].mark == node.mark)  // guard G5
      stop(mark, "missing ':' after a key");
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const NodeIndex index = add(NodeKind::alias, mark, 0);
    Node& node = tree_.nodes[index];
    if (anchor == 0 || anchor > anchors_.size()) stop(mark, "an alias without an anchor");
    node.target = anchors_[anchor - 1].node;
    const std::uint64_t size = anchors_[anchor - 1].size;
    if (size == 0) {
      if (tree_.cycle == no_node) tree_.cycle = index;
    } else if (!open_.empty()) {
      open_.back().size = std::min(open_.back().size + size, most_size);
    }
    if (size > largest_alias_) {
      largest_alias_ = size;
      tree_.largest_alias = index;
    }
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const NodeIndex index = add(NodeKind::scalar, mark, anchor);
    Node& node = tree_.nodes[index];
    node.plain = tag == "?";
    if (tag != "?" && tag != "!") tree_.properties_of(node).tag = arena_.copy(tag);
    node.value = keep(node.mark, value);
    if (tag == fast::null_tag && (value.empty() || fast::is_null_text(value))) node.kind = NodeKind::null;
    last_scalar_ = index;
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override {
    start(NodeKind::sequence, mark, tag, anchor, style);
  }
  void OnSequenceEnd() override { end(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override {
    start(NodeKind::map, mark, tag, anchor, style);
  }
  void OnMapEnd() override { end(); }

 private:
  static constexpr std::uint64_t most_size = std::uint64_t{1} << 40;

  struct Frame {
    NodeIndex node = no_node;
    NodeIndex last_child = no_node;
    std::uint32_t count = 0;  ///< children so far
    std::uint64_t size = 1;   ///< nodes with aliases written out
    YAML::anchor_t anchor = 0;
  };
  struct Anchor {
    NodeIndex node = no_node;
    std::uint64_t size = 0;  ///< nodes with aliases written out; 0 while it is open
  };

  [[noreturn]] static void stop(const YAML::Mark& mark, const char* message) {
    throw YAML::ParserException(mark, message);
  }

  /// A slice of the source if the value stands there as it is, else a copy.
  std::string_view keep(std::uint32_t mark, const std::string& value) {
    const std::string_view bytes = source_.bytes();
    for (std::size_t at = mark; at < std::min<std::size_t>(mark + 2, bytes.size()); ++at)
      if (bytes.substr(at).starts_with(value)) return bytes.substr(at, value.size());
    return arena_.copy(value);
  }

  NodeIndex add(NodeKind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
    const auto index = static_cast<NodeIndex>(tree_.nodes.size());
    Node node{.kind = kind, .mark = offset_of(mark, source_)};
    if (open_.empty()) {
      tree_.documents.push_back(index);
    } else {
      Frame& frame = open_.back();
      const Node& parent = tree_[frame.node];
      node.parent = frame.node;
      node.flow = parent.flow;
      node.key = parent.kind == NodeKind::map && frame.count % 2 == 0;
      node.place = parent.kind == NodeKind::map ? frame.last_child : frame.count;
      (frame.count == 0 ? tree_.nodes[frame.node].first_child : tree_.nodes[frame.last_child].next) = index;
      frame.last_child = index;
      ++frame.count;
      ++frame.size;
    }
    if (!anchor_name_.empty()) tree_.properties_of(node).anchor = std::exchange(anchor_name_, {});
    tree_.nodes.push_back(node);
    if (anchor != 0) {
      anchors_.resize(std::max(anchors_.size(), anchor));
      anchors_[anchor - 1] = {index, kind == NodeKind::map || kind == NodeKind::sequence ? 0u : 1u};
    }
    return index;
  }

  void start(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
             YAML::EmitterStyle::value style) {
    const NodeIndex index = add(kind, mark, anchor);
    Node& node = tree_.nodes[index];
    if (style == YAML::EmitterStyle::Flow) node.flow = true;
    if (tag != "?" && tag != "!") tree_.properties_of(node).tag = arena_.copy(tag);
    open_.push_back({.node = index, .anchor = anchor});
  }

  void end() {
    const Frame frame = open_.back();
    open_.pop_back();
    if (frame.anchor != 0) anchors_[frame.anchor - 1].size = frame.size;
    if (!open_.empty())
      open_.back().size = std::min(open_.back().size + frame.size - 1, most_size);
    else
      tree_.written_out = std::min(tree_.written_out + frame.size, most_size);
  }

  const Source& source_;
  Arena& arena_;
  Tree& tree_;
  std::vector<Frame> open_;
  std::vector<Anchor> anchors_;
  std::string_view anchor_name_;
  NodeIndex last_scalar_ = no_node;
  std::uint64_t largest_alias_ = 0;
  std::uint32_t document_begin_ = 0;
  bool any_document_ = false;
};

#ifdef IMGLINT_ONLY_YAML_CPP
constexpr bool fast_reader_is_built_in = false;
#else
constexpr bool fast_reader_is_built_in = true;
#endif

Trouble syntax_trouble(std::uint32_t offset, std::string_view message) {
  return {.kind = Trouble::Kind::syntax,
          .span = {offset, offset},
          .message = "not valid YAML: " + std::string(message),
          .blocks_edits = true,
          .unread = true};
}

/// Where the parser stopped, and where the outermost `[` or `{` stands that was open then.
struct Stop {
  Trouble trouble;
  std::uint32_t opened = 0;
};

Stop stop_at(std::uint32_t offset, std::string_view message, const TreeBuilder& builder) {
  return {syntax_trouble(offset, message), std::min(offset, builder.open_flow().value_or(offset))};
}

/// A tab in front of what the parser does not take where it stands, as blanks are taken outside of brackets.
std::optional<std::uint32_t> indenting_tab(std::uint32_t offset, const std::string& message,
                                           const Source& source) {
  using namespace YAML::ErrorMsg;
  if (message != TAB_IN_INDENTATION && message != MAP_VALUE && message != MAP_KEY && message != BLOCK_ENTRY)
    return std::nullopt;
  const std::string_view bytes = source.bytes();
  // The first line may begin behind a byte order mark.
  const std::size_t begin =
      std::max<std::size_t>(bytes.substr(0, offset).rfind('\n') + 1, source.text_begin());
  const std::size_t tab = bytes.find_first_not_of(' ', begin);
  if (tab == bytes.npos || tab > offset || bytes[tab] != '\t') return std::nullopt;
  return static_cast<std::uint32_t>(tab);
}

/// What a ':' lacks that is the second one in its line, as in `image: a/b:`; empty if that is not what is
/// wrong.
std::string_view second_colon(std::uint32_t offset, const std::string& message, const Source& source) {
  const std::string_view bytes = source.bytes();
  if (message != YAML::ErrorMsg::MAP_VALUE || offset >= bytes.size() || bytes[offset] != ':') return {};
  const std::size_t begin = bytes.substr(0, offset).rfind('\n') + 1;
  if (bytes.substr(begin, offset - begin).find(": ") == std::string_view::npos) return {};
  const std::size_t next = bytes.find_first_not_of(" \t\r", offset + 1);
  const bool ends_line = next == bytes.npos || bytes[next] == '\n';
  return ends_line ? "a ':' at the end of a value: write what is missing behind it, or quote the value"
                   : "a second ':' in the line: quote the value";
}

/// The same of what yaml-cpp says: where a bracket is missing it stops far behind the one that is there.
Stop stop_at(std::uint32_t offset, const std::string& message, const Source& source,
             const TreeBuilder& builder) {
  const bool lacks_end =
      message == YAML::ErrorMsg::END_OF_SEQ_FLOW || message == YAML::ErrorMsg::END_OF_MAP_FLOW;
  const auto opened = lacks_end ? builder.last_open_flow() : std::nullopt;
  const std::string_view bracket = opened ? source.bytes().substr(*opened, 1) : std::string_view();
  if (bracket == "[") return stop_at(*opened, "'[' without its ']'", builder);
  if (bracket == "{") return stop_at(*opened, "'{' without its '}'", builder);
  const auto tab = builder.open_flow() ? std::nullopt : indenting_tab(offset, message, source);
  const std::string_view colon = second_colon(offset, message, source);
  const bool is_alias = message.starts_with(YAML::ErrorMsg::UNKNOWN_ANCHOR);
  const std::string alias = is_alias ? message + ": quote a value that begins with '*'" : message;
  Stop stop = stop_at(offset, colon.empty() ? alias : colon, builder);
  if (tab) stop.trouble = syntax_trouble(*tab, "a tab in the indentation, which takes only spaces");
  return stop;
}

/// Guard G4.
std::optional<std::uint32_t> open_quote(const Source& source, std::string_view bytes, const Node& node) {
  if (bytes.data() == source.bytes().data()) return unterminated_quote(source, node);
  return unterminated_quote(Source({}, std::string(bytes)), node);
}

/// `bytes` are those of the source, or the same with some of them blank.
std::optional<Stop> run(const Source& source, std::string_view bytes, Arena& arena, Tree& tree) {
  MemoryBuffer buffer(bytes);
  std::istream stream(&buffer);
  TreeBuilder builder(source, arena, tree);
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const YAML::DeepRecursion& error) {
    return stop_at(offset_of(error.mark, source), "nested too deeply", builder);
  } catch (const YAML::Exception& error) {
    return stop_at(offset_of(error.mark, source), error.msg, source, builder);
  }
  if (builder.last_scalar() == no_node) return std::nullopt;
  const Node& last = tree[builder.last_scalar()];
  if (const auto quote = open_quote(source, bytes, last))
    return stop_at(*quote, "a quote without its end", builder);
  return std::nullopt;
}

/// The same by the quick reader, or by yaml-cpp from the entry on in which that one stops: where people type,
/// the fault is there.
std::optional<Stop> run_from_fault(const Source& source, std::string_view bytes, Arena& arena, Tree& tree) {
  FastReading fast = read_fast(source, bytes, arena);
  if (fast.tree) {
    tree = *std::move(fast.tree);
    return std::nullopt;
  }
  const FastStop& stopped = fast.stopped;
  const auto excerpt = stopped.misleading ? std::nullopt : excerpt_from(bytes, stopped.line, stopped.anchors);
  if (excerpt) {
    const Source text({}, excerpt->bytes);
    Arena scratch;
    Tree unused;
    auto stop = run(text, text.bytes(), scratch, unused);
    if (stop && stop->opened >= excerpt->kept) {  // the trouble stands behind
      stop->opened = excerpt->in_file(stop->opened);
      const std::uint32_t at = excerpt->in_file(stop->trouble.span.begin);
      stop->trouble.span = {at, at};
      return stop;
    }
  }
  return run(source, bytes, arena, tree);
}

}  // namespace

Parsed parse(const Source& source, std::uint32_t max_bytes, Arena& arena, Reader reader) {
  Parsed parsed;
  parsed.trouble = guard_bytes(source, max_bytes);
  if (!parsed.trouble) parsed.trouble = guard_directives(source);
  if (!parsed.trouble) {
    const bool quickly = reader == Reader::fastest && fast_reader_is_built_in;
    const auto stop = quickly ? run_from_fault(source, source.bytes(), arena, parsed.tree)
                              : run(source, source.bytes(), arena, parsed.tree);
    if (stop) {
      parsed.trouble = stop->trouble;
      parsed.opened = stop->opened;
    }
  }
  if (parsed.trouble) parsed.tree = {};
  return parsed;
}

namespace {

void blank(std::string& bytes, Span span) {
  for (std::uint32_t at = span.begin; at < span.end; ++at)
    if (bytes[at] != '\n' && bytes[at] != '\r') bytes[at] = ' ';
}

/// What of an entry is left out: from the faulty block on, if what stands above it is right by itself; else
/// all of it.
Span left_out_of(const Source& source, const std::string& bytes, Span entry, std::uint32_t fault) {
  const auto rest = rest_of_entry_at(bytes, fault);
  if (!rest) return entry;
  std::string above = bytes;
  blank(above, {source.text_begin(), entry.begin});
  blank(above, {rest->begin, static_cast<std::uint32_t>(above.size())});
  Arena scratch;
  Tree unused;
  return run(source, above, scratch, unused) ? entry : *rest;
}

}  // namespace

Salvaged salvage(const Source& source, std::optional<std::uint32_t> opened, Arena& arena, Reader reader) {
  constexpr std::size_t most_entries = 8;
  // The quick reader wants bytes that have passed the guards.
  const bool quickly = opened && reader == Reader::fastest && fast_reader_is_built_in;
  Salvaged result;
  std::string bytes(source.bytes());
  while (true) {
    if (!opened) {
      const auto stop = quickly ? run_from_fault(source, bytes, arena, result.tree)
                                : run(source, bytes, arena, result.tree);
      if (!stop) return result;
      result.tree = {};
      opened = stop->opened;
    }
    const auto entry = entry_at(bytes, *opened);
    if (!entry || result.left_out.size() == most_entries) return result;
    const Span left_out = left_out_of(source, bytes, *entry, *opened);
    blank(bytes, {std::max(left_out.begin, source.text_begin()), left_out.end});
    result.left_out.push_back(left_out);
    opened.reset();
  }
}

}  // namespace imglint::yaml
