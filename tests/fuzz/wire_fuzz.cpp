// Any bytes as a line of either side of the helper's streams, and as the files in which answers are kept:
// what is read is written and read again as the same.
#include "registry/answer_cache.hpp"
#include "registry/digest.hpp"
#include "registry/lock.hpp"
#include "registry/wire.hpp"
#include "tests/fuzz/support/require.hpp"

namespace {

using imglint::fuzz::require;

void check_answer(std::string_view text) {
  const auto answer = imglint::read_answer(text);
  if (!answer) return;
  if (answer->state == imglint::AnswerState::found && !answer->digest.empty())
    require(imglint::is_digest(answer->digest), "a digest that is found is one");
  const std::string line = imglint::wire_line(*answer);
  require(line.find('\n') == line.size() - 1, "an answer is one line");
  const auto again = imglint::read_answer(line);
  require(again && imglint::wire_line(*again) == line, "an answer comes back");
}

void check_request(std::string_view text) {
  const auto request = imglint::read_request(text);
  if (!request) return;
  const std::string line = std::visit([](const auto& one) { return imglint::wire_line(one); }, *request);
  const auto again = imglint::read_request(line);
  require(again && std::visit([](const auto& one) { return imglint::wire_line(one); }, *again) == line,
          "a request comes back");
}

void check_files(std::string_view text) {
  if (const auto lock = imglint::read_digest_lock(text)) {
    const std::string written = imglint::digest_lock_text(*lock);
    const auto again = imglint::read_digest_lock(written);
    require(again && imglint::digest_lock_text(*again) == written, "a lock comes back");
  }
  const imglint::AnswerCache cache(text);
  const std::string written = cache.text(1000, 1000);
  require(imglint::AnswerCache(written).text(1000, 1000) == written, "kept answers come back");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = imglint::fuzz::text_of(data, size);
  check_answer(text);
  check_request(text);
  check_files(text);
  return 0;
}
