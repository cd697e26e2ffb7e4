#include "project/left_out.hpp"

#include <algorithm>
#include <utility>

#include "base/path.hpp"
#include "project/ignore_files.hpp"
#include "project/ignore_rules.hpp"
#include "source/inside.hpp"

namespace imglint {

LeftOut::LeftOut(FileSystem& files, DiscoverOptions options, const std::vector<std::string>& given)
    : files_(files), options_(std::move(options)), trees_(files, options_.git) {
  for (const std::string& path : given) given_.insert(normal_path(path));
}

std::string LeftOut::why(const std::string& path) {
  if (is_named(path)) return {};
  const auto [known, is_new] = known_.try_emplace(path);
  if (!is_new) return known->second;
  known->second = by_configuration(path);
  if (known->second.empty() && !options_.no_ignore) known->second = by_ignore_files(path);
  return known->second;
}

std::string LeftOut::why_environment(const std::string& path) const {
  if (is_named(path)) return {};
  std::string why = by_configuration(path);
  const auto folder = files_.resolve(std::string(folder_of(path)));
  if (!why.empty() || options_.no_ignore || !folder) return why;
  std::vector<std::string> tops;
  if (auto top = trees_.top_of(*folder)) tops.push_back(*std::move(top));
  for (const std::string& given : tops.empty() ? given_ : std::set<std::string>())
    if (const auto root = files_.resolve(given); root && is_inside(*folder, *root)) tops.push_back(*root);
  IgnoreRules rules(files_);
  const std::string resolved = join_path(*folder, name_of(path));
  const bool is_ours =
      std::ranges::any_of(tops, [&](const std::string& top) { return rules.leave_out(top, resolved); });
  return is_ours ? std::string(imglintignore_name) + " leaves it out" : std::string();
}

std::string LeftOut::by_configuration(const std::string& path) const {
  const ChooseInFolder in_folder =
      options_.choose ? options_.choose(std::string(folder_of(path)), nullptr) : ChooseInFolder();
  const FileChoice choice = in_folder ? in_folder(name_of(path)) : FileChoice();
  return choice.excluded ? choice.excluded_by + " excludes it" : std::string();
}

std::string LeftOut::by_ignore_files(const std::string& path) {
  const auto folder = files_.resolve(std::string(folder_of(path)));
  if (!folder || !trees_.has_git()) return {};
  const std::string resolved = join_path(*folder, name_of(path));
  const auto top = trees_.top_of(*folder);
  if (!top) return outside_of_work_trees(resolved);
  const auto [known, is_new] = kept_.try_emplace(*top);
  if (is_new) known->second = kept_files(files_, trees_, *top);
  const Kept& kept = known->second;
  const std::string relative = resolved.substr(*top == "/" ? 1 : top->size() + 1);
  if (!kept.paths || std::ranges::binary_search(*kept.paths, relative)) return {};
  const auto status = files_.link_status(resolved);
  if (!status && is_absent(status.error())) return by_name(*top, relative);
  const bool is_ours = std::ranges::binary_search(kept.by_imglintignore, relative);
  return std::string(is_ours ? imglintignore_name : ".gitignore") + " leaves it out";
}

/// Of a file that is not on the disk, such as a text that is new in an editor: no listing has it.
std::string LeftOut::by_name(const std::string& top, const std::string& relative) {
  if (IgnoreRules(files_).leave_out(top, join_path(top, relative)))
    return std::string(imglintignore_name) + " leaves it out";
  const Result<GitRepository>& repository = trees_.repository(top);
  const auto ignored = repository ? repository->ignores(relative) : Result<bool>(repository.error());
  return ignored && !*ignored ? std::string() : ".gitignore leaves it out";
}

/// There `.imglintignore` counts from the folder that was given down.
std::string LeftOut::outside_of_work_trees(const std::string& resolved) {
  for (const std::string& given : given_) {
    const auto root = files_.resolve(given);
    if (!root || !is_inside(resolved, *root) || *root == resolved) continue;
    bool has_any = false;
    for (std::string_view at = folder_of(resolved); !has_any; at = folder_of(at)) {
      has_any = files_.link_status(join_path(at, imglintignore_name)).has_value();
      if (at.size() <= root->size()) break;
    }
    if (!has_any) continue;
    const auto listing = files_by_imglintignore(files_, trees_.git(), *root);
    const std::string relative = resolved.substr(*root == "/" ? 1 : root->size() + 1);
    if (listing && !std::ranges::binary_search(*listing, relative))
      return std::string(imglintignore_name) + " leaves it out";
  }
  return {};
}

}  // namespace imglint
