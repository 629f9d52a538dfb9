// A result.json that is broken, cut, changed by hand or another program's: an Error of one line
// that says where, or a result that can be shown; never anything else.
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "base/random.h"
#include "halflife/error.h"
#include "halflife/report.h"
#include "report/sample_result.h"

namespace halflife {
namespace {

using Json = nlohmann::ordered_json;
using Pointer = Json::json_pointer;

// What the error says; "" where the text is read.
std::string ErrorOf(const std::string& text) {
  try {
    ResultFromJson(text, "r.json");
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

// The sample with one value changed.
std::string Changed(const TuneResult& sample, const std::string& at, const Json& value) {
  Json json = Json::parse(ResultJson(sample));
  json[Pointer(at)] = value;
  return json.dump();
}

std::string Without(const TuneResult& sample, const std::string& object, const std::string& key) {
  Json json = Json::parse(ResultJson(sample));
  json[Pointer(object)].erase(key);
  return json.dump();
}

TuneResult ShortSample() {
  TuneResult result = FlatSample({0.0, 0.1}, 0.5);
  result.data.column_list = {{.name = "when",
                              .kind = ColumnSummary::Kind::kDate,
                              .min = 1.0,
                              .max = 2.0,
                              .findings = {{Finding::Kind::kDate, "x", 0.0, 0}}}};
  return result;
}

TuneResult ShortNet() {
  TuneResult result = NetSample();
  for (GridPoint& point : result.grid) {
    for (TrainingCurve& curve : point.trained->curves) curve.epochs.resize(2);
  }
  result.grid.resize(3);
  result.training->optimizer.lr_schedule = Schedule::WarmUp(2).Then(2, Schedule::Table({1, 0.5}));
  result.training->optimizer.groups = {{{.rule = "sgd"}, {.name = "all of it"}}};
  return result;
}

TEST(BrokenResult, AnotherProgramsFile) {
  const std::string tune = "use the result.json that `halflife tune` wrote";
  EXPECT_EQ(ErrorOf("{}"), "r.json: this program reads \"halflife.result/1\"; " + tune);
  EXPECT_EQ(ErrorOf("[1]"), ErrorOf("{}"));
  EXPECT_EQ(ErrorOf("{\"schema\": 1}"), ErrorOf("{}"));
  EXPECT_EQ(
      ErrorOf("{\"schema\": \"halflife.result/2\"}"),
      "r.json: the schema is \"halflife.result/2\"; this program reads \"halflife.result/1\"; " +
          tune);
  EXPECT_EQ(ErrorOf("{\"schema\": "), "r.json: not JSON (byte 12); " + tune);
  EXPECT_EQ(ErrorOf(""), "r.json: not JSON (byte 1); " + tune);
  EXPECT_EQ(ErrorOf("{\"a\": 1e999}"), "r.json: holds a number out of range; " + tune);
  EXPECT_EQ(ErrorOf(std::string(100000, '[')),
            "r.json: more lists and objects, or deeper ones, than a result has; " + tune);
  EXPECT_EQ(ErrorOf("[\"" + std::string(30, '[') + "\\\"\"]"), ErrorOf("{}"));  // these are text
  EXPECT_EQ(ErrorOf(std::string((1U << 26) + 1, ' ')),
            "r.json: above 67108864 bytes, more than a result has; " + tune);
}

TEST(BrokenResult, KeysThatAreMissing) {
  const std::string lacks =
      " is missing, as where an earlier version wrote the file; tune again, which writes it";
  EXPECT_EQ(ErrorOf(Without(ShortSample(), "/grid/1/train", "se")),
            "r.json: \"grid[1].train.se\"" + lacks);
  EXPECT_EQ(ErrorOf(Without(ShortNet(), "/model", "optimizer_options")),
            "r.json: \"model.optimizer_options\"" + lacks);
  EXPECT_EQ(ErrorOf(Without(ShortNet(), "/grid/2", "trained")),
            "r.json: \"grid[2].trained\"" + lacks);
  EXPECT_EQ(ErrorOf(Without(ShortNet(), "/grid/2/trained/curves/0", "penalty")),
            "r.json: \"grid[2].trained.curves[0].penalty\"" + lacks);
}

// What an earlier version did not write and no word of the page needs.
TEST(BrokenResult, KeysThatMayBeMissing) {
  const TuneResult sample = RegressionSample();
  EXPECT_EQ(ErrorOf(Without(sample, "/model", "undecayed_weights")), "");
  EXPECT_EQ(ErrorOf(Without(sample, "/grid/3", "log_evidence")), "");
  EXPECT_EQ(ErrorOf(Without(sample, "", "notes")), "");
  EXPECT_EQ(ErrorOf(Without(sample, "", "convention")), "");
}

TEST(BrokenResult, ValuesOfAnotherType) {
  const std::string use = "; use the result.json that `halflife tune` wrote, as it was written";
  const auto error = [&](const std::string& at, const Json& value) {
    return ErrorOf(Changed(ShortSample(), at, value));
  };
  EXPECT_EQ(error("/grid", 1), "r.json: \"grid\" must be a list" + use);
  EXPECT_EQ(error("/grid/0", 1), "r.json: \"grid[0]\" must be an object" + use);
  EXPECT_EQ(error("/grid/0/decay", "0"), "r.json: \"grid[0].decay\" must be a finite number" + use);
  EXPECT_EQ(error("/folds", -1), "r.json: \"folds\" is out of range" + use);
  EXPECT_EQ(error("/folds", 2.5), "r.json: \"folds\" is out of range" + use);
  EXPECT_EQ(error("/folds", 3'000'000'000), "r.json: \"folds\" is out of range" + use);
  EXPECT_EQ(ErrorOf(Changed(ShortNet(), "/sweep/epochs_saved", 2'000'000'000'000'000)),
            "r.json: \"sweep.epochs_saved\" is out of range" + use);
  EXPECT_EQ(error("/data/target", 1), "r.json: \"data.target\" must be text" + use);
  EXPECT_EQ(error("/data/classes", "a"), "r.json: \"data.classes\" must be a list of texts" + use);
  EXPECT_EQ(error("/interrupted", 0), "r.json: \"interrupted\" must be true or false" + use);
  EXPECT_EQ(
      error("/verdict/label", "maybe"),
      "r.json: \"verdict.label\" is \"maybe\", not one of helps, no detectable effect, hurts, no "
      "signal" +
          use);
  EXPECT_EQ(error("/verdict/label", nullptr), "r.json: \"verdict.label\" must be text" + use);
  EXPECT_EQ(error("/verdict/ci95", {1, 2, 3}),
            "r.json: \"verdict.ci95\" must be a list of two numbers" + use);
  EXPECT_EQ(error("/paths/0/weights", {1, "2"}),
            "r.json: \"paths[0].weights[1]\" must be a finite number" + use);
}

TEST(BrokenResult, FieldsThatDoNotFitEachOther) {
  const auto starts = [](const std::string& text, const std::string& begin) {
    EXPECT_EQ(ErrorOf(text).rfind("r.json: " + begin + ";", 0), 0U) << ErrorOf(text);
  };
  const TuneResult table = ShortSample();
  const TuneResult net = ShortNet();
  starts(Changed(table, "/best/index", 2), "\"best.index\" is no place in \"grid\"");
  starts(Changed(table, "/one_se/index", 7), "\"one_se.index\" is no place in \"grid\"");
  starts(Changed(table, "/grid", Json::array()), "\"grid\" is out of range");
  starts(Changed(table, "/grid/0/decay", 0.2),
         "\"grid[1].decay\" must be a number from 0 up, and not below the one before it");
  starts(Changed(table, "/grid/0/decay", nullptr),
         "\"grid[0].decay\" must be a number from 0 up, and not below the one before it");
  starts(Changed(table, "/grid/1/nonzero", 5), "\"grid[1].nonzero\" is out of range");
  starts(Changed(table, "/data/column_list/0/min", nullptr),
         "\"data.column_list[0].min\" needs \"data.column_list[0].max\" beside it");
  starts(Changed(table, "/data/column_list/0/max", 1e300),
         "\"data.column_list[0].max\" is out of range");
  starts(Changed(table, "/seeds", 2'000'000'000), "\"folds\" is out of range");
  starts(Changed(table, "/model/l1_ratio", -1), "\"model.l1_ratio\" is out of range");
  starts(Changed(table, "/findings", {{{"kind", "diverged"}, {"decays", {1}}}}),
         "\"findings[0].decays\" must hold as many decays, and \"lrs\" beside it as many rates, as "
         "such a finding tells of");
  starts(Changed(net, "/grid/0/trained/curves/0/penalty", {1}),
         "\"grid[0].trained.curves[0].penalty\" and \"grid[0].trained.curves[0].train_loss\" are "
         "lists of unequal length");
  starts(Changed(net, "/grid/2/trained/curves/1/layer_norms/1", {1}),
         "\"grid[2].trained.curves[1].layer_norms\" must hold as many layers in every epoch as all "
         "others do");
  starts(Changed(net, "/parameters/1/group", 1), "\"parameters[1].group\" is out of range");
  starts(Changed(net, "/grid/2/half_life_epochs", nullptr),
         "\"grid[2].trained.half_life_steps\" needs \"grid[2].half_life_epochs\" beside it");
}

// The rule of one's own is in the program that tuned with it alone.
TEST(BrokenResult, OptimizersThatThisProgramDoesNotHave) {
  const TuneResult net = ShortNet();
  const std::string rule = ErrorOf(Changed(net, "/model/optimizer_options/rule", "adamww"));
  EXPECT_EQ(rule.rfind("r.json: \"model.optimizer_options\": ", 0), 0U) << rule;
  EXPECT_NE(rule.find("adamww"), std::string::npos) << rule;
  EXPECT_NE(rule.find("with the program that wrote it"), std::string::npos) << rule;
  const std::string at = "/model/optimizer_options/lr_schedule/";
  for (const auto& [where, value] :
       std::vector<std::pair<std::string, Json>>{{"1/start", 0},
                                                 {"0/start", 1},
                                                 {"0/length", 0},
                                                 {"0/from", -1},
                                                 {"1/table", {nullptr}}}) {
    const std::string error = ErrorOf(Changed(net, at + where, value));
    EXPECT_EQ(error.rfind("r.json: \"model.optimizer_options.lr_schedule\": ", 0), 0U)
        << where << ": " << error;
  }
}

// Either a result that is shown and written as it was read, or one line.
void ExpectAnErrorOrAResult(const std::string& text, const std::string& what) {
  try {
    const TuneResult result = ResultFromJson(text, "r.json");
    const std::string json = ResultJson(result);
    const TuneResult again = ResultFromJson(json, "r.json");
    EXPECT_EQ(ResultJson(again), json) << what;
    EXPECT_EQ(ReportHtml(again), ReportHtml(result)) << what;
  } catch (const Error& error) {
    const std::string line = error.what();
    EXPECT_EQ(line.rfind("r.json: ", 0), 0U) << what << ": " << line;
    EXPECT_EQ(line.find('\n'), std::string::npos) << what << ": " << line;
  }
}

TEST(BrokenResult, CutAtEveryByte) {
  for (const TuneResult& sample : {ShortSample(), ShortNet()}) {
    const std::string text = Json::parse(ResultJson(sample)).dump();
    for (std::size_t length = 0; length < text.size(); ++length)
      EXPECT_NE(ErrorOf(text.substr(0, length)), "") << length;
    EXPECT_EQ(ErrorOf(text), "");
  }
}

TEST(BrokenResult, EveryValueMissingOrAnother) {
  const std::vector<Json> others = {
      nullptr, true, -1, 1, 3e9, 1e300, "x", Json::array({0.5}), Json::array(), Json::object()};
  for (const TuneResult& sample : {ShortSample(), ShortNet()}) {
    const Json json = Json::parse(ResultJson(sample));
    std::vector<std::string> places;
    const std::function<void(const Json&, const std::string&)> collect =
        [&](const Json& value, const std::string& at) {
          for (const auto& item : value.items()) {
            const std::string place = at + "/" + item.key();
            places.push_back(place);
            if (item.value().is_structured()) collect(item.value(), place);
          }
        };
    collect(json, "");
    EXPECT_GT(places.size(), 100U);
    for (const std::string& place : places) {
      Json changed = json;
      const Pointer at(place);
      Json& parent = changed[at.parent_pointer()];
      if (parent.is_object()) parent.erase(at.back());
      if (parent.is_array()) parent.erase(std::stoul(at.back()));
      ExpectAnErrorOrAResult(changed.dump(), "without " + place);
      for (const Json& other : others) {
        changed = json;
        changed[at] = other;
        ExpectAnErrorOrAResult(changed.dump(), place + " is " + other.dump());
      }
    }
  }
}

TEST(BrokenResult, BytesChangedByChance) {
  Random random(7);
  for (const TuneResult& sample : {ShortSample(), ShortNet()}) {
    const std::string text = Json::parse(ResultJson(sample)).dump();
    for (int i = 0; i < 1500; ++i) {
      std::string changed = text;
      const std::size_t at = random.Below(text.size());
      const std::size_t from = random.Below(text.size());
      const std::size_t length = random.Below(20);
      if (i % 3 == 0) changed[at] = "0123456789.-eE,:[]{}\"\\ax\xff"[random.Below(24)];
      if (i % 3 == 1) changed.replace(at, length, text.substr(from, length));
      if (i % 3 == 2) changed.erase(at, length);
      ExpectAnErrorOrAResult(changed, changed);
    }
  }
}

// Many keys, many objects, a long grid and long names are read, or refused, in no time: in the
// square of it this would take minutes.
TEST(BrokenResult, LargeFiles) {
  std::string keys = "{\"schema\":\"halflife.result/1\"";
  for (int i = 0; i < 300000; ++i) keys += ",\"k" + std::to_string(i) + "\":0";
  EXPECT_NE(ErrorOf(keys + "}"), "");
  std::string objects = "{\"schema\":\"halflife.result/1\",\"data\":[{}";
  for (int i = 0; i < 2000000; ++i) objects += ",{}";
  EXPECT_EQ(ErrorOf(objects + "]}"), ErrorOf(std::string(100, '[')));
  TuneResult many = ShortSample();
  many.grid.resize(100001, many.grid.back());
  EXPECT_NE(ErrorOf(ResultJson(many)).find("\"grid\" is out of range"), std::string::npos);
  TuneResult longest = ShortSample();
  longest.paths.assign(12, {std::string(10000, 'n'), {0.1, 0.2}});
  for (std::size_t i = 0; i < longest.paths.size(); ++i)
    longest.paths[i].name[5000] = static_cast<char>('a' + i);
  ExpectAnErrorOrAResult(ResultJson(longest), "long names");
}

}  // namespace
}  // namespace halflife
