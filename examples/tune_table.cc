// Finds the weight decay for a table, says whether it helps, and predicts with the model fitted at
// it.
#include <halflife/error.h>
#include <halflife/fitted_model.h>
#include <halflife/table.h>
#include <halflife/tune.h>

#include <cstdio>

int main(int argc, char** argv) {
  if (argc != 3) return std::fprintf(stderr, "usage: tune_table DATA.csv TARGET\n"), 2;
  try {
    const halflife::Table table = halflife::ReadCsv(argv[1]);
    halflife::TuneOptions options;
    options.data.target = argv[2];
    const halflife::TuneOutcome outcome = halflife::Tune(table, options);

    const halflife::TuneResult& result = outcome.result;
    const halflife::GridPoint& best = result.grid[static_cast<std::size_t>(result.best)];
    std::printf("decay %g: %s (p = %.2g), validation loss %.4g\n", best.decay,
                halflife::Name(result.verdict.label).data(), result.verdict.p_value,
                best.validation.mean);

    const halflife::Predictions predictions = halflife::Predict(outcome.model, table);
    std::printf("first row: output %.6g\n", predictions.outputs[0][0]);
  } catch (const halflife::Error& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 1;
  }
}
