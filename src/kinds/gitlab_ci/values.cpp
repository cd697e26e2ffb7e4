#include "kinds/gitlab_ci/values.hpp"

#include "kinds/languages.hpp"
#include "yaml/scalar.hpp"

namespace imglint::gitlab {
namespace {

using compose::Position;
using compose::View;

/// In the variables of a job, or of a document.
Position variable_in(View& view, Position owner, std::string_view name) {
  const Position value = view.find(view.find(owner, "variables"), name);
  const Position scalar = view.is(value, yaml::NodeKind::map) ? view.find(value, "value") : value;
  return view.is(scalar, yaml::NodeKind::scalar) ? scalar : Position{};
}

}  // namespace

Files::Files(Pipeline& pipeline) : pipeline_(pipeline), own_(pipeline.view, *pipeline.document().source) {
  files_.push_back(&own_);
  for (const IncludedFile* included : pipeline.options().included)
    if (included->is_read()) files_.push_back(&included->file);
}

Place Files::global_variable(std::string_view name) const {
  for (const PipelineFile* file : files_)
    for (auto top = file->documents.rbegin(); top != file->documents.rend(); ++top)
      if (const Position found = variable_in(*file->view, *top, name)) return {file, found};
  return {};
}

Place Files::job_field(std::string_view job, std::string_view key) const {
  for (const PipelineFile* file : files_)
    if (const auto known = file->entries.find(job); known != file->entries.end())
      if (const Position found = file->view->find(known->second, key)) return {file, found};
  return {};
}

Place Files::job_variable(std::string_view job, std::string_view name) const {
  int steps = 0;
  return job_variable(job, name, steps);
}

/// `steps` keeps it from going in circles.
Place Files::job_variable(std::string_view job, std::string_view name, int& steps) const {
  constexpr int most_steps = 100;
  if (++steps > most_steps) return {};
  // A job of the same name in what is included is the same job.
  for (const PipelineFile* file : files_)
    if (const auto known = file->entries.find(job); known != file->entries.end())
      if (const Position own = variable_in(*file->view, known->second, name)) return {file, own};
  const Place extends = job_field(job, "extends");
  if (!extends) return {};
  View& view = *extends.file->view;
  std::vector<Position> parents = view.items(extends.at);
  if (view.is(extends.at, yaml::NodeKind::scalar)) parents.push_back(extends.at);
  for (auto parent = parents.rbegin(); parent != parents.rend(); ++parent)
    if (const Place found = job_variable(view.text(*parent), name, steps)) return found;
  return {};
}

Supply Files::supply(Place scalar, const Lookup* lookup) const {
  if (scalar.file == &own()) return pipeline_.fallback(scalar.at, lookup);
  const yaml::Node& node = (*scalar.file->view)[scalar.at];
  const MappedText text = yaml::locate(*scalar.file->source, node, pipeline_.document().arena).text;
  const Expression whole{text, languages::gitlab(text.text()), lookup};
  return {.expression =
              within(whole, trimmed(text.text(), {0, static_cast<std::uint32_t>(text.text().size())}))};
}

Meaning Values::find(const TextPart& part, const MappedText& text) const {
  constexpr std::string_view inputs = "inputs.";
  if (part.range.of(text.text()).starts_with("$[[")) {
    if (!part.name.starts_with(inputs)) return {};
    return of_input(part.name.substr(inputs.size()));
  }
  Meaning meaning = of_matrix(part.name);
  if (!meaning.supplies.empty()) return meaning;
  const auto [known, is_new] = known_.try_emplace(part.name);
  if (is_new) {
    if (!job_.empty()) known->second = files_.job_variable(job_, part.name);
    if (!known->second) known->second = files_.global_variable(part.name);
  }
  if (known->second) meaning.supplies.push_back(files_.supply(known->second, this));
  return meaning;
}

Meaning Values::of_input(std::string_view name) const {
  View& view = pipeline_.view;
  const Position inputs = view.find(view.find(files_.own().header, "spec"), "inputs");
  const Position value = view.find(view.find(inputs, name), "default");
  if (!pipeline_.is_scalar(value)) return {};
  return {.supplies = {pipeline_.fallback(value, this)}};
}

Meaning Values::of_matrix(std::string_view name) const {
  View& view = pipeline_.view;
  Meaning meaning;
  const auto job = files_.own().entries.find(job_);
  if (job_.empty() || job == files_.own().entries.end()) return meaning;
  for (const Position row : view.items(view.find(view.find(job->second, "parallel"), "matrix")))
    pipeline_.add_items(view.find(row, name), this, meaning);
  return meaning;
}

}  // namespace imglint::gitlab
