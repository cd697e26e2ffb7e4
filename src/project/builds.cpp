#include "project/builds.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "base/path.hpp"
#include "kinds/built_name.hpp"
#include "kinds/kind.hpp"
#include "project/project.hpp"
#include "reference/parse.hpp"

namespace imglint {
namespace {

bool is_remote(std::string_view context) {
  return context.find("://") != std::string_view::npos || context.starts_with("git@") ||
         context.starts_with("github.com/");
}

std::string join(std::string_view folder, std::string_view path) {
  if (path.starts_with('/')) return std::string(path);
  std::string result(folder);
  if (!result.empty() && !result.ends_with('/')) result += '/';
  return result.append(path);
}

/// The same text of the same bytes: one that reads the same and stands elsewhere is edited by itself.
bool same_bytes(const MappedText& a, const MappedText& b) {
  return a.text() == b.text() &&
         std::equal(a.pieces().begin(), a.pieces().end(), b.pieces().begin(), b.pieces().end(),
                    [](const Piece& x, const Piece& y) { return x.source == y.source && x.span == y.span; });
}

bool same_arguments(const std::vector<GivenValue>& a, const std::vector<GivenValue>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const GivenValue& x, const GivenValue& y) {
    return x.name == y.name && same_bytes(x.value, y.value);
  });
}

/// Equal for equal ways. Values are shared by what inherits them, so their bytes are not looked at.
std::size_t hash_of(const BuildWay& way) {
  std::size_t hash = way.arguments.size();
  const auto add = [&hash](std::size_t value) { hash = (hash ^ value) * 0x9E3779B97F4A7C15u; };
  for (const std::string& context : way.contexts) add(std::hash<std::string>()(context));
  for (const GivenValue& argument : way.arguments) {
    const auto pieces = argument.value.pieces();
    add(std::hash<std::string_view>()(argument.name));
    add(argument.value.text().size());
    if (pieces.empty()) continue;
    add(pieces.front().span.begin);
    add(pieces.back().span.end);
  }
  return hash ^ (hash >> 32u);
}

/// Once for all services of one project that build alike.
void add_builder(std::vector<Builder>& builders, const Builder& builder) {
  const auto is_same = [&](const Builder& other) {
    return builder.project == other.project && builder.built == other.built;
  };
  if (builders.empty() || !is_same(builders.back())) builders.push_back(builder);
}

void add_way(DockerfileBuild& build, BuildWay way) {
  const std::size_t hash = hash_of(way);
  const auto [first, last] = build.known_ways.equal_range(hash);
  const auto known = std::find_if(first, last, [&](const auto& entry) {
    const BuildWay& other = build.ways[entry.second];
    return other.contexts == way.contexts && same_arguments(other.arguments, way.arguments);
  });
  if (known != last) return add_builder(build.ways[known->second].builders, way.builders.front());
  build.known_ways.emplace(hash, build.ways.size());
  build.ways.push_back(std::move(way));
}

std::vector<std::string> sorted_contexts(const Build& build) {
  std::vector<std::string> contexts(build.contexts.begin(), build.contexts.end());
  std::sort(contexts.begin(), contexts.end());
  return contexts;
}

/// Keeps the contexts that this build has as well.
void keep_common(DockerfileBuild& build, const std::vector<std::string>& contexts) {
  if (!std::exchange(build.is_built, true)) {
    build.contexts = contexts;
    return;
  }
  std::erase_if(build.contexts, [&](const std::string& name) {
    return !std::binary_search(contexts.begin(), contexts.end(), name);
  });
}

/// What the services of a file build, by name; null if they name nothing.
std::shared_ptr<const BuiltNames> built_names(const Document& compose) {
  auto names = std::make_shared<BuiltNames>();
  for (const ImageUse& use : compose.uses)
    if (auto name = built_name(use)) names->insert(*std::move(name));
  return names->empty() ? nullptr : names;
}

/// A name is looked for in a set for each Dockerfile; copies of larger ones would cost more than they tell.
constexpr std::size_t most_copied_names = 1'000'000;

/// What is built beside each Dockerfile of one file or project. A name that all services give to what they
/// build of a Dockerfile is left out for it: on what they build that is based, so it is pulled.
class BuiltBeside {
 public:
  explicit BuiltBeside(std::shared_ptr<const BuiltNames> all) : all_(std::move(all)) {}

  /// Tells the names that one service gives to what it builds of a Dockerfile.
  void add(const std::string& dockerfile, std::set<std::string> outputs) {
    if (!all_) return;
    const auto [found, is_new] = own_.try_emplace(dockerfile, std::move(outputs));
    if (!is_new)
      std::erase_if(found->second, [&](const std::string& name) { return !outputs.contains(name); });
  }

  /// Once all have been told. Null if nothing is built beside it.
  [[nodiscard]] std::shared_ptr<const BuiltNames> of(const std::string& dockerfile) {
    const auto own = own_.find(dockerfile);
    if (!all_ || own == own_.end() || own->second.empty() || all_->size() * own_.size() > most_copied_names)
      return all_;
    auto& kept = kept_[dockerfile];
    if (kept) return kept->empty() ? nullptr : kept;
    auto others = std::make_shared<BuiltNames>(*all_);
    for (const std::string& name : own->second) others->erase(name);
    kept = std::move(others);
    return kept->empty() ? nullptr : kept;
  }

 private:
  std::shared_ptr<const BuiltNames> all_;
  std::map<std::string, std::set<std::string>> own_;
  std::map<std::string, std::shared_ptr<const BuiltNames>> kept_;
};

void note_built(DockerfileBuild& build, const std::shared_ptr<const BuiltNames>& built) {
  if (built && (build.built.empty() || build.built.back() != built)) build.built.push_back(built);
}

std::set<std::string> outputs_of(const assembly::AssembledService& service) {
  std::set<std::string> names;
  const auto add = [&](std::string_view name) {
    const ReferenceParse parsed = parse_reference(name);
    if (const auto* reference = std::get_if<Reference>(&parsed)) names.insert(pulled_name(*reference, name));
  };
  if (!service.build) return names;
  add(service.output);
  for (const std::string_view tag : service.build->tags) add(tag);
  return names;
}

/// By index of the build.
std::map<std::int32_t, std::set<std::string>> outputs_of_builds(const Document& compose) {
  std::map<std::int32_t, std::set<std::string>> outputs;
  for (const ImageUse& use : compose.uses)
    if (auto name = built_name(use))
      if (const Owner* owner = compose.owner(use.owner); owner && owner->build >= 0)
        outputs[owner->build].insert(*std::move(name));
  return outputs;
}

/// How much work the readings of one Dockerfile may be: bytes, 16 Dockerfiles of the largest size, or a
/// hundred thousand references.
constexpr std::size_t most_work_of_one = std::size_t{64} << 20;

/// The work of a reference that was read, which is judged and moved: more than that of its bytes.
constexpr std::size_t work_of_reference = 640;

std::size_t work_of(const Document& reading) { return work_of_reference * reading.uses.size(); }

std::size_t work_of(const BuildWay& way, const ProjectFile& file, std::size_t contexts) {
  constexpr std::size_t work_of_name = 64;
  return file.source->bytes().size() + work_of_name * (contexts + way.contexts.size() + way.arguments.size());
}

void prepare(ReadOptions& options, const BuildWay& way, const std::vector<std::string>& contexts) {
  options.service_args = way.arguments;
  options.contexts = contexts;
  options.contexts.insert(options.contexts.end(), way.contexts.begin(), way.contexts.end());
}

/// An argument of which only that it is given is known.
bool has_unknown_argument(const BuildWay& way) {
  return std::ranges::any_of(way.arguments, [](const GivenValue& argument) {
    return !argument.has_value && !argument.value.text().empty();
  });
}

/// Whether a base of a Dockerfile is what some of its builders build and others pull.
bool is_divided(const Document& document, const std::vector<Builder>& builders) {
  if (builders.size() < 2) return false;
  return std::ranges::any_of(document.uses, [&](const ImageUse& use) {
    if (use.kind != Kind::built || !use.parsed()) return false;
    const std::string name = pulled_name(*use.parsed(), use.value.text());
    return !std::ranges::all_of(builders, [&](const Builder& builder) { return builder.builds(name); });
  });
}

/// Whether a name is an image where one project builds the file, and a build context where another does.
bool is_context_to_some(const ProjectFile& file, const std::vector<Builder>& builders) {
  const auto is_other = [&](const Builder& each) { return each.project != builders.front().project; };
  if (std::ranges::none_of(builders, is_other)) return false;
  std::set<std::uint32_t> images, contexts;
  const auto add = [&](const Document& reading) {
    for (const ImageUse& use : reading.uses)
      if (use.kind == Kind::image || use.kind == Kind::context)
        (use.kind == Kind::image ? images : contexts).insert(use.span.begin);
  };
  add(*file.document);
  for (const auto& variant : file.variants) add(*variant);
  return std::ranges::any_of(contexts, [&](std::uint32_t place) { return images.contains(place); });
}

std::ptrdiff_t count_built(const std::unique_ptr<Document>& document) {
  return std::ranges::count_if(document->uses, [](const ImageUse& use) { return use.kind == Kind::built; });
}

/// Once for each way to build it, while that is no more work than a Dockerfile may be.
void read_each_way(const DockerfileBuild& build, std::size_t most_work, const KindInfo& kind,
                   ReadOptions& options, ProjectFile& file) {
  std::size_t work = 0;
  const std::vector<std::string> contexts = options.contexts;
  for (const BuildWay& way : build.ways) {
    work += work_of(way, file, contexts.size());
    if (work > most_work) {
      file.document->troubles.push_back(
          {.kind = Trouble::Kind::unjudged,
           .message = "cannot judge: only the first " + std::to_string(file.variants.size()) + " of " +
                      std::to_string(build.ways.size()) + " ways in which services build it are read"});
      return;
    }
    prepare(options, way, contexts);
    file.variants.push_back(kind.read(*file.source, options));
    work += work_of(*file.variants.back());
    file.variants.back()->is_never_built = has_unknown_argument(way);
  }
  prepare(options, {}, contexts);
}

/// If its builders do not agree on what is built here, or projects on what is a context, once for each of
/// them in place of once for each way.
void read_as_each_builder(const DockerfileBuild& build, std::size_t most_work, const KindInfo& kind,
                          ReadOptions& options, ProjectFile& file) {
  std::vector<Builder> all = build.plain_builders;
  for (const BuildWay& way : build.ways) all.insert(all.end(), way.builders.begin(), way.builders.end());
  if (!is_divided(*file.document, all) &&
      std::ranges::none_of(file.variants, [&](const auto& variant) { return is_divided(*variant, all); }) &&
      !is_context_to_some(file, all))
    return;
  std::size_t work = 0;
  std::vector<std::unique_ptr<Document>> plain, others;
  const std::vector<std::string> contexts = options.contexts;
  const auto read_all = [&](const BuildWay& way, const std::vector<Builder>& builders,
                            std::vector<std::unique_ptr<Document>>& readings) {
    prepare(options, way, contexts);
    for (const Builder& builder : builders) {
      if ((work += work_of(way, file, contexts.size())) > most_work) return;
      options.built.clear();
      if (builder.built) options.built.push_back(builder.built);
      readings.push_back(kind.read(*file.source, options));
      work += work_of(*readings.back());
      readings.back()->project = builder.project;
      readings.back()->is_never_built = has_unknown_argument(way);
    }
  };
  read_all({}, build.plain_builders, plain);
  for (const BuildWay& way : build.ways) read_all(way, way.builders, others);
  if (work > most_work) return;  // as all of them together
  // Whoever pulls the most stands first.
  std::ranges::stable_sort(plain, {}, count_built);
  file.variants = std::move(plain);
  if (!file.variants.empty()) {
    file.document = std::move(file.variants.front());
    file.variants.erase(file.variants.begin());
  }
  std::ranges::move(others, std::back_inserter(file.variants));
}

}  // namespace

std::string dockerfile_of(const Document& compose, const Build& build) {
  if (build.is_located) return std::string(build.dockerfile_path);
  if (build.inlined || is_remote(build.context)) return {};
  const std::string_view file = compose.source->path();
  const std::size_t slash = file.rfind('/');
  const std::string_view folder = slash == std::string_view::npos ? "" : file.substr(0, slash + 1);
  const std::string_view dockerfile = build.dockerfile.empty() ? "Dockerfile" : build.dockerfile;
  return normal_path(join(join(folder, build.context), dockerfile));
}

std::shared_ptr<const BuiltNames> assembly::built_names(const ComposeProject& project) {
  std::shared_ptr<BuiltNames> names;
  for (const AssembledService& service : project.services)
    for (const std::string& name : outputs_of(service)) {
      if (!names) names = std::make_shared<BuiltNames>();
      names->insert(name);
    }
  return names;
}

void assembly::collect_builds(const ComposeProject& project, Builds& builds, bool with_ways) {
  const auto builds_here = [](const AssembledService& service) {
    return service.build && !service.build->dockerfile.empty();
  };
  if (std::ranges::none_of(project.services, builds_here)) return;
  BuiltBeside beside(project.built);
  for (const AssembledService& service : project.services)
    if (builds_here(service)) beside.add(service.build->dockerfile, outputs_of(service));
  for (const AssembledService& service : project.services) {
    if (!builds_here(service)) continue;
    DockerfileBuild& build = builds[service.build->dockerfile];
    const Builder builder{&project, beside.of(service.build->dockerfile)};
    note_built(build, builder.built);
    BuildWay way{.arguments = {}, .contexts = {}, .builders = {builder}};
    for (const auto& context : service.build->contexts) way.contexts.emplace_back(context.first);
    std::sort(way.contexts.begin(), way.contexts.end());
    keep_common(build, way.contexts);
    const bool is_plain = way.contexts.empty() && service.build->args.empty();
    build.is_built_plainly = build.is_built_plainly || is_plain;
    if (is_plain) add_builder(build.plain_builders, builder);
    if (is_plain || !with_ways) continue;
    for (const AssembledBuild::Argument& argument : service.build->args)
      way.arguments.push_back({.name = argument.name,
                               .value = argument.value,
                               .has_value = argument.has_value,
                               .variables = argument.variables});
    add_way(build, std::move(way));
  }
}

void collect_builds(const Document& compose, Builds& builds, bool with_ways) {
  BuiltBeside beside(built_names(compose));
  const auto outputs = outputs_of_builds(compose);
  std::vector<std::string> paths;
  for (std::size_t number = 0; number < compose.builds.size(); ++number) {
    paths.push_back(dockerfile_of(compose, compose.builds[number]));
    const auto found = outputs.find(static_cast<std::int32_t>(number));
    if (!paths.back().empty())
      beside.add(paths.back(), found == outputs.end() ? std::set<std::string>() : found->second);
  }
  for (std::size_t number = 0; number < compose.builds.size(); ++number) {
    const Build& given = compose.builds[number];
    const std::string& path = paths[number];
    if (path.empty()) continue;
    DockerfileBuild& build = builds[path];
    const Builder builder{nullptr, beside.of(path)};
    note_built(build, builder.built);
    BuildWay way{.arguments = {}, .contexts = sorted_contexts(given), .builders = {builder}};
    keep_common(build, way.contexts);
    const bool is_plain = way.contexts.empty() && given.arguments.empty();
    build.is_built_plainly = build.is_built_plainly || is_plain;
    if (is_plain) add_builder(build.plain_builders, builder);
    if (is_plain || !with_ways) continue;
    for (const Build::Argument& argument : given.arguments)
      way.arguments.push_back({.name = argument.name,
                               .value = argument.value,
                               .has_value = argument.has_value,
                               .variables = argument.variables});
    add_way(build, std::move(way));
  }
}

std::size_t most_work_of_each(const Builds& builds) {
  constexpr std::size_t many_ways = 16;
  constexpr std::size_t few = 4;  // so many have all that one may have
  constexpr std::size_t most = 64;
  const auto many = static_cast<std::size_t>(
      std::ranges::count_if(builds, [](const auto& one) { return one.second.ways.size() > many_ways; }));
  return most_work_of_one / std::clamp(many, few, most) * few;
}

void read_as_built(const DockerfileBuild& build, std::size_t most_work, const KindInfo& kind,
                   ReadOptions options, ProjectFile& file) {
  read_each_way(build, most_work, kind, options, file);
  read_as_each_builder(build, most_work, kind, options, file);
}

}  // namespace imglint
