// Helm values: references in one scalar or in several (docs/spec/kubernetes.md 6).
#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.hpp"
#include "kinds/manifest/objects.hpp"
#include "reference/parse.hpp"

namespace imglint::manifest {
namespace {

bool is_image_key(std::string_view key) { return lower_case(key).ends_with("image"); }

bool holds_variable(std::string_view text) {
  return text.find("{{") != text.npos || text.find("${") != text.npos;
}

/// A text that the grammar accepts, or one that has a variable for a part of it.
bool may_be_reference(std::string_view text) {
  if (text.empty() || text.find("://") != text.npos) return false;
  return holds_variable(text) || std::holds_alternative<Reference>(parse_reference(text));
}

std::optional<Reference> reference_in(std::string_view text) {
  const ReferenceParse parsed = parse_reference(text);
  const auto* reference = std::get_if<Reference>(&parsed);
  return reference ? std::optional(*reference) : std::nullopt;
}

bool has_host(std::string_view text) {
  const auto reference = reference_in(text);
  return reference && reference->registry;
}

class ValuesReader {
 public:
  ValuesReader(Reading& reading, const At& top, const ChartFacts* chart)
      : reading_(reading), top_(top), chart_(chart) {
    const At global = top.key("global");
    if (!global.layer || !global.is(NodeKind::map)) return;
    for (const At& at : {global.key("imageRegistry"), global.key("image").key("registry")})
      if (!global_ && !at.string().empty()) global_ = at.position;
  }

  void read() {
    const At registry = top_.key("global").key("imageRegistry");
    if (!registry.string().empty())
      reading_.note_split(registry, Place::values_partial, {.registry = registry.position});
    if (top_.is(NodeKind::map)) visit_map(top_, {});
    if (top_.is(NodeKind::sequence)) visit(top_, {});
  }

 private:
  void visit(const At& at, std::string_view key) {
    if (at.is(NodeKind::map)) return visit_map(at, key);
    std::size_t number = 0;
    for (const Position item : at.view().items(at.position)) {
      Path path = at.path;
      path.item(number++);
      visit(at.at(item, path), key);
    }
  }

  void visit_map(const At& map, std::string_view key) {
    look_at(map, key);
    const bool outermost = map.position.node == top_.position.node;
    for (const Entry& entry : map.view().entries(map.position)) {
      Path path = map.path;
      path.key(entry.key);
      const bool foreign = in_dependency_;
      if (outermost && chart_)
        in_dependency_ = std::ranges::find(chart_->dependencies, entry.key) != chart_->dependencies.end();
      visit(map.at(entry.value, path), entry.key);
      in_dependency_ = foreign;
    }
  }

  /// The rules of one mapping, in their order.
  void look_at(const At& map, std::string_view key) {
    const bool image_key = is_image_key(key);
    const std::string_view repository = map.key("repository").string();
    const bool has_repository = static_cast<bool>(map.key("repository").position);
    const std::string_view image = map.key("image").string();
    bool image_is_used = false;
    if (has_repository) {
      if (may_be_reference(repository)) look_at_repository(map, repository, image_key);
    } else if (look_at_registry(map, image_key)) {
      image_is_used = map.key("name").string().empty();
    } else if (is_tagless(image) && (is_given(map.key("tag")) || is_given(map.key("imageTag")))) {
      image_is_used = true;
      SplitScalars scalars = scalars_of(map, map.key("image").position);
      if (!scalars.tag) scalars.tag = map.key("imageTag").position;
      note(map, scalars);
    } else if (image_key && !map.key("name").position && !map.key("image").position) {
      look_at_parts(map);
    }
    if (!image_is_used) look_at_image(map, image);
    look_at_image_keys(map);
  }

  void look_at_repository(const At& map, std::string_view repository, bool image_key) {
    constexpr std::array<std::string_view, 8> companions = {
        "tag",        "digest",          "sha",         "registry",
        "pullPolicy", "imagePullPolicy", "pullSecrets", "imagePullSecrets"};
    const bool accompanied = image_key || std::ranges::any_of(companions, [&](std::string_view name) {
                               return static_cast<bool>(map.key(name).position) || has_key(map, name);
                             });
    if (!accompanied && !has_host(repository)) return;
    SplitScalars scalars = scalars_of(map, map.key("repository").position);
    if (image_key && !has_key(map, "tag") && is_given(map.key("version")))
      scalars.tag = map.key("version").position;
    if (const auto own = reference_in(repository); own && (own->tag || own->digest)) {
      scalars.tag = {};
      scalars.digest = {};
      scalars.guessed_tag = {};
    }
    note_repository(map, scalars, accompanied ? Certainty::exact : Certainty::probable);
  }

  void note_repository(const At& map, const SplitScalars& scalars, Certainty certainty) {
    if (!may_be_prefix(map, scalars)) return note(map, scalars, certainty);
    Path path = map.path;
    path.key("repository");
    Document& document = reading_.document();
    document.may_be_prefixes.push_back(document.arena.copy(path.text()));
    const auto& prefixes = reading_.options().prefixes;
    if (std::ranges::find(prefixes, path.text()) != prefixes.end()) {
      note_credentials(map);
      return reading_.note_prefix(map, scalars.repository, certainty);
    }
    note(map, scalars, certainty);
  }

  /// Templates of this chart, and of no other, can write its path; no other scalar says where it is, and no
  /// other place in the file has it.
  [[nodiscard]] bool may_be_prefix(const At& map, const SplitScalars& scalars) const {
    if (!chart_ || !chart_->dependencies.empty()) return false;
    if (map.path.text().find_first_of("-[") != std::string::npos) return false;
    if (scalars.registry || scalars.empty_registry || scalars.digest) return false;
    const Tree& tree = map.layer->tree();
    if (holds_variable(tree[scalars.repository.node].value)) return false;
    for (NodeIndex node = scalars.repository.node; node != yaml::no_node; node = tree[node].parent)
      if (!tree.anchor_of(tree[node]).empty()) return false;
    return scalars.repository.direct;
  }

  /// `registry` with `name` or `image` for the repository.
  bool look_at_registry(const At& map, bool image_key) {
    if (map.key("registry").string().empty()) return false;
    if (!image_key && !has_key(map, "tag") && !has_key(map, "digest")) return false;
    for (const std::string_view name : {"name", "image"})
      if (may_be_reference(map.key(name).string())) {
        note(map, scalars_of(map, map.key(name).position));
        return true;
      }
    return false;
  }

  /// A part alone, whose rest is said elsewhere.
  void look_at_parts(const At& map) {
    const auto scalar = [&](std::string_view name) {
      return is_given(map.key(name)) ? map.key(name).position : Position{};
    };
    SplitScalars scalars{.registry = scalar("registry"), .tag = scalar("tag"), .digest = scalar("digest")};
    if (scalars.registry && map.key("registry").string().empty()) scalars.registry = {};
    if (scalars.registry || scalars.tag || scalars.digest)
      reading_.note_split(map, Place::values_partial, scalars);
  }

  void look_at_image(const At& map, std::string_view image) {
    if (!may_be_reference(image)) return;
    const auto reference = reference_in(image);
    const bool evident = !reference || image.find('/') != image.npos || reference->tag || reference->digest;
    if (evident || !map.key("name").string().empty()) reading_.note(map.key("image"), Place::values_image);
  }

  void look_at_image_keys(const At& map) {
    for (const Entry& entry : map.view().entries(map.position)) {
      if (!entry.key.ends_with("Image")) continue;
      Path path = map.path;
      path.key(entry.key);
      const At at = map.at(entry.value, path);
      const auto reference = reference_in(at.string());
      const bool evident = reference && (reference->tag || reference->digest || reference->registry);
      if (evident || (holds_variable(at.string()) && at.string().find('/') != std::string_view::npos))
        reading_.note(at, Place::values_image);
    }
  }

  [[nodiscard]] static bool has_key(const At& map, std::string_view name) {
    const auto entries = map.view().entries(map.position);
    return std::ranges::any_of(entries, [&](const Entry& entry) { return entry.key == name; });
  }
  /// A scalar with text, be it a number.
  [[nodiscard]] static bool is_given(const At& at) {
    return at.is(NodeKind::scalar) && !at.view()[at.position].value.empty() &&
           (is_string(at.view(), at.position) || !is_truth(at.view()[at.position].value));
  }
  [[nodiscard]] static bool is_truth(std::string_view text) { return text == "true" || text == "false"; }
  [[nodiscard]] static bool is_tagless(std::string_view image) {
    if (!may_be_reference(image)) return false;
    const auto reference = reference_in(image);
    return !reference || (!reference->tag && !reference->digest);
  }

  SplitScalars scalars_of(const At& map, Position repository) {
    SplitScalars scalars{.repository = repository};
    const std::string_view text = string_at(map.view(), repository);
    const At registry = map.key("registry");
    if (!registry.string().empty()) {
      scalars.registry = registry.position;
      scalars.other_registry = global_.value_or(Position{});
      scalars.registry_clashes = global_ && string_at(map.view(), *global_) != registry.string();
    } else if (global_ && !has_host(text)) {
      scalars.registry = *global_;
      scalars.shared_registry = true;
    } else if (registry.is(NodeKind::scalar) && !has_host(text)) {
      scalars.empty_registry = registry.position;
    }
    if (is_given(map.key("tag"))) scalars.tag = map.key("tag").position;
    scalars.pull_policy = map.key("pullPolicy").string();
    for (const std::string_view name : {"digest", "sha"})
      if (!scalars.digest && is_given(map.key(name))) {
        scalars.digest = map.key(name).position;
        scalars.is_sha = name == "sha";
      }
    if (!scalars.tag && !scalars.digest && has_key(map, "tag") && chart_ && !in_dependency_)
      scalars.guessed_tag = chart_->app_version;
    scalars.tag_is_elsewhere = true;  // the chart's templates say it
    return scalars;
  }

  void note(const At& map, const SplitScalars& scalars, Certainty certainty = Certainty::exact) {
    note_credentials(map);
    reading_.note_split(map, Place::values_image, scalars, certainty);
  }

  void note_credentials(const At& map) {
    for (const std::string_view key : {"pullSecrets", "imagePullSecrets"}) reading_.note_credential(map, key);
  }

  Reading& reading_;
  At top_;
  const ChartFacts* chart_;
  std::optional<Position> global_;
  bool in_dependency_ = false;
};

}  // namespace

void read_values(Reading& reading, const At& top, const ChartFacts* chart) {
  ValuesReader(reading, top, chart).read();
}

void read_chart(Reading& reading, const At& top) {
  const At annotations = top.key("annotations");
  for (const std::string_view name : {"artifacthub.io/images", "helm.sh/images", "images"}) {
    At text = annotations.key(name);
    if (!text.layer || text.string().empty()) continue;
    Layer* layer = reading.layer_in(text);
    if (!layer || layer->tree().documents.empty()) continue;
    text.layer = layer;
    text.path.enter();
    text.position = layer->view.top(0);
    on_each(text, "[].image", [&](const At& image) { reading.note(image, Place::chart_image); });
  }
}

void read_helm_release(Reading& reading, const At& object) {
  on_each(object, "spec.values", [&](const At& values) { read_values(reading, values, nullptr); });
  on_each(object, "spec.postRenderers[].kustomize", [&](const At& kustomize) {
    read_kustomize_images(reading, kustomize.key("images"));
    read_patches(reading, kustomize);
  });
}

}  // namespace imglint::manifest
