#include "kinds/kind.hpp"

#include "kinds/languages.hpp"
#include "kinds/pipeline.hpp"
#include "yaml/verify_edits.hpp"

namespace imglint::kinds {

extern const KindInfo circleci;

namespace {

using compose::Position;

constexpr KindExample examples[] = {
    {"version: 2.1\n"
     "executors:\n"
     "  go: {docker: [{image: ⟦cimg/go:1.22⟧}]}\n"
     "jobs:\n"
     "  test:\n"
     "    parameters: {tag: {type: string, default: \"3.12\"}}\n"
     "    docker:\n"
     "      - image: ⟦cimg/python:<< parameters.tag >>⟧\n"
     "      - image: ⟦cimg/postgres:16.1⟧\n"
     "    steps: [checkout]\n",
     "images of jobs and executors, with parameters"},
};
constexpr std::string_view names[] = {".circleci/**/*.{yml,yaml}"};
constexpr const RoleInfo* roles[] = {&role::image};

/// Whose parameters are meant.
struct Owner {
  Position map;
  std::string_view name = {};
  bool is_executor = false;
};

/// `parameters.K` of a job or an executor, `pipeline.parameters.K` of the file.
class Values final : public Lookup {
 public:
  Values(Pipeline& pipeline, Owner owner) : pipeline_(pipeline), owner_(owner) {}

  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& /*text*/) const override {
    constexpr std::string_view own = "parameters.";
    constexpr std::string_view of_pipeline = "pipeline.parameters.";
    Meaning meaning;
    if (part.name.starts_with(own)) {
      const std::string_view name = part.name.substr(own.size());
      for_each_document([&](Position top) { add_passed(top, name, meaning); });
      add_default(owner_.map, name, meaning);
    } else if (part.name.starts_with(of_pipeline)) {
      for_each_document(
          [&](Position top) { add_default(top, part.name.substr(of_pipeline.size()), meaning); });
    }
    return meaning;
  }

 private:
  template <class Function>
  void for_each_document(Function function) const {
    for (std::size_t i = 0; i < pipeline_.view.tree().documents.size(); ++i) function(pipeline_.view.top(i));
  }
  void add_default(Position owner, std::string_view name, Meaning& meaning) const {
    compose::View& view = pipeline_.view;
    const Position value = view.find(view.find(view.find(owner, "parameters"), name), "default");
    if (pipeline_.is_scalar(value)) meaning.supplies.push_back(pipeline_.fallback(value, this));
  }
  /// What workflows give to the job, or jobs to the executor.
  void add_passed(Position top, std::string_view name, Meaning& meaning) const {
    compose::View& view = pipeline_.view;
    if (owner_.is_executor) {
      for (const compose::Entry& job : view.entries(view.find(top, "jobs"))) {
        const Position executor = view.find(job.value, "executor");
        if (pipeline_.text(executor, "name") == owner_.name)
          pipeline_.add_items(view.find(executor, name), this, meaning);
      }
      return;
    }
    for (const compose::Entry& workflow : view.entries(view.find(top, "workflows")))
      for (const Position item : view.items(view.find(workflow.value, "jobs"))) {
        const Position given = view.find(item, owner_.name);
        pipeline_.add_items(view.find(given, name), this, meaning);
        pipeline_.add_items(view.find(view.find(view.find(given, "matrix"), "parameters"), name), this,
                            meaning);
      }
  }

  Pipeline& pipeline_;
  Owner owner_;
};

void walk_steps(Pipeline& pipeline, Position steps, const Lookup* values) {
  if (pipeline.path.is_full()) return;
  pipeline.each_item(steps, [&](Position step) {
    pipeline.field(step, "run", [&](Position run) {
      if (pipeline.is_scalar(run)) return pipeline.script(run, pipeline.new_script(values));
      pipeline.field(run, "command",
                     [&](Position command) { pipeline.script(command, pipeline.new_script(values)); });
    });
    for (const std::string_view key : {"when", "unless"})
      pipeline.field(step, key, [&](Position condition) {
        pipeline.field(condition, "steps", [&](Position inner) { walk_steps(pipeline, inner, values); });
      });
  });
}

void walk_owners(Pipeline& pipeline, Position top, std::string_view key) {
  pipeline.field(top, key, [&](Position owners) {
    pipeline.each_entry(owners, [&](const compose::Entry& entry) {
      const Lookup* values =
          pipeline.keep<Values>(pipeline, Owner{entry.value, entry.key, key == "executors"});
      if (key != "commands")
        pipeline.field(entry.value, "docker", [&](Position images) {
          pipeline.each_item(images, [&](Position item) {
            pipeline.field(item, "image", [&](Position image) { pipeline.image(image, values); });
            for (const std::string_view login : {"auth", "aws_auth"}) pipeline.credential_of(item, login);
          });
        });
      pipeline.field(entry.value, "steps", [&](Position steps) { walk_steps(pipeline, steps, nullptr); });
    });
  });
}

void walk_configuration(Pipeline& pipeline, Position top) {
  if (pipeline.path.is_full()) return;
  for (const std::string_view key : {"executors", "jobs", "commands"}) walk_owners(pipeline, top, key);
  pipeline.field(top, "orbs", [&](Position orbs) {
    pipeline.each_value(orbs, [&](Position orb) {
      if (pipeline.is_map(orb)) walk_configuration(pipeline, orb);
    });
  });
}

void walk(Pipeline& pipeline) {
  for (std::size_t document = 0; document < pipeline.view.tree().documents.size(); ++document)
    walk_configuration(pipeline, pipeline.view.top(document));
}

std::unique_ptr<Document> read(const Source& source, const ReadOptions& options) {
  return read_pipeline(source, options,
                       {.kind = &circleci,
                        .language = {.cut = languages::circleci, .cut_script = languages::circleci_script},
                        .walk = walk});
}

}  // namespace

constinit const KindInfo circleci = {
    .name = "circleci",
    .title = "CircleCI configuration",
    .plural = "CircleCI configurations",
    .summary = "Configurations of CircleCI, with inline orbs.",
    .examples = examples,
    .names = names,
    .case_counts = true,
    .read = read,
    .roles = roles,
    .is_yaml = true,
    .comments_behind = true,
    .prove = verify_yaml_edits,
};

}  // namespace imglint::kinds
