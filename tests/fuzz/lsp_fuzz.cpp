// Any bytes as what a client sends: the server goes on, and says nothing but whole frames of JSON. Input that
// begins with `!` is the stream as it is; of any other input each line is the body of a frame.
#include <cstdint>
#include <string>
#include <string_view>

#include "lsp/server.hpp"
#include "tests/fuzz/support/require.hpp"

namespace {

using namespace imglint;
using fuzz::require;

/// A disk with nothing on it.
class NoFiles final : public FileSystem {
 public:
  FileResult<FileContent> read(const std::string&, std::uint64_t) override { return none; }
  FileResult<FileContent> read_below(const std::string&, std::size_t, std::uint64_t) override { return none; }
  FileResult<FileStatus> status(const std::string&) override { return none; }
  FileResult<FileStatus> link_status(const std::string&) override { return none; }
  FileResult<std::vector<FolderEntry>> list(const std::string&) override { return none; }
  FileResult<std::string> resolve(const std::string&) override { return none; }
  FileResult<void> may_write(const std::string&) override { return none; }
  FileResult<FileStatus> hold_folder(const std::string&) override { return forbidden(); }
  void release_folder(const std::string&) override {}
  FileResult<FileHandle> open_device(const std::string&) override { return forbidden(); }
  FileResult<FileHandle> create(const std::string&) override { return forbidden(); }
  FileResult<FileHandle> create_shared(const std::string&) override { return forbidden(); }
  FileResult<std::size_t> write(FileHandle, std::string_view) override { return forbidden(); }
  FileResult<void> copy_attributes(const std::string&, const FileStatus&, FileHandle) override {
    return forbidden();
  }
  FileResult<void> sync(FileHandle) override { return forbidden(); }
  FileResult<void> close(FileHandle) override { return forbidden(); }
  FileResult<void> rename(const std::string&, const std::string&) override { return forbidden(); }
  FileResult<void> remove(const std::string&) override { return forbidden(); }
  FileResult<void> sync_folder(const std::string&) override { return forbidden(); }
  FileResult<void> sync_all(const std::string&) override { return forbidden(); }

 private:
  static constexpr std::errc none = std::errc::no_such_file_or_directory;
  static std::errc forbidden() {
    require(false, "the server writes nothing");
    return none;
  }
};

/// Works until there is nothing to do. What is said goes to `out`.
void work(lsp::Server& server, std::string& out) {
  while (!server.exited() && server.step()) out += server.take_output();
}

/// How many answers to the request "probe" stand in a stream that must be frames of messages.
std::size_t probe_answers(std::string_view out) {
  std::size_t answers = 0;
  lsp::FrameReader reader;
  reader.feed(out);
  while (const auto frame = reader.next()) {
    require(frame->kind == lsp::Frame::Kind::body, "only frames are written");
    const auto message = lsp::read_message(frame->body);
    require(std::holds_alternative<lsp::Message>(message), "every body is a message");
    if (std::get<lsp::Message>(message).id == "probe") ++answers;
  }
  require(reader.waiting() == 0, "the last frame is whole");
  return answers;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view input(reinterpret_cast<const char*>(data), size);
  NoFiles disk;
  lsp::Server server(disk, [] { return std::string("2026-11-01"); });
  std::string out;
  if (input.starts_with('!')) {
    for (input.remove_prefix(1); !input.empty();
         input.remove_prefix(std::min<std::size_t>(input.size(), 7))) {
      server.receive(input.substr(0, 7));
      work(server, out);
    }
    static_cast<void>(probe_answers(out));
    return 0;
  }
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size());
    server.receive(lsp::framed(input.substr(0, end)));
    input.remove_prefix(std::min(end + 1, input.size()));
    work(server, out);
  }
  const std::size_t before = probe_answers(out);
  server.receive(lsp::framed(R"({"id":"probe","method":"probe"})"));
  work(server, out);
  require(server.exited() || probe_answers(out) == before + 1, "the server still answers");
  return 0;
}
