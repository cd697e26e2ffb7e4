// The references of a run as registries are asked about them, each distinct one once: what `imglint verify`,
// `imglint outdated` and `imglint mirror` share.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/common_options.hpp"
#include "cli/registries/registries.hpp"
#include "cli/registries/resolver.hpp"
#include "output/reference_states.hpp"
#include "pin/pin.hpp"
#include "registry/question.hpp"

namespace imglint {

/// Which images of a run are asked about.
struct ImageChoice {
  std::vector<std::string> only;
  std::vector<std::string> except;
};
void add_choice_options(CLI::App& command, ImageChoice& choice, const char* group);

/// One distinct reference. Borrows from the uses.
struct AskedReference {
  std::string name;    ///< with tag and digest
  std::string image;   ///< with its tag; empty where a digest stands alone
  std::string tag;     ///< the same, alone
  std::string digest;  ///< as written; empty without
  std::vector<const PinUse*> uses;
  std::string refusal;     ///< why it is not asked about; empty if it is
  RegistryQuestion place;  ///< its registry and repository

  [[nodiscard]] RegistryQuestion question(std::string reference, Want want = Want::digest) const;
};

/// Of the uses whose name is known, in their order. Hosts that may be asked pass the gate.
[[nodiscard]] std::vector<AskedReference> distinct_references(const std::vector<PinUse>& uses,
                                                              HostGate& gate);

/// A state of a reference at each place where the reference stands.
void add_states(const AskedReference& reference, const ReferenceState& state,
                std::vector<ReferenceState>& states);

/// What registries answered.
class Answers {
 public:
  /// Asks what is not known yet, each distinct question once.
  void ask(const std::vector<RegistryQuestion>& questions, Resolver& resolver);
  /// A question that was asked. Where its manifest was asked for, too, that answer, which says more.
  [[nodiscard]] const RegistryAnswer& to(RegistryQuestion question) const;

 private:
  std::map<std::string, RegistryAnswer> by_question_;
};

/// Who asks, once all hosts have passed the gate.
[[nodiscard]] std::unique_ptr<Resolver> open_resolver(const RegistryOptions& options, RegistryAccess access,
                                                      const HostGate& gate, const ResolverSettings& settings,
                                                      const Session& session);

using RunOnce = std::function<ExitCode(const Session& session)>;
/// Runs what may take long, and shows on a terminal how far it is.
[[nodiscard]] ExitCode run_with_progress(const Session& session, const RunOnce& run);
/// The same with what the configuration says of the run.
[[nodiscard]] ExitCode run_as_configured(CommonOptions& options, const Session& session, const RunOnce& run);

}  // namespace imglint
