#include "yaml/verify_edits.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/printable.hpp"
#include "yaml/events.hpp"
#include "yaml/refusals.hpp"
#include "yaml/scalar.hpp"

namespace imglint {
namespace {

using yaml::no_node;
using yaml::Node;
using yaml::NodeIndex;
using yaml::NodeKind;
using yaml::Tree;

constexpr std::uint32_t any_size = std::numeric_limits<std::uint32_t>::max();

/// A piece of decoded text to be replaced.
struct TextEdit {
  TextRange range;
  std::string_view text;
};

/// Where in decoded text the byte stands that an edit begins or ends with; nothing inside of an escape or a
/// fold.
std::optional<std::uint32_t> text_offset(const MappedText& text, std::uint32_t offset, bool is_end) {
  const auto pieces = text.pieces();
  const auto behind = std::partition_point(pieces.begin(), pieces.end(), [&](const Piece& piece) {
    return is_end ? piece.span.begin < offset : piece.span.begin <= offset;
  });
  if (behind != pieces.begin()) {
    const Piece& piece = *std::prev(behind);
    if (offset == piece.span.begin) return piece.text.begin;
    if (offset == piece.span.end) return piece.text.end;
    if (offset < piece.span.end)
      return piece.exact ? std::optional(piece.text.begin + (offset - piece.span.begin)) : std::nullopt;
  }
  if (behind != pieces.end() && offset == behind->span.begin) return behind->text.begin;
  return std::nullopt;
}

/// What edits ask for.
struct WantedValues {
  std::map<NodeIndex, std::string> decoded;  ///< new values, by node
  std::set<NodeIndex> quoted;                ///< get quotes and keep their values
};

/// Whether an edit puts a plain value into quotes and leaves it what it is.
bool only_quotes(const Edit& edit, const Node& node, const yaml::ScalarPlace& place) {
  if (!node.plain || edit.span != place.content || node.value != place.text.text()) return false;
  return node.value.find_first_of("\"\\") == node.value.npos &&
         edit.text == '"' + std::string(node.value) + '"';
}

/// What is written in quotes where the header of a block scalar without a line stands, or behind a tag that
/// has nothing; nothing if an edit does something else.
std::optional<std::string> in_place_of_header(const Edit& edit, const yaml::ScalarPlace& place) {
  const auto pieces = place.text.pieces();
  if (!place.text.empty() || pieces.size() != 1 || pieces[0].exact || edit.span != pieces[0].span)
    return std::nullopt;
  std::string_view text = edit.text;
  const std::string_view before = edit.source->text(edit.span);
  if (before.starts_with('!') || before.starts_with('&')) {
    if (!text.starts_with(std::string(before) + ' ')) return std::nullopt;
    text.remove_prefix(before.size() + 1);
  }
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
  const std::string_view value = text.substr(1, text.size() - 2);
  if (value.find_first_of("\"\\") != value.npos) return std::nullopt;
  return std::string(value);
}

/// The way back. What stands in the lines below is not looked at: the trees will tell.
bool puts_header(const Edit& edit, const yaml::ScalarPlace& place) {
  if (place.style != Style::double_ || edit.span.end != place.token.end) return false;
  if (edit.span == place.token) return yaml::is_block_header(edit.text);
  return edit.span.begin < place.token.begin &&
         edit.source->text({edit.span.begin, place.token.begin}) == edit.text + ' ';
}

/// The decoded values that edits ask for.
class Wanted {
 public:
  Wanted(const Source& source, const Tree& tree, Arena& arena)
      : source_(source), tree_(tree), arena_(arena) {}

  /// Edits come by position. An edit outside of every scalar asks for nothing: no event may change.
  Result<void> add(const Edit& edit) {
    NodeIndex scalar = scalar_;
    for (; next_ < tree_.nodes.size() && tree_[next_].mark <= edit.span.begin; ++next_)
      if (tree_[next_].kind == NodeKind::scalar) scalar = next_;
    if (scalar != scalar_) select(scalar);
    if (scalar_ == no_node) return {};
    if (auto value = in_place_of_header(edit, place_)) {
      wanted_.decoded[scalar_] = *std::move(value);
      return {};
    }
    if (puts_header(edit, place_)) {
      wanted_.decoded[scalar_].clear();
      return {};
    }
    if (edit.span.begin >= end_of_token(edit)) return {};
    if (!place_.content.contains(edit.span)) return fail(edit, "it does not lie inside of one value");
    if (only_quotes(edit, tree_[scalar_], place_)) {
      wanted_.quoted.insert(scalar_);
      return {};
    }
    if (!place_.not_editable.empty()) return fail(edit, std::string(place_.not_editable));
    const auto begin = text_offset(place_.text, edit.span.begin, false);
    const auto end = edit.span.empty() ? begin : text_offset(place_.text, edit.span.end, true);
    if (!begin || !end || *end < *begin) return fail(edit, "it cuts through an escape or a line break");
    edits_.push_back({{*begin, *end}, edit.text});
    return {};
  }

  WantedValues finish() {
    select(no_node);
    return std::move(wanted_);
  }

 private:
  /// An insertion behind the last byte still belongs to the value.
  [[nodiscard]] std::uint32_t end_of_token(const Edit& edit) const {
    return place_.token.end + (edit.span.empty() && edit.span.begin == place_.content.end ? 1 : 0);
  }

  void select(NodeIndex scalar) {
    if (!edits_.empty()) {
      std::string value;
      std::uint32_t done = 0;
      for (const TextEdit& edit : edits_) {
        value.append(place_.text.text({done, edit.range.begin})).append(edit.text);
        done = edit.range.end;
      }
      value.append(place_.text.text().substr(done));
      wanted_.decoded[scalar_] = std::move(value);
      edits_.clear();
    }
    scalar_ = scalar;
    if (scalar != no_node) place_ = yaml::locate(source_, tree_[scalar], arena_);
  }

  [[nodiscard]] Error fail(const Edit& edit, const std::string& why) const {
    const Position at = source_.position(edit.span.begin);
    return {.message = "an edit cannot be made: " + why,
            .hint = "nothing was written",
            .path = source_.path(),
            .line = at.line,
            .column = at.column};
  }

  const Source& source_;
  const Tree& tree_;
  Arena& arena_;
  NodeIndex next_ = 0;
  NodeIndex scalar_ = no_node;
  yaml::ScalarPlace place_;
  std::vector<TextEdit> edits_;
  WantedValues wanted_;
};

/// What differs between two nodes, in words; empty if nothing does.
std::string difference(const Tree& tree_before, const Tree& tree_after, NodeIndex index,
                       std::string_view wanted, bool gets_quotes) {
  const Node& before = tree_before[index];
  const Node& after = tree_after[index];
  if (before.kind != after.kind || before.parent != after.parent || before.target != after.target ||
      before.key != after.key || before.flow != after.flow)
    return "the structure changes";
  if (tree_before.tag_of(before) != tree_after.tag_of(after) ||
      tree_before.anchor_of(before) != tree_after.anchor_of(after) ||
      (before.plain && !gets_quotes) != after.plain)
    return "a tag, an anchor or the quoting changes";
  if (after.value != wanted)
    return "a value becomes '" + printable(after.value) + "', not '" + printable(wanted) + "'";
  return {};
}

Error refused(const Source& source, std::uint32_t offset, std::string_view why) {
  const Position at = source.position(offset);
  return {.message = "the edited file would not mean what was asked for: " + std::string(why),
          .hint = "nothing was written",
          .path = source.path(),
          .line = at.line,
          .column = at.column};
}

Result<void> compare(const Source& source, const Tree& before, const Tree& after,
                     const WantedValues& wanted) {
  const std::size_t common = std::min(before.nodes.size(), after.nodes.size());
  for (NodeIndex index = 0; index < common; ++index) {
    const auto value = wanted.decoded.find(index);
    const std::string why =
        difference(before, after, index, value == wanted.decoded.end() ? before[index].value : value->second,
                   wanted.quoted.contains(index));
    if (!why.empty()) return refused(source, before[index].mark, why);
  }
  if (before.nodes.size() != after.nodes.size() || before.documents != after.documents)
    return refused(source, common > 0 ? before[static_cast<NodeIndex>(common - 1)].mark : 0,
                   "the structure changes");
  return {};
}

/// Holds the trees of the two texts against each other.
Result<void> verify(const Source& source, const EditSet& edits, std::string after_text) {
  Arena arena;
  const yaml::Parsed before = yaml::parse(source, any_size, arena, yaml::Reader::yaml_cpp);
  if (before.trouble) return refused(source, before.trouble->span.begin, before.trouble->message);
  Wanted wanted(source, before.tree, arena);
  for (const Edit& edit : edits.edits())
    if (auto added = wanted.add(edit); !added) return added;
  const Source edited(source.path(), std::move(after_text));
  const yaml::Parsed after = yaml::parse(edited, any_size, arena, yaml::Reader::yaml_cpp);
  if (after.trouble) return refused(edited, after.trouble->span.begin, after.trouble->message);
  return compare(source, before.tree, after.tree, wanted.finish());
}

}  // namespace

Result<void> verify_yaml_edits(const EditSet& edits) {
  if (edits.empty()) return {};
  const Source& source = edits.source();
  if (auto same = verify(source, edits, edits.apply()); !same) return same;
  // What some reader would not take afterwards, it has not taken before.
  const Source edited(source.path(), edits.apply());
  Arena arena;
  const auto before = yaml::refusals(source, yaml::parse(source, any_size, arena).tree);
  const auto troubles = yaml::refusals(edited, yaml::parse(edited, any_size, arena).tree);
  if (troubles.size() > before.size())
    return refused(edited, troubles.front().span.begin, troubles.front().message);
  return {};
}

Result<void> verify_yaml_edits(const EditSet& edits, std::string (*shape)(std::string_view bytes)) {
  if (edits.empty()) return {};
  const Source source(edits.source().path(), shape(edits.source().bytes()));
  return verify(source, edits, shape(edits.apply()));
}

}  // namespace imglint
