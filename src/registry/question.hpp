// What is asked of registries and what they answer, as plain data (docs/spec/online.md 5). Nothing here asks.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace imglint {

/// What an asker wants to know of a reference.
enum class Want : std::uint8_t {
  digest,    ///< the registry's word for it, or proof where it gives none
  manifest,  ///< its bytes: the digest proven, and what an index holds
  tags,      ///< of a repository; the reference is empty
};
[[nodiscard]] std::string_view to_string(Want want);

struct RegistryQuestion {
  std::uint64_t id = 0;
  std::string registry;    ///< as references mean it: `docker.io`
  std::string repository;  ///< `library/nginx`
  std::string reference;   ///< a tag or a digest; empty where tags are wanted
  Want want = Want::digest;
};

enum class AnswerState : std::uint8_t {
  found,
  missing,    ///< no such tag, digest or repository
  denied,     ///< it may be there: the registry wants other credentials
  limited,    ///< asked too often; `retry_after` says when to come again
  not_asked,  ///< the host is not one to be asked
  error,      ///< nobody can say
};
[[nodiscard]] std::string_view to_string(AnswerState state);

/// One entry of an index.
struct ManifestChild {
  std::string digest;
  std::string platform;      ///< `linux/arm64/v8`; empty if the index says none
  bool attestation = false;  ///< no image: what was attested of one
};

struct RegistryAnswer {
  std::uint64_t id = 0;
  AnswerState state = AnswerState::error;
  std::string digest;
  bool is_index = false;
  bool proved = false;            ///< the digest is that of bytes that were read
  std::uint32_t http = 0;         ///< the last status; 0 if there was none
  std::string error;              ///< for people, lower-case start; empty where found
  std::uint64_t retry_after = 0;  ///< seconds
  std::int64_t remaining = -1;    ///< requests left by the registry's own count; -1: it does not say
  bool given_up = false;          ///< its registry is not asked any more; all its questions end like this
  bool plain = false;             ///< the registry was spoken to without TLS
  bool by_proxy = false;          ///< so that nobody looked at the registry's own address
  std::vector<ManifestChild> children;  ///< of an index whose manifest was wanted, in its order
  std::vector<std::string> tags;        ///< where they were wanted, as the registry sorts them
};

/// How to ask: what the command line says, and which hosts may be met.
struct RegistryAccess {
  unsigned jobs = 8;                    ///< requests at once to one host
  unsigned timeout = 60;                ///< seconds for one question, its retries included
  unsigned connect_timeout = 10;        ///< seconds
  std::vector<std::string> hosts;       ///< these alone are asked
  std::vector<std::string> trusted;     ///< of these, those that may be at private addresses
  std::vector<std::string> plain_http;  ///< hosts that speak http
  std::vector<std::string> insecure;    ///< hosts that may speak http, if they speak no TLS
  std::map<std::string, std::vector<std::string>> realms;  ///< registry to hosts that may see its credentials
  std::string ca;                                          ///< file of further certificates; may be empty
  std::string authfile;                            ///< the one file of credentials; empty: the usual ones
  std::map<std::string, std::string> credentials;  ///< host to `user:password`
};

/// `registry/repository:tag` or `registry/repository@digest`; of tags that are wanted `registry/repository`.
[[nodiscard]] std::string name_of(const RegistryQuestion& question);

}  // namespace imglint
