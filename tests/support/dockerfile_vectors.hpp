// The vectors for Dockerfiles, of fixtures/conformance and of the corpus, and what a document says against
// them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "model/document.hpp"

namespace imglint::test {

struct DockerfileVector {
  std::string name;
  std::string bytes;
  nlohmann::json expected;  ///< in the names of the corpus: `refs`, `error`, `stages`, `args`, …
};
[[nodiscard]] std::vector<DockerfileVector> conformance_dockerfiles();
/// Those below IMGLINT_CORPUS; none if it is not set.
[[nodiscard]] std::vector<DockerfileVector> corpus_dockerfiles();

/// The bytes of a vector written in another way, and where each of its bytes went.
struct Rewritten {
  std::string bytes;
  std::vector<std::uint32_t> moved;  ///< by old offset; one more than there were bytes

  [[nodiscard]] Span span(std::uint32_t offset, std::uint32_t length) const;
};
[[nodiscard]] Rewritten as_it_is(std::string_view bytes);
[[nodiscard]] Rewritten with_crlf(std::string_view bytes);  ///< each LF without a CR gets one
[[nodiscard]] Rewritten with_mark(std::string_view bytes);  ///< a byte order mark in front
[[nodiscard]] Rewritten combined(const Rewritten& first, const Rewritten& second);

/// What the document lacks or has too much, one line each; empty if it agrees in every field that documents
/// hold.
[[nodiscard]] std::string differences(const Document& document, const DockerfileVector& vector,
                                      const Rewritten& rewritten);

}  // namespace imglint::test
