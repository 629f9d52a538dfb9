// The main job on a model of the caller's making.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/stopwatch.h"
#include "halflife/tune.h"
#include "model/model.h"

namespace halflife {

using ModelMaker = std::function<std::unique_ptr<Model>(const ModelContext&)>;

// Linear regression for numbers, logistic or softmax regression for classes.
std::unique_ptr<Model> MakeModelOfTask(const ModelContext& context);

// Throw Error for options that no table could do with, and for a model of another task.
void CheckTuneOptions(const TuneOptions& options);
void CheckFamily(const TuneOptions& options, Task task);

// A table ready to be fitted, its source and the number of its columns.
struct PreparedTable {
  std::string source;
  std::size_t columns = 0;
  Dataset dataset;
};

// Tunes; `watch` has begun when preparing did.
TuneOutcome TunePrepared(const PreparedTable& table, const TuneOptions& options,
                         const ModelMaker& make, Stopwatch* watch);

// See Tune, whose maker is MakeModelOfTask.
TuneOutcome TuneModel(const Table& table, const TuneOptions& options, const ModelMaker& make);

}  // namespace halflife
