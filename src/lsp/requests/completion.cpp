#include "lsp/requests/completion.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "base/printable.hpp"
#include "kinds/kind.hpp"
#include "lsp/uses_at.hpp"

namespace imglint::lsp {
namespace {

constexpr std::size_t most_items = 200;

/// The word that is being written.
struct Word {
  Span span;
  bool stages = false;  ///< a stage may stand here
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_lower_case_of(char c, char lower) {
  return c == lower || (c >= 'A' && c <= 'Z' && c - 'A' + 'a' == lower);
}

/// Takes a keyword and the blanks behind it from the front, in any case.
bool take_keyword(std::string_view& line, std::string_view keyword) {
  if (line.size() <= keyword.size() || !is_blank(line[keyword.size()])) return false;
  if (!std::equal(keyword.begin(), keyword.end(), line.begin(),
                  [](char a, char b) { return is_lower_case_of(b, a); }))
    return false;
  line.remove_prefix(std::min(line.find_first_not_of(" \t", keyword.size()), line.size()));
  return true;
}

/// Where in a line the reference before the cursor begins; nothing if none is written there.
std::optional<std::size_t> in_dockerfile(std::string_view before) {
  const std::size_t last = before.find_last_of(" \t");
  const std::size_t word = last == std::string_view::npos ? 0 : last + 1;
  const std::string_view text = before.substr(word);
  if (text.starts_with("--from=")) return word + 7;
  if (const auto from = text.rfind(",from="); text.starts_with("--mount=") && from != std::string_view::npos)
    return word + from + 6;
  std::string_view rest = before.substr(std::min(before.find_first_not_of(" \t"), before.size()));
  if (!take_keyword(rest, "from")) return std::nullopt;
  while (rest.starts_with("--")) {
    const std::size_t end = rest.find_first_of(" \t");
    if (end == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t", end), rest.size()));
  }
  if (rest.find_first_of(" \t") != std::string_view::npos) return std::nullopt;
  return before.size() - rest.size();
}

/// Where the value of a key begins that holds references: `image: `, `- {name: a, image: "`, `"image": "`.
std::optional<std::size_t> in_yaml(std::string_view before) {
  for (const std::string_view key : {"image", "newName", "repository", "reference", "package"}) {
    const auto at = before.rfind(key);
    if (at == before.npos) continue;
    const bool begins =
        at == 0 || std::string_view(" \t-{,\"'").find(before[at - 1]) != std::string_view::npos;
    std::string_view rest = before.substr(at + key.size());
    if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
    if (!begins || !rest.starts_with(':')) continue;
    rest.remove_prefix(1);
    const std::size_t value = rest.find_first_not_of(" \t");
    if (value == 0) continue;  // `image:nginx` is no mapping
    rest.remove_prefix(std::min(value, rest.size()));
    if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
    if (rest.find_first_of(" \t\"'#,{}[]") == rest.npos) return before.size() - rest.size();
  }
  return std::nullopt;
}

std::optional<Word> word_at(const View& view, std::uint32_t offset, Position position) {
  const std::string_view bytes = view.source().bytes();
  const Span line = view.places.map(view.source()).line(position.line);
  const std::string_view before = bytes.substr(line.begin, offset - line.begin);
  const bool is_yaml = view.document().kind->is_yaml;
  auto begin = is_yaml ? in_yaml(before) : in_dockerfile(before);
  const bool stages = !is_yaml || !begin;
  if (!begin) begin = in_dockerfile(before);  // of a dockerfile_inline
  if (!begin) return std::nullopt;
  std::uint32_t end = offset;
  while (end < line.end && !is_blank(bytes[end]) && bytes[end] != '"' && bytes[end] != '\'' &&
         bytes[end] != ',' && bytes[end] != '}')
    ++end;
  return Word{{line.begin + static_cast<std::uint32_t>(*begin), end}, stages};
}

/// What can be offered, with how often it is used.
struct Candidates {
  std::map<std::string, std::size_t> images;
  std::map<std::string, std::size_t> registries;

  void add(const ImageUse& use, Span being_written, bool same_file) {
    const Reference* parts = use.parsed();
    if (!parts || use.kind != Kind::image || !use.value.is_known()) return;
    if (same_file && use.span.begin <= being_written.end && being_written.begin <= use.span.end) return;
    const std::string_view text = use.value.text();
    ++images[std::string(text)];
    ++images[std::string(parts->without_suffix().of(text))];
    if (parts->registry) ++registries[std::string(parts->registry->of(text)) + "/"];
  }
};

Candidates candidates_of(const View& view, Span being_written) {
  Candidates candidates;
  view.workspace.for_each([&](const ProjectFile& file) {
    for (const ImageUse& use : file.document->uses) candidates.add(use, being_written, &file == &view.file);
  });
  for (const std::string& pattern : view.workspace.policy(view.open.path).allow) {
    const std::string host = pattern.substr(0, pattern.find('/'));
    if (host.find('*') == std::string::npos && host.find_first_of(".:") != std::string::npos)
      candidates.registries.try_emplace(host + "/", 0);
  }
  return candidates;
}

std::string usage_text(std::size_t count) {
  if (count == 0) return "allowed registry";
  return count == 1 ? "used once in this workspace"
                    : "used " + std::to_string(count) + " times in this workspace";
}

class Items {
 public:
  Items(Range range, std::string_view typed) : range_(range), typed_(typed) {}

  void add(const std::string& text, CompletionKind kind, std::string detail, char order) {
    if (items_.size() == most_items || text == typed_ || !text.starts_with(typed_) || text != printable(text))
      return;
    items_.push_back({.label = text,
                      .kind = kind,
                      .detail = std::move(detail),
                      .sort_text = order + text,
                      .edit = {range_, text}});
  }
  [[nodiscard]] std::vector<CompletionItem> finish() && { return std::move(items_); }

 private:
  Range range_;
  std::string typed_;
  std::vector<CompletionItem> items_;
};

}  // namespace

std::vector<CompletionItem> completions(const View& view, Position position) {
  const std::uint32_t offset = view.places.map(view.source()).offset(position);
  const auto word = word_at(view, offset, position);
  if (!word) return {};
  Items items(view.places.range(view.source(), word->span),
              view.source().bytes().substr(word->span.begin, offset - word->span.begin));
  if (word->stages)
    for (const Stage& stage : view.document().stages)
      if (!stage.name.empty() && stage.instruction.end <= word->span.begin)
        items.add(std::string(stage.name), CompletionKind::reference,
                  "stage, line " + std::to_string(view.source().position(stage.instruction.begin).line), '0');
  const Candidates candidates = candidates_of(view, word->span);
  for (const auto& [image, count] : candidates.images)
    items.add(image, CompletionKind::value, usage_text(count), '1');
  for (const auto& [registry, count] : candidates.registries)
    items.add(registry, CompletionKind::folder, usage_text(count), '2');
  return std::move(items).finish();
}

}  // namespace imglint::lsp
