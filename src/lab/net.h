// What a page calls to train nets: plain C functions of pointers and numbers, exported from the
// WebAssembly module under these names. They fail as base/error.h says: in WebAssembly a call that
// fails traps, and LabError tells why.
#pragma once

#include <cstddef>
#include <cstdint>

namespace halflife {
struct LabNet;
}

extern "C" {

// Rows of a problem: row by row, inputs standardised. Copied, so the memory may be freed.
struct LabRows {
  const float* inputs;   // (training + validation) x width
  const float* targets;  // a number or, with outputs > 1, a class 0 .. outputs-1 a row
  std::size_t training;  // the first rows
  std::size_t validation;
  std::size_t width;
  std::size_t outputs;  // 1: regression
};

// A net and how it is trained; `options`, zero-terminated, as in lab/net_text.h.
halflife::LabNet* LabNetMake(const LabRows* rows, const char* options);
void LabNetFree(halflife::LabNet* net);

// Starts a run and gives its number, counted from 0. The runs of one seed start from the same
// weights and see the same batches.
std::size_t LabNetStart(halflife::LabNet* net, double decay, double lr, std::uint32_t seed);

// Trains every run until it has `epochs` epochs; more than the option epochs is allowed.
void LabNetTrain(halflife::LabNet* net, int epochs);

// How many epochs the run has a record of, and why it diverged ("" if it has not), until that is
// asked again.
std::size_t LabNetEpochs(const halflife::LabNet* net, std::size_t run);
const char* LabNetDiverged(halflife::LabNet* net, std::size_t run);

// One number of an epoch, counted from 0; see halflife/epoch_record.h. 0: train_loss, 1: penalty,
// 2: validation_loss, 3: validation_score, 4: gradient_norm, 5: update_angle, from 6: layer_norms.
double LabNetRecord(const halflife::LabNet* net, std::size_t run, std::size_t epoch,
                    std::size_t what);

// The net's tensors in order (layers.0.weight, layers.0.bias, ...): their number, names, lengths,
// and a run's values, which hold until the next LabNetTrain.
std::size_t LabNetTensors(const halflife::LabNet* net);
const char* LabNetTensorName(const halflife::LabNet* net, std::size_t tensor);
std::size_t LabNetTensorSize(const halflife::LabNet* net, std::size_t tensor);
const float* LabNetWeights(const halflife::LabNet* net, std::size_t run, std::size_t tensor);

// What the run's net gives for `count` rows of inputs: count x outputs numbers or logits into
// `outputs`.
void LabNetPredict(const halflife::LabNet* net, std::size_t run, const float* inputs,
                   std::size_t count, float* outputs);

}  // extern "C"
