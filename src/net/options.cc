// The options of nets: their names, their ranges and the schedules they stand for.

#include <array>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "halflife/net.h"
#include "optim/groups.h"

namespace halflife {
namespace {

constexpr std::array<std::string_view, 3> kActivations = {"relu", "gelu", "tanh"};
constexpr std::array<std::string_view, 3> kShapes = {"constant", "linear", "cosine"};

constexpr std::size_t kMostLayers = 64;
constexpr OptionSpec kHidden{"hidden", 128, {1, kMostUnits, false, false, true}, "units", ""};
constexpr OptionSpec kDropout{"dropout", 0, kFraction, "", ""};
constexpr OptionSpec kEpochs{"epochs", 30, {1, 1e6, false, false, true}, "", ""};
constexpr OptionSpec kBatch{"batch", 128, {1, 65536, false, false, true}, "rows", ""};
constexpr OptionSpec kLrEnd{"lr_end", 0, {0, 1}, "", ""};
constexpr OptionSpec kWarmUp{"warm_up", 0, kFraction, "", ""};
constexpr OptionSpec kPatience{"patience", 0, {0, 1e6, false, false, true}, "epochs", ""};

// The place of `name` in `names`; throws Error of the kind where it is none of them.
std::size_t Find(std::span<const std::string_view> names, std::string_view name,
                 ErrorKind unknown) {
  const std::vector<std::string> all(names.begin(), names.end());
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return i;
  }
  Fail(unknown, {name, Nearest(name, all), Join(all, ", ")});
}

Schedule Shaped(ScheduleShape shape, std::int64_t steps, double to) {
  switch (shape) {
    case ScheduleShape::kLinear:
      return Schedule::Linear(steps, 1, to);
    case ScheduleShape::kCosine:
      return Schedule::Cosine(steps, 1, to);
    case ScheduleShape::kConstant:
      break;
  }
  return {};
}

}  // namespace

std::span<const std::string_view> ActivationNames() { return kActivations; }

std::string_view Name(Activation activation) {
  return kActivations[static_cast<std::size_t>(activation)];
}

Activation FindActivation(std::string_view name) {
  return static_cast<Activation>(Find(kActivations, name, ErrorKind::kActivationUnknown));
}

std::string_view Name(ScheduleShape shape) { return kShapes[static_cast<std::size_t>(shape)]; }

ScheduleShape FindScheduleShape(std::string_view name) {
  return static_cast<ScheduleShape>(Find(kShapes, name, ErrorKind::kScheduleUnknown));
}

void CheckOptions(const NetOptions& net) {
  if (net.hidden.size() > kMostLayers)
    Fail(ErrorKind::kNetLayersTooMany, {net.hidden.size(), kMostLayers});
  for (const int units : net.hidden) CheckOption(kHidden, units, ErrorKind::kNetNumberRange);
  CheckOption(kDropout, net.dropout, ErrorKind::kNetNumberRange);
}

void CheckOptions(const TrainingOptions& training) {
  CheckOption(kEpochs, training.epochs, ErrorKind::kTrainingNumberRange);
  CheckOption(kBatch, training.batch, ErrorKind::kTrainingNumberRange);
  CheckOption(kLrEnd, training.lr_end, ErrorKind::kTrainingNumberRange);
  CheckOption(kWarmUp, training.warm_up, ErrorKind::kTrainingNumberRange);
  CheckOption(kPatience, training.patience, ErrorKind::kTrainingNumberRange);
  const OptimizerOptions& optimizer = training.optimizer;
  if (optimizer.lr || optimizer.decay) Fail(ErrorKind::kTrainingOwnsLr);
  if (optimizer.lr_schedule || optimizer.decay_schedule) Fail(ErrorKind::kTrainingOwnsSchedules);
}

Schedule LrSchedule(const TrainingOptions& training, std::int64_t steps) {
  const auto warm = std::llround(training.warm_up * static_cast<double>(steps));
  const Schedule after =
      Shaped(training.lr_shape, std::max<std::int64_t>(steps - warm, 1), training.lr_end);
  return warm == 0 ? after : Schedule::WarmUp(warm).Then(warm, after);
}

Schedule DecaySchedule(const TrainingOptions& training, std::int64_t steps) {
  return Shaped(training.decay_shape, steps, 0);
}

}  // namespace halflife
