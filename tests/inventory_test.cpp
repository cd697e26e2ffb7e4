// Pages for people who do not run the program: what counts as an image, how firmly versions are held, what a
// page shows.
#include "output/inventory.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <numeric>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "kinds/compose/read.hpp"
#include "kinds/dockerfile/read.hpp"
#include "output/html/overview.hpp"
#include "tests/support/in_process.hpp"
#include "tests/support/temporary_folder.hpp"

namespace imglint::test {
namespace {

using ::testing::HasSubstr;

Inventory inventory(const std::vector<const Document*>& documents, bool with_built = false) {
  Inventory images(with_built);
  for (std::size_t i = 0; i < documents.size(); ++i) images.add(i, *documents[i]);
  return images;
}

std::string told(const Inventory& images) {
  std::string seen;
  for (const InventoryEntry& entry : images.entries())
    seen += entry.registry + ' ' + entry.image.substr(0, 16) + ' ' + std::string(to_string(entry.hold)) +
            (entry.built ? " built " : " ") + std::to_string(entry.uses) + '\n';
  return seen;
}

TEST(Inventory, CountsImagesAndNotStagesAndBuildsOnDemand) {
  const Source dockerfile(
      "Dockerfile",
      "ARG TAG=1\nARG NONE\nFROM nginx AS base\nFROM base\nFROM scratch\nFROM docker.io/nginx:latest\n"
      "FROM ghcr.io/a/b:$TAG\nFROM quay.io/c@sha256:" +
          std::string(64, 'a') +
          "\nFROM $NONE\n"
          "COPY --from=ghcr.io/a/b:1 /x /y\n");
  const Source compose("compose.yaml",
                       "services:\n  a:\n    image: acme/a\n    build: .\n  b:\n    image: nginx\n");
  const auto first = read_dockerfile(dockerfile, {});
  const auto second = read_compose(compose, {});
  const std::vector<const Document*> documents = {first.get(), second.get()};
  const std::string pulled =
      "docker.io nginx floating 2\n"
      "docker.io nginx:latest floating 1\n"
      "ghcr.io ghcr.io/a/b:1 tagged 2\n"
      "quay.io quay.io/c@sha256 pinned 1\n";
  EXPECT_EQ(told(inventory(documents)), " $NONE unknown 1\n" + pulled);
  EXPECT_EQ(told(inventory(documents, true)),
            " $NONE unknown 1\ndocker.io acme/a floating built 1\n" + pulled);
}

TEST(Inventory, AChannelFloatsAsNoTagDoes) {
  const std::pair<const char*, const char*> holds[] = {
      {"nginx:stable-alpine", "floating"},
      {"acme/a:main", "floating"},
      {"node:lts", "floating"},
      {"nginx:1.27", "tagged"},
      {"debian:bookworm", "tagged"},
      {"rust:nightly-2024-07-22", "tagged"},
  };
  for (const auto& [image, hold] : holds) {
    const Source source("Dockerfile", "FROM " + std::string(image) + "\n");
    const auto document = read_dockerfile(source, {});
    const std::vector<InventoryEntry> entries = inventory({document.get()}).entries();
    ASSERT_EQ(entries.size(), 1U) << image;
    EXPECT_EQ(to_string(entries[0].hold), hold) << image;
  }
}

std::string told(const html::Overview& overview) {
  std::string seen = told(overview.images());
  for (const InventoryEntry& entry : overview.images().entries())
    for (const std::string& place : entry.places) seen += place + '\n';
  for (const auto& bars : {overview.rules(), overview.files()})
    for (const html::Bar& bar : bars)
      seen += bar.name + ' ' + std::to_string(bar.count) + ' ' + std::string(bar.shade) + '\n';
  return seen;
}

/// Files of which each has a few findings of rules whose severity differs from file to file.
struct ManyFiles {
  ManyFiles() {
    for (std::size_t i = 0; i < 3000; ++i) {
      sources.push_back(std::make_unique<Source>("f" + std::to_string(i), "FROM nginx\n\nFROM a:1\n"));
      documents.push_back(read_dockerfile(*sources.back(), {}));
      const Severity severity = i % 3 == 1 ? Severity::error : Severity::warning;
      findings.emplace_back(i * 7919 % 97 + i * 31 % 11,
                            Finding{.rule = i % 2 == 0 ? "missing-tag" : "latest-tag",
                                    .severity = severity,
                                    .place = {sources.back().get(), {}},
                                    .message = "no tag"});
    }
  }
  void add(std::size_t index, html::Overview& overview) const {
    overview.add(index, {sources[index].get(), findings[index]});
    overview.add(index, *documents[index]);
  }

  std::vector<std::unique_ptr<Source>> sources;
  std::vector<std::unique_ptr<Document>> documents;
  std::vector<std::vector<Finding>> findings;
};

TEST(Overview, IsTheSameInAnyOrder) {
  const ManyFiles files;
  std::vector<std::size_t> order(files.sources.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  html::Overview in_order;
  for (const std::size_t index : order) files.add(index, in_order);
  const std::string expected = told(in_order);
  EXPECT_THAT(expected, HasSubstr("nginx floating 3000\n"));
  EXPECT_THAT(expected, HasSubstr("f0:3\nf1:3\nf2:3\nf3:3\nf4:3\nf0:1\n"));
  EXPECT_THAT(expected, HasSubstr("latest-tag 79606 warning\nmissing-tag 79432 error\n"));
  for (unsigned round = 0; round < 3; ++round) {
    std::shuffle(order.begin(), order.end(), std::minstd_rand(round + 1));
    html::Overview mixed;
    for (const std::size_t index : order) {
      html::Overview one;
      files.add(index, one);
      mixed.add(std::move(one));
    }
    EXPECT_EQ(told(mixed), expected);
  }
}

TEST(Overview, ShowsTheFilesWithTheMostFindings) {
  const ManyFiles files;
  html::Overview overview;
  std::vector<html::Bar> all;
  for (std::size_t i = 0; i < files.sources.size(); ++i) {
    files.add(i, overview);
    if (!files.findings[i].empty()) all.push_back({files.sources[i]->path(), files.findings[i].size()});
  }
  std::ranges::sort(all, {}, &html::Bar::name);
  all = html::ranked(std::move(all), 10);
  const std::vector<html::Bar> shown = overview.files();
  ASSERT_EQ(shown.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(shown[i].name, all[i].name);
    EXPECT_EQ(shown[i].count, all[i].count) << all[i].name;
  }
}

/// The page of a repository.
std::string page_of(const std::string& dockerfile, std::vector<std::string> words = {}) {
  MemoryFileSystem files;
  files.put("api/Dockerfile", dockerfile);
  words.insert(words.begin(), {"check", "--format", "html", "--as-of", "2027-01-31"});
  return run_program_in(files, words).out;
}

TEST(ReportPage, FindingsHaveWhatTheyAreChosenBy) {
  const std::string page = page_of("ARG BASE=node\nFROM $BASE\n", {"--title", "Shop & <co>"});
  EXPECT_THAT(page, HasSubstr("<h1>Shop &amp; &lt;co&gt;</h1>"));
  EXPECT_THAT(page, HasSubstr(">2027-01-31</time>"));
  EXPECT_THAT(page, HasSubstr("<details open data-file=\"api/Dockerfile\">"));
  EXPECT_THAT(
      page,
      HasSubstr("<li data-row data-rule=\"missing-tag\" data-severity=\"warning\" data-image=\"node\">"));
  EXPECT_THAT(page, HasSubstr("data-key=\"rule\" data-value=\"missing-tag\" aria-pressed=\"false\">"));
  EXPECT_THAT(page, HasSubstr("data-key=\"file\" data-value=\"api/Dockerfile\" aria-pressed=\"false\">"));
  EXPECT_THAT(page, HasSubstr("<a href=\"#rule-missing-tag\">"));
  EXPECT_THAT(page, HasSubstr("<h3 id=\"rule-missing-tag\">"));
  EXPECT_THAT(page, HasSubstr("api/Dockerfile:2 used here by "));
  EXPECT_THAT(page, HasSubstr("<pre>ARG BASE=<mark>node</mark></pre>"));
}

TEST(ReportPage, AFindingNamesItsImageAsTheTableOfImagesDoes) {
  MemoryFileSystem files;
  files.put("Dockerfile", "ARG NONE\nFROM quay.io/a/b\nFROM nginx:latest\nFROM $NONE\n");
  files.put("compose.yaml", "services:\n  a: {image: '${IMAGE}'}\n");
  const std::string page = run_program_in(files, {"check", "--format", "html"}).out;
  for (const std::string image : {"quay.io/a/b", "nginx:latest", "${IMAGE}"}) {
    EXPECT_THAT(page, HasSubstr(" data-image=\"" + image + "\">"));
    EXPECT_THAT(page, HasSubstr("<td>" + image + "</td>"));
  }
  EXPECT_THAT(page, HasSubstr(" data-rule=\"empty-arg\" data-severity=\"warning\">")) << "is of an argument";
  EXPECT_THAT(page_of("FROM a:1\nCOPY --from=busybox / /\n", {"--select", "external-copy"}),
              HasSubstr(" data-image=\"busybox\">"))
      << "is of what is written there";
}

TEST(ReportPage, NamesOfFilesBreakBehindTheirSlashes) {
  EXPECT_THAT(page_of("FROM nginx\n"), HasSubstr("<span>api/<wbr>Dockerfile</span>"));
}

TEST(ReportPage, OfALongLineWhatIsMarkedIsShown) {
  const std::string page =
      page_of("FROM " + std::string(1000, ' ') + "nginx AS " + std::string(1000, 'x') + "\n");
  const std::size_t begin = page.find("<pre>");
  const std::string line = page.substr(begin, page.find("</pre>", begin) - begin);
  EXPECT_THAT(line, HasSubstr(" <mark>nginx</mark>"));
  EXPECT_LT(line.size(), 1500U);
  EXPECT_THAT(line, HasSubstr("<pre>…"));
}

TEST(ReportPage, AnInventoryTellsWhatIsPulledAndWhatIsBuilt) {
  MemoryFileSystem files;
  files.put("compose.yaml", "services:\n  a: {image: acme/a, build: .}\n  b: {image: 'ghcr.io/b:1'}\n");
  const ProgramRun run =
      run_program_in(files, {"list", "--format", "html", "--output", "images.html", "--title", "Ours"});
  EXPECT_EQ(run.out, "");
  EXPECT_EQ(run.code, 0) << run.err;
  const std::string page = files.bytes("images.html");
  EXPECT_THAT(page, HasSubstr("<h1>Ours</h1>"));
  EXPECT_THAT(page, HasSubstr("<td>docker.io</td><td>acme/a</td><td></td><td>built</td>"));
  EXPECT_THAT(page, HasSubstr("<td>ghcr.io</td><td>ghcr.io/b:1</td><td>tagged</td><td>pulled</td>"));
  EXPECT_THAT(page, HasSubstr("<svg class=\"ring\" role=\"img\""));
  EXPECT_THAT(page, HasSubstr("1 reference to images that are pulled, 1 to images that are built here"));
}

/// What the page says of files, of which the last row is about one image; and of their merged inventory.
TEST(ReportPage, AnInventoryClaimsNoMoreThanIsWritten) {
  struct Case {
    std::map<std::string, std::string> files;
    std::string row;
    std::string number;
  };
  const std::string push =
      "on: push\njobs:\n  a:\n    runs-on: x\n    strategy: {matrix: {os: [a, b], tag: [v1, v1]}}\n"
      "    steps:\n      - uses: docker/build-push-action@v6\n        with: {tags: \"";
  const std::string chart = "apiVersion: v2\nname: x\nversion: 1.0.0\nappVersion: \"2.3\"\n";
  const Case cases[] = {
      {{{".github/workflows/a.yml", push + "ghcr.io/acme/app\"}\n"}},
       "<td>ghcr.io/acme/app</td><td></td><td>built</td><td class=\"number\">1</td>",
       ">0</b>references pulled<"},
      {{{".github/workflows/a.yml", push + "ghcr.io/acme/app:${{ matrix.tag }}\"}\n"}},
       "<td>ghcr.io/acme/app:v1</td><td></td><td>built</td><td class=\"number\">1</td>",
       ">1</b>reference built here<"},
      {{{"db-values.yaml", "image:\n  repository: acme/db\n"}},
       "<td>acme/db</td><td>unknown</td><td>pulled</td>",
       ">1</b>reference pulled<"},
      {{{"Chart.yaml", chart}, {"values.yaml", "image:\n  repository: acme/db\n  tag: \"\"\n"}},
       "<td>acme/db:2.3</td><td>guessed</td><td>pulled</td>",
       ">1</b>reference pulled<"},
  };
  for (const Case& test : cases) {
    MemoryFileSystem files;
    for (const auto& [path, text] : test.files) files.put(path, text);
    const std::string page = run_program_in(files, {"list", "--format", "html"}).out;
    EXPECT_THAT(page, HasSubstr(test.row));
    EXPECT_THAT(page, HasSubstr(test.number));
    const TemporaryFolder folder;  // reports to merge are read from the disk
    const std::string all =
        folder.write("all.jsonl", run_program_in(files, {"list", "--format", "jsonl"}).out);
    const std::string merged = run_program_in(files, {"merge", all, "--format", "html"}).out;
    EXPECT_THAT(merged, HasSubstr(test.row));
    EXPECT_THAT(merged, HasSubstr(test.number));
  }
}

TEST(ReportPage, OneOfAThingIsNotCalledSeveral) {
  struct Case {
    std::vector<std::string> words;
    std::string dockerfile;
    std::vector<std::string> shown;
  };
  const Case cases[] = {
      {{"list", "--format", "html"},
       "FROM nginx:1\n",
       {">1</b>file<", ">1</b>registry<", ">1</b>image<", ">1</b>reference pulled<",
        ">0</b>references built here<"}},
      {{"list", "--format", "html"},
       "FROM nginx:1\nFROM ghcr.io/a/b:1\n",
       {">1</b>file<", ">2</b>registries<", ">2</b>images<", ">2</b>references pulled<"}},
      {{"check", "--format", "html"},
       "FROM nginx\n",
       {">1</b>file<", ">1</b>reference of all kinds<", ">0</b>errors<", ">1</b>warning<", ">0</b>info<"}},
      {{"check", "--format", "html"},
       "FROM nginx\nFROM redis\n",
       {">2</b>references of all kinds<", ">How versions of what is pulled are held<", ">2</b>warnings<"}},
  };
  for (const Case& test : cases) {
    MemoryFileSystem files;
    files.put("Dockerfile", test.dockerfile);
    const std::string page = run_program_in(files, test.words).out;
    for (const std::string& part : test.shown) EXPECT_THAT(page, HasSubstr(part));
  }
}

}  // namespace
}  // namespace imglint::test
