// What an optimizer says it will do with each parameter.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "optim/optimizer_impl.h"

namespace halflife {
namespace {

std::string LawText(const ResolvedGroup& group, bool decayed) {
  if (!decayed) return "none";
  static constexpr std::string_view kCenters[] = {"", " toward the start", " toward a centre"};
  std::string text(Name(group.law));
  if (group.law == DecayLaw::kProximal) text += fmt::format(" {}", Name(group.penalty));
  return text + std::string(kCenters[static_cast<std::size_t>(group.center)]);
}

std::string HalfLifeText(const PlanRow& row) {
  if (std::isnan(row.half_life)) return "by gradients";
  if (std::isinf(row.half_life)) return row.share > 0 ? "never" : "-";
  return Number(row.half_life);
}

std::string ShareText(const PlanRow& row) { return row.share > 0 ? Number(row.share, 3) : "-"; }

// What floats make of the share.
std::string FloatsText(const PlanRow& row) {
  constexpr double kWorthSaying = 0.05;
  const FloatShare& in_floats = row.in_floats;
  if (row.share <= 0) return "-";
  if (in_floats.least >= row.share * (1 - kWorthSaying) &&
      in_floats.most <= row.share * (1 + kWorthSaying)) {
    return "as planned";
  }
  if (in_floats.most == 0) return "nothing";
  return fmt::format("{} to {}", Number(in_floats.least, 3), Number(in_floats.most, 3));
}

}  // namespace

std::string ShapeText(std::span<const std::int64_t> shape) {
  return shape.empty() ? "scalar" : fmt::format("{}", fmt::join(shape, "x"));
}

std::vector<PlanRow> Optimizer::Impl::Plan() const {
  std::vector<PlanRow> rows;
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const ResolvedGroup& group = GroupOf(i);
    const bool decayed = Decays(i);
    PlanRow row;
    row.parameter = parameters[i].name;
    row.shape = ShapeText(tensors[i].shape);
    row.kind = parameters[i].kind;
    row.group = group.name;
    row.rule = group.rule->spec->name;
    row.law = LawText(group, decayed);
    row.lr = group.lr * group.lr_schedule.At(step);
    row.decay = decayed ? group.decay * group.decay_schedule.At(step) : 0;
    Shrinkage shrinkage = group.shrinkage(decayed);
    row.half_life = shrinkage.HalfLife(step);
    row.in_floats = FloatShareOf(shrinkage.At(step));
    shrinkage.in_floats = false;
    row.share = shrinkage.At(step);
    const bool by_gradients =
        group.law == DecayLaw::kCoupled ||
        (group.law == DecayLaw::kProximal && group.penalty != ProximalPenalty::kL2);
    if (decayed && by_gradients) row.half_life = std::numeric_limits<double>::quiet_NaN();
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<PlanRow> Optimizer::Plan() const { return impl_->Plan(); }

std::string Optimizer::PlanText() const { return PlanTable(Plan()); }

std::string PlanTable(std::span<const PlanRow> rows) {
  std::vector<std::vector<std::string>> table = {{"parameter", "shape", "kind", "group", "rule",
                                                  "decay law", "decay", "lr", "half-life (steps)",
                                                  "share a step", "in floats"}};
  for (const PlanRow& row : rows) {
    table.push_back({row.parameter, row.shape, std::string(Name(row.kind)), row.group, row.rule,
                     row.law, Number(row.decay), Number(row.lr), HalfLifeText(row), ShareText(row),
                     FloatsText(row)});
  }
  std::vector<std::size_t> widths(table[0].size(), 0);
  for (const auto& row : table) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const auto& row : table) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += fmt::format("{:<{}}  ", row[i], widths[i]);
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

}  // namespace halflife
