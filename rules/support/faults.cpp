#include "rules/support/faults.hpp"

namespace imglint {

const ReferenceError* grammar_fault(const Subject& subject) {
  const ImageUse& use = *subject.use;
  if (use.kind != Kind::invalid || !use.value.is_known() || !use.error().empty()) return nullptr;
  const auto* error = std::get_if<ReferenceError>(&use.reference);
  if (!error) return nullptr;
  return use.role->any_case && error->kind == ReferenceErrorKind::uppercase ? nullptr : error;
}

std::optional<TextRange> faulty_digest(const ReferenceError& error, std::string_view value) {
  const std::size_t at = value.find('@');
  if (at == value.npos || error.offset < at || value.find('/', at) != value.npos) return std::nullopt;
  // An upper-case error of the name may lie behind nothing but the at sign: `app@SHA256:…`.
  if (error.offset == at && error.kind != ReferenceErrorKind::digest_format) return std::nullopt;
  return TextRange{static_cast<std::uint32_t>(at + 1), static_cast<std::uint32_t>(value.size())};
}

}  // namespace imglint
