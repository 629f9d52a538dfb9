// Trains with a rule of one's own (signum_rule.cc) as with any other: its description, a decay law,
// a schedule and a state that resumes.
#include <halflife/describe.h>
#include <halflife/error.h>
#include <halflife/optimizer.h>

#include <cstdio>
#include <vector>

namespace own {
void AddSignum();
}

int main() {
  try {
    own::AddSignum();
    std::printf("%s", halflife::DescribeText("signum").c_str());

    std::vector<float> w(1000, 2), g(w.size());
    halflife::OptimizerOptions options;
    options.rule = "signum";
    options.options = {{"momentum", 0.5}};
    options.lr = 0.05;
    options.lr_schedule = halflife::Schedule::Cosine(100);
    options.law = halflife::DecayLaw::kCautious;
    options.decay = 0.1;
    halflife::Optimizer optimizer({{"w", {1000}, halflife::ParameterKind::kWeight, w}}, options);
    for (int step = 0; step < 50; ++step) {
      for (std::size_t i = 0; i < w.size(); ++i) g[i] = w[i] - 1;  // (w - 1)^2 / 2
      optimizer.Step(g);
    }
    optimizer.LoadBytes(optimizer.StateBytes(), "its own state");
    std::printf("%sw %.3f after %lld steps\n", optimizer.PlanText().c_str(), w[0],
                static_cast<long long>(optimizer.StepCount()));
  } catch (const halflife::Error& error) {
    return std::fprintf(stderr, "%s\n", error.what()), 1;
  }
}
