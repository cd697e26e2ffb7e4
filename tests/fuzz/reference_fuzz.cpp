// Any bytes as a reference: what must hold whatever the verdict.
#include <cstdint>
#include <string>
#include <string_view>

#include "reference/parse.hpp"
#include "tests/fuzz/support/require.hpp"

namespace {

using namespace imglint;
using fuzz::require;

/// The parts and what joins them, in order: the text again.
std::string joined(const Reference& reference, std::string_view text) {
  std::string result;
  if (reference.registry) result.append(reference.registry->of(text)).append("/");
  if (reference.name_space) result.append(reference.name_space->of(text)).append("/");
  result.append(reference.name.of(text));
  if (reference.tag) result.append(":").append(reference.tag->of(text));
  if (reference.digest) result.append("@").append(reference.digest->of(text));
  return result;
}

void check_error(const ReferenceError& error, std::string_view text) {
  require(error.offset <= text.size(), "an error lies inside the text");
  const ReferenceFault fault = explain(error, text);
  require(fault.place.begin <= fault.place.end && fault.place.end <= text.size(), "its place does too");
  require(!fault.message.empty(), "it has a message");
}

void check_meaning(const Reference& reference, std::string_view text) {
  const CanonicalReference meaning = canonical(reference, text);
  const std::string full = meaning.to_string();
  const ReferenceParse again = parse_reference(full);
  const auto* same = std::get_if<Reference>(&again);
  require(same != nullptr, "the canonical form is a reference");
  require(canonical(*same, full) == meaning, "and means the same");
  if (!familiar_round_trips(meaning)) return;
  const std::string familiar = meaning.familiar();
  require(canonical(std::get<Reference>(parse_reference(familiar)), familiar) == meaning,
          "a familiar form that round-trips means the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const ReferenceParse parsed = parse_reference(text);
  const ReferenceParse bare = parse_bare_reference(text);
  for (const ReferenceParse& parse : {parsed, bare}) {
    if (const auto* reference = std::get_if<Reference>(&parse))
      require(joined(*reference, text) == text, "the parts make up the text");
    else
      check_error(std::get<ReferenceError>(parse), text);
  }
  if (const auto* reference = std::get_if<Reference>(&parsed)) {
    require(std::holds_alternative<Reference>(bare), "what Docker accepts, the bare grammar accepts");
    check_meaning(*reference, text);
  }
  (void)any_digest(text);
  return 0;
}
