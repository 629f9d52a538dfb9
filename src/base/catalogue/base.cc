// What errors say in English: base, linalg and penalty.
#include "base/error_catalogue.h"

namespace halflife::catalogue {
namespace {

constexpr auto kBaseData = Error::Fault::kData;
constexpr auto kBaseUsage = Error::Fault::kUsage;

constexpr ErrorEntry kBaseErrors[] = {
    // Files and memory (base/).
    {ErrorKind::kFileCannotOpen, kBaseData,
     "{file}: cannot be opened ({0}); check the name and its permissions"},
    {ErrorKind::kFileCannotRead, kBaseData,
     "{file}: cannot be read ({0}); check the name and its permissions"},
    {ErrorKind::kFileIsFolder, kBaseData, "{file}: is a folder; name a file in it"},
    {ErrorKind::kFileWithoutName, kBaseUsage, "{file}: ends as a folder does; name a file in it"},
    {ErrorKind::kFileCannotWrite, kBaseData,
     "{file}: cannot be written ({0}); check the name, the permissions and the space left"},
    {ErrorKind::kFolderInUse, kBaseData,
     "{file}: another halflife is writing here; wait for it or choose another folder with [out]"},
    {ErrorKind::kFolderInTheWay, kBaseData,
     "{file}: is a folder; move it away or choose another folder with [out]"},
    {ErrorKind::kUnnamedSource, kBaseData, "the data"},  // stands for {file} where there is none
    {ErrorKind::kMemory, kBaseData, "there is no memory left; take fewer rows or a smaller net"},
    {ErrorKind::kBug, kBaseData, "halflife bug: {0}"},
    // What one option is (any floor). The option's name goes with the failure.
    {ErrorKind::kNotANumber, kBaseUsage, "[]: {0:q} is not a number"},
    {ErrorKind::kNotWhole, kBaseUsage, "[]: {0:q} is not a whole number"},
    {ErrorKind::kNumberRange, kBaseUsage, "[] {0:q}: a number from {1} to {2}"},
    {ErrorKind::kWholeNeeded, kBaseUsage, "[] {0}: a whole number is needed"},
    {ErrorKind::kNotOneOf, kBaseUsage, "[] {0:q}: one of {1}{2?; did you mean {2:q}?}"},
    {ErrorKind::kOptionForm, kBaseUsage, "{0:q}: write NAME=VALUE, such as {1}"},
    {ErrorKind::kOptionTwice, kBaseUsage, "[] is given twice"},
    {ErrorKind::kOptionUnknown, kBaseUsage, "there is no option {0:q}{1?; did you mean {1:q}?}"},
    {ErrorKind::kTooFew, kBaseUsage, "[] {0}: at least {1} {1|is|are} needed"},
    {ErrorKind::kThreads, kBaseUsage, "[threads] {0}: 0 (all) or more"},
    // Decompositions (linalg/).
    {ErrorKind::kMatrixTooLarge, kBaseData,
     "more than 20,000 rows and columns at once cannot be decomposed; leave columns out with "
     "[ignore]"},
    {ErrorKind::kMatrixNotFinite, kBaseData,
     "numbers of the columns are too large or too small to compute with"},
    {ErrorKind::kMatrixNotDecomposed, kBaseData,
     "no method could decompose the {0} x {1} matrix of the columns; leave columns out with "
     "[ignore]"},
    // Penalties (penalty/).
    {ErrorKind::kPenaltyStrength, kBaseUsage, "penalty: [strength] must be 0 or more, not {0}"},
    {ErrorKind::kPenaltyP, kBaseUsage,
     "penalty: [p] must be 1 or more (less is not convex), not {0}"},
    {ErrorKind::kPenaltyRatio, kBaseUsage, "penalty: [ratio] must be from 0 to 1, not {0}"},
    {ErrorKind::kPenaltyRow, kBaseUsage,
     "penalty: a row of the group lasso needs at least one weight"},
    {ErrorKind::kPenaltyRows, kBaseUsage,
     "penalty: {0} weights are no whole number of rows of {1}"},
    {ErrorKind::kPenaltyGradients, kBaseUsage, "penalty: {0} weights and {1} gradients"},
    {ErrorKind::kPenaltyStep, kBaseUsage, "penalty: [step] must be 0 or more, not {0}"},
};

}  // namespace

std::span<const ErrorEntry> OfBase() { return kBaseErrors; }

}  // namespace halflife::catalogue
