#include "tests/support/dockerfile_summary.hpp"

#include <memory>

#include "base/printable.hpp"
#include "kinds/dockerfile/read.hpp"

namespace imglint::test {
namespace {

std::string summary(const ImageUse& use, const Document& document) {
  const Source& source = *document.source;
  const Value& platform = document.platform_of(use);
  std::string out = std::string(use.role->name) + " " + std::string(to_string(use.kind));
  const bool is_stage = use.kind == Kind::stage || use.kind == Kind::stage_index;
  if (is_stage) out += " " + std::to_string(use.stage);
  const std::string_view raw = source.text(use.span);
  const std::string value = use.value.is_known() ? printable(use.value.text()) : "nothing";
  if (raw != use.value.text() || !use.value.is_known()) {
    out += " " + printable(raw) + " -> " + value;
  } else if (!is_stage && use.kind != Kind::scratch) {
    out += " " + value;
  }
  if (is_stage_base(*use.role) && !document.stage_of(use)->platform_written.empty())
    out += " for " + std::string(platform.text());
  if (!platform.fault.empty()) out += " (" + std::string(platform.fault) + ")";
  if (!use.error().empty()) out += " (" + std::string(use.error()) + ")";
  return out;
}

}  // namespace

std::string summary(const Document& document) {
  std::string out;
  const auto add = [&out](const std::string& text) { out += (out.empty() ? "" : "; ") + text; };
  for (const ImageUse& use : document.uses) add(summary(use, document));
  for (const Trouble& trouble : document.troubles) {
    const Position at = document.source->position(trouble.span.begin);
    add(std::to_string(at.line) + ":" + std::to_string(at.column) + " " + trouble.message);
  }
  return out;
}

std::string summary(std::string_view dockerfile, const ReadOptions& options) {
  const Source source("Dockerfile", std::string(dockerfile));
  return summary(*read_dockerfile(source, options));
}

}  // namespace imglint::test
