#include "cli/commands/retarget_results.hpp"

#include "base/path.hpp"
#include "cli/result_name.hpp"
#include "output/retarget_lock_json.hpp"
#include "output/retarget_output.hpp"
#include "source/read_file.hpp"
#include "source/write_file.hpp"

namespace imglint {

std::optional<Error> RetargetResults::write_plan(const RetargetPlan& plan) const {
  if (!settings_->plan) return std::nullopt;
  const std::string text = copy_plan(plan.pairs, settings_->plan->form);
  if (settings_->plan->form == PlanForm::ecr_repositories && text.empty() && !plan.pairs.empty())
    print_remark({.message = "no target is on a private ECR registry"}, *session_);
  log_in_first(plan);
  if (settings_->plan->file.empty()) {
    session_->out(text);
    return std::nullopt;
  }
  return write_file(session_->disk(), settings_->plan->file, text);
}

/// Files below the current folder by relative paths, which is what a run that reverts it takes, and those
/// that a link was named for by their own: a revert follows none.
Lock RetargetResults::lock_of(const RetargetPlan& plan) const {
  Lock lock = make_lock(plan, *project_);
  const auto here = session_->files.resolve(".");
  const std::string folder = here ? join_path(*here, "") : std::string();
  const auto shorten = [&](std::string& path) {
    const auto real = session_->files.resolve(path);
    if (real && here && *real != normal_path(path.starts_with('/') ? path : folder + path)) path = *real;
    if (!folder.empty() && path.starts_with(folder)) path.erase(0, folder.size());
  };
  for (LockedFile& file : lock.files) shorten(file.path);
  for (LockedReader& reader : lock.readers) shorten(reader.path);
  return lock;
}

std::optional<Error> RetargetResults::write_lock(const RetargetPlan& plan) const {
  if (settings_->lock.empty() || plan.edits.empty()) return std::nullopt;
  if (session_->files.status(settings_->lock))
    return Error{.message = "the lock is there already",
                 .hint = "it belongs to another run: give this one a lock of its own",
                 .path = settings_->lock};
  return write_file(session_->disk(), settings_->lock, lock_json(lock_of(plan)));
}

void RetargetResults::forget_lock(const RetargetPlan& plan) const {
  if (!settings_->lock.empty() && !plan.edits.empty()) (void)session_->files.remove(settings_->lock);
}

EarlierFile RetargetResults::earlier_plan() const {
  const std::string& path = settings_->plan->file;
  if (!session_->files.status(path)) return {};
  auto content = read_file(session_->files, path);
  return {.was_there = true, .bytes = content ? std::optional(std::move(content->bytes)) : std::nullopt};
}

void RetargetResults::forget_plan(const EarlierFile& earlier) const {
  const std::string& path = settings_->plan->file;
  if (earlier.bytes) (void)write_file(session_->disk(), path, *earlier.bytes);
  if (!earlier.was_there) (void)session_->files.remove(path);
}

void RetargetResults::log_in_first(const RetargetPlan& plan) const {
  const PlanForm form = settings_->plan->form;
  if (form == PlanForm::list || form == PlanForm::ecr_repositories || plan.pairs.empty()) return;
  const PlanRegistries registries = plan_registries(plan.pairs);
  const auto listed = [](const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
    return text;
  };
  std::string message = "log in first: " + listed(registries.targets);
  if (form != PlanForm::verify)
    message += " (to write); where they are private, " + listed(registries.sources) + " (to read)";
  print_remark({.message = std::move(message)}, *session_);
}

}  // namespace imglint
