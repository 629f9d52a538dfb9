#include "optim/choices_described.h"

namespace halflife {
namespace {

constexpr ArgumentSpec kSteps{"steps", "", "whole, 1 or more",
                              "the length; the last value is held"};
constexpr ArgumentSpec kFrom{"from", "1", "0 or more", "the first multiplier"};
constexpr ArgumentSpec kTo{"to", "0", "0 or more", "the last multiplier"};

constexpr ArgumentSpec kConstantArguments[] = {{"value", "", "0 or more", "the multiplier"}};
constexpr ArgumentSpec kStepsArguments[] = {
    {"gamma", "", "0 < x <= 1", "the factor of each drop"},
    {"every", "", "whole, 1 or more", "steps from drop to drop"}};
constexpr ArgumentSpec kWarmUpArguments[] = {
    {"steps", "", "whole, 1 or more", "steps until 1 is reached"},
    {"from", "0", "0 or more", "where the rise begins"}};
constexpr ArgumentSpec kStraightArguments[] = {kSteps, kFrom, kTo};
constexpr ArgumentSpec kPolynomialArguments[] = {
    kSteps, {"power", "", "above 0", "1 is linear; more falls sooner"}, kFrom, kTo};
constexpr ArgumentSpec kInverseSqrtArguments[] = {
    {"offset", "", "whole, 1 or more", "steps until the rate has fallen to 1 / sqrt(2)"}};
constexpr ArgumentSpec kOneCycleArguments[] = {
    {"steps", "", "whole, 1 or more", "the length of the whole cycle"},
    {"rise", "0.3", "0 < x < 1", "share of the steps that rise"},
    {"div", "25", "1 or more", "the first multiplier is 1 / div"},
    {"final_div", "10000", "1 or more", "the last one is 1 / (div final_div)"}};
constexpr ArgumentSpec kTableArguments[] = {
    {"values", "", "each 0 or more", "a multiplier for every step"}};

constexpr std::string_view kRestarts =
    "Loshchilov & Hutter 2017, arXiv:1608.03983, without restarts";
constexpr ChoiceSpec kScheduleChoices[] = {
    {"constant", "Constant(value)", "value", "", kConstantArguments},
    {"steps", "Steps(gamma, every)", "gamma^floor(k / every)", "PyTorch's StepLR", kStepsArguments},
    {"warm-up", "WarmUp(steps, from)", "from + (1 - from) (k + 1) / steps, then 1",
     "Goyal et al. 2017, arXiv:1706.02677", kWarmUpArguments},
    {"linear", "Linear(steps, from, to)", "from + (to - from) k / steps", "PyTorch's LinearLR",
     kStraightArguments},
    {"cosine", "Cosine(steps, from, to)", "to + (from - to) (1 + cos(pi k / steps)) / 2", kRestarts,
     kStraightArguments},
    {"polynomial", "Polynomial(steps, power, from, to)", "to + (from - to) (1 - k / steps)^power",
     "PyTorch's PolynomialLR", kPolynomialArguments},
    {"inverse-sqrt", "InverseSqrt(offset)", "sqrt(offset / (offset + k))",
     "Vaswani et al. 2017, arXiv:1706.03762, after its warm-up", kInverseSqrtArguments},
    {"one-cycle", "OneCycle(steps, rise, div, final_div)",
     "cosine up from 1 / div to 1, then down to 1 / (div final_div)",
     "Smith & Topin 2019, arXiv:1708.07120; defaults as PyTorch", kOneCycleArguments},
    {"table", "Table(values)", "values[k], then the last", "", kTableArguments},
};

constexpr ArgumentSpec kStrength{"strength", "0", "0 or more",
                                 "s; the decay, where it decays weights"};
constexpr ArgumentSpec kStrengthArguments[] = {kStrength};
constexpr ArgumentSpec kLpArguments[] = {kStrength, {"p", "2", "1 or more", "the power"}};
constexpr ArgumentSpec kElasticNetArguments[] = {
    kStrength, {"ratio", "0.5", "0 <= x <= 1", "the share of the absolute values"}};
constexpr ArgumentSpec kGroupLassoArguments[] = {kStrength,
                                                 {"row", "1", "whole, 1 or more", "weights a row"}};

constexpr ChoiceSpec kPenaltyChoices[] = {
    {"l2", "Penalty::Kind::kL2", "s/2 ||w||^2", "Hoerl & Kennard 1970, Technometrics 12",
     kStrengthArguments},
    {"l1", "Penalty::Kind::kL1", "s ||w||_1", "Tibshirani 1996, J. R. Stat. Soc. B 58",
     kStrengthArguments},
    {"lp", "Penalty::Kind::kLp", "s/p sum |w|^p", "Frank & Friedman 1993, Technometrics 35",
     kLpArguments},
    {"elastic-net", "Penalty::Kind::kElasticNet", "s (ratio ||w||_1 + (1 - ratio)/2 ||w||^2)",
     "Zou & Hastie 2005, J. R. Stat. Soc. B 67", kElasticNetArguments},
    {"group-lasso", "Penalty::Kind::kGroupLasso", "s sqrt(row) sum ||w_row||",
     "Yuan & Lin 2006, J. R. Stat. Soc. B 68", kGroupLassoArguments},
};

}  // namespace

std::span<const ChoiceSpec> DescribedSchedules() { return kScheduleChoices; }

std::span<const ChoiceSpec> DescribedPenalties() { return kPenaltyChoices; }

}  // namespace halflife
