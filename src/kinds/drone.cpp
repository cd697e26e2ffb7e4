#include "kinds/drone.hpp"

#include "kinds/languages.hpp"

namespace imglint::drone {
namespace {

using compose::Position;

class Values final : public Lookup {
 public:
  Values(Pipeline& pipeline, Position top) : pipeline_(pipeline), top_(top) {}

  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& text) const override {
    compose::View& view = pipeline_.view;
    const Position matrix = view.find(top_, "matrix");
    Meaning meaning;
    pipeline_.add_items(view.find(matrix, part.name), this, meaning);
    for (const Position row : view.items(view.find(matrix, "include")))
      pipeline_.add_items(view.find(row, part.name), this, meaning);
    if (meaning.supplies.empty() && !part.op.empty())
      meaning.supplies.push_back(pipeline_.fallback(text, part.operand, this));
    return meaning;
  }

 private:
  Pipeline& pipeline_;
  Position top_;
};

void walk_step(Pipeline& pipeline, Position step, const Lookup* values) {
  pipeline.field(step, "image", [&](Position image) { pipeline.image(image, values); });
  pipeline.field(step, "commands",
                 [&](Position commands) { pipeline.scripts(commands, pipeline.new_script(nullptr)); });
}

}  // namespace

PipelineLanguage language() { return {.cut = languages::drone}; }

const Lookup* values(Pipeline& pipeline, Position top) { return pipeline.keep<Values>(pipeline, top); }

void walk_steps(Pipeline& pipeline, Position top, std::string_view key, const Lookup* values) {
  pipeline.field(top, key, [&](Position steps) {
    if (pipeline.is_list(steps))
      pipeline.each_item(steps, [&](Position step) { walk_step(pipeline, step, values); });
    else
      pipeline.each_value(steps, [&](Position step) { walk_step(pipeline, step, values); });
  });
}

}  // namespace imglint::drone
