#include "project/compose/known_files.hpp"

#include <algorithm>
#include <functional>

#include "base/path.hpp"

namespace imglint::assembly {
namespace {

std::size_t name_hash(const std::string& name) { return std::hash<std::string>()(name); }

}  // namespace

KnownFiles::KnownFiles(std::vector<FoundFile>& found) : found_(&found) {
  hashes_.reserve(found.size());
  for (std::size_t i = 0; i < found.size(); ++i)
    hashes_.emplace_back(name_hash(normal_path(found[i].path)), static_cast<std::uint32_t>(i));
  std::ranges::sort(hashes_);
}

FoundFile* KnownFiles::find(const std::string& name) const {
  const auto hash = name_hash(name);
  for (auto at = std::ranges::lower_bound(hashes_, hash, {}, &Hash::first);
       at != hashes_.end() && at->first == hash; ++at)
    if (const std::string& path = (*found_)[at->second].path; path == name || normal_path(path) == name)
      return &(*found_)[at->second];
  const auto added = added_.find(name);
  return added == added_.end() ? nullptr : &(*found_)[added->second];
}

void KnownFiles::add(FoundFile file) {
  added_.emplace(file.path, found_->size());
  found_->push_back(std::move(file));
}

}  // namespace imglint::assembly
