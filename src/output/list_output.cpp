#include "output/list_output.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "output/json_text.hpp"
#include "parse/reference.hpp"

namespace imglint {
namespace {

using Json = nlohmann::ordered_json;

Json part(const std::optional<TextRange>& range, std::string_view text) {
  return range ? Json(range->of(text)) : Json(nullptr);
}

Json variables(const ImageUse& use, const Source& source) {
  Json list = Json::array();
  for (const Variable& variable : use.variables) {
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
  if (!use.error.empty())
    return {{"kind", use.has_value ? "lookup" : "expansion"}, {"message", use.error}, {"offset", nullptr}};
  if (use.kind != Kind::invalid) return nullptr;
  const auto* broken = std::get_if<ReferenceError>(&use.reference);
  if (!broken) return nullptr;
  return {{"kind", to_string(broken->kind)},
          {"message", message(*broken, use.value.text())},
          {"offset", broken->offset}};
}

bool has_meaning(const ImageUse& use) {
  return (use.kind == Kind::image || use.kind == Kind::built) && use.parsed();
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

Json object(const Document& document, const ImageUse& use) {
  const Source& source = *document.source;
  const Position start = source.position(use.span.begin);
  const Position end = source.position(use.span.end);
  Json item{{"file", source.path()},
            {"dialect", document.dialect == Dialect::compose ? "compose" : "dockerfile"},
            {"role", to_string(use.role)},
            {"active", use.active}};
  if (document.dialect == Dialect::compose) {
    item["path"] = use.path;
    item["uses"] = use.uses;
  }
  if (document.dialect == Dialect::dockerfile || use.inlined) item["in_stage"] = use.in_stage;
  if (use.stage >= 0) item["stage"] = use.stage;
  item["start"] = use.span.begin;
  item["end"] = use.span.end;
  item["line"] = start.line;
  item["column"] = start.column;
  item["end_line"] = end.line;
  item["end_column"] = end.column;
  item["raw"] = source.text(use.span);
  item["style"] = to_string(use.style);
  item["value"] = use.has_value ? Json(use.value.text()) : Json(nullptr);
  item["kind"] = to_string(use.kind);
  add_parts(use, item);
  item["variables"] = variables(use, source);
  item["platform"] = use.platform.empty() ? Json(nullptr) : Json(use.platform);
  item["editable"] = use.not_editable.empty() ? Json(true) : Json(use.not_editable);
  item["error"] = error(use);
  return item;
}

Json object(const Document& document, const Trouble& trouble) {
  const Source& source = *document.source;
  const Position start = source.position(trouble.span.begin);
  return {{"file", source.path()},
          {"line", start.line},
          {"column", start.column},
          {"start", trouble.span.begin},
          {"end", trouble.span.end},
          {"message", trouble.message},
          {"editable", !trouble.blocks_edits}};
}

/// Bytes that are no UTF-8 become U+FFFD; nothing else is escaped beyond what JSON asks for.
std::string dump(const Json& value) {
  return harmless_json(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string place(const Source& source, std::uint32_t offset) {
  const Position position = source.position(offset);
  return printable(source.path()) + ':' + std::to_string(position.line) + ':' +
         std::to_string(position.column) + ": ";
}

}  // namespace

void ListWriter::begin() {
  if (format_ == ListFormat::json) *out_ += "{\"version\":1,\"references\":[";
}

void ListWriter::add(const Document& document) {
  for (const ImageUse& use : document.uses) {
    if (format_ == ListFormat::text) {
      add_text(document, use);
      continue;
    }
    if (format_ == ListFormat::json) *out_ += first_ ? "\n" : ",\n";
    *out_ += dump(object(document, use));
    if (format_ == ListFormat::jsonl) *out_ += '\n';
    first_ = false;
  }
  if (format_ != ListFormat::json) return;
  for (const Trouble& trouble : document.troubles) {
    troubles_ += troubles_.empty() ? "\n" : ",\n";
    troubles_ += dump(object(document, trouble));
  }
}

void ListWriter::end() {
  if (format_ == ListFormat::json) *out_ += "\n],\"troubles\":[" + troubles_ + "]}\n";
}

void ListWriter::add_text(const Document& document, const ImageUse& use) {
  const Source& source = *document.source;
  *out_ += place(source, use.span.begin);
  *out_ += to_string(use.role);
  *out_ += ' ';
  *out_ += printable(source.text(use.span));
  if (use.kind != Kind::image) {
    *out_ += " (";
    *out_ += to_string(use.kind);
    if (use.kind == Kind::stage || use.kind == Kind::stage_index) *out_ += ' ' + std::to_string(use.stage);
    *out_ += ')';
  }
  if (has_meaning(use)) *out_ += " = " + canonical(*use.parsed(), use.value.text()).to_string();
  *out_ += '\n';
}

void write_troubles(const Document& document, std::string& out) {
  for (const Trouble& trouble : document.troubles) {
    out += place(*document.source, trouble.span.begin);
    out += trouble.kind == Trouble::Kind::remark ? "note: " : "error: ";
    out += printable(trouble.message) + '\n';
  }
}

}  // namespace imglint
