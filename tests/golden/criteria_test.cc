// Leave-one-out and the evidence against scikit-learn's RidgeCV and BayesianRidge.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "data/dataset.h"
#include "model/model.h"
#include "support/tables.h"

namespace halflife {
namespace {

using Json = nlohmann::json;

Dataset CriteriaDataset(const Json& entry) {
  DataOptions options;
  options.target = entry["target"];
  options.log_target = entry["log_target"];
  options.ignore = entry["ignore"].get<std::vector<std::string>>();
  options.fold_column = "fold";
  return PrepareDataset(testing::WithGoldenFolds(entry["dataset"]), options);
}

TEST(GoldenCriteria, LeaveOneOutAndEvidenceEqualScikitLearns) {
  const Json golden = Json::parse(std::ifstream(testing::GoldenPath("criteria")));
  ASSERT_EQ(golden["entries"].size(), 3U);
  for (const Json& entry : golden["entries"]) {
    SCOPED_TRACE(entry["dataset"].get<std::string>());
    const Dataset data = CriteriaDataset(entry);
    std::vector<double> decays = entry["decays"];
    const std::size_t count = decays.size();
    const double largest = entry["decay_of_largest_evidence"];
    for (const double factor : {1.0, 0.98, 1.02}) decays.push_back(factor * largest);
    const auto model = MakeLinear({&data, 1, {}, {}});
    model->ScoreFolds(decays);
    const std::vector<Fit> fits = model->FitAll(decays);
    for (std::size_t d = 0; d < count; ++d) {
      // meats: singular values span 1e4, whose squares scikit-learn's Gram matrix has too.
      const double wanted = entry["loo"][d];
      EXPECT_NEAR(fits[d].loo.value(), wanted, 1e-8 * wanted) << "decay " << decays[d];
    }
    // Sums of some thousand logarithms; at its largest the evidence is flat in what is left of
    // theirs to converge.
    const double evidence = entry["log_evidence"];
    EXPECT_NEAR(fits[count].log_evidence.value(), evidence, 1e-7 * std::abs(evidence));
    EXPECT_GT(*fits[count].log_evidence, *fits[count + 1].log_evidence);
    EXPECT_GT(*fits[count].log_evidence, *fits[count + 2].log_evidence);
    // Their resting point: lambda = gamma / ||w||^2, alpha = (n - gamma) / RSS. They end with steps
    // of 1e-6 in the weights, of which a slow approach may leave some ten times as much.
    const double dof = fits[count].effective_dof.value();
    const double rows = data.weights.sum();
    const double lambda = entry["lambda"];
    const double alpha = entry["alpha"];
    EXPECT_NEAR(dof / fits[count].weights.squaredNorm() / lambda, 1.0, 1e-6);
    EXPECT_NEAR((rows - dof) / (2.0 * rows * fits[count].loss) / alpha, 1.0, 1e-6);
  }
}

}  // namespace
}  // namespace halflife
