// The list of a repository's tags, page by page.
#include <iterator>

#include "online/client.hpp"
#include "online/tag_page.hpp"

namespace imglint {
namespace {

constexpr std::size_t most_pages = 1000;
constexpr std::size_t most_tags = 500000;

}  // namespace

void Client::receive_tags(Number number, const HttpResponse& response) {
  Task& task = tasks_.at(number);
  auto tags = read_tag_page(response.body);
  if (!tags) return fail(number, AnswerState::error, tags.error().message, 200);
  task.tags.insert(task.tags.end(), std::make_move_iterator(tags->begin()),
                   std::make_move_iterator(tags->end()));
  const std::string next = next_page(response.header("link"));
  if (next.empty())
    return answer(number, {.state = AnswerState::found, .http = 200, .tags = std::move(task.tags)});
  const auto target = read_url(next, task.url.text);
  if (!target || target->origin() != task.url.origin())
    return fail(number, AnswerState::error,
                "its list of tags goes on at " + strangers_words(next) + ", which is not asked", 200);
  const bool is_new = target->text != task.url.text && task.pages.insert(target->text).second;
  if (!is_new || task.pages.size() >= most_pages || task.tags.size() > most_tags)
    return fail(number, AnswerState::error, "its list of tags does not end", 200);
  task.url = *target;
}

}  // namespace imglint
