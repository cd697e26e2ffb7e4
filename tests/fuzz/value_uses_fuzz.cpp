// Any bytes as a template of a chart: a prefix is said of a value that it mentions, whatever is looked at
// twice, and of none that something else is done with.
#include "kinds/manifest/value_uses.hpp"
#include "tests/fuzz/support/require.hpp"

namespace {

using imglint::fuzz::require;
using imglint::manifest::PrefixSearch;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = imglint::fuzz::text_of(data, size);
  PrefixSearch search({"images.repository", "r"});
  search.look_at(text);
  const std::vector<std::string> found = search.found();
  for (const std::string& path : found)
    require(text.find("Values." + path) != std::string_view::npos && text.find('/') != std::string_view::npos,
            "a prefix is mentioned, and a slash stands behind it");
  require(found.empty() || !search.is_over(), "the search is not over while there is one");
  search.look_at(text);
  require(search.found() == found, "a text says the same a second time");
  search.look_at("{{ .Values.images.repository }}:1");
  for (const std::string& path : search.found()) require(path == "r", "an image is no prefix");
  search.look_at("{{ toYaml .Values }}");
  require(search.is_over() && search.found().empty(), "who has all values may do anything with them");
  return 0;
}
