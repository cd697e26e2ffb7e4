#include "tests/support/lsp_session.hpp"

#include <filesystem>

#include <gtest/gtest.h>

#include "lsp/framing.hpp"
#include "lsp/uri.hpp"
#include "tests/support/repository.hpp"

namespace imglint::test {
namespace {

using Json = nlohmann::json;

constexpr std::size_t widest = 116;

/// Values that fit stand on one line.
void print(const Json& value, std::size_t indent, std::string& out) {
  const std::string line = value.dump();
  if (!value.is_structured() || value.empty() || indent + line.size() <= widest) {
    out += line;
    return;
  }
  const std::string inner(indent + 2, ' ');
  out += value.is_object() ? "{" : "[";
  bool first = true;
  for (const auto& item : value.items()) {
    out += (first ? "\n" : ",\n") + inner;
    if (value.is_object()) out += Json(item.key()).dump() + ": ";
    print(item.value(), indent + 2, out);
    first = false;
  }
  out += value.is_object() ? "}" : "]";
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

/// A message of the server as a script shows it.
std::string shown(const Json& message) {
  std::string out = "< ";
  const bool is_error = message.contains("error");
  if (message.contains("method")) out += message["method"].get<std::string>() + " ";
  if (message.contains("id"))
    out += is_error ? "error " + message["id"].dump() + " " : message["id"].dump() + " ";
  print(message.contains("method") ? message["params"]
        : is_error                 ? message["error"]
                                   : message["result"],
        2, out);
  return out + "\n";
}

/// `METHOD ID {…}`, `answer ID {…}` or `METHOD {…}`.
Json message_of(const std::string& words) {
  std::size_t end = words.find(' ');
  const std::string method = words.substr(0, end);
  std::string rest = end == std::string::npos ? "" : words.substr(end + 1);
  Json message = Json::object();
  if (!rest.empty() && rest.front() != '{' && rest.front() != '[' && rest != "null") {
    end = rest.find(' ');
    message["id"] = Json::parse(rest.substr(0, end));
    rest = end == std::string::npos ? "" : rest.substr(end + 1);
  }
  const Json body = rest.empty() ? Json(nullptr) : Json::parse(rest);
  if (method == "answer") {
    message["result"] = body;
  } else {
    message["method"] = method;
    if (!rest.empty()) message["params"] = body;
  }
  return message;
}

/// What a good editor announces.
constexpr const char* good_editor = R"({
  "textDocument": {
    "publishDiagnostics": {"relatedInformation": true, "versionSupport": true, "codeDescriptionSupport": true,
                           "dataSupport": true, "tagSupport": {"valueSet": [1, 2]}},
    "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}, "isPreferredSupport": true},
    "hover": {"contentFormat": ["markdown", "plaintext"]},
    "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
    "rename": {"prepareSupport": true},
    "documentLink": {"tooltipSupport": true}},
  "workspace": {"applyEdit": true, "workspaceEdit": {"documentChanges": true}}})";

class Player {
 public:
  std::string play(std::string_view script) {
    root_uri_ = lsp::uri_of_path(folder_.path());
    std::vector<std::string> lines = split(script, '\n');
    if (!lines.empty() && lines.back().empty()) lines.pop_back();
    for (std::size_t at = 0; at < lines.size();) at = step(lines, at);
    speak();
    return std::move(out_);
  }

 private:
  std::size_t step(const std::vector<std::string>& lines, std::size_t at) {
    std::string whole = lines[at], text = lines[at];
    std::size_t next = at + 1;
    const bool is_file = text.starts_with("file ");
    for (; next < lines.size() && lines[next].starts_with(is_file ? "|" : "  "); ++next) {
      whole += "\n" + lines[next];
      text += (is_file ? "\n" : " ") + lines[next].substr(is_file ? 0 : 2);
    }
    if (text.starts_with("<")) return next;  // said anew
    if (text.starts_with(">")) {
      hear(text);
    } else {
      speak();
      change_disk(text);
    }
    out_ += whole + "\n";
    return next;
  }

  void hear(std::string text) {
    replace_all(text, "$ROOT", root_uri_);
    waiting_ = true;
    if (text.starts_with(">> "))
      session_.send_bytes(Json::parse(text.substr(3)).get<std::string>());
    else if (text.starts_with("> start"))
      start(text.substr(7));
    else
      session_.send(message_of(text.substr(2)));
  }

  void start(const std::string& words) {
    Json params = {{"capabilities", Json::parse(good_editor)}, {"rootUri", root_uri_}};
    if (!words.empty()) params.merge_patch(Json::parse(words));
    session_.send({{"id", 0}, {"method", "initialize"}, {"params", std::move(params)}});
    session_.send({{"method", "initialized"}, {"params", Json::object()}});
  }

  void speak() {
    if (!waiting_) return;
    waiting_ = false;
    for (const Json& message : session_.run()) {
      if (message.contains("id") && message["id"] == 0) continue;
      std::string text = shown(message);
      replace_all(text, root_uri_, "$ROOT");
      replace_all(text, folder_.path(), "$ROOT");
      out_ += text;
    }
    if (session_.server().exited())
      out_ += session_.server().ended_well() ? "< (ends well)\n" : "< (ends badly)\n";
  }

  void change_disk(const std::string& text) {
    if (text.starts_with("delete ")) std::filesystem::remove(folder_ / text.substr(7));
    if (!text.starts_with("file ")) return;
    const std::vector<std::string> lines = split(text, '\n');
    std::string bytes;
    for (std::size_t i = 1; i < lines.size(); ++i) {
      std::string line = lines[i].substr(std::min<std::size_t>(2, lines[i].size()));
      if (line.ends_with("\\r")) line.replace(line.size() - 2, 2, "\r");
      bytes += line + "\n";
    }
    folder_.write(lines[0].substr(5), bytes);
  }

  TemporaryFolder folder_;
  LspSession session_;
  std::string root_uri_;
  std::string out_;
  bool waiting_ = false;
};

}  // namespace

LspSession::LspSession() : server_(disk_, [] { return std::string("2026-11-01"); }) {}

void LspSession::send(Json message) {
  message["jsonrpc"] = "2.0";
  send_bytes(lsp::framed(message.dump()));
}

std::vector<Json> LspSession::run() {
  std::string out;
  while (!server_.exited() && server_.step()) out += server_.take_output();
  return unframed(out);
}

Json LspSession::ask(const std::string& method, Json params) {
  const int id = next_id_++;
  send({{"id", id}, {"method", method}, {"params", std::move(params)}});
  Json result;
  bool answered = false;
  for (Json& message : run()) {
    if (message.contains("id") && message["id"] == id && !message.contains("method")) {
      answered = true;
      EXPECT_TRUE(message.contains("result")) << message.dump();
      if (message.contains("result")) result = message["result"];
    } else {
      said.push_back(std::move(message));
    }
  }
  EXPECT_TRUE(answered) << method;
  return result;
}

void LspSession::notify(const std::string& method, Json params) {
  send({{"method", method}, {"params", std::move(params)}});
  for (Json& message : run()) said.push_back(std::move(message));
}

Json LspSession::diagnostics(const std::string& uri) {
  Json last;
  for (const Json& message : said)
    if (message.contains("method") && message["method"] == "textDocument/publishDiagnostics" &&
        message["params"]["uri"] == uri)
      last = message["params"]["diagnostics"];
  return last;
}

std::vector<Json> unframed(std::string_view bytes) {
  std::vector<Json> messages;
  lsp::FrameReader reader;
  reader.feed(bytes);
  while (auto frame = reader.next()) {
    EXPECT_EQ(frame->kind, lsp::Frame::Kind::body);
    messages.push_back(Json::parse(frame->body));
    EXPECT_EQ(messages.back()["jsonrpc"], "2.0");
  }
  EXPECT_EQ(reader.waiting(), 0U);
  return messages;
}

std::string replay(std::string_view script) { return Player().play(script); }

}  // namespace imglint::test
