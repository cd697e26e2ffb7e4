#include "lsp/uri.hpp"

#include "base/path.hpp"
#include "base/percent.hpp"

namespace imglint::lsp {

std::string path_of_uri(std::string_view uri) {
  const auto path = path_of_file_uri(uri);
  return path ? normal_path("/" + *path) : std::string(path_of_no_file) + std::string(uri);
}

std::string uri_of_path(std::string_view path) { return "file://" + percent_encoded_path(path); }

}  // namespace imglint::lsp
