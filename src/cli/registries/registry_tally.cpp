#include "cli/registries/registry_tally.hpp"

#include "base/counted.hpp"
#include "base/printable.hpp"

namespace imglint {
void RegistryTally::add(const RegistryQuestion& question, const RegistryAnswer& answer) {
  Counts& counts = registries_[question.registry];
  ++counts.questions;
  if (answer.proved) ++counts.read;
  if (answer.proved && question.want == Want::digest) ++counts.unasked;
  // They come in any order: the smallest is the last.
  if (answer.remaining >= 0 && (counts.remaining < 0 || answer.remaining < counts.remaining))
    counts.remaining = answer.remaining;
  counts.plain = counts.plain || answer.plain;
  counts.by_proxy = counts.by_proxy || answer.by_proxy;
}

void RegistryTally::tell(const Session& session) const {
  constexpr std::int64_t few = 10;
  for (const auto& [name, counts] : registries_) {
    const std::string registry = printable(name);
    if (tells_all) {
      std::string text = registry + ": " + counted(counts.questions, "question");
      if (counts.read > 0) text += ", " + counted(counts.read, "manifest") + " read";
      if (counts.remaining >= 0)
        text += ", " + counted(static_cast<std::size_t>(counts.remaining), "pull") + " left";
      if (counts.plain) text += ", without TLS";
      if (counts.by_proxy) text += ", by a proxy, so that only its name could be looked at";
      print_remark({.message = text}, session);
    } else if (counts.unasked > 0) {
      print_remark({.message = registry + " does not say digests by themselves: " +
                               counted(counts.unasked, "manifest") + " had to be read, which count as pulls"},
                   session);
    }
    if (!tells_all && counts.remaining >= 0 && counts.remaining < few)
      print_remark(
          {.message = registry + " answers " +
                      counted(static_cast<std::uint64_t>(counts.remaining), "more request") + " for now"},
          session);
  }
}

}  // namespace imglint
