// What errors say in English: kernels and optim.
#include "base/error_catalogue.h"

namespace halflife::catalogue {
namespace {

constexpr auto kOptimData = Error::Fault::kData;
constexpr auto kOptimUsage = Error::Fault::kUsage;

constexpr ErrorEntry kOptimErrors[] = {
    // Rules (kernels/). What a rule says against a law, an option or a shape is in its own words.
    {ErrorKind::kRuleUnknown, kOptimUsage,
     "no optimizer is called {0:q}{1?; did you mean {1:q}?}; `halflife describe` lists them"},
    {ErrorKind::kLawUnknown, kOptimUsage,
     "no decay law is called {0:q}{1?; did you mean {1:q}?}; there are {2}"},
    {ErrorKind::kRuleRefusesLaw, kOptimUsage, "{0} refuses the {1} law: {2}"},
    {ErrorKind::kRuleTaken, kOptimUsage,
     "rule {0:q}: there is one of that name already; give yours another"},
    {ErrorKind::kRuleWord, kOptimUsage,
     "rule {0:q}: {1:q} is no name; names are small letters, digits and _, a letter first"},
    {ErrorKind::kRuleWordTwice, kOptimUsage, "rule {0:q}: {1:q} is there twice; rename one"},
    {ErrorKind::kRuleOptionDefault, kOptimUsage,
     "rule {0:q}: option {1} is {2} by default, outside of its own range {3}"},
    {ErrorKind::kRuleWithoutWords, kOptimUsage, "rule {0:q}: give it a title and its formula"},
    {ErrorKind::kRuleDefaults, kOptimUsage,
     "rule {0:q}: its default lr and decay must be finite and not negative"},
    {ErrorKind::kRuleNamedAsLaw, kOptimUsage,
     "rule {0:q}: a decay law has that name; give it another"},
    {ErrorKind::kRuleRefusesItsLaw, kOptimUsage,
     "rule {0:q}: it refuses the law that is its default"},
    {ErrorKind::kRuleBits, kOptimUsage,
     "rule {0:q}: vectors and plain floats give other bits; compile it with -ffp-contract=off "
     "(link "
     "halflife::custom_rule), and with nothing but + - * / and the words of math-inl.h"},
    {ErrorKind::kNothingDescribed, kOptimUsage,
     "nothing is called {0:q}{1?; did you mean {1:q}?}; `halflife describe` lists all"},
    // Groups and parameters (optim/groups, optim/memory).
    {ErrorKind::kRuleOptionUnknown, kOptimUsage,
     "group {0:q}: {1} has no option {2:q}{3?; did you mean {3:q}?}; it has {4}"},
    {ErrorKind::kRuleOptionRange, kOptimUsage,
     "group {0:q}: {4}: {option} must be in {1}{2?, whole}, not {3}"},
    {ErrorKind::kDefaultRuleOptionUnknown, kOptimUsage,
     "optimizer: {0} has no option {1:q}{2?; did you mean {2:q}?}; it has {3}"},
    {ErrorKind::kDefaultRuleOptionRange, kOptimUsage,
     "optimizer: {4}: {option} must be in {1}{2?, whole}, not {3}"},
    {ErrorKind::kGroupNumberRange, kOptimUsage,
     "group {0:q}: [] must be in {1}{2?, whole}, not {3}"},
    {ErrorKind::kOptimizerNumberRange, kOptimUsage,
     "optimizer: [] must be in {1}{2?, whole}, not {3}"},
    {ErrorKind::kLayerFactorRange, kOptimUsage,
     "layer-wise learning rates: [] must be in {1}{2?, whole}, not {3}"},
    {ErrorKind::kLawRefused, kOptimUsage, "group {0:q}: {1} refuses the {2} law: {3}"},
    {ErrorKind::kRuleOptionsClash, kOptimUsage, "group {0:q}: {1}: {2}"},
    {ErrorKind::kPenaltyNeedsProximal, kOptimUsage,
     "group {0:q}: only the proximal law takes a penalty other than L2; the law is {1}; use "
     "[law=proximal]"},
    {ErrorKind::kGroupEmpty, kOptimUsage,
     "group {0:q}: groups before it, or its other conditions, leave it no parameter; move it up"},
    {ErrorKind::kPatternUnmatched, kOptimUsage,
     "group {0:q}: pattern {1:q} matches no parameter{2?; did you mean {2:q}?}"},
    {ErrorKind::kGroupNotUtf8, kOptimUsage, "group {0:q}: the name is not UTF-8"},
    {ErrorKind::kGroupTwice, kOptimUsage, "two groups are called {0:q}"},
    {ErrorKind::kGroupUnknown, kOptimUsage,
     "no group is called {0:q}; there are {2}{1?; did you mean {1:q}?}"},
    {ErrorKind::kStepTakesAll, kOptimUsage,
     "group {0:q}: lr {1} and decay {2} would take {3} of every weight in one step; that must stay "
     "below 1"},
    {ErrorKind::kRuleRefusesShape, kOptimUsage, "parameter {0:q}: {1}"},
    {ErrorKind::kParameterWithoutRows, kOptimUsage,
     "parameter {0:q}: the group lasso shrinks rows, and this has none; set decay 0 for its group"},
    {ErrorKind::kParameterCenter, kOptimUsage,
     "parameter {0:q}: its group decays toward a given centre, but the centre has {1} "
     "values, where {2} are needed"},
    {ErrorKind::kParameterUnnamed, kOptimUsage, "a parameter has no name"},
    {ErrorKind::kParameterNotUtf8, kOptimUsage, "parameter {0:q}: the name is not UTF-8"},
    {ErrorKind::kParameterTwice, kOptimUsage, "two parameters are called {0:q}"},
    {ErrorKind::kParameterSize, kOptimUsage,
     "parameter {0:q}: its shape has {1} elements, its values {2}"},
    {ErrorKind::kParameterShape, kOptimUsage, "parameter {0:q}: no tensor has that shape"},
    {ErrorKind::kParameterInNoGroup, kOptimUsage,
     "parameter {0:q} ({1}, {2} {2|dimension|dimensions}) fits no group; add one without "
     "conditions at the end"},
    {ErrorKind::kParameterIndex, kOptimUsage, "parameter {0}: there are {1}, counted from 0"},
    {ErrorKind::kParametersTied, kOptimUsage,
     "parameters {0:q} and {1:q} are the same memory: a step would move and decay it twice; pass "
     "it once, with the sum of their gradients"},
    {ErrorKind::kParametersOverlap, kOptimUsage,
     "parameters {0:q} and {1:q} overlap in memory: a step would move and decay it twice; pass "
     "every value in one of them"},
    // Steps (optim/gradients, optim/optimizer).
    {ErrorKind::kGradientCount, kOptimUsage,
     "step: {0} {0|gradient|gradients} for {1} {1|parameter|parameters}"},
    {ErrorKind::kGradientSize, kOptimUsage,
     "step: the gradient of parameter {0:q} has {1} elements, its values {2}"},
    {ErrorKind::kGradientBlock, kOptimUsage,
     "step: the block of all gradients has {0} elements, the parameters {1}"},
    {ErrorKind::kGradientUnknown, kOptimUsage,
     "step: no parameter is called {0:q}{1?; did you mean {1:q}?}"},
    {ErrorKind::kGradientTwice, kOptimUsage, "step: two gradients for parameter {0:q}"},
    {ErrorKind::kGradientInParameter, kOptimUsage,
     "step: the gradient of parameter {0:q} lies in the memory of parameter {1:q}; give it its "
     "own"},
    {ErrorKind::kGradientNotFinite, kOptimData,
     "step {0}: the gradient of parameter {1:q} holds an infinity or a NaN; nothing was changed"},
    {ErrorKind::kGradientOverflows, kOptimData,
     "step {0}: the gradient of parameter {1:q} is as large as {2}, which would make its weights "
     "or state infinite (set [clip_norm], or scale the loss down); nothing was changed"},
    {ErrorKind::kCoupledNeedsGradient, kOptimUsage,
     "group {0:q}: the coupled law acts through the gradient, so it cannot decay without one; "
     "choose another law or pass zeros"},
    {ErrorKind::kRuleNeedsGradient, kOptimUsage,
     "group {0:q}: {1} keeps the decay in its state too, so weights cannot decay without a "
     "gradient; pass zeros"},
    {ErrorKind::kAverageSize, kOptimUsage,
     "average of parameter {0:q}: room for {1} values, where {2} are needed"},
    // Schedules (optim/schedule).
    {ErrorKind::kScheduleMultiplier, kOptimUsage,
     "schedule: a multiplier must be finite and 0 or more, not {0}"},
    {ErrorKind::kScheduleSteps, kOptimUsage,
     "schedule: the number of steps must be 1 or more, not {0}"},
    {ErrorKind::kScheduleGamma, kOptimUsage, "schedule: [gamma] must be in (0, 1]], not {0}"},
    {ErrorKind::kSchedulePower, kOptimUsage, "schedule: the power must be above 0, not {0}"},
    {ErrorKind::kScheduleRise, kOptimUsage,
     "schedule: the rising share must be in (0, 1), not {0}"},
    {ErrorKind::kScheduleDivs, kOptimUsage, "schedule: [div] and [final_div] must be 1 or more"},
    {ErrorKind::kScheduleTableEmpty, kOptimUsage, "schedule: a table needs at least one value"},
    {ErrorKind::kSchedulePieceStart, kOptimUsage, "schedule: a piece cannot start before step 0"},
    // The optimizer's state on disk (optim/state).
    {ErrorKind::kStateCount, kOptimData, "{file}: its metadata has no sound {0:q}"},
    {ErrorKind::kStateFormat, kOptimData,
     "{file}: not the state of a halflife optimizer (its metadata lacks format {0})"},
    {ErrorKind::kStateShape, kOptimData,
     "{file}: {0:q} is {1} [[{2}]], the optimizer's is {3} [[{4}]]; was the model's shape "
     "changed?"},
    {ErrorKind::kStateLeftOver, kOptimData,
     "{file}: it holds {0:q}, for which the optimizer has no parameter or another rule"},
    {ErrorKind::kStateOtherRule, kOptimData,
     "{file}: it has {0:q} but not {1:q}; was it saved by another rule, or with other options of "
     "it?"},
    {ErrorKind::kStateNoParameter, kOptimData,
     "{file}: nothing there for parameter {0:q} ({1:q} is missing){2?; did you mean {2:q}?}"},
    {ErrorKind::kStateCounter, kOptimData, "{file}: {0:q} is no sound counter"},
};

}  // namespace

std::span<const ErrorEntry> OfOptim() { return kOptimErrors; }

}  // namespace halflife::catalogue
