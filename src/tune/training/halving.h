// Which decays of a sweep are trained on, judged by the validation losses of one seed so far. A
// rule on numbers alone: it trains nothing.
//
// Losses of neighbouring decays are alike, and the place of the best moves slowly, mostly up, as
// training comes to fit noise. So each decay's gap to no decay is carried on along its own slope,
// at half, all and twice of it, and the decays around the lowest of those go on. Where no decay may
// still win, early gaps say little, but this much: what decay gains grows with it until it harms,
// so a winner stands close below the decays that are hopeless; a few from there down go on. No gap
// within chance in training counts. Nothing is final but the end: whatever stands next to the best
// there is trained to the end as well, from where it was set aside.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace halflife {

// A decay's validation losses, one an epoch; none if it was not started.
struct LossCurve {
  std::vector<double> losses;
  bool diverged = false;
};

// Below, a grid ascends in decay; the first decay alive is what the others are compared with: no
// decay, where that has not diverged.

// The epochs, ascending, at whose end decays are set aside; the last is `epochs`.
std::vector<int> Rungs(int epochs);

// The standard deviation of chance in a gap at `epoch`, at least 0.1 % of the loss: from how gaps
// jump about the straight line through their neighbours in time, or before the fourth epoch through
// their neighbours in decay (the median of all, so that true bends of a few matter little).
double GapNoise(std::span<const LossCurve> grid, int epoch);

struct Promotion {
  std::vector<std::size_t> decays;  // positions of those that go on to the next rung, ascending
  bool at_top = false;              // the best may lie beyond the largest decay
};

// How many decays go on, about.
struct HalvingWidth {
  std::size_t widest = 5;  // where decay wins
  std::size_t scouts = 3;  // where no decay may win
  // Whether neighbours of the best are let go on their way to the end once they are out of reach.
  bool drops_neighbours = false;
};

// Who goes on at `epoch`; the first decay alive always does.
Promotion Promote(std::span<const LossCurve> grid, int epoch, int epochs,
                  const HalvingWidth& width = {});

// Who has to be trained to the end for both neighbours of the best one there to be known; empty
// once they are, or once none beats the first by more than chance.
std::vector<std::size_t> ToFinish(std::span<const LossCurve> grid, int epochs);

// Marks as diverged, for ToFinish, what has come half-way or a quarter and is out of reach of the
// best that ended, and what lies beyond it.
void DropOutOfReach(std::span<LossCurve> grid, int epochs);

// Whether a decay may have a lower mean over seeds than the best. `final_gap`: its loss less the
// best's at the end of the first seed, `noise` the chance in it; `early_gaps`: the same at one
// earlier epoch, a value a seed. By how much other seeds differ early from the first is taken to
// hold at the end as well, give or take one standard error, or the noise where that is more.
bool MayStillWin(double final_gap, double noise, std::span<const double> early_gaps);

}  // namespace halflife
