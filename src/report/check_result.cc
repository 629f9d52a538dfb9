#include "report/check_result.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "optim/groups.h"

namespace halflife {
namespace {

// Far above what a sweep makes; what is drawn or printed takes time for each pair of these.
constexpr std::size_t kMostDecays = 100'000;
constexpr std::size_t kMostPaths = 100;
constexpr std::size_t kMostGroups = 1000;
constexpr std::size_t kMostTableNumbers = 1'000'000;

class ResultChecker {
 public:
  ResultChecker(const FieldReader& reader, const TuneResult& result)
      : reader_(reader), result_(result) {}

  void Check() const {
    CheckCounts();
    CheckGrid();
    for (const auto& [key, index] :
         {std::pair("best.index", result_.best), std::pair("one_se.index", result_.one_se)}) {
      if (static_cast<std::size_t>(index) >= result_.grid.size())
        reader_.Reject(key, ErrorKind::kResultOutside, "grid");
    }
    if (result_.training) CheckTraining(*result_.training);
    const std::optional<ErrorParts>& parts = result_.diagnostics.error_parts;
    if (parts && parts->bias.size() != result_.grid.size())
      reader_.Reject("diagnostics.error_parts.bias", ErrorKind::kResultLengths, "grid");
  }

 private:
  void NeedAtMost(std::size_t count, std::size_t most, const char* key) const {
    if (count > most) reader_.Reject(key, ErrorKind::kJsonRange);
  }

  void CheckCounts() const {
    constexpr int kLargest = std::numeric_limits<int>::max();
    if (result_.seeds > 0 && result_.folds > kLargest / result_.seeds)
      reader_.Reject("folds", ErrorKind::kJsonRange);
    if (!(result_.l1_ratio >= 0.0 && result_.l1_ratio <= 1.0))
      reader_.Reject("model.l1_ratio", ErrorKind::kJsonRange);
    NeedAtMost(result_.paths.size(), kMostPaths, "paths");
  }

  void RejectPoint(std::size_t i, const char* key, ErrorKind kind, const char* other = "") const {
    const std::string point = fmt::format("grid[{}].", i);
    reader_.Reject((point + key).c_str(), kind, (point + other).c_str());
  }

  void CheckGrid() const {
    const std::vector<GridPoint>& grid = result_.grid;
    if (grid.empty() || grid.size() > kMostDecays) reader_.Reject("grid", ErrorKind::kJsonRange);
    for (std::size_t i = 0; i < grid.size(); ++i) {
      const double before = i > 0 ? grid[i - 1].decay : 0.0;
      if (!std::isfinite(grid[i].decay) || !(grid[i].decay >= before))
        RejectPoint(i, "decay", ErrorKind::kResultOrder);
      if (grid[i].nonzero && *grid[i].nonzero > result_.weights)
        RejectPoint(i, "nonzero", ErrorKind::kJsonRange);
      if (grid[i].trained && grid[i].trained->half_life_steps && !grid[i].half_life_epochs)
        RejectPoint(i, "trained.half_life_steps", ErrorKind::kResultNeeds, "half_life_epochs");
    }
  }

  void CheckTraining(const TrainingSummary& training) const {
    CheckLayers();
    const OptimizerOptions& optimizer = training.optimizer;
    NeedAtMost(optimizer.groups.size(), kMostGroups, "model.optimizer_options.groups");
    std::size_t numbers = TableNumbers(optimizer);
    for (const Group& group : optimizer.groups) numbers += TableNumbers(group);
    NeedAtMost(numbers, kMostTableNumbers, "model.optimizer_options");
    const std::size_t groups = std::max<std::size_t>(1, optimizer.groups.size());
    for (std::size_t i = 0; i < training.parameters.size(); ++i) {
      if (training.parameters[i].group >= groups)
        reader_.Reject(fmt::format("parameters[{}].group", i).c_str(), ErrorKind::kJsonRange);
    }
    // What a program without the rule, or with other limits, makes of it.
    reader_.Try("model.optimizer_options", [&] { ResolveGroups(optimizer); });
  }

  static std::size_t TableNumbers(const Settings& settings) {
    std::size_t numbers = 0;
    for (const auto& schedule : {settings.lr_schedule, settings.decay_schedule}) {
      if (!schedule) continue;
      for (const Schedule::Piece& piece : schedule->pieces()) numbers += piece.table.size();
    }
    return numbers;
  }

  // All curves are of the same net; those of further splits have no norms.
  void CheckLayers() const {
    const std::vector<double>* first = nullptr;
    for (std::size_t i = 0; i < result_.grid.size(); ++i) {
      const std::vector<TrainingCurve>& curves = result_.grid[i].trained->curves;
      for (std::size_t c = 0; c < curves.size(); ++c) {
        if (curves[c].split > 0) continue;
        for (const EpochRecord& epoch : curves[c].epochs) {
          if (first == nullptr) first = &epoch.layer_norms;
          if (epoch.layer_norms.size() != first->size()) {
            RejectPoint(i, fmt::format("trained.curves[{}].layer_norms", c).c_str(),
                        ErrorKind::kResultLayers);
          }
        }
      }
    }
  }

  const FieldReader& reader_;
  const TuneResult& result_;
};

}  // namespace

void CheckResult(const FieldReader& reader, const TuneResult& result) {
  ResultChecker(reader, result).Check();
}

}  // namespace halflife
