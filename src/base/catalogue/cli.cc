// What errors say in English: cli.
#include "base/error_catalogue.h"

namespace halflife::catalogue {
namespace {

constexpr auto kCliData = Error::Fault::kData;
constexpr auto kCliUsage = Error::Fault::kUsage;

constexpr ErrorEntry kCliErrors[] = {
    // The command line (cli/).
    {ErrorKind::kDecayWord, kCliUsage,
     "[decay]: {0:q} is not a decay; give auto, numbers from 0 to 1e100 as in 0,1e-3,0.1, or "
     "LO:HI:COUNT"},
    {ErrorKind::kDecayListEmpty, kCliUsage,
     "[decay]: give auto, numbers as in 0,1e-3,0.1, or LO:HI:COUNT"},
    {ErrorKind::kDecaySpanForm, kCliUsage, "[decay]: a range is LO:HI:COUNT, as in 1e-5:1:20"},
    {ErrorKind::kDecaySpanOrder, kCliUsage,
     "[decay]: a range LO:HI:COUNT is log-spaced, so 0 < LO < HI; add 0 in a list of its own"},
    {ErrorKind::kDecaySpanCount, kCliUsage,
     "[decay]: the COUNT of LO:HI:COUNT is a whole number from 2 to {0}"},
    {ErrorKind::kHiddenUnits, kCliUsage,
     "[hidden] {0:q}: a layer has 1 to {1} units; give sizes such as 128 or 256,128, or none"},
    {ErrorKind::kLawWord, kCliUsage,
     "[law] {0}: no law has that name{1?; did you mean {1:q}?}; there are {2}"},
    {ErrorKind::kRuleOptionForm, kCliUsage, "[option] {0}: write NAME=VALUE, such as beta2=0.99"},
    {ErrorKind::kRuleOptionNumber, kCliUsage, "[option] {0}: {1:q} is not a number"},
    {ErrorKind::kPenaltyWord, kCliUsage,
     "[penalty]: {0:q} is no penalty{1?; did you mean {1:q}?}; there are l2, l1, elastic-net, "
     "elastic-net:RATIO (L1's share, from 0 to 1) and for nets group-lasso"},
    {ErrorKind::kPenaltyOfTables, kCliUsage,
     "[penalty=group-lasso] is for nets; add [model=mlp], or use l2, l1 or elastic-net"},
    {ErrorKind::kNoDecayOfNets, kCliUsage,
     "[no_decay] is for linear and logistic models; of a net, biases and norms are not decayed"},
    {ErrorKind::kOfTablesAlone, kCliUsage,
     "[] is for linear and logistic models; leave it out for a net"},
    {ErrorKind::kNetOptionAlone, kCliUsage, "[] is for nets; add [model=mlp]"},
    {ErrorKind::kArrayTargetNeeded, kCliUsage,
     "[target]: with arrays the target is needed: another array, by its file or member"},
    {ErrorKind::kStreamOfArrays, kCliUsage, "[stream] is for CSV files; leave it out for arrays"},
    {ErrorKind::kStreamOfNets, kCliUsage,
     "[stream] is for regression from sums, and nets train on rows; leave out [stream] or "
     "[model=mlp]"},
    {ErrorKind::kTestOfAnotherKind, kCliUsage,
     "[test] {0}: the test rows must be of the same kind as DATA, a table or an array"},
    {ErrorKind::kTestTargetNeeded, kCliUsage,
     "[test]: with arrays the targets of its rows are needed too; give [test_target]"},
    {ErrorKind::kTestTargetAlone, kCliUsage,
     "[test_target] says what [test] holds; give [test] too"},
    {ErrorKind::kTestTargetOfTable, kCliUsage,
     "[test_target] is for arrays; the test rows of a table have the target's column"},
    {ErrorKind::kOutIsRead, kCliUsage, "[out] {0}: that is a file it reads from; name another one"},
    {ErrorKind::kOutHoldsInput, kCliUsage,
     "[out] {0}: {1} there is read from; name another folder"},
    {ErrorKind::kOutFolder, kCliData,
     "[out] {0:q}: this folder cannot be made or written ({1}); choose another one"},
    {ErrorKind::kOutputOfColumns, kCliData,
     "the columns could not be written to standard output; free some space"},
    {ErrorKind::kOutputOfDescription, kCliData,
     "the description could not be written to standard output; free some space"},
    {ErrorKind::kOutputOfPredictions, kCliData,
     "the predictions could not be written to standard output; free some space or use [out] FILE"},
    {ErrorKind::kOutputOfAnswer, kCliData,
     "the answer could not be written to standard output; it is in {file}"},
    {ErrorKind::kReportSource, kCliUsage,
     "{0:q} is no folder that `halflife tune` wrote and no result.json; name one of the two"},
    {ErrorKind::kNoPageBuilt, kCliData,
     "this program was built without the page; `make page` builds it in"},
};

}  // namespace

std::span<const ErrorEntry> OfCli() { return kCliErrors; }

}  // namespace halflife::catalogue
