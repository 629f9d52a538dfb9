// Tables of two wide text columns, and models of them that read codes or lay them out.
#pragma once

#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "model/model.h"
#include "support/datasets.h"
#include "support/tables.h"

namespace halflife::testing {

inline constexpr std::size_t kCrossedRows = 600;
inline constexpr int kCrossedFolds = 4;

// Two crossed text columns and two numbers; a shape is what its kind makes of them.
struct Crossed {
  std::vector<int32_t> many;
  std::vector<int32_t> some;
  int many_levels = 90;
  int some_levels = 30;
  std::vector<double> first;
  std::vector<double> second;
  std::vector<Column> further;
  Vector weights = Vector::Ones(kCrossedRows);
  bool ordered = false;
};

inline std::vector<std::string> NamesOf(const std::string& prefix, int count) {
  std::vector<std::string> names;
  for (int i = 0; i < count; ++i) names.push_back(prefix + std::to_string(1000 + i));
  return names;
}

inline Crossed PlainCrossed(uint64_t seed) {
  Crossed made;
  Random random(seed);
  for (std::size_t i = 0; i < kCrossedRows; ++i) {
    // Levels of unequal size, the last ones of a row or two.
    made.many.push_back(static_cast<int32_t>(std::pow(random.Uniform(), 1.5) * made.many_levels));
    made.some.push_back(static_cast<int32_t>(random.Below(30)));
    made.first.push_back(random.Normal());
    made.second.push_back(1e3 + random.Normal());
  }
  return made;
}

struct CrossedShape {
  const char* name;
  std::function<void(Crossed*)> make;
};

inline void PrintTo(const CrossedShape& shape, std::ostream* out) { *out << shape.name; }

inline std::vector<CrossedShape> CrossedShapes() {
  return {
      {"Plain", [](Crossed*) {}},
      {"LevelsOfOneRow",
       [](Crossed* made) {
         for (std::size_t i = 0; i < 60; ++i) made->many[i] = 90 + static_cast<int32_t>(i);
         made->many_levels = 150;
       }},
      {"LevelsOnlyHeldOut",
       [](Crossed* made) {
         // Rows of fold 1, by RoundRobin.
         for (std::size_t i = 1; i < kCrossedRows; i += 12) made->some[i] = 30;
         made->some_levels = 31;
       }},
      {"ConstantWhereOneFoldTrains",
       [](Crossed* made) {
         std::vector<int32_t> codes(kCrossedRows, 0);
         for (std::size_t i = 2; i < kCrossedRows; i += 8) codes[i] = 1;
         made->further.push_back(Text("flag", codes, {"no", "yes"}));
       }},
      {"Weights",
       [](Crossed* made) {
         Random random(5);
         for (double& weight : made->weights) weight = std::exp(random.Normal());
       }},
      {"MissingCells",
       [](Crossed* made) {
         Random random(6);
         for (std::size_t i = 0; i < kCrossedRows; ++i) {
           if (random.Below(10) == 0) made->many[i] = Column::kMissing;
           if (random.Below(10) == 0) made->some[i] = Column::kMissing;
           if (random.Below(10) == 0) made->second[i] = std::nan("");
         }
       }},
      {"DuplicatedColumns",
       [](Crossed* made) {
         made->further.push_back(Text("again", made->some, NamesOf("t", made->some_levels)));
         made->further.push_back(Numbers("again too", made->first));
       }},
      {"Nested",
       [](Crossed* made) {
         std::vector<int32_t> outer;
         for (const int32_t code : made->many) outer.push_back(code / 7);
         made->further.push_back(Text("outer", outer, NamesOf("o", 13)));
       }},
      {"DisconnectedParts",
       [](Crossed* made) {
         for (std::size_t i = 0; i < kCrossedRows; ++i)
           made->some[i] = 3 * (made->some[i] / 3) + made->many[i] % 3;
       }},
      {"FoldsInOrder", [](Crossed* made) { made->ordered = true; }},
  };
}

// `classes` 0: a regression.
inline Dataset DatasetOf(Crossed made, int classes) {
  Random random(99);
  Vector y(kCrossedRows);
  std::vector<int32_t> own;
  for (std::size_t i = 0; i < kCrossedRows; ++i) {
    const double mean = std::sin(made.many[i]) + std::cos(3.0 * made.some[i]) + made.first[i];
    y(static_cast<Eigen::Index>(i)) = 10.0 + mean + random.Normal();
    own.push_back(std::clamp(static_cast<int32_t>(std::floor(mean + 2.0 * random.Normal() + 1.0)),
                             0, std::max(0, classes - 1)));
  }
  std::vector<Column> columns = {Text("many", made.many, NamesOf("m", made.many_levels)),
                                 Text("some", made.some, NamesOf("s", made.some_levels)),
                                 Numbers("first", made.first), Numbers("second", made.second)};
  columns.insert(columns.end(), made.further.begin(), made.further.end());
  Dataset data =
      MakeDataset(std::move(columns), classes == 0 ? NumberTarget(y) : ClassTarget(own, classes),
                  made.ordered ? InOrder(kCrossedRows, kCrossedFolds)
                               : RoundRobin(kCrossedRows, kCrossedFolds));
  data.weights = made.weights;
  return data;
}

inline std::unique_ptr<Model> CodedOrNot(const Dataset& data, bool coded, int threads = 1) {
  ModelContext context{&data, threads, {}, {}};
  context.coded = coded;
  const bool line = data.target.task == Task::kRegression;
  if (!coded && !data.undecayed.empty())
    return line ? MakeSparseLinear(context) : MakeSparseLogistic(context);
  return line ? MakeLinear(context) : MakeLogistic(context);
}

// All columns but the two wide ones.
inline void LeaveUndecayed(Dataset* data) {
  data->undecayed.assign(static_cast<std::size_t>(data->design.size()), true);
  const auto wide = data->design.columns[1].end();
  std::fill_n(data->undecayed.begin(), wide, false);
}

// Two columns that form one long chain: levels i and i + 1 of the one share level i of the other.
// What is learnt at one end of it takes steps to reach the other.
inline Crossed ChainCrossed() {
  Crossed made = PlainCrossed(6);
  made.many_levels = 150;
  made.some_levels = 150;
  for (std::size_t i = 0; i < kCrossedRows; ++i) {
    const auto link = static_cast<int32_t>(i / 4);
    made.many[i] = i % 4 < 2 ? link : std::min(149, link + 1);
    made.some[i] = link;
  }
  return made;
}

}  // namespace halflife::testing
