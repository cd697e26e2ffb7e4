#include "online/client.hpp"

#include <algorithm>
#include <random>

#include "base/quote.hpp"
#include "online/manifest.hpp"
#include "online/proxy.hpp"
#include "online/trust.hpp"
#include "registry/digest.hpp"
#include "registry/host.hpp"

namespace imglint {
namespace {

using std::chrono::milliseconds;

constexpr unsigned most_requests = 32;
constexpr std::size_t most_manifest_bytes = 4u << 20;
constexpr int most_failures = 5;

/// Half of the pause, and up to as much again: so that not all come back at once.
milliseconds with_jitter(milliseconds pause) {
  static thread_local std::minstd_rand random{std::random_device{}()};
  return pause / 2 + milliseconds(std::uniform_int_distribution<long>(0, pause.count())(random));
}

std::string fault_of(const RegistryQuestion& question) {
  if (!is_repository(question.repository)) return "its repository is none";
  if (question.want == Want::tags) return {};
  if (!is_tag(question.reference) && !is_digest(question.reference))
    return quote(question.reference) + " is neither a tag nor a digest that registries know";
  return {};
}

}  // namespace

std::string strangers_words(std::string_view text) { return quote(text, 200); }

void Client::ask(RegistryQuestion question) {
  const Number number = next_++;
  Task& task = tasks_[number];
  task.question = std::move(question);
  if (task.question.want != Want::digest) task.method = HttpMethod::get;
  if (std::string why = guard_.refusal_of(task.question.registry); !why.empty())
    return fail(number, AnswerState::not_asked, std::move(why));
  if (std::string why = fault_of(task.question); !why.empty())
    fail(number, AnswerState::error, std::move(why));
}

void Client::work(int input) {
  std::vector<Number> numbers;
  paused_.clear();
  for (const auto& [number, task] : tasks_) {
    if (!task.is_sent) numbers.push_back(number);
    if (task.not_before > Clock::now()) ++paused_[task.question.registry];
  }
  Clock::time_point next = Clock::now() + std::chrono::seconds(1);
  for (const Number number : numbers) {
    if (!tasks_.contains(number)) continue;
    advance(number);
    if (const auto task = tasks_.find(number); task != tasks_.end() && task->second.not_before > Clock::now())
      next = std::min(next, task->second.not_before);
  }
  if (!answers_.empty()) return;
  const auto patience = std::chrono::duration_cast<milliseconds>(next - Clock::now());
  transport_->wait(std::max(patience, milliseconds(1)), input);
  for (const auto& [id, response] : transport_->take()) {
    const auto exchange = exchanges_.find(id);
    if (exchange == exchanges_.end()) continue;
    const Exchange known = exchange->second;
    exchanges_.erase(exchange);
    --busy_[known.origin];
    receive(known, response);
  }
}

milliseconds Client::rest(const Task& task) const {
  const auto all = std::chrono::seconds(access_->timeout);
  if (!task.has_begun) return all;
  return std::max(milliseconds(1), std::chrono::duration_cast<milliseconds>(task.begun + all - Clock::now()));
}

bool Client::has_room(const std::string& origin) const {
  const auto busy = busy_.find(origin);
  return transport_->running() < most_requests && (busy == busy_.end() || busy->second < access_->jobs);
}

/// The first question of a host goes alone: it shows whether the host answers at all, how it is spoken to,
/// and whether it wants tokens.
bool Client::may_send(const Task& task, const Host& host) const {
  if (task.not_before > Clock::now()) return false;
  if (!host.answered && host.asking > 0) return false;
  // Those that wait to try again keep their places: a host in trouble is not asked for more and more.
  const auto paused = paused_.find(task.question.registry);
  return task.has_begun || paused == paused_.end() || paused->second < access_->jobs;
}

std::optional<Url> Client::first_url(const RegistryQuestion& question, bool plain) {
  const std::string what =
      question.want == Want::tags ? "/tags/list?n=1000" : "/manifests/" + question.reference;
  return read_url((plain ? "http://" : "https://") + api_host(question.registry) + "/v2/" +
                  question.repository + what);
}

void Client::advance(Number number) {
  Task& task = tasks_.at(number);
  Host& host = hosts_[task.question.registry];
  if (!host.given_up.empty()) {
    RegistryAnswer answer{
        .state = host.given_up_state, .error = host.given_up, .retry_after = host.retry_after};
    return this->answer(number, std::move(answer));
  }
  if (!may_send(task, host)) return;
  const bool plain = host.plain.value_or(guard_.is_plain(task.question.registry));
  if (task.hops == 0 && (task.url.text.empty() || task.url.is_plain() != plain)) {
    const auto url = first_url(task.question, plain);
    if (!url) return fail(number, AnswerState::error, "its name makes no URL");
    task.url = *url;
    task.home = url->origin();
  }
  // A token can be fetched while others are asked for: it goes to another door.
  if (is_at_home(task) && wants_token(task, host) && !has_token(number, task, host)) return;
  if (!has_room(task.url.origin())) return;
  send(number, task, host);
}

HttpRequest Client::request_for(const std::string& registry, const Url& url, Host& host) const {
  HttpRequest request{.method = HttpMethod::get, .url = url.text};
  request.addresses = guard_.addresses(registry, url);
  const bool own = host_without_port(url.host) == host_without_port(api_host(registry));
  if (own && !host.trust) host.trust = trust_for(registry, access_->ca);
  request.trust = own ? *host.trust : trust_for(url.host, access_->ca);
  request.connect_timeout = std::chrono::seconds(access_->connect_timeout);
  if (!proxy_for(url.text).empty()) host.by_proxy = true;
  return request;
}

void Client::send(Number number, Task& task, Host& host) {
  HttpRequest request = request_for(task.question.registry, task.url, host);
  request.method = task.method;
  const std::string_view accepted =
      task.question.want == Want::tags ? std::string_view("application/json") : accepted_manifests;
  request.headers = {"Accept: " + std::string(accepted), "User-Agent: imglint"};
  if (is_at_home(task))
    if (std::string header = authorization(task, host); !header.empty())
      request.headers.push_back("Authorization: " + header);
  request.most_bytes = most_manifest_bytes;
  if (!task.has_begun) task.begun = Clock::now();
  task.has_begun = true;
  request.timeout = rest(task);
  task.is_sent = true;
  ++host.asking;
  const std::string origin = task.url.origin();
  ++busy_[origin];
  exchanges_[transport_->start(std::move(request))] = {
      .task = number, .token = {}, .origin = origin, .registry = task.question.registry};
}

void Client::answer(Number number, RegistryAnswer answer) {
  const auto task = tasks_.find(number);
  if (task == tasks_.end()) return;
  const Host& host = hosts_[task->second.question.registry];
  answer.id = task->second.question.id;
  answer.given_up = answer.state == host.given_up_state && !host.given_up.empty();
  answer.plain = host.plain.value_or(false);
  answer.by_proxy = host.by_proxy;
  tasks_.erase(task);
  answers_.push_back(std::move(answer));
}

void Client::fail(Number number, AnswerState state, std::string why, std::uint32_t http) {
  answer(number, {.state = state, .http = http, .error = std::move(why)});
}

void Client::give_up(const std::string& registry, AnswerState state, const std::string& why) {
  Host& host = hosts_[registry];
  host.given_up = why;
  host.given_up_state = state;
}

void Client::note_failure(const std::string& registry, const std::string& why) {
  Host& host = hosts_[registry];
  host.failures = host.last_failure == why ? host.failures + 1 : 1;
  host.last_failure = why;
  if (host.failures >= most_failures) give_up(registry, AnswerState::error, why);
}

bool Client::try_again(Task& task, milliseconds pause) {
  constexpr int most_attempts = 3;
  if (++task.attempts >= most_attempts || pause >= rest(task)) return false;
  task.not_before = Clock::now() + with_jitter(pause);
  return true;
}

}  // namespace imglint
