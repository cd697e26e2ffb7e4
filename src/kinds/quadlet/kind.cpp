#include "kinds/kind.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "expansion/engine.hpp"
#include "kinds/languages.hpp"
#include "kinds/line_comments.hpp"
#include "kinds/quadlet/unit.hpp"
#include "kinds/references.hpp"
#include "kinds/roles.hpp"

namespace imglint::kinds {

extern const KindInfo quadlet;

namespace {

using imglint::quadlet::Assignment;

constexpr KindExample examples[] = {
    {.text = "[Unit]\n"
             "Description=Web\n"
             "\n"
             "[Container]\n"
             "Image=⟦docker.io/library/nginx:1.27⟧\n"
             "Mount=type=image,source=⟦quay.io/acme/data:1⟧,destination=/data\n",
     .note = "units of podman; the section that counts is that of the file's ending",
     .path = "web.container"},
};
constexpr std::string_view names[] = {"*.{container,image,volume,build,artifact}",
                                      "*.{container,image,volume,build,artifact}.d/*.conf"};
constexpr std::string_view given_names[] = {
    "*.{container,image,volume,build,artifact}.{j2,jinja,jinja2,tmpl,tpl,template,erb,in,dist}"};
constexpr const RoleInfo* roles[] = {&role::image, &role::artifact, &role::build_tag};

/// `container` of `web.container`, of `web.container.in` and of `web.container.d/10.conf`.
std::string_view suffix_of(std::string_view path) {
  if (is_template_name(path) || path.ends_with(".dist")) path = path.substr(0, path.rfind('.'));
  if (path.ends_with(".conf")) {
    path = path.substr(0, std::min(path.rfind('/'), path.size()));
    if (path.ends_with(".d")) path.remove_suffix(2);
  }
  return path.substr(std::min(path.rfind('.'), path.size() - 1) + 1);
}

std::string_view section_of(std::string_view suffix) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> sections = {
      {{"container", "Container"},
       {"image", "Image"},
       {"volume", "Volume"},
       {"build", "Build"},
       {"artifact", "Artifact"}}};
  const auto found = std::ranges::find(sections, suffix, [](const auto& pair) { return pair.first; });
  return found == sections.end() ? std::string_view() : found->second;
}

/// Another unit, not an image.
bool is_unit(std::string_view value, bool mount) {
  if (value.ends_with(".image") || value.ends_with(".build")) return true;
  return mount && (value.ends_with(".volume") || value.ends_with(".artifact") || value.starts_with('/') ||
                   value.starts_with('.'));
}

/// A transport that is no registry: `oci:`, `dir:`.
bool is_elsewhere(std::string_view value) {
  constexpr std::array<std::string_view, 6> transports = {
      "oci:", "oci-archive:", "dir:", "docker-archive:", "docker-daemon:", "containers-storage:"};
  return std::ranges::any_of(transports,
                             [&](std::string_view transport) { return value.starts_with(transport); });
}

/// The value of a field of `type=image,source=…`.
std::optional<TextRange> field(std::string_view text, std::initializer_list<std::string_view> keys) {
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const auto equals = text.find('=', begin);
    if (equals < end && std::ranges::find(keys, text.substr(begin, equals - begin)) != keys.end())
      return TextRange{static_cast<std::uint32_t>(equals + 1), static_cast<std::uint32_t>(end)};
    begin = end + 1;
  }
  return std::nullopt;
}

class Unit {
 public:
  Unit(std::vector<Assignment> all, std::string_view section, Document& document)
      : all_(std::move(all)), section_(section), document_(document) {
    std::erase_if(all_, [&](const Assignment& one) { return one.section != section_; });
  }

  void run() {
    note_credentials();
    if (section_ == "Volume") {
      const Assignment* driver = last("Driver");
      if (!driver || driver->value.text() != "image") return;
    }
    if (section_ == "Build")
      for (const Assignment& one : all_)
        if (one.key == "ImageTag") add(one, whole(one), role::build_tag, false);
    if (section_ == "Build") note_build();
    if (section_ == "Container") add_mounts();
    const std::string_view key = section_ == "Artifact" ? "Artifact" : "Image";
    if (section_ == "Build") return;
    if (const Assignment* one = last(key))
      add(*one, whole(*one), key == "Artifact" ? role::artifact : role::image, false);
  }

 private:
  [[nodiscard]] static TextRange whole(const Assignment& one) {
    return {0, static_cast<std::uint32_t>(one.value.text().size())};
  }
  [[nodiscard]] const Assignment* last(std::string_view key) const {
    const Assignment* found = nullptr;
    for (const Assignment& one : all_)
      if (one.key == key) found = &one;
    return found;
  }
  /// The Containerfile that is built, with the arguments given to it.
  void note_build() {
    const Assignment* file = last("File");
    const Assignment* folder = last("SetWorkingDirectory");
    const bool is_beside = folder && folder->value.text() == "unit";
    const std::string_view path = file        ? file->value.text()
                                  : is_beside ? std::string_view("Containerfile")
                                              : std::string_view();
    if (path.empty() || path.find('%') != path.npos) return;
    const Span place = file ? file->value.cover_of(whole(*file)).value_or(Location{}).span : Span{};
    Build build{.owner = static_cast<OwnerIndex>(document_.owners.size())};
    build.context = ".";
    build.dockerfile = path;
    if (const Assignment* target = last("Target")) {
      build.target_text = target->value;
      build.target = build.target_text.text();
    }
    for (const Assignment& one : all_) {
      const std::string_view text = one.value.text();
      const auto equals = static_cast<std::uint32_t>(std::min(text.find('='), text.size()));
      if (one.key != "BuildArg" || equals == 0) continue;
      const bool has_value = equals < text.size() && text.find('%') == text.npos;
      build.arguments.push_back(
          {.name = text.substr(0, equals),
           .has_value = has_value,
           .value = has_value ? one.value.sub({equals + 1, static_cast<std::uint32_t>(text.size())},
                                              document_.arena)
                              : MappedText()});
    }
    document_.owners.push_back({.label = "build",
                                .name_span = place,
                                .span = place,
                                .build = static_cast<std::int32_t>(document_.builds.size())});
    document_.builds.push_back(std::move(build));
  }
  void note_credentials() {
    for (const std::string_view key : {"AuthFile", "Creds"})
      if (const Assignment* one = last(key))
        if (const auto place = one->value.cover_of(whole(*one)))
          document_.credentials.push_back({.span = place->span, .key = one->key, .scope = {}});
  }
  void add_mounts() {
    for (const Assignment& one : all_) {
      if (one.key != "Mount") continue;
      const std::string_view text = one.value.text();
      const auto type = field(text, {"type"});
      const auto source = field(text, {"source", "src"});
      if (!type || !source) continue;
      if (type->of(text) == "image") add(one, *source, role::image, true);
      if (type->of(text) == "artifact") add(one, *source, role::artifact, true);
    }
  }
  void add(const Assignment& one, TextRange range, const RoleInfo& role, bool mount) {
    constexpr std::string_view scheme = "docker://";
    const std::string_view text = range.of(one.value.text());
    if (is_unit(text, mount) || is_elsewhere(text)) return;
    if (text.starts_with(scheme)) range.begin += static_cast<std::uint32_t>(scheme.size());
    const Expression all{one.value, imglint::languages::systemd(one.value.text()), nullptr};
    const std::string path = std::string(one.section) + "." + std::string(one.key);
    add_reference({.role = &role, .path = path, .style = Style::unit}, within(all, range), document_);
  }

  std::vector<Assignment> all_;
  std::string_view section_;
  Document& document_;
};

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  auto document = std::make_unique<Document>(source, quadlet);
  const std::string_view section = section_of(suffix_of(source.path()));
  // Other programs have such names for large files of their own.
  if (section.empty() || source.bytes().size() > options.max_bytes ||
      source.bytes().find("[" + std::string(section) + "]") == std::string_view::npos)
    return document;
  Unit(imglint::quadlet::read_unit(source, document->arena), section, *document).run();
  document->comments = line_comments(source);
  finish_references(*document);
  return document;
}

}  // namespace

constinit const KindInfo quadlet = {
    .name = "quadlet",
    .title = "Quadlet unit",
    .plural = "Quadlet units",
    .summary = "Units of podman's Quadlet and their drop-ins.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .given_names = given_names,
    .read = read,
    .roles = roles,
    .comments_behind = true,
};

}  // namespace imglint::kinds
