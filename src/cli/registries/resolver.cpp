#include "cli/registries/resolver.hpp"

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

/// Whether an answer is one to that question: what a resolver says is checked like any other input.
bool fits(const RegistryQuestion& question, const RegistryAnswer& answer) {
  if (answer.state != AnswerState::found) return true;
  if (question.want == Want::tags) return answer.digest.empty();
  const bool by_digest = question.reference.find(':') != std::string::npos;
  return !answer.digest.empty() && (!by_digest || answer.digest == question.reference);
}

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
    : words_(std::move(words)), access_(std::move(access)), session_(&session), cache_({}, session) {}

void Resolver::set(ResolverSettings settings) {
  tally_.tells_all = settings.verbose;
  cache_ = RegistryCache(std::move(settings.cache), *session_);
}

Resolver::~Resolver() {
  tally_.tell(*session_);
  cache_.save();
  if (!program_) return;
  if (!failure_.empty()) return;
  program_->end_input();
  // What it complained of, such as a credential helper that failed. One that never ends is not waited for.
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  const auto rest = [&] {
    return std::max(milliseconds(0),
                    std::chrono::duration_cast<milliseconds>(deadline - std::chrono::steady_clock::now()));
  };
  while (rest() > milliseconds(0) && program_->hear(rest()).kind == Heard::Kind::line) {
  }
  program_->finish(rest());
  std::string_view told = program_->errors();
  while (!told.empty()) {
    const std::string_view line = told.substr(0, told.find('\n'));
    told.remove_prefix(std::min(told.size(), line.size() + 1));
    if (!line.empty()) print_remark({.message = std::string(line)}, *session_);
  }
}

bool Resolver::start() {
  if (program_) return true;
  if (words_.empty()) {
    words_ = {installed_resolver()};
    if (words_.front().empty()) {
      if (failure_.empty())
        print_remark(
            {.message = "imglint-online is neither beside imglint nor in libexec/imglint",
             .hint =
                 "in a checkout 'cmake --build build/release --target programs' builds it; on Debian it is "
                 "a package of its own"},
            *session_);
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

void Resolver::tell_progress() {
  if (!session_->progress) return;
  std::string what = "asking registries";
  for (std::size_t i = 0; i < questions_.size(); ++i)
    if (answers_[i].id == unasked) {
      what += ", waiting for " + printable(questions_[i].registry);
      break;
    }
  session_->progress(what, done_, questions_.size());
}

void Resolver::take_line(const std::string& line) {
  auto answer = read_answer(line);
  if (!answer) return fail(answer.error().message);
  const std::uint64_t first = questions_.front().id;
  const std::uint64_t at = answer->id - first;
  if (answer->id < first || at >= questions_.size() || answers_[at].id != unasked)
    return fail("the resolver answers what was not asked");
  if (!fits(questions_[at], *answer))
    return fail("the resolver answers something else than " + name_of(questions_[at]));
  tally_.add(questions_[at], *answer);
  cache_.add(questions_[at], *answer);
  answers_[at] = *std::move(answer);
  ++done_;
}

void Resolver::begin(std::vector<RegistryQuestion> questions) {
  questions_ = std::move(questions);
  answers_.assign(questions_.size(), {});
  done_ = 0;
  for (RegistryQuestion& question : questions_) question.id = next_++;
  for (std::size_t i = 0; i < questions_.size(); ++i)
    if (auto known = cache_.find(questions_[i]); known && fits(questions_[i], *known)) {
      answers_[i] = *std::move(known);
      answers_[i].id = questions_[i].id;
      ++done_;
    }
  if (done_ == questions_.size() || !failure_.empty() || !start()) return;
  for (std::size_t i = 0; i < questions_.size(); ++i)
    if (answers_[i].id == unasked) program_->say(wire_line(questions_[i]));
  heard_ = std::chrono::steady_clock::now();
}

bool Resolver::hear(milliseconds patience) {
  // A question may wait for as many rounds of others as there are; each round is bounded by the timeout.
  const auto longest = std::chrono::seconds(access_.timeout + access_.connect_timeout + 5);
  if (done_ == questions_.size() || !failure_.empty()) return true;
  tell_progress();
  const Heard heard = program_->hear(patience);
  const auto now = std::chrono::steady_clock::now();
  if (heard.kind == Heard::Kind::silence && now - heard_ >= longest) fail("the resolver says nothing more");
  if (heard.kind == Heard::Kind::end) fail("the resolver ended before it had answered");
  if (heard.kind == Heard::Kind::line) {
    heard_ = now;
    take_line(heard.line);
  }
  tell_progress();
  return done_ == questions_.size() || !failure_.empty();
}

std::vector<RegistryAnswer> Resolver::take() {
  for (RegistryAnswer& answer : answers_)
    if (answer.id == unasked) answer.error = failure_;
  questions_.clear();
  done_ = 0;
  return std::exchange(answers_, {});
}

std::vector<RegistryAnswer> Resolver::ask(std::vector<RegistryQuestion> questions) {
  begin(std::move(questions));
  while (!hear(milliseconds(1000))) {
  }
  return take();
}

}  // namespace imglint
