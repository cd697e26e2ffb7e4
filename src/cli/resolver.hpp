// Resolver: the program that asks registries, started when the first question is put. imglint itself opens no
// connection.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/conversation.hpp"
#include "cli/session.hpp"
#include "registry/question.hpp"

namespace imglint {

class Resolver {
 public:
  /// `words`: the program and its arguments; empty: imglint-online, where it is installed.
  Resolver(std::vector<std::string> words, RegistryAccess access, const Session& session);
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;
  ~Resolver();

  /// The answers in the order of the questions. Nobody who answers is an answer too: error.
  [[nodiscard]] std::vector<RegistryAnswer> ask(std::vector<RegistryQuestion> questions);

 private:
  [[nodiscard]] bool start();
  void take_answers(const std::vector<RegistryQuestion>& questions, std::vector<RegistryAnswer>& answers);
  void tell_progress(const std::vector<RegistryQuestion>& questions,
                     const std::vector<RegistryAnswer>& answers, std::size_t done);
  void fail(std::string why);

  std::vector<std::string> words_;
  RegistryAccess access_;
  const Session* session_;
  std::unique_ptr<Conversation> program_;
  std::string failure_;  ///< why nothing more can be asked
  std::uint64_t next_ = 1;
};

/// Where imglint-online is: beside this program, or in the libexec folder beside its own. Empty if nowhere.
[[nodiscard]] std::string installed_resolver();

}  // namespace imglint
