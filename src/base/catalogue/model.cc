// What errors say in English: model.
#include "base/error_catalogue.h"

namespace halflife::catalogue {
namespace {

constexpr auto kModelData = Error::Fault::kData;
constexpr auto kModelUsage = Error::Fault::kUsage;

constexpr ErrorEntry kModelErrors[] = {
    // Fits (model/linear, model/logistic).
    {ErrorKind::kWeightsTooMany, kModelData,
     "{0} encoded columns times {1} classes are more weights than this program fits; merge classes "
     "or leave columns out with [ignore]"},
    {ErrorKind::kLogisticMemory, kModelUsage,
     "{0} folds of {1} rows would take {2} GB of memory; ask for fewer [folds] or [seeds]"},
    {ErrorKind::kLinearMemory, kModelUsage,
     "{0} folds of {1} encoded columns would take {2} GB of memory; ask for fewer [folds] or "
     "[seeds]"},
    {ErrorKind::kStreamWide, kModelUsage,
     "[stream] needs more rows to train on than there are encoded columns: {0} for {1}; leave out "
     "[stream]"},
    {ErrorKind::kStreamDigits, kModelData,
     "[stream] keeps sums only, and of these rows sums lose the digits that count: a cell is far "
     "off, or columns are nearly dependent; leave out [stream], or such columns with [ignore]"},
    // New rows (model/inputs, model/new_rows, model/predict).
    {ErrorKind::kNewColumnMissing, kModelData,
     "{file}: column {0:q} is missing and the model needs it{1?; did you mean {1:q}?}"},
    {ErrorKind::kNewColumnEmpty, kModelData,
     "{file}: column {0:q} held numbers when the model was fitted, but here it is empty; read it "
     "as numbers"},
    {ErrorKind::kNewCellText, kModelData,
     "{file}: column {0:q} held numbers when the model was fitted, but here row {1} holds {2:q}; "
     "correct the cell or leave it empty"},
    {ErrorKind::kPredictionNotFinite, kModelData,
     "{file}: the prediction for row {0} is not a finite number; look for extreme values in the "
     "row, or in the model"},
    // model.json (model/json_reader, model_file, inputs_json, net/file): the failures, then the
    // causes of the last.
    {ErrorKind::kModelFileDeep, kModelData,
     "{file}: nested too deep for a model file; use the model.json that `halflife tune` wrote"},
    {ErrorKind::kModelFileNotJson, kModelData,
     "{file}: not JSON (byte {0}); use the model.json that `halflife tune` wrote"},
    {ErrorKind::kModelFileRange, kModelData,
     "{file}: holds a number out of range; use the model.json that `halflife tune` wrote"},
    {ErrorKind::kModelFileUnsound, kModelData,
     "{file}: {0}: {cause}; use the model.json that `halflife tune` wrote"},
    {ErrorKind::kJsonNoObject, kModelData, "an object is expected"},
    {ErrorKind::kJsonMissing, kModelData, "\"{0}\" is missing"},
    {ErrorKind::kJsonNoText, kModelData, "\"{0}\" must be text"},
    {ErrorKind::kJsonNoFlag, kModelData, "\"{0}\" must be true or false"},
    {ErrorKind::kJsonNoNumber, kModelData, "\"{0}\" must be a finite number"},
    {ErrorKind::kJsonRange, kModelData, "\"{0}\" is out of range"},
    {ErrorKind::kJsonNoNumbers, kModelData, "\"{0}\" must be a list of numbers"},
    {ErrorKind::kJsonNoTexts, kModelData, "\"{0}\" must be a list of texts"},
    {ErrorKind::kJsonNoList, kModelData, "\"{0}\" must be a list"},
    {ErrorKind::kJsonNotOneOf, kModelData, "\"{0}\" is {1:q}, not one of {2}"},
    {ErrorKind::kJsonNotPositive, kModelData, "\"{0}\" must be above 0"},
    {ErrorKind::kModelFormat, kModelData, "the format is {0:q}, this program reads \"{1}\""},
    {ErrorKind::kModelFamily, kModelData, "\"family\" and \"task\" don't go together"},
    {ErrorKind::kModelClassesTooFew, kModelData, "\"classes\" must name at least 2"},
    {ErrorKind::kModelClassesTooMany, kModelData, "more than {0} classes"},
    {ErrorKind::kModelClassesOfNumbers, kModelData, "\"classes\" has no place in a regression"},
    {ErrorKind::kModelIntercepts, kModelData,
     "\"intercept\" holds {0} numbers where {1} are needed"},
    {ErrorKind::kModelInputWeights, kModelData, "{0} weights stand beside {1} intercepts"},
    {ErrorKind::kModelMarks, kModelData, "\"thousands_mark\" and \"decimal_mark\" must differ"},
    {ErrorKind::kModelInputsNone, kModelData, "\"inputs\" must name at least one"},
    {ErrorKind::kModelKeptCells, kModelData, "\"kept\" must be ascending cells below \"width\""},
    {ErrorKind::kModelCellScales, kModelData, "\"means\" and \"scales\" do not fit \"width\""},
    {ErrorKind::kModelHiddenUnits, kModelData, "\"hidden\" must be whole numbers from 1 to {0}"},
    // result.json (report/read_result, field_reader, check_result): the failures, then the causes
    // of
    // kResultUnsound, beside those of model.json.
    {ErrorKind::kResultTooLarge, kModelData,
     "{file}: above {0} bytes, more than a result has; use the result.json that `halflife tune` "
     "wrote"},
    {ErrorKind::kResultDeep, kModelData,
     "{file}: more lists and objects, or deeper ones, than a result has; use the result.json that "
     "`halflife tune` wrote"},
    {ErrorKind::kResultNotJson, kModelData,
     "{file}: not JSON (byte {0}); use the result.json that `halflife tune` wrote"},
    {ErrorKind::kResultRange, kModelData,
     "{file}: holds a number out of range; use the result.json that `halflife tune` wrote"},
    {ErrorKind::kResultSchema, kModelData,
     "{file}: {0?the schema is {0:q}; }this program reads \"{1}\"; use the result.json that "
     "`halflife tune` wrote"},
    {ErrorKind::kResultLacks, kModelData,
     "{file}: \"{0}\" is missing, as where an earlier version wrote the file; tune again, which "
     "writes it"},
    {ErrorKind::kResultRefused, kModelData,
     "{file}: \"{0}\": {cause}; use the result.json that `halflife tune` wrote, with the program "
     "that wrote it"},
    {ErrorKind::kResultUnsound, kModelData,
     "{file}: {cause}; use the result.json that `halflife tune` wrote, as it was written"},
    {ErrorKind::kResultNoObject, kModelData, "\"{0}\" must be an object"},
    {ErrorKind::kResultInterval, kModelData, "\"{0}\" must be a list of two numbers"},
    {ErrorKind::kResultLengths, kModelData, "\"{0}\" and \"{1}\" are lists of unequal length"},
    {ErrorKind::kResultNeeds, kModelData, "\"{0}\" needs \"{1}\" beside it"},
    {ErrorKind::kResultDecays, kModelData,
     "\"{0}\" must hold as many decays, and \"lrs\" beside it as many rates, as such a finding "
     "tells of"},
    {ErrorKind::kResultOutside, kModelData, "\"{0}\" is no place in \"{1}\""},
    {ErrorKind::kResultOrder, kModelData,
     "\"{0}\" must be a number from 0 up, and not below the one before it"},
    {ErrorKind::kResultLayers, kModelData,
     "\"{0}\" must hold as many layers in every epoch as all others do"},
};

}  // namespace

std::span<const ErrorEntry> OfModel() { return kModelErrors; }

}  // namespace halflife::catalogue
