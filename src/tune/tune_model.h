// The main job on a model of the caller's making.
#pragma once

#include <functional>
#include <memory>

#include "halflife/tune.h"
#include "model/model.h"

namespace halflife {

using ModelMaker = std::function<std::unique_ptr<Model>(const ModelContext&)>;

// Linear regression for numbers, logistic or softmax regression for classes.
std::unique_ptr<Model> MakeModelOfTask(const ModelContext& context);

// See Tune, whose maker is MakeModelOfTask.
TuneOutcome TuneModel(const Table& table, const TuneOptions& options, const ModelMaker& make);

}  // namespace halflife
