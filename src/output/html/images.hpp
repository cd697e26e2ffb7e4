// The images of one or many repositories as rows of a table, and the pages that are made of them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "output/inventory.hpp"
#include "retarget/elsewhere.hpp"

namespace imglint::html {

struct ImageRow {
  std::string registry;  ///< empty where it is unknown
  std::string image;
  Hold hold = Hold::unknown;
  bool built = false;  ///< here; else it is pulled
  std::uint64_t uses = 0;
  std::vector<std::string> places;  ///< the first few, for people
  std::uint64_t more_places = 0;
  std::uint64_t repositories = 0;  ///< 0: it is about one
};

[[nodiscard]] std::vector<ImageRow> image_rows(std::vector<InventoryEntry> images);

/// References by how firmly their versions are held: pinned, tagged, floating, unknown.
void write_holds(const std::vector<ImageRow>& rows, std::string& out);
/// References of known images that are pulled.
void write_registries(const std::vector<ImageRow>& rows, std::string& out);
void write_image_table(const std::vector<ImageRow>& rows, std::string& out);

struct InventoryPage {
  std::string_view title;
  std::string_view date;
  std::string_view version;        ///< of imglint
  std::uint64_t files = 0;         ///< 0: not known
  std::uint64_t repositories = 0;  ///< 0: it is about one
  std::vector<std::string> failures;
  const Elsewhere* elsewhere = nullptr;  ///< what stays behind; null: not asked
};

/// `list --format html` and `merge --format html`: the page for those who do not run the program.
void write_inventory_page(const InventoryPage& page, const std::vector<ImageRow>& rows, std::string& out);

}  // namespace imglint::html
