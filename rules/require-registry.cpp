#include <algorithm>
#include <string>

#include "move/split.hpp"
#include "rules/rule.hpp"
#include "rules/support/subjects.hpp"

namespace imglint::rules {
namespace {

constexpr OptionInfo options[] = {
    {.name = "keep-library",
     .type = OptionType::boolean,
     .doc = "whether the fix writes `docker.io/library/nginx` rather than `docker.io/nginx`",
     .default_value = "true"},
};

constexpr Example examples[] = {
    {.file = "Dockerfile", .text = "FROM ⟦nginx⟧:1.27\n", .config = "rules:\n  require-registry: warning\n"},
    {.file = "compose.yaml",
     .text = "services:\n  app:\n    image: ⟦acme/app⟧:1.2\n",
     .config = "rules:\n  require-registry: warning\n"},
    {.file = "Dockerfile",
     .text = "FROM docker.io/library/nginx:1.27\n",
     .config = "rules:\n  require-registry: warning\n"},
    {.file = "Dockerfile",
     .text = "ARG REGISTRY\nFROM ${REGISTRY}nginx:1.27\n",
     .config = "rules:\n  require-registry: warning\n",
     .note = "Cannot be judged"},
};

/// The piece of the value that a byte lies in.
const Piece* piece_at(const MappedText& value, std::uint32_t offset) {
  for (const Piece& piece : value.pieces())
    if (piece.text.begin <= offset && offset < piece.text.end) return &piece;
  return nullptr;
}

/// Whether a variable stands before the name and gives nothing now: it may give a registry tomorrow, or to
/// another reader of the file, and what was written behind it would then stand behind that.
bool may_be_led_by_variable(const MappedText& value) {
  const auto pieces = value.pieces();
  const auto first = std::ranges::find_if(pieces, [](const Piece& piece) { return !piece.text.empty(); });
  return std::any_of(pieces.begin(), first, [](const Piece& piece) { return piece.variable != no_variable; });
}

/// Writing in front of the name is clear where its first byte is literal text of the use, or where one
/// variable supplies all of the name.
std::optional<Edit> edit_in_front(const Subject& subject, const std::string& text) {
  const TextRange name = subject.parts.repository();
  const Piece* first = piece_at(subject.use->value, name.begin);
  if (!first || name.begin != 0 || may_be_led_by_variable(subject.use->value)) return std::nullopt;
  if (first->variable != no_variable && first->text.end < name.end) return std::nullopt;
  const auto edit = edit_of(subject, {name.begin, name.begin + 1}, "");
  if (!edit) return std::nullopt;
  return Edit{edit->source, {edit->span.begin, edit->span.begin}, text};
}

void check(const Subject& subject, Report& report) {
  if (!is_pulled_or_frontend(subject) || subject.parts.registry) return;
  if (subject.registry == Knowledge::unknown)
    return report.cannot_judge(subject, "a variable without a value may hold the registry");
  const TextRange range = subject.parts.repository();
  Finding& finding = report.at(
      subject, range,
      "no registry; which one " + quoted(subject.text(range)) + " comes from depends on the engine");
  const bool official = !subject.parts.name_space;
  const bool keep_library = report.settings().flag("keep-library", true);
  const std::string prefix = official && keep_library ? "docker.io/library/" : "docker.io/";
  if (subject.use->parts.empty())
    return offer_fix(finding, "write " + quoted(prefix), Safety::safe, edit_in_front(subject, prefix));
  const std::string name = prefix + std::string(subject.text(range));
  const PlacedOrRefusal placed = place_split_name(*subject.use, *subject.document, name);
  const auto* edits = std::get_if<PlacedEdits>(&placed);
  if (edits && subject.use->not_editable.empty() && !subject.document->blocks_edits())
    finding.fix = Fix{"write " + quoted(prefix), Safety::safe, edits->edits};
}

}  // namespace

extern const Rule require_registry;
constinit const Rule require_registry = {
    .info =
        {
            .name = "require-registry",
            .summary = "A short name, without a registry.",
            .why = "Docker takes a short name from Docker Hub, Podman asks or searches a list, a mirror may "
                   "answer for "
                   "it. With the registry written, all mean the same image.",
            .severity = Severity::off,
            .strict_severity = Severity::warning,
            .judges_parts = true,
            .fixability = Fixability::safe,
            .options = options,
            .examples = examples,
        },
    .check_use = check,
    .judges_name = true,
};

}  // namespace imglint::rules
