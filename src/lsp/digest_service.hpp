// DigestService: who asks registries for the language server, which never does so itself, and never unless
// the user wants it (docs/spec/online.md 5.4).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pin/pin.hpp"
#include "policy/policy.hpp"
#include "registry/question.hpp"

namespace imglint::lsp {

/// What came of a round of questions.
struct DigestAnswers {
  PinDigests digests;
  std::vector<std::pair<std::string, RegistryAnswer>> found;  ///< by image, for a lock
};

class DigestService {
 public:
  using PolicyOf = std::function<const Policy&(const std::string& path)>;

  DigestService() = default;
  DigestService(const DigestService&) = delete;
  DigestService& operator=(const DigestService&) = delete;
  virtual ~DigestService() = default;

  /// Begins to ask what the tags of uses mean, if the policies let their registries be asked. A round that is
  /// open is forgotten.
  virtual void begin(const std::vector<PinUse>& uses, const PolicyOf& policy_of) = 0;
  /// Works for a moment. The answers once all are there, which ends the round.
  [[nodiscard]] virtual std::optional<DigestAnswers> advance() = 0;
};

}  // namespace imglint::lsp
