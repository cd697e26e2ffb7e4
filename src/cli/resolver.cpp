#include "cli/resolver.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "base/printable.hpp"
#include "registry/wire.hpp"

namespace imglint {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t most_bytes = 64u << 20;
constexpr std::uint64_t unasked = 0;  ///< the number of no question

std::string in_words(std::errc code) { return std::make_error_code(code).message(); }

}  // namespace

std::string installed_resolver() {
  std::error_code failure;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", failure);
  if (failure) return {};
  const auto folder = self.parent_path();
  for (const auto& place :
       {folder / "imglint-online", folder.parent_path() / "libexec/imglint/imglint-online"})
    if (std::filesystem::exists(place, failure)) return place.string();
  return {};
}

Resolver::Resolver(std::vector<std::string> words, RegistryAccess access, const Session& session)
    : words_(std::move(words)), access_(std::move(access)), session_(&session) {}

Resolver::~Resolver() {
  if (!program_) return;
  program_->end_input();
  // What it complained of, such as a credential helper that failed.
  while (program_->hear(milliseconds(1000)).kind == Heard::Kind::line) {
  }
  program_->finish(milliseconds(1000));
  std::string_view told = program_->errors();
  while (!told.empty()) {
    const std::string_view line = told.substr(0, told.find('\n'));
    told.remove_prefix(std::min(told.size(), line.size() + 1));
    if (!line.empty() && failure_.empty()) print_remark({.message = std::string(line)}, *session_);
  }
}

bool Resolver::start() {
  if (program_) return true;
  if (words_.empty()) {
    words_ = {installed_resolver()};
    if (words_.front().empty()) {
      failure_ = "imglint-online, which asks registries, is not installed";
      return false;
    }
  }
  program_ = std::make_unique<Conversation>(most_bytes);
  if (const auto started = program_->start(words_); !started) {
    failure_ = printable(words_.front()) + " cannot be started: " + in_words(started.error());
    program_.reset();
    return false;
  }
  program_->say(wire_line(access_));
  return true;
}

void Resolver::fail(std::string why) {
  failure_ = std::move(why);
  const std::string& told = program_->errors();
  if (!told.empty()) failure_ += ": " + printable(std::string_view(told).substr(0, told.find('\n')));
}

void Resolver::tell_progress(const std::vector<RegistryQuestion>& questions,
                             const std::vector<RegistryAnswer>& answers, std::size_t done) {
  if (!session_->progress) return;
  std::string what = "asking registries";
  for (std::size_t i = 0; i < questions.size(); ++i)
    if (answers[i].id == unasked) {
      what += ", waiting for " + printable(questions[i].registry);
      break;
    }
  session_->progress(what, done, questions.size());
}

void Resolver::take_answers(const std::vector<RegistryQuestion>& questions,
                            std::vector<RegistryAnswer>& answers) {
  const std::uint64_t first = questions.front().id;
  // A question may wait for as many rounds of others as there are; each round is bounded by the timeout.
  const auto patience = std::chrono::seconds(access_.timeout + access_.connect_timeout + 30);
  std::size_t done = 0;
  while (done < questions.size()) {
    tell_progress(questions, answers, done);
    const Heard heard = program_->hear(patience);
    if (heard.kind == Heard::Kind::silence) return fail("the resolver says nothing more");
    if (heard.kind == Heard::Kind::end) return fail("the resolver ended before it had answered");
    auto answer = read_answer(heard.line);
    if (!answer) return fail(answer.error().message);
    const std::uint64_t at = answer->id - first;
    if (answer->id < first || at >= questions.size() || answers[at].id != unasked)
      return fail("the resolver answers what was not asked");
    answers[at] = *std::move(answer);
    ++done;
  }
  tell_progress(questions, answers, done);
}

std::vector<RegistryAnswer> Resolver::ask(std::vector<RegistryQuestion> questions) {
  std::vector<RegistryAnswer> answers(questions.size());
  if (questions.empty()) return answers;
  for (RegistryQuestion& question : questions) question.id = next_++;
  if (failure_.empty() && start()) {
    for (const RegistryQuestion& question : questions) program_->say(wire_line(question));
    take_answers(questions, answers);
  }
  for (RegistryAnswer& answer : answers)
    if (answer.id == unasked) answer.error = failure_;
  return answers;
}

}  // namespace imglint
