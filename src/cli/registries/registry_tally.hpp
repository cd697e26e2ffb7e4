// What a run asked of each registry, and what of it is worth saying at the end: manifests that had to be
// read, which registries count as pulls, and how many more they answer.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "cli/session.hpp"
#include "registry/question.hpp"

namespace imglint {

struct RegistryTally {
  bool tells_all = false;

  void add(const RegistryQuestion& question, const RegistryAnswer& answer);
  void tell(const Session& session) const;

 private:
  struct Counts {
    std::size_t questions = 0;
    std::size_t read = 0;     ///< manifests that were read
    std::size_t unasked = 0;  ///< of these, those where a digest was all that was wanted
    std::int64_t remaining = -1;
    bool plain = false;
    bool by_proxy = false;
  };

  std::map<std::string, Counts> registries_;
};

}  // namespace imglint
