// Resolver: the program that asks registries, started when the first question is put. imglint itself opens no
// connection.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/conversation.hpp"
#include "cli/registries/registry_cache.hpp"
#include "cli/registries/registry_tally.hpp"
#include "cli/session.hpp"
#include "registry/question.hpp"

namespace imglint {

struct ResolverSettings {
  bool verbose = false;  ///< at the end of a run: of each registry what it was asked
  CacheSettings cache;
};

class Resolver {
 public:
  /// `words`: the program and its arguments; empty: imglint-online, where it is installed.
  Resolver(std::vector<std::string> words, RegistryAccess access, const Session& session);
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;
  ~Resolver();

  /// The answers in the order of the questions. Nobody who answers is an answer too: error.
  [[nodiscard]] std::vector<RegistryAnswer> ask(std::vector<RegistryQuestion> questions);

  /// The same in pieces: puts the questions, of which none may be open, and hears answers for some time. True
  /// once all are there, which is when take() gives them.
  void begin(std::vector<RegistryQuestion> questions);
  [[nodiscard]] bool hear(std::chrono::milliseconds patience);
  [[nodiscard]] std::vector<RegistryAnswer> take();

  void set(ResolverSettings settings);

 private:
  [[nodiscard]] bool start();
  void take_line(const std::string& line);
  void tell_progress();
  void fail(std::string why);

  std::vector<std::string> words_;
  RegistryAccess access_;
  const Session* session_;
  std::unique_ptr<Conversation> program_;
  std::string failure_;  ///< why nothing more can be asked
  std::uint64_t next_ = 1;
  std::vector<RegistryQuestion> questions_;  ///< of this round
  std::vector<RegistryAnswer> answers_;      ///< theirs; those that are open have no number
  std::size_t done_ = 0;
  std::chrono::steady_clock::time_point heard_;  ///< when the last line came
  RegistryTally tally_;
  RegistryCache cache_;
};

/// Where imglint-online is: beside this program, or in the libexec folder beside its own. Empty if nowhere.
[[nodiscard]] std::string installed_resolver();

}  // namespace imglint
