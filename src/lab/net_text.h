// The options of a net in one line of text, as a page hands them over.
#pragma once

#include <string_view>

#include "halflife/net.h"

namespace halflife {

struct LabOptions {
  NetOptions net;
  TrainingOptions training;
};

// "hidden=16,16 activation=tanh rule=sgd momentum=0.9": NAME=VALUE with blanks between, each name
// once. Names: hidden (sizes, or none), activation, layer_norm (0 or 1), dropout, epochs, batch,
// rule, law, lr_shape, lr_end, warm_up, decay_shape, patience; any other is an option of the rule.
// What is not named has the default of halflife/net.h. Throws Error for anything else.
LabOptions ParseLabOptions(std::string_view text);

}  // namespace halflife
