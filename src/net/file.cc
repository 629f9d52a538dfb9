// The two files of a net, written and read; see docs/formats.md.
#include <zlib.h>

#include <bit>
#include <cmath>
#include <cstring>

#include "base/error.h"
#include "base/text.h"
#include "halflife/fitted_net.h"
#include "model/inputs_json.h"
#include "model/json_reader.h"
#include "net/layout.h"
#include "optim/safetensors.h"

namespace halflife {
namespace {

constexpr const char* kNetFormat = "halflife.net/1";
constexpr double kMostRows = 1e15;
constexpr double kMostCells = 1 << 20;
static_assert(std::endian::native == std::endian::little, "safetensors holds little-endian floats");

std::uint32_t Crc32(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

std::string WeightsToBytes(const FittedNet& net) {
  SafeTensors content;
  content.metadata["format"] = kNetFormat;
  for (const NetWeights& weights : net.weights) {
    content.tensors.push_back({weights.name,
                               "F32",
                               {weights.shape.begin(), weights.shape.end()},
                               {reinterpret_cast<const char*>(weights.values.data()),
                                weights.values.size() * sizeof(float)}});
  }
  return WriteSafeTensors(content);
}

Json CellsToJson(const ArrayScaling& cells) {
  Json json = {{"width", cells.width}};
  if (!cells.shared()) json["kept"] = cells.kept;
  json["means"] = cells.means;
  json["scales"] = cells.scales;
  return json;
}

ArrayScaling CellsFromJson(const JsonReader& reader) {
  ArrayScaling cells;
  cells.width = reader.Count("width", kMostCells);
  cells.means = reader.Numbers("means");
  cells.scales = reader.Numbers("scales");
  if (reader.Has("kept")) {
    for (const double cell : reader.Numbers("kept")) {
      const double after = cells.kept.empty() ? 0 : cells.kept.back() + 1.0;
      if (cell < after || cell >= static_cast<double>(cells.width) || cell != std::floor(cell))
        reader.Reject(ErrorKind::kModelKeptCells);
      cells.kept.push_back(static_cast<std::uint32_t>(cell));
    }
  } else {
    for (std::uint32_t cell = 0; cell < cells.width; ++cell) cells.kept.push_back(cell);
  }
  const std::size_t count = cells.means.size();
  if (cells.kept.empty() || count != cells.scales.size() ||
      (count != cells.kept.size() && !(count == 1 && cells.kept.size() == cells.width)))
    reader.Reject(ErrorKind::kModelCellScales);
  for (const double scale : cells.scales) {
    if (scale <= 0.0) reader.Reject(ErrorKind::kJsonNotPositive, {"scales"});
  }
  return cells;
}

NetOptions OptionsFromJson(const JsonReader& reader) {
  NetOptions options;
  options.hidden.clear();
  for (const double units : reader.Numbers("hidden")) {
    if (!(units >= 1.0 && units <= kMostUnits) || units != std::floor(units))
      reader.Reject(ErrorKind::kModelHiddenUnits, {kMostUnits});
    options.hidden.push_back(static_cast<int>(units));
  }
  const std::span<const std::string_view> names = ActivationNames();
  options.activation =
      static_cast<Activation>(reader.OneOf("activation", {names.begin(), names.end()}));
  options.layer_norm = reader.Flag("layer_norm");
  options.dropout = reader.Number("dropout");
  return options;
}

void CheckClasses(const JsonReader& reader, const FittedNet& net) {
  if (net.task == Task::kClassification && net.classes.size() < 2)
    reader.Reject(ErrorKind::kModelClassesTooFew);
  if (net.task == Task::kRegression && !net.classes.empty())
    reader.Reject(ErrorKind::kModelClassesOfNumbers);
}

// The layout of the net that the file describes; what no net can be is the file's fault.
NetLayout LayoutOf(const JsonReader& reader, const FittedNet& net) {
  try {
    return {net.inputs(), net.outputs(), net.options};
  } catch (const Error& error) {
    reader.Reject(std::make_shared<const Failure>(error.failure()));
  }
}

// The tensors that the net's layout asks for, all there and nothing else, all finite.
std::vector<NetWeights> WeightsFromBytes(const NetLayout& layout, std::string_view bytes,
                                         const std::string& source) {
  const SafeTensors content = ReadSafeTensors(bytes, source);
  const auto reject = [&](ErrorKind kind, ErrorArguments arguments) {
    FailIn(source, ErrorKind::kNetFileUnsound, {}, Cause(kind, arguments));
  };
  if (content.tensors.size() != layout.tensors().size())
    reject(ErrorKind::kNetTensorCount, {content.tensors.size(), layout.tensors().size()});
  std::vector<NetWeights> all;
  for (const NetTensor& wanted : layout.tensors()) {
    NetWeights weights{wanted.name, wanted.shape, std::vector<float>(wanted.count)};
    const auto at = std::find_if(content.tensors.begin(), content.tensors.end(),
                                 [&](const SafeTensor& t) { return t.name == wanted.name; });
    if (at == content.tensors.end()) reject(ErrorKind::kNetTensorMissing, {wanted.name});
    const std::vector<std::uint64_t> shape(wanted.shape.begin(), wanted.shape.end());
    if (at->dtype != "F32" || at->shape != shape) reject(ErrorKind::kNetTensorShape, {wanted.name});
    std::memcpy(weights.values.data(), at->bytes.data(), at->bytes.size());
    for (const float value : weights.values) {
      if (!std::isfinite(value)) reject(ErrorKind::kNetTensorNotFinite, {wanted.name});
    }
    all.push_back(std::move(weights));
  }
  return all;
}

FittedNet NetFromJson(const JsonReader& reader) {
  FittedNet net;
  net.task = reader.OneOf("task", {"regression", "classification"}) == 0 ? Task::kRegression
                                                                         : Task::kClassification;
  net.target = reader.Text("target");
  net.log_target = reader.Flag("log_target");
  net.classes = reader.Texts("classes");
  CheckClasses(reader, net);
  net.decay = reader.Number("decay");
  net.lr = reader.Number("lr");
  net.validation_loss = reader.Number("validation_loss");
  net.rows = reader.Count("rows", kMostRows);
  net.options = OptionsFromJson(reader.Object("net"));
  if (reader.Has("cells")) {
    net.cells = CellsFromJson(reader.Object("cells"));
  } else {
    net.columns = InputsFromJson(reader, "inputs", 0);
    if (net.columns.empty()) reader.Reject(ErrorKind::kModelInputsNone);
  }
  if (net.task == Task::kRegression) {
    net.target_mean = reader.Number("target_mean");
    net.target_scale = reader.Number("target_scale");
    if (net.target_scale <= 0.0) reader.Reject(ErrorKind::kJsonNotPositive, {"target_scale"});
  }
  return net;
}

}  // namespace

NetFiles NetToFiles(const FittedNet& net) {
  NetFiles files;
  files.safetensors = WeightsToBytes(net);
  Json json = {{"format", kNetFormat},
               {"convention",
                "total loss = mean data loss + decay/2 * ||w||^2; inputs standardised as (x - "
                "mean) / scale; weights are units x inputs"},
               {"family", "mlp"},
               {"task", net.task == Task::kRegression ? "regression" : "classification"},
               {"target", net.target},
               {"log_target", net.log_target},
               {"classes", net.classes},
               {"decay", net.decay},
               {"lr", net.lr},
               {"validation_loss", net.validation_loss},
               {"rows", net.rows},
               {"net",
                {{"hidden", net.options.hidden},
                 {"activation", std::string(Name(net.options.activation))},
                 {"layer_norm", net.options.layer_norm},
                 {"dropout", net.options.dropout}}}};
  if (net.task == Task::kRegression) {
    json["target_mean"] = net.target_mean;
    json["target_scale"] = net.target_scale;
  }
  json["weights"] = {{"file", kNetWeightsFile}, {"crc32", Crc32(files.safetensors)}};
  if (net.of_table()) {
    json["inputs"] = InputsToJson(net.columns);
  } else {
    json["cells"] = CellsToJson(net.cells);
  }
  files.json = json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  return files;
}

bool IsNetJson(std::string_view json) {
  return json.substr(0, 200).find(kNetFormat) != std::string_view::npos;
}

FittedNet NetFromFiles(std::string_view json, const std::string& json_source,
                       std::string_view safetensors, const std::string& safetensors_source) {
  const Json parsed = ParseModelFile(json, json_source);
  const JsonReader reader(parsed, json_source, "");
  const std::string format = reader.Text("format");
  if (format != kNetFormat) reader.Reject(ErrorKind::kModelFormat, {format, kNetFormat});
  FittedNet net = NetFromJson(reader);
  const NetLayout layout = LayoutOf(reader, net);
  const JsonReader weights = reader.Object("weights");
  if (weights.Number("crc32") != static_cast<double>(Crc32(safetensors))) {
    FailIn(safetensors_source, ErrorKind::kNetWeightsOfAnother, {json_source});
  }
  net.weights = WeightsFromBytes(layout, safetensors, safetensors_source);
  return net;
}

}  // namespace halflife
