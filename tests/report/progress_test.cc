#include "report/progress.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "report/plain_text.h"

namespace halflife {
namespace {

struct Words {
  std::string what = "fitting";
  std::string unit = "fits";
  Language language = Language::kEnglish;
};

const Words kChineseWords = {"训练", "轮", Language::kChinese};

// A progress whose clock is a number and whose output is kept.
struct Recorder {
  explicit Recorder(Progress::Mode mode, int width = 60, const Words& words = {})
      : progress({.mode = mode,
                  .what = words.what,
                  .unit = words.unit,
                  .language = words.language,
                  .width = width,
                  .seconds = [this] { return now; },
                  .write = [this](std::string_view text) { output += text; }}) {}

  double now = 100.0;
  std::string output;
  Progress progress;
};

TEST(Progress, IsSilentWhenQuiet) {
  Recorder recorder(Progress::Mode::kQuiet);
  recorder.progress.Update(1, 2);
  recorder.progress.Finish();
  EXPECT_EQ(recorder.output, "");
}

TEST(Progress, PrintsALineAtEachQuarterWhenPlain) {
  Recorder recorder(Progress::Mode::kPlain);
  for (int done = 0; done <= 80; ++done) recorder.progress.Update(done, 80);
  recorder.now = 103.5;
  recorder.progress.Finish();
  EXPECT_EQ(recorder.output,
            "fitting: 25 % (20 of 80 fits)\nfitting: 50 % (40 of 80 fits)\nfitting: 75 % (60 of 80 "
            "fits)\n"
            "fitting: 100 % (80 fits) in 4 s\n");
}

TEST(Progress, SaysOneMarkWhereAStepPassesSeveralAndNoneTwiceWhenTheTotalGrows) {
  Recorder recorder(Progress::Mode::kPlain);
  recorder.progress.Update(60, 80);
  recorder.progress.Update(60, 200);
  recorder.progress.Update(150, 200);
  EXPECT_EQ(recorder.output, "fitting: 75 % (60 of 80 fits)\n");
}

TEST(Progress, RewritesOneLineOnATerminalAndClearsIt) {
  Recorder recorder(Progress::Mode::kTerminal);
  recorder.progress.Update(0, 4);
  recorder.now = 110.0;
  recorder.progress.Update(1, 4);
  EXPECT_EQ(recorder.output, "\rfitting [" + std::string(40, '.') + "]   0 %\x1b[K\rfitting [" +
                                 std::string(8, '#') + std::string(24, '.') +
                                 "]  25 %  30 s left\x1b[K");
  recorder.output.clear();
  recorder.progress.Finish();
  EXPECT_EQ(recorder.output, "\r\x1b[K");
  recorder.progress.Finish();
  recorder.progress.Update(4, 4);
  EXPECT_EQ(recorder.output, "\r\x1b[K");
}

TEST(Progress, DoesNotRedrawMoreThanTenTimesASecond) {
  Recorder recorder(Progress::Mode::kTerminal);
  recorder.progress.Update(1, 1000);
  const std::size_t once = recorder.output.size();
  EXPECT_GT(once, 0U);
  recorder.now += 0.05;
  recorder.progress.Update(2, 1000);
  EXPECT_EQ(recorder.output.size(), once);
  recorder.now += 0.06;
  recorder.progress.Update(3, 1000);
  EXPECT_GT(recorder.output.size(), once);
}

TEST(Progress, NeverReachesTheLastColumn) {
  for (const int width : {0, 1, 10, 20, 40, 200}) {
    Recorder recorder(Progress::Mode::kTerminal, width);
    recorder.now += 5.0;
    recorder.progress.Update(1, 3);
    // Without the carriage return and the three bytes that clear the rest of the line.
    EXPECT_LE(static_cast<int>(recorder.output.size()) - 4, std::max(1, width - 1)) << width;
    EXPECT_EQ(recorder.output.find('\n'), std::string::npos);
  }
}

TEST(Progress, TakesNothingToDoAndNothingDone) {
  Recorder recorder(Progress::Mode::kPlain);
  recorder.progress.Update(0, 0);
  recorder.progress.Finish();
  EXPECT_EQ(recorder.output, "");
}

TEST(Progress, SpeaksChinese) {
  Recorder plain(Progress::Mode::kPlain, 60, kChineseWords);
  plain.progress.Update(20, 80, "目前领先：衰减 0.1");
  plain.now = 225.0;
  plain.progress.Finish();
  EXPECT_EQ(plain.output,
            "训练：25 %（20 / 80 轮）；目前领先：衰减 0.1\n训练：100 %（20 轮），用时 2 分 5 秒\n");
}

TEST(Progress, KeepsAChineseBarWithinTheTerminalInWholeCharacters) {
  for (int width = 3; width <= 90; ++width) {
    Recorder bar(Progress::Mode::kTerminal, width, kChineseWords);
    bar.now += 5.0;
    bar.progress.Update(1, 4, "目前领先：衰减 0.1，损失 0.25");
    const std::string line = bar.output.substr(1, bar.output.size() - 4);
    EXPECT_EQ(ReplaceInvalidUtf8(line), line);
    EXPECT_LE(DisplayWidth(line), width - 1) << line;
    EXPECT_EQ(bar.output.find("剩余 15 秒") != std::string::npos, width >= 23) << width << line;
  }
}

TEST(Duration, ReadsAsPeopleSayItInChinese) {
  EXPECT_EQ(Duration(59.0, Language::kChinese), "59 秒");
  EXPECT_EQ(Duration(125.0, Language::kChinese), "2 分 5 秒");
  EXPECT_EQ(Duration(4200.0, Language::kChinese), "1 小时 10 分");
}

TEST(Duration, ReadsAsPeopleSayIt) {
  EXPECT_EQ(Duration(0.2), "1 s");
  EXPECT_EQ(Duration(59.0), "59 s");
  EXPECT_EQ(Duration(60.0), "1 min 0 s");
  EXPECT_EQ(Duration(3599.0), "59 min 59 s");
  EXPECT_EQ(Duration(3600.0), "1 h 0 min");
  EXPECT_EQ(Duration(125.0), "2 min 5 s");
  EXPECT_EQ(Duration(4200.0), "1 h 10 min");
  EXPECT_EQ(Duration(-1.0), "0 s");
}

}  // namespace
}  // namespace halflife
