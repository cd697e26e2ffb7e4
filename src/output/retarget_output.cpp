#include "output/retarget_output.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "output/elsewhere_output.hpp"
#include "output/json_text.hpp"

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

std::string dump(const Json& object) {
  return harmless_json(object.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

std::string edit_remark(const PlannedMove& move, const Edit& edit) {
  if (move.move.via == Via::literal) return {};
  const std::string_view old = edit.source->text(edit.span);
  const std::string change =
      old.empty() ? "'" + edit.text + "' put in" : "'" + std::string(old) + "' -> '" + edit.text + "'";
  return "  (" + std::string(to_string(move.move.via)) + ": " + printable(change) + ")";
}

}  // namespace

std::string retarget_table(const RetargetPlan& plan) {
  std::vector<std::tuple<std::string, std::string, std::string>> lines;
  std::size_t width = 0;
  for (const EditRow& row : edit_rows(plan)) {
    const std::string place = place_text({row.edit->source, row.edit->span});
    width = std::max(width, place.size());
    std::set<std::string> known;  // a file may have been read several times
    for (const PlannedMove* one : row.moves) {
      std::string change = source_text(one->move.pair) + " -> " + target_text(one->move.pair);
      if (known.insert(change).second)
        lines.emplace_back(place, std::move(change), edit_remark(*one, *row.edit));
    }
  }
  std::string text;
  for (const auto& [place, change, remark] : lines)
    text += place + std::string(width - place.size() + 2, ' ') + printable(change) + remark + "\n";
  return text;
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

std::string retarget_messages(const RetargetPlan& plan) {
  std::string text;
  for (const Unresolved& one : plan.unresolved)
    text += place_text(one.place) + ": error: " + printable(one.refusal.message) + " [" +
            std::string(to_string(one.refusal.kind)) + "]\n";
  for (const RetargetNote& note : plan.notes)
    text +=
        place_text(note.place) + (note.warning ? ": warning: " : ": note: ") + printable(note.message) + "\n";
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
  return dump(object_of(std::move(edits), std::move(unresolved), std::move(notes),
                        elsewhere_object(elsewhere), nullptr));
}

std::string retarget_json(const RunError& error) {
  Json object{{"kind", to_string(error.kind)}, {"message", valid_utf8(error.error.message)}};
  if (!error.error.hint.empty()) object["hint"] = valid_utf8(error.error.hint);
  if (!error.error.path.empty()) object["file"] = valid_utf8(error.error.path);
  if (error.error.line > 0) object["line"] = error.error.line;
  if (error.error.column > 0) object["column"] = error.error.column;
  return dump(object_of(Json::array(), Json::array(), Json::array(), nullptr, std::move(object)));
}

}  // namespace imglint
