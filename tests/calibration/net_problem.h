// The same of small nets: what the verdict says of a table, and what is true.
#pragma once

#include <string>
#include <vector>

#include "calibration/problem.h"
#include "halflife/net.h"

namespace halflife::testing {

// A population and how nets are trained on its tables.
struct NetPopulation {
  Population rows;
  std::string length;  // of training: "to the end", "early stopping", "few steps"
  NetOptions net;
  TrainingOptions training;
  double lr = 0.0;
};

// Like MakePopulation, of at most 20 columns and 2,000 rows, 200 where training is long; a layer of
// 2 to 16 units and the length are drawn too.
NetPopulation MakeNetPopulation(const std::string& kind, bool classes, std::uint64_t seed);

// What tuning truly gains in a split: means over `tables` fresh tables, of which three fifths of
// the rows train and one fifth chooses, as in a split, each on 3,000 further rows; 0 where no decay
// was chosen.
Truth FindTruthOfNet(const NetPopulation& population, int tables);

// Of table `number` of the population, with the gains of its splits.
Answer AnswerForNet(const NetPopulation& population, std::uint64_t number);

}  // namespace halflife::testing
