#include "lab/net.h"

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "halflife/report.h"
#include "lab/net_text.h"
#include "net/net_trainer.h"

namespace halflife {

// The rows, and all that is trained on them.
struct LabNet {
  LabNet(const LabRows& rows, const LabOptions& options);

  const NetRun& run(std::size_t i) const {
    if (i >= runs.size()) Fail(ErrorKind::kLabRun, {i, runs.size()});
    return trainer->net(*runs[i]);
  }
  const NetTensor& tensor(std::size_t i) const {
    const std::vector<NetTensor>& all = trainer->layout().tensors();
    if (i >= all.size()) Fail(ErrorKind::kLabTensor, {i, all.size()});
    return all[i];
  }
  Samples Part(std::size_t first, std::size_t count) const;

  std::size_t width;
  std::vector<float> inputs;
  std::vector<float> numbers;         // regression
  std::vector<std::int32_t> classes;  // classification
  std::unique_ptr<NetTrainer> trainer;
  std::vector<const TrainingRun*> runs;
  std::string diverged;  // of the run that was asked about last
};

namespace {

std::int32_t ClassOf(float target, std::size_t outputs) {
  if (!(target >= 0 && target < static_cast<float>(outputs)) || target != std::floor(target)) {
    Fail(ErrorKind::kLabClass, {Number(target), outputs - 1});
  }
  return static_cast<std::int32_t>(target);
}

}  // namespace

LabNet::LabNet(const LabRows& rows, const LabOptions& options) : width(rows.width) {
  const std::size_t count = rows.training + rows.validation;
  inputs.assign(rows.inputs, rows.inputs + count * width);
  for (std::size_t i = 0; i < count; ++i) {
    if (rows.outputs == 1) {
      numbers.push_back(rows.targets[i]);
    } else {
      classes.push_back(ClassOf(rows.targets[i], rows.outputs));
    }
  }
  NetData data;
  data.training = Part(0, rows.training);
  data.validation = Part(rows.training, rows.validation);
  data.outputs = rows.outputs;
  trainer = std::make_unique<NetTrainer>(data, options.net, options.training);
}

Samples LabNet::Part(std::size_t first, std::size_t count) const {
  Samples samples;
  samples.inputs = std::span(inputs).subspan(first * width, count * width);
  samples.rows = count;
  samples.width = width;
  if (!numbers.empty()) samples.numbers = std::span(numbers).subspan(first, count);
  if (!classes.empty()) samples.classes = std::span(classes).subspan(first, count);
  return samples;
}

}  // namespace halflife

using halflife::LabNet;

LabNet* LabNetMake(const LabRows* rows, const char* options) {
  return std::make_unique<LabNet>(*rows, halflife::ParseLabOptions(options)).release();
}

void LabNetFree(LabNet* net) { const std::unique_ptr<LabNet> last(net); }

std::size_t LabNetStart(LabNet* net, double decay, double lr, std::uint32_t seed) {
  net->runs.push_back(net->trainer->Start({decay, lr, seed}));
  return net->runs.size() - 1;
}

void LabNetTrain(LabNet* net, int epochs) { net->trainer->TrainTo(epochs, net->runs, 1, {}); }

std::size_t LabNetEpochs(const LabNet* net, std::size_t run) {
  return net->run(run).curve().size();
}

const char* LabNetDiverged(LabNet* net, std::size_t run) {
  const std::optional<halflife::Divergence>& why = net->run(run).diverged();
  net->diverged = why ? halflife::DivergenceText(*why) : "";
  return net->diverged.c_str();
}

double LabNetRecord(const LabNet* net, std::size_t run, std::size_t epoch, std::size_t what) {
  const std::vector<halflife::EpochRecord>& curve = net->run(run).curve();
  if (epoch >= curve.size()) halflife::Fail(halflife::ErrorKind::kLabEpoch, {epoch, curve.size()});
  const halflife::EpochRecord& record = curve[epoch];
  const double numbers[] = {record.train_loss,       record.penalty,       record.validation_loss,
                            record.validation_score, record.gradient_norm, record.update_angle};
  if (what < std::size(numbers)) return numbers[what];
  if (what - std::size(numbers) >= record.layer_norms.size())
    halflife::Fail(halflife::ErrorKind::kLabRecordNumber, {what});
  return record.layer_norms[what - std::size(numbers)];
}

std::size_t LabNetTensors(const LabNet* net) { return net->trainer->layout().tensors().size(); }

const char* LabNetTensorName(const LabNet* net, std::size_t tensor) {
  return net->tensor(tensor).name.c_str();
}

std::size_t LabNetTensorSize(const LabNet* net, std::size_t tensor) {
  return net->tensor(tensor).count;
}

const float* LabNetWeights(const LabNet* net, std::size_t run, std::size_t tensor) {
  return net->run(run).weights().data() + net->tensor(tensor).offset;
}

void LabNetPredict(const LabNet* net, std::size_t run, const float* inputs, std::size_t count,
                   float* outputs) {
  if (count == 0) return;
  halflife::Samples samples;
  samples.inputs = {inputs, count * net->width};
  samples.rows = count;
  samples.width = net->width;
  const std::vector<float> found =
      halflife::PredictNet(net->trainer->layout(), net->run(run).weights(), samples);
  std::copy(found.begin(), found.end(), outputs);
}
