// What containers may say of images beside their own: variables and arguments (docs/spec/kubernetes.md 4.2).
#include <algorithm>

#include "kinds/manifest/objects.hpp"

namespace imglint::manifest {
namespace {

bool is_lower_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
bool is_separator(char c) { return c == '_' || c == '.' || c == '-'; }

/// A name of a flag: `-` or `--`, then `image`, or one that ends so behind a separator, or in `Image`.
bool is_image_flag(std::string_view flag) {
  if (!flag.starts_with('-')) return false;
  flag.remove_prefix(flag.starts_with("--") ? 2 : 1);
  if (flag == "image" || flag.ends_with("Image")) return true;
  constexpr std::string_view word = "image";
  return flag.size() > word.size() && flag.ends_with(word) &&
         is_separator(flag[flag.size() - word.size() - 1]);
}

void read_arguments(Reading& reading, const At& list) {
  if (!list.is(NodeKind::sequence)) return;
  bool is_next = false;
  std::size_t number = 0;
  for (const Position position : list.view().items(list.position)) {
    Path path = list.path;
    path.item(number++);
    const At item = list.at(position, path);
    const std::string_view text = item.string();
    if (is_next && !text.starts_with('-')) reading.note(item, Place::argument, Certainty::probable);
    const auto equals = text.find('=');
    is_next = equals == text.npos && is_image_flag(text);
    if (equals != text.npos && is_image_flag(text.substr(0, equals)))
      reading.note_part(item, Place::argument,
                        {static_cast<std::uint32_t>(equals + 1), static_cast<std::uint32_t>(text.size())},
                        Certainty::probable);
  }
}

}  // namespace

bool is_image_name(std::string_view name) {
  if (name.starts_with("RELATED_IMAGE_")) return true;
  constexpr std::size_t size = 5;
  if (name.size() < size) return false;
  const std::string_view end = name.substr(name.size() - size);
  const bool alone = name.size() == size || is_separator(name[name.size() - size - 1]);
  if (end == "IMAGE" || end == "image") return alone;
  return end == "Image" && name.size() > size && is_lower_or_digit(name[name.size() - size - 1]);
}

void read_probable_of_container(Reading& reading, const At& container) {
  for_each_match(container.view(), container.position, "env[]", container.path,
                 [&](Position position, const Path& path) {
                   const At variable = container.at(position, path);
                   if (is_image_name(variable.key("name").string()))
                     reading.note(variable.key("value"), Place::env, Certainty::probable);
                 });
  read_arguments(reading, container.key("args"));
  read_arguments(reading, container.key("command"));
}

}  // namespace imglint::manifest
