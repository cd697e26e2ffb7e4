// Room in a list for what the rest of a file will bring.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

namespace imglint {

/// Before one more element is added: where a file has brought thousands, takes room for as many as the rest
/// of it would bring. A list that doubles instead is there three times while it moves. `read` bytes of
/// `whole` have been read.
template <class T>
void make_room(std::vector<T>& list, std::size_t read, std::size_t whole) {
  constexpr std::size_t few = 4096;
  if (list.size() < few || list.size() < list.capacity()) return;
  const double rest =
      static_cast<double>(whole) / static_cast<double>(std::clamp<std::size_t>(read, 1, whole));
  const double expected = static_cast<double>(list.size()) * std::min(rest, 1024.0) * 1.01;
  list.reserve(std::max(list.size() + list.size() / 4, static_cast<std::size_t>(expected)));
}

}  // namespace imglint
