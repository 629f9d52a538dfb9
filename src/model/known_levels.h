// The levels that a model learnt, by column.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "halflife/fitted_model.h"

namespace halflife {

class KnownLevels {
 public:
  explicit KnownLevels(const std::vector<ModelInput>& inputs);

  bool Has(const std::string& column) const { return levels_.count(column) > 0; }
  // Whether the levels of `column` are booleans, which are the same in any case.
  bool IsBoolean(const std::string& column) const { return booleans_.count(column) > 0; }
  // Whether `level` is one of those of `column`, which has some.
  bool Knows(const std::string& column, const std::string& level) const;

 private:
  std::map<std::string, std::set<std::string>> levels_;
  std::set<std::string> booleans_;
};

}  // namespace halflife
