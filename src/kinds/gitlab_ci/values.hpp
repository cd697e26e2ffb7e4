// What the variables of a GitLab pipeline stand for: in the file, in what it includes from the repository, by
// what a job extends (docs/spec/pipelines.md 2.2).
#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "kinds/included_file.hpp"
#include "kinds/pipeline.hpp"

namespace imglint::gitlab {

/// A place in one of the files.
struct Place {
  const PipelineFile* file = nullptr;
  compose::Position at;
  [[nodiscard]] explicit operator bool() const { return static_cast<bool>(at); }
};

/// The file that is read and those that it includes, in the order in which they win.
class Files {
 public:
  explicit Files(Pipeline& pipeline);
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;

  [[nodiscard]] const PipelineFile& own() const { return own_; }
  /// The first document that says it; the last of a file wins. Nothing if none does.
  [[nodiscard]] Place global_variable(std::string_view name) const;
  /// Of a job, or of what it extends, the last first.
  [[nodiscard]] Place job_variable(std::string_view job, std::string_view name) const;
  /// The value of a key of a job, in the first file that says it.
  [[nodiscard]] Place job_field(std::string_view job, std::string_view key) const;
  /// What a scalar in one of the files stands for.
  [[nodiscard]] Supply supply(Place scalar, const Lookup* lookup) const;

 private:
  [[nodiscard]] Place job_variable(std::string_view job, std::string_view name, int& steps) const;

  Pipeline& pipeline_;
  PipelineFile own_;
  std::vector<const PipelineFile*> files_;
};

/// A variable by the matrix of the job, by the job, by what it extends, by the files.
class Values final : public Lookup {
 public:
  /// Without a name: of no job.
  Values(Pipeline& pipeline, const Files& files, std::string_view job)
      : pipeline_(pipeline), files_(files), job_(job) {}

  [[nodiscard]] Meaning find(const TextPart& part, const MappedText& text) const override;

 private:
  [[nodiscard]] Meaning of_input(std::string_view name) const;
  [[nodiscard]] Meaning of_matrix(std::string_view name) const;

  Pipeline& pipeline_;
  const Files& files_;
  std::string_view job_;
  mutable std::unordered_map<std::string_view, Place> known_;
};

}  // namespace imglint::gitlab
