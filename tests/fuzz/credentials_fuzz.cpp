// Any bytes as docker's config.json and as the containers tools' auth.json: no helper is started under a name
// that is a path, and no secret is spoken of.
#include "online/credentials.hpp"
#include "tests/fuzz/support/require.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using imglint::fuzz::require;
  const std::string text(imglint::fuzz::text_of(data, size));
  const auto ask = [](const std::string& name, const std::string&, std::string&) {
    require(!name.empty() && name.find('/') == std::string::npos && name.find('\0') == std::string::npos,
            "a helper's name is no path");
    return std::optional<std::string>(R"({"Username":"u","Secret":"helper-secret"})");
  };
  for (const bool paths : {false, true}) {
    imglint::Credentials credentials({{.origin = "config.json", .text = text, .paths = paths}}, ask);
    for (const char* registry : {"docker.io", "ghcr.io", "localhost:5000"})
      for (const char* repository : {"library/a", "team/app"})
        static_cast<void>(credentials.of(registry, repository));
    for (const std::string& remark : credentials.remarks())
      require(remark.find("helper-secret") == std::string::npos, "no secret is spoken of");
  }
  return 0;
}
