#include "output/list_output.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "kinds/kind.hpp"
#include "output/json_text.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

Json part(const std::optional<TextRange>& range, std::string_view text) {
  return range ? Json(range->of(text)) : Json(nullptr);
}

Json variables(const ImageUse& use, const Source& source) {
  Json list = Json::array();
  for (const Variable& variable : use.value.variables) {
    Json item{{"name", variable.name},
              {"operator", variable.op},
              {"source", to_string(variable.source)},
              {"direct", variable.written.source == &source && use.span.contains(variable.written.span)}};
    if (variable.place.source) {
      item["start"] = variable.place.span.begin;
      item["end"] = variable.place.span.end;
      if (variable.place.source != &source) item["file"] = variable.place.source->path();
    }
    list.push_back(std::move(item));
  }
  return list;
}

/// Kind, message and offset of what is wrong with a use; null if nothing is.
Json error(const ImageUse& use) {
  if (!use.error().empty())
    return {{"kind", use.value.is_known() ? "lookup" : "expansion"},
            {"message", use.error()},
            {"offset", nullptr}};
  if (use.kind != Kind::invalid) return nullptr;
  const auto* broken = std::get_if<ReferenceError>(&use.reference);
  if (!broken) return nullptr;
  return {{"kind", to_string(broken->kind)},
          {"message", message(*broken, use.value.text())},
          {"offset", broken->offset}};
}

bool has_meaning(const ImageUse& use) {
  const Kind kind = use.known_kind();
  return (kind == Kind::image || kind == Kind::built) && use.parsed();
}

void add_parts(const ImageUse& use, Json& item) {
  const std::string_view text = use.value.text();
  const Reference* parsed = use.parsed();
  item["registry"] = parsed ? part(parsed->registry, text) : nullptr;
  item["namespace"] = parsed ? part(parsed->name_space, text) : nullptr;
  item["name"] = parsed ? Json(parsed->name.of(text)) : Json(nullptr);
  item["tag"] = parsed ? part(parsed->tag, text) : nullptr;
  item["digest"] = parsed ? part(parsed->digest, text) : nullptr;
  item["canonical"] = has_meaning(use) ? Json(canonical(*parsed, text).to_string()) : Json(nullptr);
}

/// The scalars that a split reference is written in; those without bytes are left out.
Json scalars(const ImageUse& use, const Source& source) {
  Json list = Json::array();
  for (const UsePart& part : use.parts)
    if (!part.span.empty() && !part.also)
      list.push_back({{"part", to_string(part.name)},
                      {"start", part.span.begin},
                      {"end", part.span.end},
                      {"text", source.text(part.span)}});
  return list;
}

/// Where the value stands that a parameter by itself has.
std::optional<Location> defined_at(const ImageUse& use) {
  if (use.value.variables.size() != 1 || use.value.variables.front().source != VariableSource::parameter)
    return std::nullopt;
  const bool whole = std::all_of(use.value.pieces().begin(), use.value.pieces().end(),
                                 [](const Piece& piece) { return piece.variable == 0; });
  return whole ? use.value.place() : std::nullopt;
}

Json place_object(const Location& place) {
  return {{"start", place.span.begin}, {"end", place.span.end}, {"text", place.source->text(place.span)}};
}

/// The kind of the stretch of the file that holds a use; what is nested in a scalar counts as the file.
const KindInfo& dialect_of(const Document& document, const ImageUse& use) {
  const Part& part = document.part_of(use);
  return part.nested ? *document.kind : *part.kind;
}

/// `values`: all that the use may be, if that is more than one thing.
Json object(const Document& document, const ImageUse& use, const std::vector<std::string_view>& values) {
  const Source& source = *document.source;
  const Position start = source.position(use.span.begin);
  const Position end = source.position(use.span.end);
  Json item{{"file", source.path()},
            {"dialect", dialect_of(document, use).name},
            {"role", use.role->name},
            {"confidence", to_string(use.role->certainty)},
            {"active", use.active}};
  if (document.project && document.kind->reads_env_files) {
    item["project"] = document.project->name;
    item["effective"] = use.active;
  }
  if (!use.path.empty()) {
    item["path"] = use.path;
    Json& reached = item["uses"] = Json::array();
    for (const Alias& alias : use.aliases) reached.push_back(alias.path);
  }
  if (document.part_of(use).has_stages) item["in_stage"] = document.stage_index_of(use);
  if (use.stage >= 0) item["stage"] = use.stage;
  item["start"] = use.span.begin;
  item["end"] = use.span.end;
  item["line"] = start.line;
  item["column"] = start.column;
  item["end_line"] = end.line;
  item["end_column"] = end.column;
  item["raw"] = source.text(use.span);
  item["style"] = to_string(use.style);
  item["value"] = use.value.is_known() ? Json(use.value.text()) : Json(nullptr);
  if (!values.empty()) {
    item["value"] = nullptr;
    item["values"] = values;
  }
  item["kind"] = to_string(use.known_kind());
  add_parts(use, item);
  item["variables"] = variables(use, source);
  const Value& platform = document.platform_of(use);
  item["platform"] = platform.empty() ? Json(nullptr) : Json(platform.text());
  if (!use.parts.empty()) item["parts"] = scalars(use, source);
  if (const auto tag_source = to_string(use.tag_source()); !tag_source.empty())
    item["tag_source"] = tag_source;
  if (const auto place = defined_at(use)) item["defined_at"] = place_object(*place);
  item["editable"] = use.not_editable.empty() ? Json(true) : Json(use.not_editable);
  item["error"] = error(use);
  return item;
}

Json object(const Source& source, const Trouble& trouble) {
  const Position start = source.position(trouble.span.begin);
  return {{"file", source.path()},
          {"line", start.line},
          {"column", start.column},
          {"start", trouble.span.begin},
          {"end", trouble.span.end},
          {"message", trouble.message},
          {"editable", !trouble.blocks_edits}};
}

/// What could not be read, with the same keys; line and column are 0.
Json object(const Error& failure) {
  return {{"file", failure.path.empty() ? Json(nullptr) : Json(failure.path)},
          {"line", failure.line},
          {"column", failure.column},
          {"start", 0},
          {"end", 0},
          {"message", failure.message},
          {"editable", false}};
}

/// Bytes that are no UTF-8 become U+FFFD; nothing else is escaped beyond what JSON asks for.
std::string place(const Source& source, std::uint32_t offset) {
  const Position position = source.position(offset);
  return printable_path(source.path()) + ':' + std::to_string(position.line) + ':' +
         std::to_string(position.column) + ": ";
}

void append_line(const Document& document, const ImageUse& use, std::string& out) {
  const Source& source = *document.source;
  out += place(source, use.span.begin);
  out += use.role->name;
  out += ' ';
  out += printable(source.text(use.span));
  std::string what;
  if (use.known_kind() == Kind::image && use.is_of_build()) {
    what = "built";
  } else if (use.known_kind() != Kind::image) {
    what = to_string(use.known_kind());
    if (use.kind == Kind::stage || use.kind == Kind::stage_index) what += ' ' + std::to_string(use.stage);
  }
  if (!use.active) what += what.empty() ? "unused" : ", unused";
  if (!what.empty()) out += " (" + what + ')';
  if (has_meaning(use)) out += " = " + canonical(*use.parsed(), use.value.text()).to_string();
  if (use.tag_source() == TagSource::app_version) out += " (tag guessed from appVersion)";
  out += '\n';
}

/// The values of a use and of its alternatives behind it; empty if there is but one.
std::vector<std::string_view> values_of(const Document& document, std::size_t use) {
  std::vector<std::string_view> values;
  for (std::size_t i = use + 1; i < document.uses.size() && document.uses[i].alternative; ++i)
    values.push_back(document.uses[i].value.text());
  const std::string_view first = document.uses[use].value.text();
  const auto is_first = [&](std::string_view value) { return value == first; };
  if (std::ranges::all_of(values, is_first)) return {};
  values.insert(values.begin(), first);
  return values;
}

void append(ListFormat format, const Document& document, std::size_t index, std::string& out) {
  const ImageUse& use = document.uses[index];
  switch (format) {
    case ListFormat::text:
      append_line(document, use, out);
      break;
    case ListFormat::json:
      out += out.empty() ? "\n" : ",\n";
      out += json_text(object(document, use, values_of(document, index)));
      break;
    case ListFormat::jsonl:
      out += json_text(object(document, use, values_of(document, index))) + '\n';
      break;
  }
}

/// The readings of a file whose uses are shown: each place once.
std::vector<const Document*> shown_readings(const ProjectFile& file) {
  // A Dockerfile that is built in other ways only.
  if (!file.in_project) {
    const bool is_variant = file.document->is_never_built && !file.variants.empty();
    return {is_variant ? file.variants.front().get() : file.document.get()};
  }
  std::vector<const Document*> readings = {file.document.get()};
  for (const auto& variant : file.variants) readings.push_back(variant.get());
  return readings;
}

std::string references(ListFormat format, const ProjectFile& file) {
  using Row = std::pair<const Document*, std::size_t>;
  std::vector<Row> rows;
  for (const Document* reading : shown_readings(file))
    for (std::size_t i = 0; i < reading->uses.size(); ++i)
      if (!reading->uses[i].alternative) rows.emplace_back(reading, i);
  const auto use_of = [](const Row& row) -> const ImageUse& { return row.first->uses[row.second]; };
  const auto place = [&](const Row& row) { return std::pair(use_of(row).span, use_of(row).path); };
  if (file.in_project) {
    // What one reading knows goes before what another lacks, what is pulled before what another builds.
    std::ranges::stable_sort(rows, {}, [&](const Row& row) {
      const ImageUse& use = use_of(row);
      return std::tuple(use.span, use.path, use.kind == Kind::unresolved, use.kind == Kind::built);
    });
    const auto same = [&](const Row& a, const Row& b) {
      return place(a) == place(b) && !use_of(a).path.empty();
    };
    if (!file.variants.empty()) rows.erase(std::unique(rows.begin(), rows.end(), same), rows.end());
  }
  std::string out;
  for (const auto& [reading, index] : rows) append(format, *reading, index, out);
  return out;
}

/// Its text and its JSON.
std::pair<std::string, std::string> shared_trouble(const Source& source, const Trouble& trouble) {
  return {place(source, trouble.span.begin) + "error: " + printable(trouble.message) + '\n',
          json_text(object(source, trouble))};
}

/// Of all readings in projects each once.
std::vector<Trouble> troubles_of(const ProjectFile& file) {
  std::vector<Trouble> troubles = file.document->troubles;
  std::set<std::pair<Span, std::string_view>> known;
  for (const Trouble& trouble : file.document->troubles) known.emplace(trouble.span, trouble.message);
  for (const auto& variant : file.variants)
    if (file.in_project)
      for (const Trouble& trouble : variant->troubles)
        if (known.emplace(trouble.span, trouble.message).second) troubles.push_back(trouble);
  return troubles;
}

}  // namespace

ListPiece list_piece(ListFormat format, const ProjectFile& file) {
  const Document& document = *file.document;
  ListPiece piece;
  piece.references = references(format, file);
  for (const auto* troubles : {&document.environment_troubles, &document.environment_lacks})
    for (const EnvironmentTrouble& trouble : *troubles) {
      const Location& found = trouble.place;
      piece.troubled = true;
      piece.shared.insert(shared_trouble(*found.source, {.span = found.span, .message = trouble.message}));
    }
  for (const Trouble& trouble : troubles_of(file)) {
    const bool remark = trouble.kind == Trouble::Kind::remark;
    piece.troubled = piece.troubled || !remark;
    piece.troubles_text += place(*document.source, trouble.span.begin);
    piece.troubles_text += (remark ? "note: " : "error: ") + printable(trouble.message) + '\n';
    if (format != ListFormat::json) continue;
    piece.troubles += piece.troubles.empty() ? "\n" : ",\n";
    piece.troubles += json_text(object(*document.source, trouble));
  }
  return piece;
}

ListWriter::ListWriter(ListFormat format, OrderedPieces::Sink out)
    : format_(format),
      reference_pieces_(format == ListFormat::json ? "," : "", std::move(out)),
      trouble_pieces_(",", [this](std::string_view text) { troubles_ += text; }),
      text_pieces_("", [this](std::string_view text) { troubles_text_ += text; }) {
  if (format_ == ListFormat::json) reference_pieces_.append("{\"version\":1,\"references\":[");
}

void ListWriter::begin(std::size_t files) {
  for (OrderedPieces* pieces : {&reference_pieces_, &trouble_pieces_, &text_pieces_}) pieces->wait_for(files);
}

void ListWriter::put(std::size_t index, ListPiece piece) {
  reference_pieces_.put(index, std::move(piece.references));
  trouble_pieces_.put(index, std::move(piece.troubles));
  text_pieces_.put(index, std::move(piece.troubles_text));
  shared_.merge(piece.shared);
  troubled_ = troubled_ || piece.troubled;
}

void ListWriter::add(const Source& source, const Trouble& trouble) {
  troubled_ = true;
  shared_.insert(shared_trouble(source, trouble));
}

void ListWriter::add(const Error& failure) { failures_.push_back(json_text(object(failure))); }

void ListWriter::end() {
  trouble_pieces_.finish();
  text_pieces_.finish();
  for (const std::string& json : failures_) {
    if (format_ == ListFormat::jsonl) reference_pieces_.append(json + '\n');
    troubles_ += (troubles_.empty() ? "\n" : ",\n") + json;
  }
  for (const auto& [text, json] : shared_) {
    troubles_text_ += text;
    troubles_ += (troubles_.empty() ? "\n" : ",\n") + json;
  }
  if (format_ == ListFormat::json) reference_pieces_.append("\n],\"troubles\":[" + troubles_ + "]}\n");
  reference_pieces_.finish();
}

}  // namespace imglint
