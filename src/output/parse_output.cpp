#include "output/parse_output.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/printable.hpp"
#include "base/utf8.hpp"
#include "output/json_text.hpp"
#include "output/terminal.hpp"
#include "reference/parse.hpp"

namespace imglint {

namespace {

using Json = nlohmann::ordered_json;

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto byte = [&](std::size_t i) {
      return at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u;
    };
    const std::uint32_t group = byte(0) << 16 | byte(1) << 8 | byte(2);
    for (std::size_t i = 0; i < 4; ++i)
      text += at + i > bytes.size() ? '=' : digits[group >> (18 - 6 * i) & 63];
  }
  return text;
}

void add_part(Json& object, const char* name, const std::optional<TextRange>& range, std::string_view text) {
  if (range) object[name] = range->of(text);
}

/// The fields of the bare grammar.
void add_bare(Json& object, std::string_view text) {
  const ReferenceParse parsed = parse_bare_reference(text);
  const auto* reference = std::get_if<Reference>(&parsed);
  object["valid"] = reference != nullptr;
  if (!reference) {
    const auto& error = std::get<ReferenceError>(parsed);
    object["error"] = to_string(error.kind);
    object["error_at"] = error.offset;
    return;
  }
  add_part(object, "domain", reference->registry, text);
  add_part(object, "path", reference->repository(), text);
  add_part(object, "tag", reference->tag, text);
  add_part(object, "digest", reference->digest, text);
}

/// The fields of Docker's reading.
void add_normalized(Json& object, std::string_view text) {
  const ReferenceParse parsed = parse_reference(text);
  if (const auto* error = std::get_if<ReferenceError>(&parsed)) {
    object["normalized"] = nullptr;
    object["normalized_error"] = to_string(error->kind);
    object["normalized_error_at"] = error->offset;
    object["message"] = message(*error, text);
    return;
  }
  const auto& reference = std::get<Reference>(parsed);
  const CanonicalReference meaning = canonical(reference, text);
  object["normalized"] = meaning.to_string();
  object["familiar"] = meaning.familiar();
  object["norm_domain"] = meaning.registry;
  object["docker_ref"] = meaning.pulled().to_string();
  add_part(object, "registry", reference.registry, text);
  add_part(object, "namespace", reference.name_space, text);
  add_part(object, "name", reference.name, text);
}

Json reference_json(std::string_view text) {
  Json object;
  if (valid_utf8(text) == text)
    object["input"] = text;
  else
    object["input_b64"] = base64(text);
  add_bare(object, text);
  add_normalized(object, text);
  if (auto digest = any_digest(text)) object["any_digest"] = std::move(*digest);
  return object;
}

void write_jsonl(const ParseReport& report, const ReportStyle&, std::string& out) {
  for (const std::string& text : report.references)
    out.append(harmless_json(reference_json(text).dump())).append("\n");
}

void write_json(const ParseReport& report, const ReportStyle&, std::string& out) {
  Json references = Json::array();
  for (const std::string& text : report.references) references.push_back(reference_json(text));
  const Json all = {{"version", report.version}, {"references", std::move(references)}};
  out.append(harmless_json(all.dump(2))).append("\n");
}

/// The rows below a reference, as pairs of a label and what it says.
class Rows {
 public:
  void add(std::string_view label, std::string_view text) { rows_.emplace_back(label, printable(text)); }
  void add(std::string_view label, const std::optional<TextRange>& range, std::string_view text) {
    if (range) add(label, range->of(text));
  }
  void write(const ReportStyle& style, std::string& out) const {
    for (const auto& [label, text] : rows_) {
      out += "  ";
      append_colored(out, style.color, Color::blue, label);
      out.append(label_width - label.size(), ' ').append(text).append("\n");
    }
  }

 private:
  static constexpr std::size_t label_width = 11;
  std::vector<std::pair<std::string_view, std::string>> rows_;
};

void write_parts(const Reference& reference, std::string_view text, const ReportStyle& style,
                 std::string& out) {
  const CanonicalReference meaning = canonical(reference, text);
  Rows rows;
  rows.add("registry", reference.registry, text);
  rows.add("namespace", reference.name_space, text);
  rows.add("name", reference.name, text);
  rows.add("tag", reference.tag, text);
  rows.add("digest", reference.digest, text);
  rows.add("canonical", meaning.to_string());
  const char* warning = familiar_round_trips(meaning) ? "" : "  (not safe to write: it means something else)";
  rows.add("familiar", meaning.familiar() + warning);
  append_colored(out, style.color, Color::bold, text);
  out += '\n';
  rows.write(style, out);
}

void write_fault(const ReferenceError& error, std::string_view text, const ReportStyle& style,
                 std::string& out) {
  const ReferenceFault fault = explain(error, text);
  append_colored(out, style.color, Color::red, "error");
  out.append(": ").append(fault.message).append("\n");
  const Source source("", std::string(text));
  append_snippet(out, {&source, {fault.place.begin, fault.place.end}},
                 {.color = style.color, .mark_color = Color::red, .numbers = false});
}

void write_text(const ParseReport& report, const ReportStyle& style, std::string& out) {
  for (const std::string& text : report.references) {
    if (&text != report.references.data()) out += '\n';
    const ReferenceParse parsed = parse_reference(text);
    if (const auto* reference = std::get_if<Reference>(&parsed))
      write_parts(*reference, text, style, out);
    else
      write_fault(std::get<ReferenceError>(parsed), text, style, out);
    if (const auto digest = any_digest(text))
      out.append("  where image ids are taken too, this is ").append(*digest).append("\n");
  }
}

constexpr ParseFormat formats[] = {
    {"text", "the parts, the full and the familiar form; or the fault underlined", write_text},
    {"json", "one object with all references", write_json},
    {"jsonl", "one JSON object a reference and line", write_jsonl},
};

}  // namespace

std::span<const ParseFormat> parse_formats() { return formats; }

const ParseFormat* find_parse_format(std::string_view name) {
  const auto* found = std::find_if(std::begin(formats), std::end(formats),
                                   [name](const ParseFormat& format) { return format.name == name; });
  return found == std::end(formats) ? nullptr : found;
}

}  // namespace imglint
