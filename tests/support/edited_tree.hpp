// A work tree with a language server over it: what open files show, and what `imglint check` finds in a copy
// of the folder that holds the same texts.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/support/lsp_session.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {

/// Texts of files by path; `-> TARGET` makes a symbolic link.
using TreeFiles = std::map<std::string, std::string>;
/// Lines of what is found, by path: `line:character rule message`.
using ShownLines = std::map<std::string, std::vector<std::string>>;

/// Paths are from its top.
class EditedTree {
 public:
  explicit EditedTree(const TreeFiles& files);

  [[nodiscard]] std::string uri(const std::string& path) const;
  LspSession& server() { return session_; }
  const TemporaryFolder& folder() { return folder_; }

  void open(const std::string& path) { open(path, folder_.read(path)); }
  void open(const std::string& path, const std::string& text);
  /// A file that is not open is opened with the text.
  void type(const std::string& path, const std::string& text);
  /// By another program, of which the client tells.
  void write(const std::string& path, const std::string& text);
  void remove(const std::string& path);
  void move(const std::string& from, const std::string& to);

  /// Of the open files.
  [[nodiscard]] ShownLines shown();
  [[nodiscard]] ShownLines checked() const;

 private:
  void put(const std::string& path, const std::string& text) const;
  void tell(const std::string& path, int type);

  TemporaryFolder folder_;
  LspSession session_;
  TreeFiles texts_;
  int version_ = 1;
};

}  // namespace imglint::test
