// What errors say in English: net.
#include "base/error_catalogue.h"

namespace halflife::catalogue {
namespace {

constexpr auto kNetData = Error::Fault::kData;
constexpr auto kNetUsage = Error::Fault::kUsage;

constexpr ErrorEntry kNetErrors[] = {
    // Options of nets (net/options, net/layout, net/trainer).
    {ErrorKind::kNetNumberRange, kNetUsage, "net: [] must be in {1}{2?, whole}, not {3}"},
    {ErrorKind::kTrainingNumberRange, kNetUsage, "training: [] must be in {1}{2?, whole}, not {3}"},
    {ErrorKind::kActivationUnknown, kNetUsage,
     "no activation is called {0:q}{1?; did you mean {1:q}?}; there are {2}"},
    {ErrorKind::kScheduleUnknown, kNetUsage,
     "no schedule is called {0:q}{1?; did you mean {1:q}?}; there are {2}"},
    {ErrorKind::kNetLayersTooMany, kNetUsage,
     "net: {0} hidden layers are more than the {1} that this program trains"},
    {ErrorKind::kNetSizes, kNetUsage,
     "net: {0} inputs and {1} outputs; each must be between 1 and {2}"},
    {ErrorKind::kNetParametersTooMany, kNetUsage,
     "net: more than {0} parameters; ask for fewer hidden units"},
    {ErrorKind::kTrainingOwnsLr, kNetUsage,
     "training: lr and decay belong to each run; leave those of the optimizer unset"},
    {ErrorKind::kTrainingOwnsSchedules, kNetUsage,
     "training: the schedules follow from lr_shape, warm_up and decay_shape; leave those of the "
     "optimizer unset"},
    {ErrorKind::kNetRowsMisfit, kNetUsage,
     "net: the {cause} do not fit: {0} rows of {1} numbers, {2} classes and {3} targets, for {4} "
     "inputs and {5} outputs"},
    {ErrorKind::kNetClassUnknown, kNetUsage, "net: class {0} in the {cause} is not one of the {1}"},
    {ErrorKind::kTrainingRows, kNetUsage, "training rows"},
    {ErrorKind::kValidationRows, kNetUsage, "validation rows"},
    {ErrorKind::kTestRows, kNetUsage, "test rows"},
    {ErrorKind::kNetRowsNone, kNetUsage,
     "net: there must be rows to train on and rows to validate with"},
    {ErrorKind::kNetRowsTooMany, kNetUsage,
     "net: {0} rows are more than this program trains on; take a part of them"},
    {ErrorKind::kNetNoTestRows, kNetUsage, "net: there are no test rows"},
    // Rows for nets (net/rows, net/inputs, net/predict).
    {ErrorKind::kNetGroupsTooFew, kNetData,
     "group column {0:q} has {1} {1|group|groups}; at least 3 are needed to train, validate and "
     "test"},
    {ErrorKind::kNetTimesTooFew, kNetData,
     "time column {0:q} has {1} {1|value|values}; at least 3 are needed to train, validate and "
     "test"},
    {ErrorKind::kNetRowsTooFew, kNetData,
     "{file}: {0} {0|row|rows} are too few to train, validate and test a net; at least {1} are "
     "needed"},
    {ErrorKind::kNetArrayRowsTooFew, kNetData,
     "{file}: {0} {0|row|rows} are too few to train, validate and test with; at least 3 are "
     "needed"},
    {ErrorKind::kNetHasNoFolds, kNetUsage,
     "[model=mlp] splits rows into training, validation and test rows by [seed]; leave out [folds] "
     "and [fold_column]"},
    {ErrorKind::kNetHasNoWeight, kNetUsage,
     "[weight] is for linear and logistic models; a net's rows all count alike, so leave it out "
     "with [model=mlp]"},
    {ErrorKind::kNetRoundsFixed, kNetUsage,
     "[rounds] draws rows to judge by several times, and [] says which they are; leave out one of "
     "the two"},
    {ErrorKind::kGroupAndTime, kNetUsage,
     "[group] and [time] each split the rows in their own way; leave out one of the two"},
    {ErrorKind::kArraysHaveNoColumns, kNetUsage,
     "[group] and [time] name columns of a table; arrays have none, so leave them out"},
    {ErrorKind::kNetClassUntrained, kNetData,
     "target: no training row has class {0:q}; give it more rows, or merge it"},
    {ErrorKind::kNetTargetConstant, kNetData,
     "target: it has one value in all training rows, or numbers too far apart; there is nothing to "
     "learn"},
    {ErrorKind::kTestTargetMissing, kNetData,
     "{file}: column {0:q} is missing; test rows need the target too"},
    {ErrorKind::kNetInputTooFar, kNetData,
     "{file}: column {0:q} in row {1} is too far off for a net; look at that cell"},
    {ErrorKind::kNetWantsArray, kNetUsage,
     "{file}: the net was trained on an array of {0} cells a row, and this is a table; give an "
     "array file"},
    {ErrorKind::kNetWantsTable, kNetUsage,
     "{file}: the net was trained on a table, and this is an array; give a CSV file with its "
     "columns"},
    // A net's weights (net/file): the failures, then the causes of the last.
    {ErrorKind::kNetWeightsOfAnother, kNetData,
     "{file}: not the weights that {0} was written with; keep the two files of one run together"},
    {ErrorKind::kNetFileUnsound, kNetData,
     "{file}: {cause}; use the file that `halflife tune` wrote beside model.json"},
    {ErrorKind::kNetTensorCount, kNetData, "{0} {0|tensor|tensors} where the net has {1}"},
    {ErrorKind::kNetTensorMissing, kNetData, "no tensor {0:q}"},
    {ErrorKind::kNetTensorShape, kNetData, "tensor {0:q} has another type or shape than the net's"},
    {ErrorKind::kNetTensorNotFinite, kNetData, "tensor {0:q} holds a number that is not finite"},
};

}  // namespace

std::span<const ErrorEntry> OfNet() { return kNetErrors; }

}  // namespace halflife::catalogue
