// A language server in this process, and recorded sessions with it: scripts that people can read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "lsp/server.hpp"
#include "source/disk_file_system.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {

/// A server over the disk, on the first of November 2026.
class LspSession {
 public:
  LspSession();

  /// Bytes as they come from a client.
  void send_bytes(std::string_view bytes) { server_.receive(bytes); }
  /// A message; `jsonrpc` is added.
  void send(nlohmann::json message);
  /// Lets the server work until it has nothing to do, and gives what it said.
  std::vector<nlohmann::json> run();

  /// The same in one: asks, and gives the answer's result; a test failure if there is none.
  nlohmann::json ask(const std::string& method, nlohmann::json params);
  void notify(const std::string& method, nlohmann::json params);
  /// What was published last for a document; null if nothing was.
  nlohmann::json diagnostics(const std::string& uri);
  /// Everything the server said that was no answer to ask().
  std::vector<nlohmann::json> said;

  [[nodiscard]] lsp::Server& server() { return server_; }

 private:
  DiskFileSystem disk_;
  lsp::Server server_;
  int next_id_ = 1000;
};

/// Messages of a stream of whole frames; a test failure for anything else.
[[nodiscard]] std::vector<nlohmann::json> unframed(std::string_view bytes);

/// The script with what the server says today in place of what is recorded. Its lines:
///
///     # a remark
///     file NAME             makes a file below $ROOT, of the lines `| …` that follow (`\r` at an end: CR)
///     delete NAME
///     > start {…}           `initialize` as a good editor does, with these members on top, and then
///                           `initialized`; the answer is left out
///     > METHOD {…}          a notification
///     > METHOD ID {…}       a request
///     > answer ID {…}       an answer to the server
///     >> "…"                bytes, as a JSON string
///     < …                   what the server says after the lines before it, which it gets in one piece
///
/// Lines that begin with two blanks go on.
[[nodiscard]] std::string replay(std::string_view script);

}  // namespace imglint::test
