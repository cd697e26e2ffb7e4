// `imglint list`: every reference found, for people and for programs (docs/design.md 5 names the fields).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/document.hpp"

namespace imglint {

enum class ListFormat : std::uint8_t { text, json, jsonl };

/// Writes the references of one document after the other, in the order given.
class ListWriter {
 public:
  ListWriter(ListFormat format, std::string& out) : format_(format), out_(&out) {}

  void begin();
  void add(const Document& document);
  void end();

 private:
  void add_text(const Document& document, const ImageUse& use);

  ListFormat format_;
  std::string* out_;
  std::string troubles_;  ///< JSON objects of the troubles met so far, for the end of the one object
  bool first_ = true;
};

/// `path:line:column: error: message`, as the troubles of a document stand on standard error.
void write_troubles(const Document& document, std::string& out);

}  // namespace imglint
