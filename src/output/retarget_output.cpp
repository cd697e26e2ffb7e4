#include "output/retarget_output.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "output/elsewhere_output.hpp"
#include "output/json_text.hpp"
#include "output/terminal.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

std::string place_text(const Location& place) {
  if (!place.source) return "imglint";
  const Position at = place.source->position(place.span.begin);
  return printable_path(place.source->path()) + ":" + std::to_string(at.line) + ":" +
         std::to_string(at.column);
}

std::string source_text(const ImagePair& pair) {
  std::string text = pair.source;
  if (!pair.suffix_known) return text;
  if (!pair.tag.empty()) text += ":" + pair.tag;
  if (!pair.digest.empty()) text += "@" + pair.digest;
  return text;
}

std::string target_text(const ImagePair& pair) {
  return pair.suffix_known ? pair.target + pair.target_suffix : pair.target;
}

/// A distinct edit and the references it moves.
struct EditRow {
  const Edit* edit = nullptr;
  std::vector<const PlannedMove*> moves;
};

/// In the order of the plan's files, then of position.
std::vector<EditRow> edit_rows(const RetargetPlan& plan) {
  std::map<std::tuple<const Source*, std::uint32_t, std::uint32_t>, EditRow> rows;
  std::vector<EditRow> result;
  for (const PlannedMove& one : plan.moves)
    for (const Edit& edit : one.move.edits) {
      EditRow& row = rows[{edit.source, edit.span.begin, edit.span.end}];
      row.edit = &edit;
      row.moves.push_back(&one);
    }
  for (const EditSet& set : plan.edits)
    for (const Edit& edit : set.edits())
      if (const auto row = rows.find({edit.source, edit.span.begin, edit.span.end}); row != rows.end())
        result.push_back(row->second);
  return result;
}

Json place_json(const Location& place) {
  Json object = Json::object();
  if (!place.source) return object;
  const Position at = place.source->position(place.span.begin);
  object["file"] = valid_utf8(place.source->path());
  object["line"] = at.line;
  object["column"] = at.column;
  object["start"] = place.span.begin;
  object["end"] = place.span.end;
  return object;
}

Json edit_json(const EditRow& row) {
  const Edit& edit = *row.edit;
  Json object = place_json({edit.source, edit.span});
  object["old"] = valid_utf8(edit.source->text(edit.span));
  object["new"] = valid_utf8(edit.text);
  const PlannedMove& first = *row.moves.front();
  object["source"] = source_text(first.move.pair);
  object["target"] = target_text(first.move.pair);
  object["rule"] = valid_utf8(first.rule);
  object["via"] = to_string(first.move.via);
  // A default may serve several images.
  Json others = Json::array();
  std::map<std::string, std::string> known = {{source_text(first.move.pair), {}}};
  for (const PlannedMove* other : row.moves)
    if (known.try_emplace(source_text(other->move.pair)).second)
      others.push_back(
          {{"source", source_text(other->move.pair)}, {"target", target_text(other->move.pair)}});
  if (!others.empty()) object["also"] = std::move(others);
  return object;
}

Json object_of(Json edits, Json unresolved, Json notes, Json elsewhere, Json error) {
  return {{"version", 1},
          {"edits", std::move(edits)},
          {"unresolved", std::move(unresolved)},
          {"notes", std::move(notes)},
          {"elsewhere", std::move(elsewhere)},
          {"error", std::move(error)}};
}

struct Counts {
  std::size_t moved = 0;
  std::size_t files = 0;
  std::size_t left = 0;
  std::size_t left_in_env_files = 0;
  std::size_t by_hand = 0;  ///< images that a plan can only tell of
};

Counts counts_of(const RetargetPlan& plan) {
  Counts counts;
  // A file may have been read several times, and what others give it may move in each of them.
  using Place = std::pair<const Source*, std::uint32_t>;
  std::set<std::pair<Place, Place>> moved;
  std::set<std::tuple<const Source*, std::uint32_t, RefusalKind>> left;
  for (const PlannedMove& one : plan.moves) {
    const std::vector<Edit>& edits = one.move.edits;
    moved.emplace(Place(one.document->source, one.use->span.begin),
                  edits.empty() ? Place() : Place(edits.front().source, edits.front().span.begin));
  }
  counts.moved = moved.size();
  for (const EditSet& set : plan.edits) counts.files += set.edits().empty() ? 0 : 1;
  for (const Unresolved& one : plan.unresolved) {
    const auto& [place, refusal] = one;
    if (place.source && !left.emplace(place.source, place.span.begin, refusal.kind).second) continue;
    ++counts.left;
    counts.left_in_env_files += refusal.kind == RefusalKind::defined_in_env_file ? 1 : 0;
  }
  for (const ImagePair& pair : plan.pairs) counts.by_hand += pair.name_known && pair.suffix_known ? 0 : 1;
  return counts;
}

Json counts_json(const RetargetPlan& plan) {
  const Counts counts = counts_of(plan);
  return {{"moved", counts.moved},
          {"files", counts.files},
          {"left", counts.left},
          {"left_in_env_files", counts.left_in_env_files},
          {"built_stay", plan.stays.built},
          {"syntax_stay", plan.stays.frontends},
          {"caches_stay", plan.stays.caches},
          {"features_stay", plan.stays.features},
          {"probable_stay", plan.stays.probable},
          {"other_owners_stay", plan.stays.same_registry},
          {"already_there", plan.stays.already_there},
          {"without_value_stay", plan.stays.unknown},
          {"copy_by_hand", counts.by_hand}};
}

/// What changes in a name, and what stays around it, where the two part: at a '/', a ':' or an '@'.
struct Change {
  std::string_view kept_before, before, after, kept_behind;
};

Change change_of(std::string_view source, std::string_view target) {
  const auto parts = [](char byte) { return byte == '/' || byte == ':' || byte == '@'; };
  const std::size_t shorter = std::min(source.size(), target.size());
  std::size_t head = 0, tail = 0;
  for (std::size_t size = 0; size < shorter && source[size] == target[size]; ++size)
    if (source[size] == '/') head = size + 1;
  for (std::size_t size = 1; size < shorter - head; ++size) {
    const char byte = source[source.size() - size];
    if (byte != target[target.size() - size]) break;
    if (parts(byte)) tail = size;
  }
  return {source.substr(0, head), source.substr(head, source.size() - head - tail),
          target.substr(head, target.size() - head - tail), source.substr(source.size() - tail)};
}

/// A row of the table: where, what becomes what, and what is edited for it.
struct Row {
  std::string place, source, target;
  std::string_view via;  ///< empty if the name itself is edited
  std::string edit;
};

/// Ways to write what a row says of its place, the longest first: what is edited is left out, then what a
/// name keeps is written once (`{docker.io/library -> ghcr.io/acme}/nginx:1.27`). The kind of edit stays: it
/// says that a value changes which others may read.
std::vector<std::string> forms_of(const Row& row) {
  const std::string kind = row.via.empty() ? "" : "  (" + std::string(row.via) + ")";
  const std::string edit = row.via.empty() ? "" : "  (" + std::string(row.via) + ": " + row.edit + ")";
  const std::string names = printable(row.source + " -> " + row.target);
  const Change change = change_of(row.source, row.target);
  const bool is_whole = change.kept_before.empty() && change.kept_behind.empty();
  const std::string braces = std::string(change.kept_before)
                                 .append("{")
                                 .append(change.before)
                                 .append(" -> ")
                                 .append(change.after)
                                 .append("}")
                                 .append(change.kept_behind);
  return {names + edit, names + kind, (is_whole ? names : printable(braces)) + kind};
}

/// All rows in one form, the longest that fits for every one, else the shortest. Names stand in a column,
/// unless places take more than half of a line.
std::string table_of(const std::vector<Row>& rows, std::size_t place_width, std::size_t columns) {
  if (columns > 0 && place_width > columns / 2) place_width = 0;
  std::vector<std::vector<std::string>> forms;
  for (const Row& row : rows) {
    const std::size_t own = display_width(row.place);
    const std::string place = row.place + std::string(std::max(place_width, own) - own + 2, ' ');
    forms.push_back(forms_of(row));
    for (std::string& form : forms.back()) form.insert(0, place);
  }
  std::size_t form = 0;
  if (columns > 0)
    for (const auto& row : forms)
      while (form + 1 < row.size() && display_width(row[form]) > columns) ++form;
  std::string text;
  for (const auto& row : forms) text += row[form] + "\n";
  return text;
}

std::string edit_text(const Edit& edit) {
  const std::string_view old = edit.source->text(edit.span);
  return printable(old.empty() ? "'" + edit.text + "' put in"
                               : "'" + std::string(old) + "' -> '" + edit.text + "'");
}

}  // namespace

std::string retarget_table(const RetargetPlan& plan, std::size_t columns) {
  std::vector<Row> rows;
  std::size_t width = 0;
  for (const EditRow& row : edit_rows(plan)) {
    const std::string place = place_text({row.edit->source, row.edit->span});
    width = std::max(width, display_width(place));
    std::set<std::string> known;  // a file may have been read several times
    for (const PlannedMove* one : row.moves) {
      Row line{.place = place,
               .source = source_text(one->move.pair),
               .target = target_text(one->move.pair),
               .via = one->move.via == Via::literal ? std::string_view() : to_string(one->move.via),
               .edit = edit_text(*row.edit)};
      if (known.insert(line.source + " -> " + line.target).second) rows.push_back(std::move(line));
    }
  }
  return table_of(rows, width, columns);
}

std::string edits_table(const std::vector<EditSet>& edits) {
  std::string text;
  for (const EditSet& set : edits)
    for (const Edit& edit : set.edits())
      text += place_text({edit.source, edit.span}) + "  '" + printable(edit.source->text(edit.span)) +
              "' -> '" + printable(edit.text) + "'\n";
  return text;
}

std::string retarget_summary(const RetargetPlan& plan) {
  std::string text;
  for (const EditSet& set : plan.edits) {
    const std::size_t count = set.edits().size();
    if (count == 0) continue;
    text += printable_path(set.source().path()) + ": " + std::to_string(count) +
            (count == 1 ? " edit\n" : " edits\n");
  }
  return text;
}

std::string retarget_total(const RetargetPlan& plan, bool done) {
  const Counts counts = counts_of(plan);
  std::vector<std::string> parts;
  const auto add = [&parts](std::size_t count, std::string_view one, std::string_view several) {
    if (count > 0) parts.push_back(std::to_string(count) + " " + std::string(count == 1 ? one : several));
  };
  if (counts.moved > 0)
    parts.push_back(std::to_string(counts.moved) + (done ? " moved in " : " would move in ") +
                    std::to_string(counts.files) + (counts.files == 1 ? " file" : " files"));
  const std::string left = counts.left_in_env_files > 0 ? "left (--edit-env)" : "left";
  add(counts.left, left, left);
  const Stays& stays = plan.stays;
  add(stays.built, "built name stays", "built names stay");
  add(stays.frontends, "syntax directive stays", "syntax directives stay");
  add(stays.caches, "cache stays", "caches stay");
  add(stays.features, "feature stays", "features stay");
  add(stays.probable, "probable image stays", "probable images stay");
  add(stays.same_registry, "of another owner stays", "of other owners stay");
  add(stays.already_there, "is there already", "are there already");
  add(stays.unknown, "without a value stays", "without a value stay");
  add(counts.by_hand, "to copy by hand (--plan)", "to copy by hand (--plan)");
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text.empty() ? text : text + "\n";
}

std::string retarget_left(const RetargetPlan& plan) {
  std::string text;
  for (const Unresolved& one : plan.unresolved)
    text += place_text(one.place) + ": error: " + printable(one.refusal.message) + " [" +
            std::string(to_string(one.refusal.kind)) + "]\n";
  return text;
}

std::string retarget_messages(const RetargetPlan& plan, bool with_notes) {
  std::string text = retarget_left(plan);
  for (const RetargetNote& note : plan.notes)
    if (note.warning || with_notes)
      text += place_text(note.place) + (note.warning ? ": warning: " : ": note: ") + printable(note.message) +
              "\n";
  return text;
}

std::string retarget_json(const RetargetPlan& plan, const Elsewhere& elsewhere) {
  Json edits = Json::array();
  for (const EditRow& row : edit_rows(plan)) edits.push_back(edit_json(row));
  Json unresolved = Json::array();
  for (const Unresolved& one : plan.unresolved) {
    Json object = place_json(one.place);
    object["kind"] = to_string(one.refusal.kind);
    object["message"] = valid_utf8(one.refusal.message);
    unresolved.push_back(std::move(object));
  }
  Json notes = Json::array();
  for (const RetargetNote& note : plan.notes) {
    Json object = place_json(note.place);
    object["level"] = note.warning ? "warning" : "note";
    object["message"] = valid_utf8(note.message);
    notes.push_back(std::move(object));
  }
  Json object = object_of(std::move(edits), std::move(unresolved), std::move(notes),
                          elsewhere_object(elsewhere), nullptr);
  object["counts"] = counts_json(plan);
  return json_text(object, 2) + '\n';
}

std::string retarget_json(const RunError& error) {
  Json object{{"kind", to_string(error.kind)}, {"message", valid_utf8(error.error.message)}};
  if (!error.error.hint.empty()) object["hint"] = valid_utf8(error.error.hint);
  if (!error.error.path.empty()) object["file"] = valid_utf8(error.error.path);
  if (error.error.line > 0) object["line"] = error.error.line;
  if (error.error.column > 0) object["column"] = error.error.column;
  return json_text(object_of(Json::array(), Json::array(), Json::array(), nullptr, std::move(object)), 2) +
         '\n';
}

}  // namespace imglint
