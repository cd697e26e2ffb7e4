#include <array>
#include <string_view>
#include <vector>

#include "tests/support/made_up_files.hpp"
#include "tests/support/made_up_names.hpp"

namespace imglint::test {
namespace {

class DockerfileMaker {
 public:
  explicit DockerfileMaker(Choices& choices) : choices_(choices) {}

  std::string make() {
    directives();
    for (std::size_t count = choices_.below(4); count-- > 0;) argument();
    for (std::size_t count = 1 + choices_.below(4); count-- > 0;) stage();
    return in_some_form(out_, choices_);
  }

 private:
  void directives() {
    if (choices_.one_in(4)) out_ += "# syntax=docker/dockerfile:1\n";
    if (choices_.one_in(5)) {
      escape_ = '`';
      out_ += "# escape=`\n";
    }
    if (choices_.one_in(6)) out_ += "# check=skip=all\n";
    if (choices_.one_in(4)) out_ += "\n# a comment\n";
  }
  void argument() {
    static constexpr std::string_view names[] = {"REGISTRY", "TAG", "IMAGE", "A"};
    static constexpr std::string_view values[] = {"docker.io", "1.27",    "nginx", "\"quay.io\"",
                                                  "'3.20'",    "acme/x",  "1",     "a\"b\"c",
                                                  "ghcr.io",   "${A:-2}", "$TAG",  "x"};
    const std::string_view name = choices_.pick(names);
    out_ += word("ARG") + " " + std::string(name);
    if (!choices_.one_in(6)) out_ += "=" + std::string(choices_.pick(values));
    if (choices_.one_in(5)) out_ += " " + std::string(choices_.pick(names)) + "=more";
    out_ += '\n';
  }
  /// A keyword in some case.
  std::string word(std::string_view upper) {
    std::string text(upper);
    if (!choices_.one_in(6)) return text;
    for (char& c : text) c = static_cast<char>(c - 'A' + 'a');
    return text;
  }
  /// Between two words: a blank, or a line end that counts as one, perhaps with a comment after it.
  std::string gap() {
    static constexpr std::string_view after[] = {"\n  ", "\n# inside\n ", "\n\n  ", " \n "};
    if (!choices_.one_in(7)) return choices_.one_in(5) ? "  \t" : " ";
    return std::string(" ") + escape_ + std::string(choices_.pick(after));
  }
  /// What stands where an image is named and variables may be used.
  std::string image() {
    static constexpr std::string_view with_variables[] = {"${REGISTRY:-docker.io}/acme/app:1",
                                                          "nginx:${TAG:-1}",
                                                          "${IMAGE:-alpine}",
                                                          "${REGISTRY:-quay.io}/${IMAGE:-x}:${TAG:-2}",
                                                          "\"${IMAGE:-redis:7}\"",
                                                          "alpine:${TAG:-3.20}${A:+-x}",
                                                          "nginx:${TAG:-${A:-9}}",
                                                          "${A:-a/b}${TAG:+:$TAG}",
                                                          "nginx:${TARGETARCH}",
                                                          "x/${IMAGE:-al/pine}:${TAG:-v1.2.3}"};
    if (choices_.one_in(3)) return std::string(choices_.pick(with_variables));
    std::string text = made_up_reference(choices_);
    // Quotes, and an escaped letter, say nothing new.
    if (choices_.one_in(6)) return '"' + text + '"';
    if (choices_.one_in(9)) text.insert(1 + choices_.below(text.size() - 1), 1, escape_);
    return text;
  }
  std::string base() {
    if (!stages_.empty() && choices_.one_in(4)) return choices_.pick(stages_);
    return choices_.one_in(6) ? "scratch" : image();
  }
  /// For COPY and mounts, where no variables of the file are known.
  std::string other() {
    if (!stages_.empty() && choices_.one_in(2)) return choices_.pick(stages_);
    if (done_ > 0 && choices_.one_in(3)) return std::to_string(choices_.below(done_));
    return made_up_reference(choices_);
  }

  void stage() {
    static constexpr std::string_view platforms[] = {"--platform=linux/amd64", "--platform=$BUILDPLATFORM",
                                                     "--platform=${TARGETPLATFORM}"};
    out_ += word("FROM") + gap();
    if (choices_.one_in(4)) out_ += std::string(choices_.pick(platforms)) + gap();
    out_ += base();
    std::string name;
    if (choices_.one_in(2)) {
      name = "stage" + std::to_string(done_) + (choices_.one_in(3) ? "-x.y_z" : "");
      out_ += gap() + word("AS") + gap() + name;
    }
    out_ += '\n';
    for (std::size_t count = choices_.below(6); count-- > 0;) instruction();
    ++done_;
    if (!name.empty()) stages_.push_back(name);
  }
  void instruction() {
    switch (choices_.below(12)) {
      case 0:
        out_ += word("RUN") + " echo hello\n";
        return;
      case 1:
        out_ += word("COPY") + gap() + "--from=" + other() + gap() + "/a /b\n";
        return;
      case 2:
        run_with_mounts();
        return;
      case 3:
        heredoc();
        return;
      case 4:
        out_ += "ENV A=1 B=\"x y\"\n";
        return;
      case 5:
        out_ += "CMD [\"a\", \"b \\\" c\"]\n";
        return;
      case 6:
        out_ += "ONBUILD COPY --from=" + other() + " /x /y\n";
        return;
      case 7:
        out_ += "# imglint ignore=missing-tag it is ours\n";
        return;
      case 8:
        out_ += "LABEL a.b=\"${A}\"" + gap() + "c=d\n";
        return;
      case 9:
        out_ += "HEALTHCHECK --interval=5s CMD true\n";
        return;
      case 10:
        out_ += "ADD --chown=1:2 a b /c/\n";
        return;
      default:
        out_ += "\n  # indented\n\n";
        return;
    }
  }
  void run_with_mounts() {
    out_ += word("RUN");
    for (std::size_t count = 1 + choices_.below(3); count-- > 0;) {
      const std::string from = other();
      if (choices_.one_in(4)) {
        out_ += gap() + "--mount=\"type=bind,from=" + from + ",target=/m\"";
      } else {
        out_ += gap() + "--mount=type=bind,from=" + from + ",target=/m";
      }
    }
    out_ += gap() + "true\n";
  }
  void heredoc() {
    switch (choices_.below(3)) {
      case 0:
        out_ += "RUN <<E\nFROM not-an-image\n# no comment\nE\n";
        return;
      case 1:
        out_ += "COPY <<\"E F\" /a\n$x \\\nE F\n";
        return;
      default:
        out_ += "RUN <<-E cat <<F\n\tone\n\tE\nFROM two\nF\n";
        return;
    }
  }

  Choices& choices_;
  std::string out_;
  char escape_ = '\\';
  std::size_t done_ = 0;  ///< stages
  std::vector<std::string> stages_;
};

}  // namespace

std::string made_up_dockerfile(Choices& choices) { return DockerfileMaker(choices).make(); }

}  // namespace imglint::test
