#include "lsp/run.hpp"

#include <new>

#include "base/memory_reserve.hpp"
#include "lsp/server.hpp"

namespace imglint::lsp {

bool run_server(FileSystem& disk, const std::function<std::string()>& today, const Streams& streams,
                DigestService* digests) {
  if (!MemoryReserve::renew()) throw std::bad_alloc();  // before anything is promised
  Server server(disk, today);
  if (digests) server.set_digest_service(*digests);
  bool open = true;
  server.set_interrupted([&] {
    if (open && !server.has_message()) {
      const auto bytes = streams.read(false);
      open = bytes.has_value();
      if (bytes) server.receive(*bytes);
    }
    return server.has_message();
  });
  while (!server.exited() && (open || server.has_work())) {
    if (open && server.wants_input()) {
      const auto bytes = streams.read(!server.has_work());
      open = bytes.has_value();
      if (bytes) server.receive(*bytes);
    }
    if (!open) server.end_input();
    static_cast<void>(server.step());
    if (const std::string out = server.take_output(); !out.empty()) streams.write(out);
  }
  return server.ended_well();
}

}  // namespace imglint::lsp
