#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "data/dataset.h"
#include "halflife/table.h"
#include "support/program.h"
#include "support/tables.h"

namespace halflife {
namespace {

using Json = nlohmann::json;
using PredictProgram = testing::ProgramTest;
using testing::DataPath;
using testing::Ran;
using testing::ReadFile;

const std::vector<double>& Numbers(const Table& table, const std::string& name) {
  return table.columns.at(static_cast<std::size_t>(table.Find(name))).numbers;
}

struct Shipped {
  const char* name;
  const char* target;
  const char* flags;
};

class PredictOnTraining : public testing::ProgramTest,
                          public ::testing::WithParamInterface<Shipped> {};

// The loss of the printed predictions, row by row from the file, is the loss the model was fitted
// to. Summing n losses of one sign errs by at most n roundings, here far below 1e-12 relative.
TEST_P(PredictOnTraining, ReproducesTheModelsOwnFit) {
  const Shipped& shipped = GetParam();
  const std::string data = DataPath(shipped.name);
  ASSERT_EQ(
      Run("tune " + data + " --decay 0.1 --quiet --target " + shipped.target + " " + shipped.flags)
          .code,
      0);
  ASSERT_EQ(Run("predict halflife-out/model.json " + data + " --out p.csv").code, 0);
  const Json model = Json::parse(ReadFile(Path("halflife-out/model.json")));
  const Table predicted = ReadCsv(Path("p.csv"));
  const Table table = ReadCsv(data);
  DataOptions options{.target = shipped.target, .log_target = model["log_target"].get<bool>()};
  const Target target =
      ReadTarget(table.columns[static_cast<std::size_t>(table.Find(shipped.target))], Task::kAuto,
                 options.log_target);
  ASSERT_EQ(predicted.rows, target.rows());
  double loss = 0.0;
  for (std::size_t i = 0; i < target.rows(); ++i) {
    if (target.task == Task::kRegression) {
      const double fitted =
          Numbers(predicted, options.log_target ? "log_prediction" : "prediction")[i];
      const double off = fitted - target.numbers(static_cast<Eigen::Index>(i));
      loss += 0.5 * off * off;
    } else {
      loss -= std::log(Numbers(
          predicted,
          "probability=" + target.class_names[static_cast<std::size_t>(target.classes[i])])[i]);
    }
  }
  loss /= static_cast<double>(target.rows());
  EXPECT_NEAR(loss, model["loss"].get<double>(), 1e-12 * loss);
}

INSTANTIATE_TEST_SUITE_P(ShippedData, PredictOnTraining,
                         ::testing::Values(Shipped{"ames", "Sale_Price", "--log-target"},
                                           Shipped{"diabetes", "progression", ""},
                                           Shipped{"meats", "protein", "--ignore water,fat"},
                                           Shipped{"breast_cancer", "diagnosis", ""},
                                           Shipped{"credit", "Status", ""},
                                           Shipped{"digits", "digit", ""},
                                           Shipped{"pd_speech", "class", ""},
                                           Shipped{"wa_churn", "churn", ""}),
                         [](const auto& info) { return std::string(info.param.name); });

const char* kTable =
    "id,size,colour,y\n"
    "01,1,red,1.5\n02,2,blue,2.25\n01,3,red,3.5\n02,4,blue,4.5\n01,5,red,5.25\n02,6,blue,6.5\n"
    "01,7,red,7.5\n1x,8,blue,8.75\n01,9,red,9.5\n1x,10,blue,10.5\n01,,red,6\n02,12,blue,12.5\n";

class PredictNewRows : public testing::ProgramTest {
 protected:
  void SetUp() override {
    Write("t.csv", kTable);
    ASSERT_EQ(Run("tune t.csv --target y --decay 0.01 --folds 3 --quiet").code, 0);
  }
  Ran Predict(const std::string& csv) {
    Write("new.csv", csv);
    return Run("predict halflife-out/model.json new.csv");
  }
};

TEST_F(PredictNewRows, OneRowIsEnough) {
  const Ran ran = Predict("id,size,colour\n01,3,red\n");
  EXPECT_EQ(ran.code, 0) << ran.err;
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out.substr(0, 11), "prediction\n");
}

TEST_F(PredictNewRows, ALevelKeepsItsLeadingZero) {
  const Ran zero = Predict("id,size,colour\n01,3,red\n");
  const Ran none = Predict("id,size,colour\n1,3,red\n");
  EXPECT_NE(zero.out, none.out);
  EXPECT_EQ(
      none.err,
      "note: column \"id\": 1 unknown level such as \"1\", taken as none of the known ones\n");
}

TEST_F(PredictNewRows, AnUnknownLevelAMissingCellAndAnExtraColumnAreHandledAndNamed) {
  const Ran ran = Predict("id,size,colour,more\n01,,green,7\n");
  EXPECT_EQ(ran.code, 0);
  EXPECT_EQ(ran.err,
            "note: column \"colour\": 1 unknown level such as \"green\", taken as none of the "
            "known ones\n"
            "note: 1 column not used by the model: \"more\"\n");
}

TEST_F(PredictNewRows, AMissingColumnIsRefusedInOneLine) {
  const Ran ran = Predict("id,colour\n01,red\n");
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.err, "halflife: new.csv: column \"size\" is missing and the model needs it\n");
}

TEST_F(PredictNewRows, TextAmongNumbersIsRefusedInOneLine) {
  const Ran ran = Predict("id,size,colour\n01,big,red\n");
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.err,
            "halflife: new.csv: column \"size\" held numbers when the model was fitted, but here "
            "row 1 holds \"big\"; "
            "correct the cell or leave it empty\n");
}

TEST_F(PredictProgram, ClassesComeWithTheirProbabilities) {
  ASSERT_EQ(
      Run("tune " + DataPath("breast_cancer") + " --target diagnosis --decay 0.01 --quiet").code,
      0);
  ASSERT_EQ(
      Run("predict halflife-out/model.json " + DataPath("breast_cancer") + " --out p.csv").code, 0);
  const Table predicted = ReadCsv(Path("p.csv"));
  EXPECT_EQ(predicted.names(),
            (std::vector<std::string>{"class", "probability=benign", "probability=malignant"}));
  const Column& classes = predicted.columns[0];
  for (std::size_t i = 0; i < predicted.rows; ++i) {
    const double benign = predicted.columns[1].numbers[i];
    const double malignant = predicted.columns[2].numbers[i];
    EXPECT_NEAR(benign + malignant, 1.0, 1e-15);
    EXPECT_EQ(classes.levels[static_cast<std::size_t>(classes.codes[i])],
              benign >= malignant ? "benign" : "malignant");
  }
}

TEST_F(PredictProgram, AModelThatIsNoneIsRefused) {
  Write("m.json", "{}");
  const Ran ran = Run("predict m.json " + DataPath("diabetes"));
  EXPECT_EQ(ran.code, 1);
  EXPECT_EQ(ran.err,
            "halflife: m.json: model: \"format\" is missing; use the model.json that `halflife "
            "tune` wrote\n");
}

}  // namespace
}  // namespace halflife
