// Where references stand in compose files (docs/spec/compose.md 2.2 to 2.7), beyond what the vectors show.
// Each case is a file and one line a reference: path, role, kind, its bytes; then its value where that
// differs, further paths, and what keeps it from being used or changed.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "kinds/compose/read.hpp"
#include "kinds/compose/shape.hpp"
#include "kinds/compose/timestamp.hpp"
#include "yaml/events.hpp"

namespace imglint {
namespace {

std::string show(const ImageUse& use, const Source& source) {
  std::string line(use.path);
  const std::string_view bytes = source.text(use.span);
  line.append(" ").append(use.role->name).append(" ").append(to_string(use.kind));
  line.append(" '").append(bytes).append("'");
  if (!use.value.is_known()) {
    line.append(" ! ").append(use.error());
  } else if (use.value.text() != bytes) {
    line.append(" = '").append(use.value.text()).append("'");
  }
  for (const Alias& alias : use.aliases) line.append(" <- ").append(alias.path);
  if (!use.active) line += " inactive";
  if (!use.not_editable.empty() && use.value.is_known())
    line.append(" [").append(use.not_editable).append("]");
  return line;
}

std::string show(const Document& document) {
  std::string lines;
  for (const ImageUse& use : document.uses) lines += show(use, *document.source) + "\n";
  for (const Trouble& trouble : document.troubles)
    lines += "! " + trouble.message + " '" + std::string(document.source->text(trouble.span)) + "'\n";
  return lines;
}

struct Case {
  std::string_view file;
  std::string_view lines;
};

// clang-format off
const Case cases[] = {
    // cache sources: fields, order, case, quotes, several references
    {"services: {a: {build: {cache_from: ['ref=b:1,TYPE=registry', 'type=registry,\"ref=b:2\"', 'type=s3,ref=b:3', 'b:4,c:5']}}}",
     "services.a.build.cache_from[0] cache-from image 'b:1'\n"
     "services.a.build.cache_from[1] cache-from image 'b:2'\n"
     "services.a.build.cache_from[3] cache-from image 'b:4'\n"
     "services.a.build.cache_from[3] cache-from image 'c:5'\n"},
    {"services: {a: {build: {cache_from: ['${B:-b},c:${C:-1},$D']}}}",
     "services.a.build.cache_from[0] cache-from image '${B:-b}' = 'b'\n"
     "services.a.build.cache_from[0] cache-from image 'c:${C:-1}' = 'c:1'\n"
     "services.a.build.cache_from[0] cache-from unresolved '$D' = '' ['D' has no value here]\n"},
    {"services: {a: {build: {cache_from: ['type=registry,ref=${B:-r.io/b}:${T}']}}}",
     "services.a.build.cache_from[0] cache-from unresolved '${B:-r.io/b}:${T}' = 'r.io/b:'\n"},
    {"services: {a: {build: {cache_from: ['${SPEC:-type=registry,ref=b:1}']}}}",
     "services.a.build.cache_from[0] cache-from image 'b:1'\n"},
    {"services: {a: {build: {cache_from: b, cache_to: c, tags: d}}}",
     "! 'cache_from' must be a list, not text 'b'\n"
     "! 'cache_to' must be a list, not text 'c'\n"
     "! 'tags' must be a list, not text 'd'\n"},
    // contexts
    {"services: {a: {build: {additional_contexts: {x: docker-image://b:1, y: 'DOCKER-IMAGE://c', z: '${Z:-docker-image://d}'}}}}",
     "services.a.build.additional_contexts.x build-context image 'b:1'\n"
     "services.a.build.additional_contexts.z build-context image 'd'\n"},
    {"services: {a: {build: {additional_contexts: ['x=docker-image://${B:-b}:1', 'docker-image://c']}}}",
     "services.a.build.additional_contexts[0] build-context image '${B:-b}:1' = 'b:1'\n"},
    // sbom
    {"services: {a: {build: {sbom: true}}, b: {build: {sbom: 'disabled=false,generator=c/d:1'}}}",
     "services.b.build.sbom sbom image 'c/d:1'\n"},
    // x-bake: lists, strings, contexts
    {"services: {a: {build: {x-bake: {tags: 'b:1 c:2', cache-from: ['type=registry,ref=d'], contexts: {e: 'docker-image://f'}}}}}",
     "services.a.build.x-bake.tags bake-build-tag built 'b:1'\n"
     "services.a.build.x-bake.tags bake-build-tag built 'c:2'\n"
     "services.a.build.x-bake.cache-from[0] bake-cache-from image 'd'\n"
     "services.a.build.x-bake.contexts.e bake-build-context image 'f'\n"},
    // image volumes
    {"services: {a: {image: b, volumes: [{type: image, source: a}, {type: image, source: 'c:1'}, 'd:/x', {source: e}]}}",
     "services.a.image image image 'b'\n"
     "services.a.volumes[0].source volume-image service 'a'\n"
     "services.a.volumes[1].source volume-image image 'c:1'\n"},
    {"services: {a: {image: b, volumes: [{type: image, source: 'c:1', target: /x}, {type: image, source: 'd:1', target: /x}, {type: image, source: 'e:1', target: /y}, 'vol:/y/']}}",
     "services.a.image image image 'b'\n"
     "services.a.volumes[0].source volume-image image 'c:1' inactive\n"
     "services.a.volumes[1].source volume-image image 'd:1'\n"
     "services.a.volumes[2].source volume-image image 'e:1' inactive\n"},
    {"services: {a: {image: b, volumes: [{type: image, source: 'c:1', target: /x}, {type: image, source: 'd:1', target: 'D:\\y'}, {type: image, source: 'e:1', target: /z}, 'C:\\data:/x', 'C:\\data:D:\\y:ro', 'v:/z']}}",
     "services.a.image image image 'b'\n"
     "services.a.volumes[0].source volume-image image 'c:1' inactive\n"
     "services.a.volumes[1].source volume-image image 'd:1' inactive\n"
     "services.a.volumes[2].source volume-image image 'e:1'\n"},
    // models
    {"models: {m: {model: 'hf.co/a/B-GGUF:Q4_K_M'}, n: {model: Qwen/Model}}",
     "models.m.model model image 'hf.co/a/B-GGUF:Q4_K_M'\n"
     "models.n.model model image 'Qwen/Model'\n"},
    {"services: {a: {provider: {type: model, options: {model: [b, c]}}}, d: {provider: {type: other, options: {model: e}}}}",
     "services.a.provider.options.model[0] provider-model image 'b'\n"
     "services.a.provider.options.model[1] provider-model image 'c'\n"},
    // oci://
    {"include: [{path: 'oci://r.io/b:1'}, {path: ['oci://c', ./d.yml]}, 'OCI://e']\nservices: {a: {extends: {file: 'oci://f/g', service: x}}}",
     "include[0].path include image 'r.io/b:1'\n"
     "include[1].path[0] include image 'c'\n"
     "services.a.extends.file extends image 'f/g'\n"},
    // dormant images
    {"x-a: [{b: {image: c}}, {image: {image: d}}]\nx-image: e\nservices: {s: {image: f, x-g: {image: h}}}",
     "x-a[0].b.image image image 'c' inactive\n"
     "x-a[1].image.image image image 'd' inactive\n"
     "services.s.image image image 'f'\n"},
    {"x-i: {web: &w b:1}\nx-a: {image: *w}\nservices: {s: {}}",
     "x-i.web image image 'b:1' <- x-a.image inactive\n"},
    {"x-i: {web: &w b:1}\nx-a: {image: *w}\nservices: {s: {image: *w}}",
     "x-i.web image image 'b:1' <- services.s.image\n"},
    {"services: {s: {image: b, <<: {image: c, build: {tags: [d]}}}}",
     "services.s.image built-image built 'b'\n"
     "services.s[\"<<\"].image image image 'c' inactive\n"
     "services.s[\"<<\"].build.tags[0] build-tag built 'd' <- services.s.build.tags[0]\n"},
    // merges: own keys, the earlier of a list, nested ones, an alias to a list, the whole of services
    {"x-a: &a {image: b}\nx-c: &c [*a, {image: d}]\nservices: {s: {<<: *c}}",
     "x-a.image image image 'b' <- services.s.image\n"
     "x-c[1].image image image 'd' inactive\n"},
    {"x-a: &a {s: {image: b}}\nservices: {<<: *a, t: {image: c}}",
     "x-a.s.image image image 'b' <- services.s.image\n"
     "services.t.image image image 'c'\n"},
    {"x-a: &a {image: b}\nservices: {s: {!!merge <<: *a}, t: {\"<<\": c}}",
     "x-a.image image image 'b' <- services.s.image\n"},
    {"x-k: &k image\nservices: {s: {*k : b}}",
     "services.s.image image image 'b'\n"},
    // !reset and !override
    {"services: {a: {image: !reset b}, c: {image: d, build: !reset {context: .}}, e: {build: {tags: !reset [f]}}}",
     "services.c.image image image 'd'\n"},
    {"x-a: &a {image: b}\nservices: {s: {<<: *a, image: !reset null}}",
     "x-a.image image image 'b' <- services.s.image\n"},
    {"services: {a: {image: !override b, build: {tags: !override [c]}}}",
     "services.a.image built-image built 'b'\n"
     "services.a.build.tags[0] build-tag built 'c'\n"},
    // built or pulled
    {"services: {a: {image: b, build: .}, c: {image: b}, d: {image: 'b:1'}}",
     "services.a.image built-image built 'b'\n"
     "services.c.image image built 'b'\n"
     "services.d.image image image 'b:1'\n"},
    {"services: {a: {build: .}, b: {extends: a}, c: {extends: {service: b}, image: d}}",
     "services.c.image built-image built 'd'\n"},
    {"services: {a: {extends: b, image: x}, b: {extends: a, image: y}, c: {extends: c, image: z}}",
     "services.a.image image image 'x'\n"
     "services.b.image image image 'y'\n"
     "services.c.image image image 'z'\n"},
    {"services: {a: {build: .}, b: {extends: {service: a, file: other.yml}, image: c}, d: {extends: a, build: !reset null, image: e}}",
     "services.b.image image image 'c'\n"
     "services.d.image image image 'e'\n"},
    {"x-i: &i b\nservices: {a: {image: *i}, c: {image: *i, build: .}}",
     "x-i built-image built 'b' <- services.a.image <- services.c.image\n"},
    // several documents
    {"services: {a: {image: b}}\n---\nservices: {a: {build: .}}\n",
     "services.a.image built-image built 'b'\n"},
    // version 1
    {"web:\n  image: b\nx-c:\n  image: d\n",
     "web.image image image 'b'\n"
     "x-c.image image image 'd' inactive\n"
     "! a version 1 compose file, which docker compose 2 does not run ''\n"},
    // variables
    {"services: {a: {image: '${IMAGE}'}, b: {image: 'c:${T:?set T}'}, d: {image: '${E'}, f: {image: '$GIVEN'}}",
     "services.a.image image unresolved '${IMAGE}' = '' ['IMAGE' has no value here]\n"
     "services.b.image image unresolved 'c:${T:?set T}' ! required variable T is missing a value: set T\n"
     "services.d.image image invalid '${E' ! invalid template '${E'\n"
     "services.f.image image image '$GIVEN' = 'r.io/given:1' [the value of 'GIVEN' is given by an option]\n"
     "! required variable T is missing a value: set T '${T:?set T}'\n"
     "! invalid template '${E' '${E'\n"},
    {"name: p\nservices: {a: {image: '${COMPOSE_PROJECT_NAME}-b'}}",
     "services.a.image image image '${COMPOSE_PROJECT_NAME}-b' = 'p-b'\n"},
    {"services: {a: {image: '${A:-${B:-b}:${C:-1}}'}}",
     "services.a.image image image '${A:-${B:-b}:${C:-1}}' = 'b:1'\n"},
    {"services: {a: {image: b, command: 'echo ${c/d}', environment: ['E=${F:?}']}}",
     "services.a.image image image 'b'\n"
     "! invalid template '${c/d}' '${c/d}'\n"},
    // empty and odd values
    {"services: {a: {image: ''}, b: {image: [c]}, d: {image: {e: f}}, g: h, i: {image: 0755}}",
     "services.i.image image image '0755' [docker compose takes text only here, and it is none without quotes]\n"
     "! the image is empty, and service 'a' builds none 'image'\n"
     "! 'image' must be text, not a list 'image'\n"
     "! 'image' must be text, not a mapping 'image'\n"
     "! service 'g' must be a mapping, not text 'h'\n"
     "! 'image' must be text, not a number; put it in quotes '0755'\n"},
    // keys
    {"services: {'a b': {image: c}, 'd\"e': {image: f}, \"g\\\\\": {image: h}}",
     "services[\"a b\"].image image image 'c'\n"
     "services[\"d\\\"e\"].image image image 'f'\n"
     "services[\"g\\\\\"].image image image 'h'\n"},
    // a Dockerfile inside, with arguments and contexts of the service
    {"services: {a: {build: {args: {V: 3, W: '${X:-4}'}, additional_contexts: {ctx: ./c},\n"
     "  dockerfile_inline: \"ARG V=1\\nARG W\\nFROM b:$$V AS s\\nFROM c:$${W}\\nFROM ctx\\nCOPY --from=s /x /\\nFROM ${Y}d\\n\"}}}",
     "services.a.build.dockerfile_inline from image 'b:$$V' = 'b:3'\n"
     "services.a.build.dockerfile_inline from image 'c:$${W}' = 'c:4'\n"
     "services.a.build.dockerfile_inline from context 'ctx'\n"
     "services.a.build.dockerfile_inline copy-from stage 's'\n"
     "services.a.build.dockerfile_inline from unresolved '${Y}d' = 'd'\n"},
    {"services: {a: {build: {dockerfile_inline: 'FROM b:${T:?set T}'}, image: c}}",
     "services.a.build.dockerfile_inline from unresolved 'b:${T:?set T}' = 'b:'\n"
     "services.a.image built-image built 'c'\n"
     "! required variable T is missing a value: set T '${T:?set T}'\n"},
};
// clang-format on

TEST(ComposePlaces, AreFoundWithRoleKindAndBytes) {
  const ReadOptions options{.env = {{"GIVEN", "r.io/given:1"}}};
  for (const Case& one : cases) {
    const Source source("compose.yaml", std::string(one.file));
    EXPECT_EQ(show(*read_compose(source, options)), one.lines) << one.file;
  }
}

struct FormCase {
  std::string_view file;
  bool is_compose;
};

// clang-format off
const FormCase forms[] = {
    {"services: {a: {image: b}}", true},
    {"services:\n", true},
    {"include: [a.yml]", true},
    {"models: {a: {model: b}}", true},
    {"version: '3'\nnetworks: {}", true},
    {"x-a: {image: b}", true},
    {"a: {image: b}", true},
    {"a: {build: .}", true},
    {"a: {build: .}\nx-b: c", true},
    {"", false},
    {"# nothing", false},
    {"{}", false},
    {"a", false},
    {"- image: b", false},
    {"apiVersion: v1\nkind: Pod\nspec: {image: b}", false},
    {"name: ci\non: push\njobs: {a: {services: {b: {image: c}}}}", false},
    {"on: {push: {}}\njobs: {build: {runs-on: x}}", false},
    {"a: {image: b}\nc: d", false},
    {"a: {image: {repository: b}}", false},
    {"version: 1\na: {image: b}", false},
    {"services: [a]", true},
    {"services: []", true},
    {"services: [a]\nsteps: [b]", false},
    {"services: a\nimage: b", false},
};
// clang-format on

TEST(ComposePlaces, OnlyInComposeFiles) {
  for (const FormCase& one : forms) {
    const Source source("compose.yaml", std::string(one.file));
    const auto document = read_compose(source, {});
    EXPECT_EQ(document->is_compose, one.is_compose) << one.file;
    if (!one.is_compose) {
      EXPECT_EQ(show(*document), "") << one.file;
    }
  }
}

struct DateCase {
  std::string_view text;
  bool is_date;
};

// What go-yaml 3 resolves to !!timestamp (resolve.go, allowedTimestampFormats).
constexpr DateCase dates[] = {
    {"2001-01-01", true},
    {"2001-1-1", true},
    {"2001-12-31", true},
    {"2000-02-29", true},
    {"1900-02-29", false},
    {"2001-02-29", false},
    {"0000-02-29", true},
    {"0000-02-30", false},
    {"2001-00-01", false},
    {"2001-13-01", false},
    {"2001-01-32", false},
    {"2001-01-001", false},
    {"201-01-01", false},
    {"20010-01-01", false},
    {"2001-01", false},
    {"2001-01-", false},
    {"2001-01-01-alpine", false},
    {"2001-01-01.1", false},
    {"2001-12-14t21:59:43.10-05:00", true},
    {"2001-12-14T21:59:43Z", true},
    {"2001-12-14T21:59:43,123456789012Z", true},
    {"2001-1-4T1:9:3+24:60", true},
    {"2001-1-4T1:9:3+25:00", false},
    {"2001-1-4T1:9:3+1:00", false},
    {"2001-1-4T1:9:3-0500", false},
    {"2001-1-4T1:9:3", false},
    {"2001-1-4T1:9:3z", false},
    {"2001-1-4T24:00:00Z", false},
    {"2001-1-4T23:60:00Z", false},
    {"2001-1-4T23:59:60Z", false},
    {"2001-1-4T1:9Z", false},
    {"2001-1-4T1:9:3.Z", false},
    {"2001-12-14 21:59:43.10", true},
    {"2001-12-14   1:2:3", true},
    {"2001-12-14 21:59:43.10 -5", false},
    {"2001-12-14 21:59:43Z", false},
    {"2001-12-14 21:59", false},
};

std::string_view scalar_type(const std::string& text, yaml::Reader reader) {
  const Source source("compose.yaml", text);
  Arena arena;
  const yaml::Parsed parsed = yaml::parse(source, 1u << 20, arena, reader);
  EXPECT_FALSE(parsed.trouble) << text;
  compose::View view(parsed.tree);
  const compose::Position service = view.find(view.find(view.top(0), "services"), "a");
  return compose::other_than_text(view.tree(), view[view.find(service, "image")]);
}

TEST(ComposePlaces, ADateIsNoNameUnlessItIsQuoted) {
  for (const DateCase& one : dates) {
    const std::string text(one.text), file = "services:\n  a:\n    image: ";
    EXPECT_EQ(compose::is_timestamp(text), one.is_date) << text;
    for (const yaml::Reader reader : {yaml::Reader::fastest, yaml::Reader::yaml_cpp}) {
      EXPECT_EQ(scalar_type(file + text + "\n", reader), one.is_date ? "a date" : "") << text;
      EXPECT_EQ(scalar_type(file + "'" + text + "'\n", reader), "") << text;
      EXPECT_EQ(scalar_type(file + "!!str " + text + "\n", reader), "") << text;
    }
  }
}

TEST(ComposePlaces, ADateIsToldAndNotEdited) {
  const Source source("compose.yaml", "services: {a: {image: 2001-01-01}, b: {image: '2001-01-01'}}");
  EXPECT_EQ(show(*read_compose(source, {})),
            "services.a.image image image '2001-01-01' [docker compose takes text only here, and it is none "
            "without quotes]\n"
            "services.b.image image image '2001-01-01'\n"
            "! 'image' must be text, not a date; put it in quotes '2001-01-01'\n");
}

}  // namespace
}  // namespace imglint
