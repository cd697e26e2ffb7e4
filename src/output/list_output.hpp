// `imglint list`: every reference found, for people and for programs (docs/design.md 5 names the fields).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/document.hpp"
#include "output/reports/ordered_pieces.hpp"
#include "project/project.hpp"

namespace imglint {

enum class ListFormat : std::uint8_t { text, json, jsonl };

/// What is written of one document.
struct ListPiece {
  std::string references;
  std::string troubles;                       ///< JSON objects, for the end of the one object
  std::string troubles_text;                  ///< `path:line:column: error: message`, for standard error
  bool troubled = false;                      ///< by more than remarks
  std::map<std::string, std::string> shared;  ///< of files that hold values for several: text to JSON
};
/// Each place once: as the first reading has it in which it counts.
[[nodiscard]] ListPiece list_piece(ListFormat format, const ProjectFile& file);

/// Writes the pieces of a run in the order of its files, each as soon as all before it have come.
class ListWriter {
 public:
  ListWriter(ListFormat format, OrderedPieces::Sink out);
  ListWriter(const ListWriter&) = delete;
  ListWriter& operator=(const ListWriter&) = delete;

  void begin(std::size_t files);
  void put(std::size_t index, ListPiece piece);
  /// A trouble of a file that holds values for others, before the end.
  void add(const Source& source, const Trouble& trouble);
  /// What could not be read, before the end. Text has nothing of it: whoever reads the files tells people.
  void add(const Error& failure);
  void end();

  /// After the end.
  [[nodiscard]] const std::string& troubles_text() const { return troubles_text_; }
  [[nodiscard]] bool troubled() const { return troubled_; }

 private:
  ListFormat format_;
  std::string troubles_;
  std::string troubles_text_;
  std::map<std::string, std::string> shared_;  ///< of files that hold values for others: each is told once
  std::vector<std::string> failures_;          ///< JSON objects
  bool troubled_ = false;
  OrderedPieces reference_pieces_;
  OrderedPieces trouble_pieces_;
  OrderedPieces text_pieces_;
};

}  // namespace imglint
