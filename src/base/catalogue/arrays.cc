// What errors say in English: arrays as data, in data.
#include "base/error_catalogue.h"

namespace halflife::catalogue {
namespace {

constexpr auto kArraysData = Error::Fault::kData;
constexpr auto kArraysUsage = Error::Fault::kUsage;

constexpr ErrorEntry kArraysErrors[] = {
    // Arrays as data (data/array_reader, array_pair, array_table, array_samples).
    {ErrorKind::kNpzEmpty, kArraysData, "{file}: the zip file holds no array (NAME.npy)"},
    {ErrorKind::kNpzOfSeveral, kArraysUsage, "{file}: it holds {0} arrays; name one of {1}"},
    {ErrorKind::kNpzWithout, kArraysUsage, "{file}: it holds no array {0:q}; name one of {1}"},
    {ErrorKind::kNoNpz, kArraysUsage,
     "{file}: it is no NPZ file, so it has no array {0:q} in it; leave the name out"},
    {ErrorKind::kNpzTargetAlone, kArraysData,
     "{file}: it holds no array but {0:q}; save the inputs beside it"},
    {ErrorKind::kNpzInputsUnclear, kArraysData,
     "{file}: the inputs may be any of {0}; call one of them X, or save the two arrays in a file "
     "of their own"},
    {ErrorKind::kNpzTargetUnknown, kArraysUsage,
     "[target] {0:q}: neither a file nor an array in {file}, which holds {1}"},
    {ErrorKind::kNpzTargetOfNone, kArraysUsage,
     "[target] {0:q}: neither a file nor an array in {file}, which holds none"},
    {ErrorKind::kTargetFileMissing, kArraysUsage,
     "[target] {0:q}: no such file; {file} holds one array, so its target must be another array "
     "file"},
    {ErrorKind::kArrayCellNan, kArraysData,
     "{file}: row {0}, column {1} (counted from 0) is not a number; fill in or leave out such "
     "rows"},
    {ErrorKind::kArrayCellInfinite, kArraysData,
     "{file}: row {0}, column {1} (counted from 0) is infinite; fill in or leave out such rows"},
    {ErrorKind::kTargetsSingle, kArraysData,
     "{file}: it is a single number; one for each row is needed"},
    {ErrorKind::kTargetsWide, kArraysData,
     "{file}: it has {0} numbers a row (shape {1}); a target is one number a row, a class being "
     "its number"},
    {ErrorKind::kInputsSingle, kArraysData,
     "{file}: it is a single number; rows of inputs are needed"},
    {ErrorKind::kRowCountsDiffer, kArraysData,
     "{file} has {0} {0|row|rows}, but {1} has {2}; they must be as many"},
    {ErrorKind::kInputsEmpty, kArraysData,
     "{file}: it is empty (shape {0}); there is nothing to learn from"},
    {ErrorKind::kInputRowsTooMany, kArraysData, "{file}: it has {0} rows; at most {1} are read"},
    {ErrorKind::kInputsTooFar, kArraysData,
     "{file}: it holds {0}, and its numbers reach too far or differ too little to compute with; "
     "rescale it"},
    {ErrorKind::kInputsConstant, kArraysData,
     "{file}: no input varies over the training rows; there is nothing to learn from"},
    {ErrorKind::kInputWidth, kArraysData,
     "{file}: it has {0} {0|cell|cells} a row, but the model was trained on {1}"},
    {ErrorKind::kInputsTooLarge, kArraysData,
     "{file}: {0} rows of {1} cells are more than this program holds in memory; use fewer rows"},
    {ErrorKind::kInputsNeedNet, kArraysData,
     "{file}: {0} rows of {1} cells are more than a linear or logistic model takes from arrays "
     "({2} cells); use [model=mlp], or fewer rows"},
};

}  // namespace

std::span<const ErrorEntry> OfArrays() { return kArraysErrors; }

}  // namespace halflife::catalogue
