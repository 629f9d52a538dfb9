// Sixteen decays of one net, trained by the library and by its peers in turns: seconds an epoch and
// decay. Peers wait without using a processor while another one runs.
//   net_bench [fashion] [digits] [alone]     (no argument: fashion and digits; alone: no peers)
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <set>
#include <string>

#include "base/parallel.h"
#include "net/net_trainer.h"
#include "net_data.h"
#include "net_peer.h"
#include "paired.h"

namespace halflife::bench {
namespace {

constexpr int kDecays = 16;

struct Case {
  std::string name;
  int hidden;
  int epochs;        // of a timed run
  int check_epochs;  // of the comparison before
  int rounds;
};

// What one competitor reports of a run: seconds an epoch and decay.
using Run = std::function<double()>;

struct Named {
  std::string name;
  Run run;
};

double SecondsOf(const std::function<void()>& body) {
  const auto begin = std::chrono::steady_clock::now();
  body();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

struct Ours {
  double seconds = 0;   // an epoch and decay
  double accuracy = 0;  // percent, of the run with the first decay
  double train_loss = 0;
};

Ours TrainOurs(NetTrainer* trainer, std::span<const double> decays, int epochs,
               std::uint64_t seed) {
  std::vector<const TrainingRun*> runs;
  for (const double decay : decays) runs.push_back(trainer->Start({decay, 1e-3, seed}));
  Ours ours;
  ours.seconds = SecondsOf([&] { trainer->TrainTo(epochs, runs, 0, {}); }) /
                 (epochs * static_cast<double>(decays.size()));
  ours.accuracy = 100 * runs.front()->curve().back().validation_score;
  ours.train_loss = runs.front()->curve().back().train_loss;
  return ours;
}

std::vector<double> Grid() {
  std::vector<double> decays = {0};
  for (int i = 1; i < kDecays; ++i)
    decays.push_back(std::pow(10.0, -5.0 + 5.0 * (i - 1) / (kDecays - 2)));
  return decays;
}

// Peers and we have to learn as well as each other: the mean held-out accuracy over four seeds
// after the same epochs. One such mean has a standard error of about 0.3 points here (the seeds'
// spread is about 0.6), so 2 points are beyond chance. scikit-learn's decay is the L2 penalty, not
// decoupled, so with it we compare at none.
void CheckPeer(const std::string& name, Peer& peer, NetTrainer* trainer, int epochs, double decay) {
  double theirs = 0;
  double ours = 0;
  std::string list;
  for (int seed = 1; seed <= 4; ++seed) {
    peer.Ask(epochs, decay, seed);
    const PeerAnswer answer = peer.Answer();
    theirs += answer.accuracy / 4;
    const Ours mine = TrainOurs(trainer, {&decay, 1}, epochs, static_cast<std::uint64_t>(seed));
    ours += mine.accuracy / 4;
    list += fmt::format(" {:.2f}/{:.2f}", mine.accuracy, answer.accuracy);
  }
  fmt::print("  accuracy after {} epochs, ours/{}, seeds 1 to 4:{}; means {:.2f}/{:.2f} %\n",
             epochs, name, list, ours, theirs);
  if (std::abs(ours - theirs) < 2) return;
  fmt::print(stderr, "net_bench: the accuracies do not agree; times would mean nothing\n");
  std::exit(1);
}

void Compare(const std::vector<Named>& competitors, int rounds) {
  std::vector<std::vector<double>> seconds(competitors.size());
  for (int round = -1; round < rounds; ++round) {
    for (std::size_t turn = 0; turn < competitors.size(); ++turn) {
      const std::size_t i = (turn + static_cast<std::size_t>(round + 1)) % competitors.size();
      const double time = competitors[i].run();
      if (round >= 0) seconds[i].push_back(time);  // the first round warms
    }
  }
  for (std::size_t i = 0; i < competitors.size(); ++i) {
    fmt::print("  {:<36} {:9.5f} s an epoch and decay", competitors[i].name, Median(seconds[i]));
    if (i > 0) {
      const std::vector<double> ratios = Ratios(seconds[i], seconds[0]);
      fmt::print("; {:.2f} +- {:.2f} times ours", Median(ratios), Spread(ratios));
    }
    fmt::print("\n");
  }
}

void RunCase(const Case& which, const TrainAndTest& data, const std::string& folder, bool alone) {
  fmt::print("{}: {}-{}-10, {} rows, batch 128, AdamW, {} decays, {} threads\n", which.name,
             data.train.width, which.hidden, data.train.classes.size(), kDecays,
             AvailableThreads());
  NetOptions net;
  net.hidden = {which.hidden};
  TrainingOptions training;
  training.epochs = 100;
  NetTrainer trainer({data.train.view(), data.test.view(), {}, 10}, net, training);
  const std::vector<double> grid = Grid();
  std::vector<Named> competitors = {
      {"halflife", [&] { return TrainOurs(&trainer, grid, which.epochs, 1).seconds; }}};
  std::vector<std::unique_ptr<Peer>> peers;
  if (!alone) {
    WriteFor(data, folder);
    for (const auto& [peer, threads] :
         {std::pair{"torch", 1}, {"torch", 1}, {"torch-default", 0}, {"sklearn", 0}})
      peers.push_back(std::make_unique<Peer>(peer, threads, folder, which.hidden));
    CheckPeer("PyTorch", *peers[0], &trainer, which.check_epochs, 0.01);
    CheckPeer("PyTorch as shipped", *peers[2], &trainer, which.check_epochs, 0.01);
    CheckPeer("scikit-learn", *peers[3], &trainer, which.check_epochs, 0);
    const auto both = [&] {
      for (int i : {0, 1}) peers[static_cast<std::size_t>(i)]->Ask(which.epochs, 0.01, 1);
      const double first = peers[0]->Answer().seconds;
      return std::max(first, peers[1]->Answer().seconds) / (2 * which.epochs);
    };
    const auto one = [&](std::size_t i) {
      peers[i]->Ask(which.epochs, 0.01, 1);
      return peers[i]->Answer().seconds / which.epochs;
    };
    competitors.push_back({"PyTorch, two one-thread processes", both});
    competitors.push_back({"PyTorch as shipped", [one] { return one(2); }});
    competitors.push_back({"scikit-learn MLPClassifier", [one] { return one(3); }});
  }
  Compare(competitors, which.rounds);
}

void PrintMemory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("  peak memory of this process {:.0f} MB\n",
             static_cast<double>(usage.ru_maxrss) / 1024);
}

int Main(const std::set<std::string>& asked) {
  std::setvbuf(stdout, nullptr, _IOLBF, 0);
  const bool alone = asked.count("alone") > 0;
  const bool all = asked.size() == (alone ? 1 : 0);
  char folder[] = "/tmp/net_bench.XXXXXX";
  if (mkdtemp(folder) == nullptr) return 1;
  if (all || asked.count("fashion") > 0) {
    RunCase({"Fashion-MNIST", 128, 1, 3, 7}, FashionMnist(), folder, alone);
    PrintMemory();
  }
  if (all || asked.count("digits") > 0) RunCase({"digits", 64, 20, 20, 9}, Digits(), folder, alone);
  std::filesystem::remove_all(folder);
  return 0;
}

}  // namespace
}  // namespace halflife::bench

int main(int argc, char** argv) {
  return halflife::bench::Main(std::set<std::string>(argv + 1, argv + argc));
}
