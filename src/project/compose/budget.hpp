// What putting compose projects together may cost, and the prices of its steps: files that include and extend
// each other multiply. The unit is the time in which a node is read, a value of a file.
#pragma once

#include <cstddef>

namespace imglint::assembly {

/// Of one project: files that include each other can multiply.
inline constexpr std::size_t most_work = 1'000'000;
/// Of the projects of a run together where they read files that others have read: of one file many projects
/// can make as much as there are of them.
inline constexpr std::size_t most_shared_work = 600'000;
/// Keys and items that services share, once for each but the first: each service has lists of its own. As
/// many as there may be nodes by aliases.
inline constexpr std::size_t most_inherited = 100'000;
/// Values of the services of a project, each as often as a service has it: who has it is kept.
inline constexpr std::size_t most_marked = 2'000'000;

/// Whatever is in it, what is made of a file anew, or included: its path, its scope, its troubles.
inline constexpr std::size_t work_of_file = 32;
/// Entries are copied in merging, and this many in the time in which a node is read.
inline constexpr std::size_t copies_of_work = 16;
/// As many are copied in the time in which a name is put into a table.
inline constexpr std::size_t copies_of_lookup = 8;

/// What may be spent of one of those.
class Budget {
 public:
  explicit constexpr Budget(std::size_t most) : most_(most) {}

  /// Whether so much was left. If not, nothing is from then on, and the first time that is told.
  template <class Tell>
  [[nodiscard]] bool spend(std::size_t work, const Tell& tell) {
    const bool was_left = !is_spent();
    spent_ += work;
    if (!is_spent()) return true;
    if (was_left) tell();
    return false;
  }

 private:
  [[nodiscard]] bool is_spent() const { return spent_ > most_; }

  std::size_t most_;
  std::size_t spent_ = 0;
};

}  // namespace imglint::assembly
