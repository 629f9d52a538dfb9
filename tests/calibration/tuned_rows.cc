#include "calibration/tuned_rows.h"

#include "tune/tune_model.h"

namespace halflife::testing {

std::unique_ptr<TunedRows> TuneRows(const Population& population, const Drawn& rows, int rounds,
                                    std::uint64_t seed) {
  auto tuned = std::make_unique<TunedRows>();
  tuned->table = AsTable(population, rows);
  DataOptions options;
  options.target = "y";
  options.rounds = rounds;
  options.seed = seed;
  tuned->dataset = PrepareDataset(tuned->table, options);
  tuned->model = MakeModelOfTask({&tuned->dataset, 1, {}, {}});
  tuned->sweep = RunSweep(tuned->model.get(), {}, {rounds, tuned->dataset.folds.front().count});
  return tuned;
}

std::unique_ptr<TunedRows> TuneTable(const Population& population, std::uint64_t number) {
  constexpr std::uint64_t kTableStream = 1000000;
  Random random(population.seed, kTableStream + number);
  return TuneRows(population, Draw(population, population.rows, &random), 5,
                  population.seed * 1000 + number);
}

}  // namespace halflife::testing
