// What errors say in English: lab.
#include "base/error_catalogue.h"

namespace halflife::catalogue {
namespace {

constexpr auto kLabData = Error::Fault::kData;
constexpr auto kLabUsage = Error::Fault::kUsage;

constexpr ErrorEntry kLabErrors[] = {
    // The page's questions (lab/).
    {ErrorKind::kQuestionUnknown, kLabUsage, "there is no question {0:q}"},
    {ErrorKind::kAnswerWithout, kLabUsage, "the answer has no {0:q}"},
    {ErrorKind::kStepTakesAllHere, kLabUsage,
     "[lr] {0} and [decay] {1} would take {2} of every weight in one step; that must stay below 1"},
    {ErrorKind::kHistoryForm, kLabUsage, "[decays] {0:q}: write EPOCH:DECAY, such as 0:0,300:0.01"},
    {ErrorKind::kHistoryDecay, kLabUsage, "[decays] {0:q}: a decay is a number from 0 to 1e+06"},
    {ErrorKind::kHistoryEpochs, kLabUsage,
     "[decays] {0:q}: epochs are whole numbers, ascending from 0"},
    {ErrorKind::kHistoryEmpty, kLabUsage, "[decays]: at least one EPOCH:DECAY is needed"},
    {ErrorKind::kPageFileTooLarge, kLabData,
     "the file has more than {0} MB, too much for a page; use the program: halflife tune"},
    {ErrorKind::kPageTableTooLarge, kLabData,
     "{file}: {0} rows and {1} columns after encoding are too much for a page; leave out columns "
     "of text with many values, or use the program: halflife tune"},
    {ErrorKind::kPageColumnUnknown, kLabUsage, "there is no such column"},
    {ErrorKind::kLabRun, kLabUsage, "run {0} of {1}"},
    {ErrorKind::kLabTensor, kLabUsage, "tensor {0} of {1}"},
    {ErrorKind::kLabEpoch, kLabUsage, "epoch {0} of {1}"},
    {ErrorKind::kLabRecordNumber, kLabUsage, "an epoch's record has no number {0}"},
    {ErrorKind::kLabClass, kLabUsage, "the target {0} is no class; classes are 0 to {1}"},
};

}  // namespace

std::span<const ErrorEntry> OfLab() { return kLabErrors; }

}  // namespace halflife::catalogue
