// Credentials as docker and the containers tools keep them, bound to their registry (docs/spec/online.md 2).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace imglint {

/// What a registry is shown. Never printed, never in a URL, sent to the origin it is for and no other.
struct HostCredential {
  enum class Kind {
    none,
    password,
    identity_token,  ///< exchanged at the registry's realm
    registry_token,  ///< shown as it is
  };
  Kind kind = Kind::none;
  std::string user;
  std::string secret;
};

/// One file of credentials.
struct CredentialFile {
  std::string origin;  ///< its path, or the variable's name
  std::string text;    ///< its bytes
  bool paths = false;  ///< keys may hold a path: the containers tools' files
};

/// Asks a credential helper. The JSON that it prints; nothing if it has none or fails, which the message then
/// says.
using AskHelper = std::function<std::optional<std::string>(const std::string& name, const std::string& server,
                                                           std::string& message)>;

class Credentials {
 public:
  /// In order of precedence.
  Credentials(std::vector<CredentialFile> files, AskHelper ask)
      : files_(std::move(files)), ask_(std::move(ask)) {}

  /// Those given for this run alone, `user:password`.
  void give(const std::string& registry, std::string_view user_and_password);
  [[nodiscard]] const HostCredential& of(const std::string& registry, const std::string& repository);
  /// What was wrong with files and helpers, each once, without any secret.
  [[nodiscard]] const std::vector<std::string>& remarks() const { return remarks_; }

 private:
  [[nodiscard]] HostCredential find(const std::string& registry, const std::string& repository);
  [[nodiscard]] std::optional<HostCredential> in_file(const CredentialFile& file, const std::string& registry,
                                                      const std::string& repository);
  [[nodiscard]] std::optional<HostCredential> from_helper(const std::string& name,
                                                          const std::string& registry);
  void remark(std::string remark);

  std::vector<CredentialFile> files_;
  AskHelper ask_;
  std::map<std::string, HostCredential> given_;
  std::map<std::pair<std::string, std::string>, HostCredential> found_;
  std::map<std::string, std::optional<HostCredential>> helped_;  ///< by helper and registry
  std::vector<std::string> remarks_;
};

/// The files that the environment names, read: `authfile` alone if it is not empty.
[[nodiscard]] std::vector<CredentialFile> credential_files(const std::string& authfile);

/// Runs `docker-credential-NAME get` without a shell.
[[nodiscard]] std::optional<std::string> run_credential_helper(const std::string& name,
                                                               const std::string& server,
                                                               std::string& message);

/// The text of a base64 text; nothing if it is none.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);
[[nodiscard]] std::string to_base64(std::string_view text);

}  // namespace imglint
