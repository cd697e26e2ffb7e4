// Any bytes as a Dockerfile: what must hold of the document, read as a file and as the text of a YAML scalar.
#include <cstdint>
#include <string>

#include "edit/edit.hpp"
#include "kinds/dockerfile/read.hpp"
#include "kinds/index.hpp"
#include "tests/fuzz/support/require.hpp"
#include "tests/support/dockerfile_laws.hpp"
#include "tests/support/dump.hpp"

namespace {

using namespace imglint;
using fuzz::require;

void check(const Document& document) { fuzz::require_none_broken(test::broken_law(document)); }

/// Each byte a piece of its own, as far from plain text as mapped text gets.
void check_inlined(const Source& source) {
  Document document(source, *find_kind("compose"));
  MappedTextBuilder builder;
  const std::string_view bytes = source.bytes();
  for (std::uint32_t i = 0; i < bytes.size(); ++i) {
    if (i % 7 == 3) {
      builder.replace(&source, {i, i + 1}, bytes.substr(i, 1));
    } else {
      builder.copy(&source, {i, i + 1}, bytes.substr(i, 1));
    }
  }
  read_dockerfile(builder.finish(document.arena), {}, {}, no_owner, document);
  check(document);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Source source("Dockerfile", std::string(reinterpret_cast<const char*>(data), size));
  const auto document = read_dockerfile(source, {});
  check(*document);
  require(EditSet(source).apply() == source.bytes(), "no edits, the same bytes");
  require(test::dump(*read_dockerfile(source, {})) == test::dump(*document), "reading again gives the same");
  ReadOptions options;
  options.build_args = {{"A", "b/c:1"}, {"TARGETARCH", ""}};
  options.contexts = {"a", "alpine"};
  check(*read_dockerfile(source, options));
  check_inlined(source);
  return 0;
}
