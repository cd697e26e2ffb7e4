// Server: the language server as a machine that takes bytes, works in small steps and gives bytes. No
// streams, no threads, no clock.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lsp/buffer_files.hpp"
#include "lsp/digest_service.hpp"
#include "lsp/dispatch.hpp"
#include "lsp/document_store.hpp"
#include "lsp/protocol_json.hpp"
#include "lsp/settings.hpp"
#include "lsp/view.hpp"
#include "lsp/workspace.hpp"

namespace imglint::lsp {

class Server {
 public:
  /// `today` gives YYYY-MM-DD.
  Server(FileSystem& disk, std::function<std::string()> today);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void receive(std::string_view bytes) { dispatcher_.receive(bytes); }
  /// What long work in the background asks: true if a message waits, which it may have received just then.
  void set_interrupted(std::function<bool()> interrupted) { interrupted_ = std::move(interrupted); }
  [[nodiscard]] bool has_message() const { return dispatcher_.has_message(); }
  /// Who asks registries for updates of digests; without one they are not offered. Borrowed.
  void set_digest_service(DigestService& service) { digest_service_ = &service; }
  /// The client says nothing more, so that nobody waits for registries.
  void end_input() { updating_.clear(); }
  /// Handles one message or, if there is none, does a piece of what waits to be done. False if there is
  /// nothing.
  bool step();
  /// Whether step() has something to do.
  [[nodiscard]] bool has_work() const;
  /// Whether more should be read before what is queued is done.
  [[nodiscard]] bool wants_input() const { return dispatcher_.messages() < 256; }
  [[nodiscard]] std::string take_output() { return dispatcher_.take_output(); }
  [[nodiscard]] bool exited() const { return dispatcher_.exited(); }
  /// For the end of the process: `shutdown` came before.
  [[nodiscard]] bool ended_well() const { return dispatcher_.shut_down(); }

 private:
  void add_life_cycle();
  void add_documents();
  void add_features();
  void add_edits();

  // Life cycle and configuration.
  [[nodiscard]] Answer initialize(const InitializeParams& params);
  void initialized();
  void ask_settings();
  void apply_settings(const Json& settings);
  void configure(Workspace& workspace);
  void change_folders(const FolderParams& params);

  // Documents.
  void open(const OpenParams& params);
  void change(const ChangeParams& params);
  void close(const DocumentParams& params);
  void text_changed(const std::string& path);
  void disk_changed(const std::vector<std::string>& paths);

  // Files of any name that are read, of which the client is asked to tell.
  void end_typing();
  [[nodiscard]] std::size_t links_generation() const;
  [[nodiscard]] bool watches_are_stale() const;
  [[nodiscard]] std::optional<WatchPattern> watch_pattern(const std::string& path);
  void renew_watches();

  // Background.
  [[nodiscard]] bool background();
  [[nodiscard]] bool scan();
  [[nodiscard]] bool take_up_documents();
  void report_progress();
  void publish();
  struct Shown {
    std::optional<std::int64_t> version;  ///< of an open document
    std::vector<Diagnostic> diagnostics;
  };
  [[nodiscard]] std::optional<Shown> shown_in(const std::string& path);
  void add_from_elsewhere(const std::string& path, std::vector<Diagnostic>& diagnostics);
  void send_change(const std::string& path);
  void tell_of_mistakes();
  [[nodiscard]] std::string first_mistake() const;
  /// Type 1 is an error, 2 a warning, 3 information.
  void show_message(int type, const std::string& text);
  void send_diagnostics(const std::string& uri, std::optional<std::int64_t> version, Json diagnostics);

  [[nodiscard]] Workspace& workspace_of(std::string_view path);
  /// Nothing for a document that is not open, is not ours or cannot be read.
  template <class Make>
  [[nodiscard]] Answer with_view(const std::string& uri, const Make& make);
  /// The same once all files of the workspace have been read.
  template <class Make>
  [[nodiscard]] Answer with_whole_view(const std::string& uri, const Make& make);
  /// Features: a JSON array of what a function finds in a document.
  template <class Make>
  [[nodiscard]] Answer list_of(const std::string& uri, const Make& make);
  [[nodiscard]] Answer pull(const PullParams& params);
  [[nodiscard]] Answer code_actions(const CodeActionParams& params);
  [[nodiscard]] Answer execute(const CommandParams& params);
  [[nodiscard]] Answer move(const View& view, const CommandParams& params);
  [[nodiscard]] Answer begin_update(const View& view);
  [[nodiscard]] bool go_on_updating();
  [[nodiscard]] Answer apply(const std::string& label, const WorkspaceEdit& edit);

  BufferFiles files_;
  BufferFiles configurations_;
  std::function<std::string()> today_;
  std::function<bool()> interrupted_;
  DocumentStore documents_;
  Dispatcher dispatcher_;
  ClientCapabilities client_;
  Encoding encoding_ = Encoding::utf16;
  std::string first_settings_ = "null";  ///< initializationOptions
  Settings settings_;
  std::string day_;
  std::vector<std::unique_ptr<Workspace>> workspaces_;  ///< the last one is for files in no folder
  struct Published {
    std::string uri;
    std::string text;  ///< version and diagnostics
  };
  std::map<std::string, Published> published_;  ///< by path
  std::set<std::string> mistaken_;              ///< configurations whose mistakes are shown
  std::set<std::string> watched_;               ///< those that the client tells of, by path
  std::size_t watch_number_ = 0;                ///< of the registration
  std::size_t watched_links_ = 0;               ///< links_generation() as it was then
  bool watch_again_ = false;                    ///< whatever that is
  bool is_typing_ = false;                      ///< paths may not be finished
  DigestService* digest_service_ = nullptr;
  std::string updating_;          ///< the document whose registries are being asked; empty: none
  bool config_is_wrong_ = false;  ///< and the user knows
  bool stale_ = false;            ///< something may have to be published
  bool waits_for_settings_ = false;
  bool may_scan_ = false;  ///< not before `initialized`, nor before the client knows of progress
  enum class Progress : std::uint8_t { none, asked, allowed, begun };
  Progress progress_ = Progress::none;
};

}  // namespace imglint::lsp
