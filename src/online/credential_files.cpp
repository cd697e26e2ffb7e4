#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/conversation.hpp"
#include "base/quote.hpp"
#include "online/credentials.hpp"

namespace imglint {
namespace {

constexpr std::size_t most_bytes = 1u << 20;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

void add(const std::string& path, bool paths, std::vector<CredentialFile>& files) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return;
  std::string text(std::istreambuf_iterator<char>(in), {});
  if (text.size() > most_bytes) text.clear();
  files.push_back({.origin = path, .text = std::move(text), .paths = paths});
}

}  // namespace

std::vector<CredentialFile> credential_files(const std::string& authfile) {
  std::vector<CredentialFile> files;
  const std::string one = authfile.empty() ? variable("REGISTRY_AUTH_FILE") : authfile;
  if (!one.empty()) {
    add(one, true, files);
    return files;
  }
  if (std::string text = variable("DOCKER_AUTH_CONFIG"); !text.empty())
    files.push_back({.origin = "DOCKER_AUTH_CONFIG", .text = std::move(text), .paths = false});
  const std::string home = variable("HOME");
  if (const std::string runtime = variable("XDG_RUNTIME_DIR"); !runtime.empty())
    add(runtime + "/containers/auth.json", true, files);
  if (const std::string config = variable("XDG_CONFIG_HOME"); !config.empty())
    add(config + "/containers/auth.json", true, files);
  else if (!home.empty())
    add(home + "/.config/containers/auth.json", true, files);
  if (const std::string docker = variable("DOCKER_CONFIG"); !docker.empty())
    add(docker + "/config.json", false, files);
  else if (!home.empty())
    add(home + "/.docker/config.json", false, files);
  return files;
}

std::optional<std::string> run_credential_helper(const std::string& name, const std::string& server,
                                                 std::string& message) {
  Conversation helper(most_bytes);
  if (!helper.start({"docker-credential-" + name, "get"})) {
    message = "cannot be started";
    return std::nullopt;
  }
  helper.say(server);
  helper.end_input();
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  std::string printed;
  while (true) {
    const auto rest =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    const Heard heard = helper.hear(std::max(rest, std::chrono::milliseconds(0)));
    if (heard.kind == Heard::Kind::silence) {
      message = "gave no answer in 30 seconds";
      return std::nullopt;
    }
    if (heard.kind == Heard::Kind::end) break;
    printed += heard.line + "\n";
    if (printed.size() > most_bytes) {
      message = "printed more than 1 MiB";
      return std::nullopt;
    }
  }
  const int status = helper.finish(std::chrono::seconds(1));
  if (status == 0) return printed;
  // Its way to say that it has none, on standard output.
  if (printed.find("credentials not found") == std::string::npos)
    message = "ended with exit code " + std::to_string(status);
  return std::nullopt;
}

}  // namespace imglint
