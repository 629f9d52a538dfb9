// What errors say in English: tables, in data.
#include "base/error_catalogue.h"

namespace halflife::catalogue {
namespace {

constexpr auto kDataData = Error::Fault::kData;
constexpr auto kDataUsage = Error::Fault::kUsage;

constexpr ErrorEntry kDataErrors[] = {
    // What each column is asked to be (data/column_use, data/row_choice).
    {ErrorKind::kTableColumnLength, kDataUsage,
     "{file}: column {0:q} has {1} {1|value|values} for {2} {2|row|rows}"},
    {ErrorKind::kTableColumnCode, kDataUsage,
     "{file}: column {0:q} has the code {1} in row {2}, but {3} {3|level|levels}"},
    {ErrorKind::kColumnUnnamed, kDataUsage, "[]: name the column to predict"},
    {ErrorKind::kColumnUnknown, kDataUsage,
     "[] {0:q}: {file} has no such column{1?; did you mean {1:q}?}{2?; it has {2}}"},
    {ErrorKind::kColumnIsTarget, kDataUsage, "[] {0:q}: that is the target"},
    {ErrorKind::kColumnIsWeight, kDataUsage, "[] {0:q}: that is the weight"},
    {ErrorKind::kColumnIsFold, kDataUsage, "[] {0:q}: that is the fold column"},
    {ErrorKind::kColumnIsGroup, kDataUsage, "[] {0:q}: that is the group column"},
    {ErrorKind::kColumnIsTime, kDataUsage, "[] {0:q}: that is the time column"},
    {ErrorKind::kColumnIsIgnored, kDataUsage, "[] {0:q}: that is a column to ignore"},
    {ErrorKind::kNoDecayOfAll, kDataUsage,
     "[no_decay] names every column that is fitted: no weight is left to decay"},
    {ErrorKind::kNumberAndCategory, kDataUsage,
     "[numbers] {0:q}: [categories] names it too; leave out one of the two"},
    {ErrorKind::kNumberColumnOfText, kDataData, "[numbers] {0:q}: {file} has no number there"},
    {ErrorKind::kOddCell, kDataData, "row {0} holds {1:q}"},
    {ErrorKind::kOddColumn, kDataData,
     "its cells are taken as text, by [categories] or for their leading zeros"},
    {ErrorKind::kWeightText, kDataData,
     "{file}: weight {0:q} is no column of numbers from 0 up: {cause}"},
    {ErrorKind::kWeightMissing, kDataData,
     "{file}: weight {0:q} is missing in row {1}; write 0 to leave a row out"},
    {ErrorKind::kWeightNegative, kDataData,
     "{file}: weight {0:q} is {1} in row {2}; weights are numbers from 0 up"},
    {ErrorKind::kWeightSpread, kDataData,
     "{file}: weight {0:q} goes from {1} to {2}, too far to add up; weights lie between 1e-12 and "
     "1e12, at most a factor of 1e12 apart"},
    {ErrorKind::kTargetMissing, kDataData, "{file}: target {0:q} is missing in every row"},
    {ErrorKind::kRowsTooFew, kDataData,
     "{file}: {0} of {1} rows can be used; at least 2 are needed"},
    {ErrorKind::kRowsTooFewDropped, kDataData,
     "{file}: {0} of {1} rows can be used; at least 2 are needed, so try [missing=indicator]"},
    // The target (data/target, data/array_target, data/array_samples).
    {ErrorKind::kTargetText, kDataData,
     "target {0:q} holds text such as {1:q}, so it cannot be a regression; use "
     "[task=classification]"},
    {ErrorKind::kLogTargetNeedsRegression, kDataUsage,
     "[log_target] needs a regression; leave out one of the two"},
    {ErrorKind::kTargetTextNoLogarithm, kDataData,
     "target {0:q} holds text such as {1:q}, which has no logarithm; leave out [log_target]"},
    {ErrorKind::kTargetNoLogarithm, kDataData,
     "target {0:q} holds {1}, which has no logarithm; leave out [log_target] or such rows"},
    {ErrorKind::kTargetConstant, kDataData,
     "target {0:q} is {1} in every row; there is nothing to learn"},
    {ErrorKind::kTargetLoneText, kDataData,
     "{file}: target {0:q}: {1} of {2} cells are numbers, but row {3} holds {4:q}; correct it or "
     "leave it empty, or use [numbers] or [task=classification]"},
    {ErrorKind::kClassAlone, kDataData,
     "target {0:q}: class {1:q} has only one row, so no fold can both learn and check it; remove "
     "or merge it"},
    {ErrorKind::kClassAloneOfNumbers, kDataData,
     "target {0:q}: class {1:q} has only one row, so no fold can both learn and check it; remove "
     "or merge it, or use [task=regression]"},
    {ErrorKind::kMoreTargetsMissing, kDataData,
     "{file}: target {0:q} is missing in {1} {1|row|rows}; leave out such rows"},
    {ErrorKind::kMoreTargetsText, kDataData,
     "{file}: target {0:q} holds text such as {1:q}, where it held numbers to learn from"},
    {ErrorKind::kMoreTargetsClass, kDataData,
     "{file}: target {0:q} holds the class {1:q}, which no row to learn from has"},
    {ErrorKind::kTargetTooLong, kDataData,
     "target {0:q} holds whole numbers beyond 2^53, which a double rounds; save smaller ones, or "
     "floats, or use [task=classification]"},
    {ErrorKind::kTargetRowEmpty, kDataData,
     "target {0:q}: row {1} (counted from 0) is empty; leave out such rows"},
    {ErrorKind::kTargetNoClass, kDataData,
     "target {0:q} holds {1}, which is no class; number the classes from 0, or use "
     "[task=regression]"},
    {ErrorKind::kTargetTooLarge, kDataData,
     "target: row {0} (counted from 0) holds {1}, which is too large for a net; rescale it, or use "
     "[log_target]"},
    // Folds (data/folds, data/dataset).
    {ErrorKind::kFoldsOfRows, kDataUsage,
     "[folds] {0}: there are only {1} {1|row|rows}; ask for at most that many"},
    {ErrorKind::kFoldsOfGroups, kDataUsage,
     "[folds] {0}: there are only {1} {1|group|groups}; ask for at most that many"},
    {ErrorKind::kFoldsOfTimes, kDataUsage,
     "[folds] {0}: there are only {1} later {1|time|times}; ask for at most that many"},
    {ErrorKind::kClassLostInTime, kDataData,
     "no row before those of fold {0} has class {1:q}, so nothing is there to learn it from; ask "
     "for fewer [folds], or merge the class"},
    {ErrorKind::kClassLostInFold, kDataData,
     "fold {0:q} holds every row of class {1:q}, so nothing is left to learn it from; spread the "
     "class over folds, or leave out [fold_column] or [group]"},
    {ErrorKind::kFoldMissing, kDataData,
     "fold column {0:q} has {1} missing {1|cell|cells}; every row must name its fold"},
    {ErrorKind::kGroupMissing, kDataData,
     "group column {0:q} has {1} missing {1|cell|cells}; every row must name its group"},
    {ErrorKind::kTimeMissing, kDataData,
     "time column {0:q} has {1} missing {1|cell|cells}; every row must name its time"},
    {ErrorKind::kTimeText, kDataData,
     "time column {0:q} holds text: {cause}; write numbers, or dates as 2024-01-31"},
    {ErrorKind::kFoldColumnOfOne, kDataData,
     "fold column {0:q} names one fold only; at least 2 are needed"},
    {ErrorKind::kTargetConstantBefore, kDataData,
     "before fold {0:q} the target is the same in every row, so nothing can be learnt; use fewer "
     "or other folds"},
    {ErrorKind::kTargetConstantWithout, kDataData,
     "without fold {0:q} the target is the same in every row, so nothing can be learnt; use fewer "
     "or other folds"},
    {ErrorKind::kGroupsTooFew, kDataData,
     "group column {0:q} has {1} {1|value|values}; at least {2} are needed"},
    {ErrorKind::kTimesTooFew, kDataData,
     "time column {0:q} has {1} {1|value|values}; at least {2} are needed"},
    // Encoding (data/encoding).
    {ErrorKind::kColumnTooFar, kDataData,
     "column {0:q} holds {1}, and its numbers reach too far or differ too little to compute with; "
     "rescale it"},
    {ErrorKind::kColumnsTooMany, kDataData,
     "{file}: column {0:q} brings the encoded columns above {1}; leave out text columns with many "
     "levels with [ignore]"},
    {ErrorKind::kNoColumnLeft, kDataData,
     "{file}: no column is left to predict from: each is ignored, holds one value only, or is text "
     "with a level of its own in most rows (keep it with [categories]); give it more columns"},
    {ErrorKind::kTableTooLarge, kDataData,
     "{file}: {0} rows of {1} encoded columns are more than this program holds in memory; use "
     "fewer rows or leave columns out with [ignore]"},
    {ErrorKind::kNothingVaries, kDataData,
     "{file}: every column but the target holds one value only; there is nothing to predict from"},
    {ErrorKind::kStreamTexts, kDataData,
     "{file}: column {0:q} has more than {1} different texts, and [stream] keeps no more; leave "
     "the "
     "column out with [ignore], or leave out [stream]"},
};

}  // namespace

std::span<const ErrorEntry> OfData() { return kDataErrors; }

}  // namespace halflife::catalogue
