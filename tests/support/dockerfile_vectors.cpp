#include "tests/support/dockerfile_vectors.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>

#include "base/printable.hpp"
#include "reference/parse.hpp"
#include "tests/support/base64.hpp"
#include "tests/support/paths.hpp"

namespace imglint::test {
namespace {

using nlohmann::json;

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Collects what differs.
class Differences {
 public:
  template <class Actual, class Expected>
  void expect(const std::string& what, const Actual& actual, const Expected& expected) {
    if (json(actual) == json(expected)) return;
    text_ += what + ": " + shown(actual) + ", expected " + shown(expected) + "\n";
  }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  static std::string shown(const json& value) {
    return value.dump(-1, ' ', false, json::error_handler_t::replace);
  }
  std::string text_;
};

std::string string_of(std::string_view text) { return std::string(text); }

/// JSON holds no invalid UTF-8: what the vectors have in its place is a replacement character.
std::string as_utf8(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const CodePoint point = first_code_point(text);
    result += point.valid ? text.substr(0, point.size) : std::string_view("\xEF\xBF\xBD");
    text.remove_prefix(point.size);
  }
  return result;
}

using Names = std::set<std::string>;

Names names_in(const json& ref, const char* field) { return ref.value(field, Names()); }

template <class Predicate>
Names names_of(const std::vector<Variable>& variables, Predicate predicate) {
  Names names;
  for (const Variable& variable : variables)
    if (predicate(variable)) names.insert(string_of(variable.name));
  return names;
}

/// The vectors' name for what is wrong with a use.
std::string error_of(const ImageUse& use) {
  switch (use.error_kind) {
    case UseError::none:
      break;
    case UseError::expansion_failed:
      return "expansion-failed";
    case UseError::blank:
      return "base-blank";
    case UseError::variable_not_allowed:
      return use.role->function == Function::mounted ? "mount-from-variable" : "copy-from-variable";
    case UseError::no_such_stage:
      return "stage-index-invalid";
  }
  const bool has_reference = use.kind == Kind::invalid || use.kind == Kind::unresolved;
  return has_reference && use.parsed() == nullptr ? "reference-invalid" : "";
}

std::string order_of(const ImageUse& use, std::int32_t in_stage) {
  if (use.stage < 0 || is_stage_base(*use.role) || use.stage < in_stage) return "";
  return use.stage == in_stage ? "self" : "forward";
}

json image_of(const ImageUse& use) {
  json image = json::object();
  if (use.kind != Kind::image || use.parsed() == nullptr) return image;
  const CanonicalReference meaning = canonical(*use.parsed(), use.value.text());
  image["domain"] = meaning.registry;
  image["path"] = meaning.repository;
  if (meaning.tag) image["tag"] = *meaning.tag;
  if (meaning.digest) image["digest"] = *meaning.digest;
  return image;
}

class Comparison {
 public:
  Comparison(const Document& document, const DockerfileVector& vector, const Rewritten& rewritten)
      : document_(document), vector_(vector), rewritten_(rewritten), source_(*document.source) {}

  std::string run() {
    const json error = vector_.expected.value("error", json());
    const std::string phase = error.is_null() ? "" : error.at("phase").get<std::string>();
    if (phase == "parse" || phase == "instructions") {
      compare_error(error);
      compare_syntax();
      return all_.text();
    }
    if (phase == "resolve" && is_default(error.at("line")))
      compare_error(error);
    else if (phase != "check-directive")
      all_.expect("troubles", troubles(), std::vector<std::string>());
    compare_uses();
    compare_stages();
    compare_arguments();
    all_.expect("escape", std::string(1, document_.parts.back().escape),
                vector_.expected.value("escape", "\\"));
    return all_.text();
  }

 private:
  [[nodiscard]] std::vector<std::string> troubles() const {
    std::vector<std::string> messages;
    for (const Trouble& trouble : document_.troubles) messages.push_back(trouble.message);
    return messages;
  }

  /// Whether a default that cannot be expanded stands in this line.
  [[nodiscard]] bool is_default(std::uint32_t line) const {
    const json args = vector_.expected.value("args", json::array());
    return std::any_of(args.begin(), args.end(), [&](const json& arg) {
      return arg.at("line") == line && arg.contains("raw") && !arg.contains("expanded");
    });
  }

  /// The line the oracle gives; the parser has counted one less where it stumbles over a directive.
  void compare_error(const json& error) {
    const std::string code = error.at("code").get<std::string>();
    auto line = error.at("line").get<std::uint32_t>();
    if (code == "directive-repeated" || code == "escape-invalid") ++line;
    std::set<std::uint32_t> lines;
    for (const Trouble& trouble : document_.troubles) lines.insert(source_.position(trouble.span.begin).line);
    if (line == 0) {
      all_.expect("some trouble for " + code, lines.empty(), false);
    } else if (!lines.contains(rewritten_line(line))) {
      all_.expect("lines with troubles, for " + code, lines, std::set{rewritten_line(line)});
    }
  }

  /// Lines before it that the rewriting added.
  [[nodiscard]] std::uint32_t rewritten_line(std::uint32_t line) const {
    const auto before = rewritten_.bytes.substr(0, rewritten_.moved.front());
    return line + static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n'));
  }

  /// It is found by itself, whatever is wrong with the rest.
  void compare_syntax() {
    const json& refs = vector_.expected.at("refs");
    const bool is_there =
        !document_.uses.empty() && document_.uses.front().role->function == Function::frontend;
    const bool is_expected = !refs.empty() && refs.front().at("where") == "syntax";
    all_.expect("syntax", is_there, is_expected);
    if (is_there && is_expected) compare_use(document_.uses.front(), refs.front(), "syntax ");
  }

  void compare_uses() {
    const json& refs = vector_.expected.at("refs");
    all_.expect("references", document_.uses.size(), refs.size());
    for (std::size_t i = 0; i < std::min(refs.size(), document_.uses.size()); ++i)
      compare_use(document_.uses[i], refs[i], "reference " + std::to_string(i) + " ");
  }

  void compare_place(const ImageUse& use, const json& ref, const std::string& name) {
    const Span span = rewritten_.span(ref.at("offset"), ref.at("length"));
    all_.expect(name + "span", std::pair(use.span.begin, use.span.end), std::pair(span.begin, span.end));
    if (rewritten_.bytes != vector_.bytes) return;
    all_.expect(name + "raw", as_utf8(source_.text(use.span)), ref.at("raw"));
    const Position begin = source_.position(use.span.begin);
    const Position end = source_.position(use.span.end);
    all_.expect(name + "line", begin.line, ref.at("line"));
    all_.expect(name + "col", begin.column, ref.at("col"));
    all_.expect(name + "end_line", end.line, ref.at("end_line"));
    all_.expect(name + "end_col", end.column, ref.at("end_col"));
  }

  void compare_variables(const ImageUse& use, const json& ref, const std::string& name) {
    const auto is_gap = [](const Variable& v) { return v.needed && v.source == VariableSource::none; };
    const auto is_own = [](const Variable& v) { return v.within == no_variable; };
    all_.expect(name + "vars", names_of(use.value.variables, is_own), names_in(ref, "vars"));
    if (use.kind != Kind::unresolved) {
      all_.expect(name + "unset", names_in(ref, "unset"), Names());
      return;
    }
    const auto is_unset = [&](const Variable& v) { return is_gap(v) && v.declared; };
    const auto is_undeclared = [&](const Variable& v) { return is_gap(v) && !v.declared; };
    all_.expect(name + "unset", names_of(use.value.variables, is_unset), names_in(ref, "unset"));
    all_.expect(name + "undeclared", names_of(use.value.variables, is_undeclared),
                names_in(ref, "undeclared"));
  }

  void compare_use(const ImageUse& use, const json& ref, const std::string& name) {
    all_.expect(name + "where", use.role->name, ref.at("where"));
    compare_place(use, ref, name);
    all_.expect(name + "value", as_utf8(use.written.text()), ref.at("value"));
    if (use.value.is_known()) all_.expect(name + "expanded", as_utf8(use.value.text()), ref.at("expanded"));
    all_.expect(name + "class", to_string(use.kind), ref.at("class"));
    const std::int32_t in_stage = document_.stage_index_of(use);
    all_.expect(name + "in_stage", in_stage, ref.at("in_stage"));
    all_.expect(name + "stage", use.stage, ref.value("stage", -1));
    all_.expect(name + "order", order_of(use, in_stage), ref.value("order", ""));
    all_.expect(name + "deferred", use.role->deferred, ref.value("deferred", false));
    all_.expect(name + "mount_type", use.mount_type, ref.value("mount_type", ""));
    const Stage* based = is_stage_base(*use.role) ? document_.stage_of(use) : nullptr;
    all_.expect(name + "platform", based ? based->platform_written.text() : "", ref.value("platform", ""));
    all_.expect(name + "platform_expanded", document_.platform_of(use).text(),
                ref.value("platform_expanded", ""));
    all_.expect(name + "image", image_of(use), ref.value("image", json::object()));
    all_.expect(name + "error", error_of(use), ref.value("error", ""));
    compare_variables(use, ref, name);
  }

  void compare_stages() {
    const json stages = vector_.expected.value("stages", json::array());
    all_.expect("stages", document_.stages.size(), stages.size());
    for (std::size_t i = 0; i < std::min(stages.size(), document_.stages.size()); ++i) {
      const Stage& stage = document_.stages[i];
      const std::string name = "stage " + std::to_string(i) + " ";
      all_.expect(name + "index", i, stages[i].at("index"));
      all_.expect(name + "name", stage.name, stages[i].at("name"));
      all_.expect(name + "line", source_.position(stage.instruction.begin).line,
                  rewritten_line(stages[i].at("line")));
    }
  }

  void compare_arguments() {
    const json args = vector_.expected.value("args", json::array());
    std::vector<const Argument*> arguments;
    for (const Argument& argument : document_.arguments)
      if (argument.stage < 0) arguments.push_back(&argument);
    all_.expect("args", arguments.size(), args.size());
    for (std::size_t i = 0; i < std::min(args.size(), arguments.size()); ++i)
      compare_argument(*arguments[i], args[i], "arg " + std::to_string(i) + " ");
  }

  void compare_argument(const Argument& argument, const json& arg, const std::string& name) {
    all_.expect(name + "name", argument.name, arg.at("name"));
    all_.expect(name + "has default", argument.has_default, arg.contains("raw"));
    if (!argument.has_default) return;
    const bool has_value = argument.has_default && argument.value.is_known();
    all_.expect(name + "has value", has_value, arg.contains("expanded"));
    if (has_value) all_.expect(name + "expanded", argument.value.text(), arg.at("expanded"));
    if (!arg.contains("offset")) return;
    const auto size = static_cast<std::uint32_t>(argument.default_value.text().size());
    const auto place = argument.default_value.cover_of({0, size}).value_or(Location{});
    const Span span = rewritten_.span(arg.at("offset"), arg.at("length"));
    all_.expect(name + "span", std::pair(place.span.begin, place.span.end), std::pair(span.begin, span.end));
    if (rewritten_.bytes == vector_.bytes) all_.expect(name + "raw", source_.text(place.span), arg.at("raw"));
  }

  const Document& document_;
  const DockerfileVector& vector_;
  const Rewritten& rewritten_;
  const Source& source_;
  Differences all_;
};

}  // namespace

std::vector<DockerfileVector> conformance_dockerfiles() {
  std::vector<DockerfileVector> vectors;
  std::ifstream lines(source_folder() / "fixtures/conformance/dockerfiles.jsonl");
  for (std::string text; std::getline(lines, text);) {
    json line = json::parse(text);
    const bool is_text = line.contains("source");
    std::string bytes = line.at(is_text ? "source" : "source_b64");
    if (!is_text) bytes = decode_base64(bytes);
    line["refs"] = line.at("expected");
    vectors.push_back({line.at("name"), std::move(bytes), std::move(line)});
  }
  return vectors;
}

std::vector<DockerfileVector> corpus_dockerfiles() {
  std::vector<DockerfileVector> vectors;
  const char* corpus = std::getenv("IMGLINT_CORPUS");
  if (corpus == nullptr) return vectors;
  const std::string folder = std::string(corpus) + "/dockerfiles/";
  std::ifstream lines(folder + "expected.jsonl");
  for (std::string text; std::getline(lines, text);) {
    json line = json::parse(text);
    std::string path = line.at("path");
    std::string bytes = read_file(folder + path);
    vectors.push_back({std::move(path), std::move(bytes), std::move(line)});
  }
  return vectors;
}

Span Rewritten::span(std::uint32_t offset, std::uint32_t length) const {
  if (length == 0) return {moved[offset], moved[offset]};
  return {moved[offset], moved[offset + length - 1] + 1};
}

Rewritten as_it_is(std::string_view bytes) {
  Rewritten result{string_of(bytes), {}};
  for (std::uint32_t i = 0; i <= bytes.size(); ++i) result.moved.push_back(i);
  return result;
}

Rewritten with_crlf(std::string_view bytes) {
  Rewritten result;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == '\n' && (i == 0 || bytes[i - 1] != '\r')) result.bytes += '\r';
    result.moved.push_back(static_cast<std::uint32_t>(result.bytes.size()));
    result.bytes += bytes[i];
  }
  result.moved.push_back(static_cast<std::uint32_t>(result.bytes.size()));
  return result;
}

Rewritten with_mark(std::string_view bytes) {
  Rewritten result{"\xEF\xBB\xBF" + string_of(bytes), {}};
  for (std::uint32_t i = 0; i <= bytes.size(); ++i) result.moved.push_back(i + 3);
  return result;
}

Rewritten combined(const Rewritten& first, const Rewritten& second) {
  Rewritten result{second.bytes, {}};
  for (const std::uint32_t offset : first.moved) result.moved.push_back(second.moved[offset]);
  return result;
}

std::string differences(const Document& document, const DockerfileVector& vector,
                        const Rewritten& rewritten) {
  return Comparison(document, vector, rewritten).run();
}

}  // namespace imglint::test
