#include "kinds/kind.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "kinds/compose/roles.hpp"
#include "kinds/dockerfile/roles.hpp"
#include "kinds/inline_dockerfile.hpp"
#include "kinds/languages.hpp"
#include "kinds/line_comments.hpp"
#include "kinds/markdown/excerpt.hpp"
#include "kinds/markdown/fences.hpp"
#include "kinds/references.hpp"
#include "kinds/roles.hpp"
#include "kinds/shell/read.hpp"
#include "tree/view.hpp"
#include "yaml/events.hpp"

namespace imglint::kinds {

extern const KindInfo compose;
extern const KindInfo github_workflow;
extern const KindInfo markdown;

namespace {

using imglint::markdown::Fence;

constexpr KindExample examples[] = {
    {"Run it:\n"
     "\n"
     "```sh\n"
     "docker run --rm ⟦ghcr.io/acme/tool:2⟧ --help\n"
     "```\n"
     "\n"
     "```dockerfile\n"
     "FROM ⟦alpine:3.20⟧\n"
     "```\n",
     "command lines, Dockerfiles, compose files and workflows in fences"},
};
constexpr std::string_view names[] = {"*.{md,markdown,mdx}"};
constexpr const RoleInfo* roles[] = {&role::image,
                                     &role::docker_image,
                                     &role::probable_image,
                                     &role::build_tag,
                                     &role::pushed_image,
                                     &role::local_image,
                                     &role::tagged_image,
                                     &role::build_context,
                                     &role::build_arg,
                                     &role::cache_from,
                                     &role::cache_to,
                                     &imglint::compose::role::image,
                                     &imglint::compose::role::built_image,
                                     &imglint::dockerfile::role::syntax,
                                     &imglint::dockerfile::role::from,
                                     &imglint::dockerfile::role::copy_from,
                                     &imglint::dockerfile::role::mount_from,
                                     &imglint::dockerfile::role::onbuild_copy_from,
                                     &imglint::dockerfile::role::onbuild_mount_from};

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, word) != words.end();
}

std::string_view without_end(std::string_view line) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// The length of a prompt at the front of a line: `$ `, `# `, `% `, `user@host:~$ `; 0 without.
std::size_t prompt_length(std::string_view line) {
  if (line.starts_with("$ ") || line.starts_with("# ") || line.starts_with("% ")) return 2;
  const auto at = line.find('@');
  const auto end = line.find_first_of("$#");
  if (at == line.npos || at == 0 || end == line.npos || end < at || line.substr(end + 1, 1) != " ") return 0;
  const bool is_host = std::ranges::all_of(line.substr(0, end), [](char c) {
    return is_letter_or_digit(c) || std::string_view("@-_.:~/[] ").find(c) != std::string_view::npos;
  });
  const auto blank = line.find(' ');
  return is_host && (line.front() == '[' || blank > at) ? end + 2 : 0;
}

/// A line that begins with a program, perhaps behind `sudo`.
bool program_begins(std::string_view line) {
  std::string_view rest = line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
  if (rest.starts_with("sudo ")) rest.remove_prefix(5);
  rest = rest.substr(std::min(rest.find_first_not_of(" \t"), rest.size()));
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
  return word.size() < rest.size() && imglint::shell::is_program(word);
}

class Reader {
 public:
  Reader(const ReadOptions& options, Document& document) : options_(options), document_(document) {}

  void read(const Fence& fence) {
    if (is_one_of(fence.info, {"dockerfile", "docker", "containerfile"})) return read_dockerfile(fence);
    if (is_one_of(fence.info, {"yaml", "yml"})) return read_yaml(fence);
    if (read_commands(fence)) add_line_comments(*document_.source, fence.body, document_.comments);
  }

 private:
  /// False for a fence in a language that is none of a shell.
  bool read_commands(const Fence& fence) {
    if (is_one_of(fence.info, {"sh", "bash", "shell", "zsh", "ksh", "dash"}))
      read_script(fence);
    else if (is_one_of(fence.info, {"console", "shell-session", "sh-session", "shellsession", "bash-session",
                                    "terminal", "shellconsole"}))
      read_session(fence, prompt_length);
    else if (fence.info.empty())
      read_bare(fence);
    else
      return false;
    return true;
  }
  [[nodiscard]] std::string_view line_of(Span line) const {
    return without_end(document_.source->text(line));
  }
  void add(const MappedText& text, bool guess) {
    imglint::shell::ScriptText script{.text = text, .outer = {}, .placeholders = true};
    imglint::shell::add_script(std::move(script), nullptr, 0, guess, document_);
  }
  [[nodiscard]] MappedText joined(const std::vector<Span>& lines) {
    MappedTextBuilder builder;
    for (const Span line : lines) builder.copy(document_.source, line, document_.source->text(line));
    return builder.finish(document_.arena);
  }
  void read_script(const Fence& fence) {
    const auto prompt = [](std::string_view line) { return line.starts_with("$ ") ? std::size_t{2} : 0; };
    if (std::ranges::any_of(fence.lines, [&](Span line) { return prompt(line_of(line)) > 0; }))
      return read_session(fence, prompt);
    add(joined(fence.lines), false);
  }
  /// Lines with a prompt, and those that continue them.
  template <class Prompt>
  void read_session(const Fence& fence, Prompt prompt) {
    std::vector<Span> lines;
    bool continues = false;
    for (Span line : fence.lines) {
      const std::string_view text = line_of(line);
      const std::size_t length = continues ? (text.starts_with("> ") ? 2 : 0) : prompt(text);
      if (!continues && length == 0) continue;
      line.begin += static_cast<std::uint32_t>(length);
      lines.push_back(line);
      continues = text.ends_with('\\');
    }
    add(joined(lines), false);
  }
  /// Lines that begin with a program, perhaps behind a prompt, and those that continue them.
  void read_bare(const Fence& fence) {
    std::vector<Span> lines;
    bool continues = false;
    for (Span line : fence.lines) {
      std::string_view text = line_of(line);
      if (text.starts_with(continues ? "> " : "$ ")) {
        line.begin += 2;
        text.remove_prefix(2);
      }
      if (!continues && !program_begins(text)) continue;
      lines.push_back(line);
      continues = text.ends_with('\\');
    }
    add(joined(lines), true);
  }
  void read_dockerfile(const Fence& fence) {
    const MappedText text = joined(fence.lines);
    Evaluated whole;
    whole.value.set(text);
    add_inline_dockerfile(whole, {.is_excerpt = true}, options_, document_);
  }
  /// By its content.
  void read_yaml(const Fence& fence) {
    const Source source("", std::string(document_.source->text(fence.body)));
    Arena arena;
    const yaml::Parsed parsed = yaml::parse(source, options_.max_bytes, arena);
    if (parsed.trouble || parsed.tree.documents.empty()) return;
    imglint::compose::View view(parsed.tree);
    const auto top = view.top(0);
    if (view.find(top, "jobs") && view.find(top, "on"))
      return imglint::markdown::add_excerpt(
          github_workflow, fence.body, options_, [](const ImageUse&) { return true; }, document_);
    if (!view.is(view.find(top, "services"), yaml::NodeKind::map) || view.find(top, "apiVersion")) return;
    const std::size_t first = document_.uses.size();
    imglint::markdown::add_excerpt(
        compose, fence.body, options_,
        [](const ImageUse& use) {
          return use.role == &imglint::compose::role::image ||
                 use.role == &imglint::compose::role::built_image;
        },
        document_);
    // An example builds nothing.
    for (std::size_t i = first; i < document_.uses.size(); ++i)
      if (document_.uses[i].kind == Kind::built) document_.uses[i].kind = Kind::image;
  }

  const ReadOptions& options_;
  Document& document_;
};

/// Tells whether something is shown as code: behind an odd number of backticks on its line. To be asked in
/// ascending order.
class Backticks {
 public:
  explicit Backticks(const Source& source) : source_(source) {}

  bool hold(std::uint32_t offset) {
    const std::uint32_t line = source_.line(source_.position(offset).line).begin;
    if (line > counted_) {
      counted_ = line;
      is_open_ = false;
    }
    is_open_ ^= std::ranges::count(source_.text({counted_, offset}), '`') % 2 == 1;
    counted_ = offset;
    return is_open_;
  }

 private:
  const Source& source_;
  std::uint32_t counted_ = 0;  ///< offset
  bool is_open_ = false;
};

/// `<!-- imglint … -->` outside of fences.
void add_markup_comments(const std::vector<Fence>& fences, Document& document) {
  std::vector<Comment> comments = markup_comments(*document.source);
  Backticks code(*document.source);
  std::erase_if(comments, [&](const Comment& comment) {
    const auto behind = std::ranges::upper_bound(fences, comment.span.begin, {},
                                                 [](const Fence& fence) { return fence.body.begin; });
    const bool in_fence = behind != fences.begin() && comment.span.begin < std::prev(behind)->body.end;
    return code.hold(comment.span.begin) || in_fence;
  });
  document.comments.insert(document.comments.end(), comments.begin(), comments.end());
  std::ranges::stable_sort(document.comments, {}, &Comment::span);
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, markdown);
  const std::string_view text = imglint::shell::readable_text(source, options.max_bytes, *document);
  Reader reader(options, *document);
  const std::vector<Fence> fences = imglint::markdown::find_fences(text, source.text_begin());
  for (const Fence& fence : fences) reader.read(fence);
  finish_references(*document);
  if (!text.empty()) add_markup_comments(fences, *document);
  return document;
}

}  // namespace

constinit const KindInfo markdown = {
    .name = "markdown",
    .title = "Markdown document",
    .plural = "Markdown documents",
    .summary = "Fenced blocks of Markdown documents: commands, Dockerfiles, compose files, workflows.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .include = "docs",
    .read = read,
    .roles = roles,
    .comments_behind = true,
};

}  // namespace imglint::kinds
