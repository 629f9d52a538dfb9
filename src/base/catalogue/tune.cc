// What errors say in English: tune.
#include "base/error_catalogue.h"

namespace halflife::catalogue {
namespace {

constexpr auto kTuneData = Error::Fault::kData;
constexpr auto kTuneUsage = Error::Fault::kUsage;

constexpr ErrorEntry kTuneErrors[] = {
    // Options of a sweep (tune/tune, tune/training).
    {ErrorKind::kDecayRange, kTuneUsage, "[decays] {0}: a decay is a number from 0 to {1}"},
    {ErrorKind::kStepsPerEpoch, kTuneUsage,
     "[steps_per_epoch] {0}: set it to the batches of an epoch, at least 1"},
    {ErrorKind::kLrsNone, kTuneUsage, "[lrs]: at least one learning rate is needed"},
    {ErrorKind::kLrRange, kTuneUsage, "[lrs] {0}: a learning rate is a number above 0"},
    {ErrorKind::kL1Ratio, kTuneUsage,
     "[l1_ratio] {0}: the L1 part's share of the penalty is a number from 0 to 1"},
    {ErrorKind::kNoiseRange, kTuneUsage,
     "[] {0}: the standard deviation of the noise is a number above 0"},
    {ErrorKind::kCurrentTakesAll, kTuneUsage,
     "[current_decay] {0}: with the learning rate {1} it would take all of every weight in one "
     "step; is it meant for another rule or a smaller rate?"},
    {ErrorKind::kSizes, kTuneUsage,
     "[] {0}: a multiple of the hidden layers' widths above 0, which gives no layer more than {1} "
     "units"},
    {ErrorKind::kSizesOfNone, kTuneUsage,
     "[]: a net without hidden layers has no other size; leave it out, or add [hidden]"},
    {ErrorKind::kNoiseOfClasses, kTuneUsage,
     "[noise] is of a target that is a number; this one is read as classes"},
    {ErrorKind::kPlaneTwo, kTuneUsage, "[]: name two different columns"},
    {ErrorKind::kPlaneClasses, kTuneUsage,
     "[] is drawn for a number or two classes to predict; this target has {0} classes"},
    {ErrorKind::kPlaneUnknown, kTuneUsage,
     "[] {0:q}: no input is called that; those of a category are called COLUMN=LEVEL"},
    {ErrorKind::kFixedRounds, kTuneUsage,
     "[rounds] draws folds anew, which [] fixes; leave out one of the two"},
    {ErrorKind::kFixedFolds, kTuneUsage,
     "[folds] draws folds, which [] fixes; leave out one of the two"},
    {ErrorKind::kFixedGroup, kTuneUsage,
     "[group] makes folds, which [] fixes; leave out one of the two"},
    {ErrorKind::kFixedTime, kTuneUsage,
     "[time] makes folds, which [] fixes; leave out one of the two"},
    {ErrorKind::kLinearOfClasses, kTuneUsage,
     "[model=linear] is for regression, and the target holds classes; use [model=logistic], or "
     "[task=regression] for numbers"},
    {ErrorKind::kLogisticOfNumbers, kTuneUsage,
     "[model=logistic] is for classification, and the target holds numbers; use [model=linear], or "
     "[task=classification] for classes"},
    {ErrorKind::kNetIsTunedElsewhere, kTuneUsage,
     "[model=mlp] is trained by TuneNet, which gives a net back; Tune fits linear and logistic "
     "models"},
    {ErrorKind::kStreamClasses, kTuneUsage,
     "[stream] is for regression, and the target holds classes; leave out [stream], or use "
     "[task=regression] for numbers"},
    {ErrorKind::kStreamL1, kTuneUsage,
     "[stream] is for the l2 penalty, whose fits follow from sums; leave out [stream] for l1 and "
     "elastic-net"},
    // Sweeps without an answer (tune/sweep, tune/training/choice).
    {ErrorKind::kStoppedBeforeFolds, kTuneData,
     "interrupted before two folds were fitted; there is nothing to report yet"},
    {ErrorKind::kStoppedBeforeEpoch, kTuneData,
     "stopped before the first epoch ended; there is nothing to report"},
    {ErrorKind::kSeparableAtZero, kTuneData,
     "separable: without decay not every fold has a finite fit, and [decays] asks for 0 alone; add "
     "a decay above 0"},
    {ErrorKind::kNoFitReached, kTuneData,
     "no fit reached its tolerance, at any of {0} {0|decay|decays}; try larger ones with [decays], "
     "or fewer columns in [no_decay]"},
    {ErrorKind::kAllDiverged, kTuneData,
     "every run diverged; try a smaller learning rate than {0}, or check the data for values far "
     "off"},
    {ErrorKind::kAllDivergedBy, kTuneData,
     "every run diverged ({cause}); try a smaller learning rate than {0}, or check the data for "
     "values far off"},
    {ErrorKind::kLossNan, kTuneData, "the loss became NaN in epoch {0}"},
    {ErrorKind::kLossInfinite, kTuneData, "the loss became infinite in epoch {0}"},
    {ErrorKind::kValidationNan, kTuneData, "the validation loss became NaN in epoch {0}"},
    {ErrorKind::kValidationInfinite, kTuneData, "the validation loss became infinite in epoch {0}"},
    {ErrorKind::kWeightNotFinite, kTuneData, "a weight became NaN or infinite in epoch {0}"},
    // Nets of one's own (tune/training).
    {ErrorKind::kNothingDecays, kTuneUsage,
     "no parameter of the net decays; choose another law or policy"},
    {ErrorKind::kOwnNothingDecays, kTuneUsage,
     "no parameter takes the decay of the sweep; give one the kind kWeight, or no decay of its own "
     "to its group"},
    {ErrorKind::kOwnNoFactory, kTuneUsage, "tuning a net needs a function that makes one"},
    {ErrorKind::kOwnNoFunctions, kTuneUsage,
     "a net to be tuned needs its gradients and validate functions"},
    {ErrorKind::kOwnNoLosses, kTuneUsage,
     "a net's validate and test return a loss for each row; got none"},
    {ErrorKind::kRunRowsDiffer, kTuneUsage,
     "{0} losses of {cause}, but another run told {1}; every run must tell of the same rows"},
    {ErrorKind::kRunLossNotFinite, kTuneUsage, "a loss of the test rows is not finite"},
};

}  // namespace

std::span<const ErrorEntry> OfTune() { return kTuneErrors; }

}  // namespace halflife::catalogue
