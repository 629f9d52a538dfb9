// The page's questions, answered natively and in WebAssembly.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <map>
#include <nlohmann/json.hpp>

#include "halflife/decay.h"
#include "kernels/rule.h"
#include "lab/ask.h"
#include "lab/questions.h"
#include "support/errors.h"
#include "support/program.h"

namespace halflife {
namespace {

using nlohmann::json;
using testing::ErrorOf;

using Numbers = std::map<std::string, std::vector<double>>;

struct Asked {
  std::string question;
  std::string options;
  std::string data = {};  // the path of a file
};

std::vector<double> FromHex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  std::vector<double> values(bytes.size() / sizeof(double));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

// The answer of this side, through the same functions as the page's.
Answer AskHere(const Asked& job) {
  const std::string data = job.data.empty() ? "" : testing::ReadFile(job.data);
  LabAsk(job.question.c_str(), job.options.c_str(), data.data(), data.size());
  Answer answer;
  std::istringstream names(LabNames());
  for (std::string kind, name; names >> kind >> name;) {
    if (kind == "text") {
      answer.texts[name] = LabText(name.c_str());
    } else {
      const double* const at = LabNumbers(name.c_str());
      answer.numbers[name].assign(at, at + LabCount(name.c_str()));
    }
  }
  return answer;
}

// The program of the fixture is node. Trained nets need vectors of four floats and no fused
// multiply-add to round alike; the rules themselves do so on every target.
class AskInWebAssembly : public testing::ProgramTest {
 protected:
  void TearDown() override { SetKernelTarget(""); }

  json AskThere(const std::vector<Asked>& jobs) const {
    json all = json::array();
    for (const Asked& job : jobs) {
      json one = {{"question", job.question}, {"options", job.options}};
      if (!job.data.empty()) one["data"] = job.data;
      all.push_back(one);
    }
    Write("jobs.json", all.dump());
    const testing::Ran ran =
        Run("'" HALFLIFE_SOURCE_DIR "/tests/web/ask.mjs' '" HALFLIFE_WASM "' jobs.json out.json");
    EXPECT_EQ(ran.code, 0) << ran.err;
    return json::parse(testing::ReadFile(Path("out.json")));
  }

  // Every number of every answer here and there, at most `tolerance` times the larger of 1 and its
  // size apart.
  void ExpectNear(const std::vector<Asked>& jobs, double tolerance) const {
    const json there = AskThere(jobs);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      SCOPED_TRACE(jobs[i].question + " " + jobs[i].options);
      ASSERT_FALSE(there[i].contains("error")) << there[i]["error"];
      const Answer here = AskHere(jobs[i]);
      ASSERT_EQ(there[i]["numbers"].size(), here.numbers.size());
      ASSERT_EQ(there[i]["texts"].size(), here.texts.size());
      for (const auto& [name, values] : here.numbers) {
        const std::vector<double> found = FromHex(there[i]["numbers"][name]);
        ASSERT_EQ(found.size(), values.size()) << name;
        for (std::size_t k = 0; k < values.size(); ++k) {
          if (found[k] == values[k] || (std::isnan(found[k]) && std::isnan(values[k]))) continue;
          ASSERT_NEAR(found[k], values[k], tolerance * std::max(1.0, std::abs(values[k])))
              << name << " " << k;
        }
      }
    }
  }
};

// An angle of 0 keeps sine and cosine, which C libraries may round apart, out of the loss; what is
// left is plus, minus and times, and the rules.
TEST_F(AskInWebAssembly, AThousandStepsOfEveryElementwiseRuleUnderEveryLawAreTheSameBitForBit) {
  std::vector<Asked> jobs;
  for (const Rule& rule : RuleList()) {
    if (rule.tensor != nullptr) continue;  // products of matrices add in the order of the target
    for (const DecayLawSpec& law : DecayLaws()) {
      bool refused = false;
      for (const RefusedLaw& no : rule.spec->refused) refused = refused || no.law == law.law;
      if (refused) continue;
      jobs.push_back({"paths", "rule=" + std::string(rule.spec->name) +
                                   " law_a=none law_b=" + std::string(law.name) +
                                   " angle=0 lr=0.01 decay=0.1 steps=1000"});
    }
  }
  EXPECT_GT(jobs.size(), 15U * 4U);
  ExpectNear(jobs, 0);
}

// Only losses go through the C library's functions, and single-precision noise hides what they
// differ by; see net_wasm_test.cc for the bound.
TEST_F(AskInWebAssembly, TheLessonsOfNetsAreTheSame) {
  const std::vector<std::string_view> targets = KernelTargets();
  if (std::find(targets.begin(), targets.end(), "SSE4") == targets.end())
    GTEST_SKIP() << "no native target has four floats and no fused multiply-add";
  SetKernelTarget("SSE4");
  ExpectNear({{"overfit", "epochs=300 decays=0:0,100:0.5,200:0.01"},
              {"overfit", "epochs=50 rule=sgd lr=0.05 law=coupled hidden=20 noise=0.1"},
              {"simple", "model=net decay=0.01"}},
             1e-12);
}

// Decompositions differ in rounding: a fit's error is about eps = 2^-52 times the squared condition
// number of its rows with decay, (s_max / decay) for decays above the least singular value. The
// standardised powers have s_max below their number, 12: 2^-52 * 12 / 1e-4 = 3e-11, times some 100
// operations.
TEST_F(AskInWebAssembly, TheLessonsOfPolynomialsAreTheSame) {
  ExpectNear({{"variance", "decay=0.01 degree=12 seed=3"},
              {"variance", "decay=1e-4 degree=5 points=50 x=-0.7"},
              {"simple", "decay=0.01 degree=8"},
              {"penalty", "decay=0.1 w=1.5"},
              {"half_life", "lr=0.01 decay=0.3 epochs=7"}},
             3e-9);
}

// Roots are bisected to neighbouring doubles of an angle; powers and sines differ by a unit in the
// last place, which moves a touch by that times the square root of the bowl's condition (at most
// 20) over the gradient's slope.
TEST_F(AskInWebAssembly, TheContoursAreTheSame) {
  std::vector<Asked> jobs;
  for (const char* p : {"0.5", "1", "1.5", "2", "3", "4"}) {
    for (const char* radius : {"0.5", "1.2"})
      jobs.push_back({"contours", std::string("p=") + p + " radius=" + radius + " angle=25"});
  }
  ExpectNear(jobs, 1e-9);
}

TEST_F(AskInWebAssembly, ASweepHasTheSameVerdict) {
  const std::string diabetes = HALFLIFE_SOURCE_DIR "/data/diabetes.csv";
  const std::vector<Asked> jobs = {
      {"practice", "decays=0,1e-5,1e-3,0.1,1", diabetes},
      {"practice", "decays=1e-3,0.01,0.1", HALFLIFE_SOURCE_DIR "/data/breast_cancer.csv"},
      {"columns", "", HALFLIFE_SOURCE_DIR "/data/credit.csv"}};
  const json there = AskThere(jobs);
  for (std::size_t i = 0; i < 2; ++i) {
    const json a = json::parse(AskHere(jobs[i]).texts["result"]);
    const json b = json::parse(there[i]["texts"]["result"].get<std::string>());
    EXPECT_EQ(a["verdict"]["label"], b["verdict"]["label"]);
    EXPECT_EQ(a["best"], b["best"]);
    EXPECT_EQ(a["one_se"], b["one_se"]);
    ASSERT_EQ(a["grid"].size(), b["grid"].size());
    for (std::size_t k = 0; k < a["grid"].size(); ++k) {
      const double loss = a["grid"][k]["validation"]["loss"];
      // Ridge as above with s_max about 4 and the least singular value about 0.01 (diabetes);
      // logistic ends within 1e-7 of each logit, whose square counts at the minimum and 1e-7 beside
      // it.
      EXPECT_NEAR(loss, b["grid"][k]["validation"]["loss"], 1e-7 * std::max(1.0, loss));
    }
  }
  EXPECT_EQ(AskHere(jobs[2]).texts["columns"], there[2]["texts"]["columns"].get<std::string>());
}

TEST_F(AskInWebAssembly, WhatFailsHereFailsThereWithTheSameMessage) {
  const std::string broken = Write("broken.csv", "a,b\n1,2\n3\n");
  const std::vector<Asked> jobs = {{"overfit", "rows=7"},
                                   {"overfit", "decays=5:1"},
                                   {"variance", "degree=0"},
                                   {"contours", "p=0.4"},
                                   {"paths", "rule=adamm"},
                                   {"practice", "", broken},
                                   {"columns", "", Write("empty.csv", "")},
                                   {"nothing", ""}};
  const json there = AskThere(jobs);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    SCOPED_TRACE(jobs[i].question + " " + jobs[i].options);
    ASSERT_TRUE(there[i].contains("error"));
    EXPECT_EQ(there[i]["error"], ErrorOf([&] { AskHere(jobs[i]); }));
  }
}

// The page puts labels where the marks are.
TEST_F(AskInWebAssembly, WhatFailsIsSaidInBothLanguagesWithItsOptionsMarked) {
  const json there = AskThere({{"variance", "degree=0"}, {"overfit", "decays=5:1"}});
  EXPECT_EQ(there[0]["error"], "degree \"0\": a number from 1 to 20");
  EXPECT_EQ(there[0]["english"],
            "\x01"
            "degree\x01 \"0\": a number from 1 to 20");
  EXPECT_EQ(there[0]["chinese"],
            "\x01"
            "degree\x01 \"0\"：应为 1 到 20 之间的数");
  EXPECT_EQ(there[1]["chinese"],
            "\x01"
            "decays\x01 \"5:1\"：轮数应为从 0 起递增的整数");
}

}  // namespace
}  // namespace halflife
