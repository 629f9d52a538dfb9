// Schedules: how a learning rate or a decay changes over a run, as a multiplier of its base value.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "halflife/decay.h"

namespace halflife {

// A multiplier for every step, counted from 0. Made of pieces; each holds its last value after its
// end. Cheap to copy. Factories throw Error when a number is out of its range. Thread safety: a
// value; its const functions may be called from any number of threads.
class Schedule {
 public:
  enum class Shape {
    kConstant,     // from
    kSteps,        // power^(k / length), rounded down; k: the step in the piece
    kWarmUp,       // from `from` to `to`, (k + 1) / length of the way
    kLinear,       // from `from` to `to`, k / length of the way
    kCosine,       // the same, along half a wave
    kPolynomial,   // the same: what is left of the way to the power
    kInverseSqrt,  // sqrt(length / (length + k))
    kTable,        // table[k]
  };
  struct Piece {
    std::int64_t start = 0;
    Shape shape = Shape::kConstant;
    std::int64_t length = 0;
    double from = 1;
    double to = 1;
    double power = 1;
    std::vector<double> table = {};

    bool operator==(const Piece&) const = default;
  };

  Schedule() = default;  // constant 1

  static Schedule Constant(double value);
  // gamma^(step / every), rounded down.
  static Schedule Steps(double gamma, std::int64_t every);
  // Rises from `from` to 1: (step + 1) / steps of the way, so the first step already moves.
  static Schedule WarmUp(std::int64_t steps, double from = 0);
  // Falls (or rises) from `from` at step 0 to `to` at step `steps`.
  static Schedule Linear(std::int64_t steps, double from = 1, double to = 0);
  static Schedule Cosine(std::int64_t steps, double from = 1, double to = 0);
  static Schedule Polynomial(std::int64_t steps, double power, double from = 1, double to = 0);
  // sqrt(offset / (offset + step)), offset >= 1.
  static Schedule InverseSqrt(std::int64_t offset);
  // Up from 1 / div for the first `rise` of the steps, then down to 1 / (div final_div), by cosines
  // (Smith & Topin 2019, arXiv:1708.07120; defaults as PyTorch).
  static Schedule OneCycle(std::int64_t steps, double rise = 0.3, double div = 25,
                           double final_div = 1e4);
  // values[step]; the last value afterwards.
  static Schedule Table(std::vector<double> values);
  // What has these pieces(), whose starts ascend from 0.
  static Schedule OfPieces(std::vector<Piece> pieces);

  // This schedule before step `start`, `next` (counted from 0 there) from it on.
  Schedule Then(std::int64_t start, const Schedule& next) const;

  double At(std::int64_t step) const;
  // What it is made of, by start; whether it is the constant 1.
  const std::vector<Piece>& pieces() const { return pieces_; }
  bool IsOne() const;
  double Peak() const;       // the largest multiplier there ever is
  std::string Text() const;  // "warm-up over 10, cosine from step 10 over 90 to 0"

  // The steps at which a new piece, or a new level of it, begins before `end`; and whether the
  // schedule is constant, or smooth in the step, between two of them. For sums over long runs.
  std::vector<std::int64_t> Breaks(std::int64_t begin, std::int64_t end) const;
  bool ConstantAt(std::int64_t step) const;
  // The piece that holds at `piece_step`, continued to `step`.
  double AtReal(std::int64_t piece_step, double step) const;

 private:
  static double Value(const Piece& piece, double step);
  static Schedule Of(Piece piece);
  static Schedule Made(Piece* piece);
  std::size_t PieceAt(std::int64_t step) const;

  std::vector<Piece> pieces_{Piece{}};
};

std::string_view Name(Schedule::Shape shape);  // "inverse sqrt"

// The share of a weight that a law takes off in one step, from the base lr, the multiplier of lr
// and its peak, and the decay of the step. 0 where the law has no fixed share.
double ShareTaken(DecayLaw law, double lr, double multiplier, double peak, double decay);

// What a step takes of a 32-bit float without a gradient, if the decay's share is `share`. A float
// w of M last digits (ulps; 2^23 < M <= 2^24) loses round(share M) of them, so that it depends on
// M: below 2^-25 (3e-8) nothing, between 2^-25 and 2^-24 only floats with a large M shrink, and
// only until M is 2^-24 / share * 2^23; above, all do, by a share between `least` and `most`.
//
// With gradients, the step and the pull of the decay are added before the weight is rounded. Steps
// that vary then round up and down by chance, and the decay acts on average: measured for normal
// steps and shares of 1e-7 to 1e-10, fully where their deviation is an ulp of the weight (6e-8
// to 1.2e-7 of it) or more, to 99 % at half an ulp, to half at a quarter, and not at all at a
// hundredth. Only a pull below 2^-25 of the step itself is always lost, in their sum.
//
// Toward a centre c, it is the distance that shrinks and w that rounds: where share |w - c| is
// below half an ulp of w, the distance stays.
struct FloatShare {
  double least = 0;
  double most = 0;
  // Steps from a power of two to its half.
  double half_life = std::numeric_limits<double>::infinity();
};
FloatShare FloatShareOf(double share);

// How a decay shrinks a weight that gets no gradient, over a run. Thread safety: a value, as a
// Schedule.
struct Shrinkage {
  DecayLaw law = DecayLaw::kDecoupled;
  double lr = 0;
  double decay = 0;
  Schedule lr_schedule;
  Schedule decay_schedule;
  // Whether to speak of 32-bit floats, as Optimizer::ShrinkageOf does; otherwise of real numbers.
  bool in_floats = false;

  // The share of the weight taken off at `step`; in floats, as the kernels have it: the share
  // itself rounded to a float, not yet what it does to a weight (see FloatShareOf). 0 where the law
  // has no fixed share: none, coupled (it depends on the rule and the gradients) and penalties
  // other than L2.
  double At(std::int64_t step) const;
  // That share where both schedules are at their peak.
  double Largest() const;
  // Steps until half is left, at the rate of `step`: ln 2 / -ln(1 - At(step)), in floats
  // FloatShareOf(At(step)).half_life; infinite for 0, and for floats that never get there.
  double HalfLife(std::int64_t step) const;
  // What is left of a weight after steps begin..end-1. Constant stretches in closed form, smooth
  // ones by Euler and Maclaurin's formula: the cost does not grow with the steps. In floats: of the
  // weight 1, or any power of two, exactly as it would be rounded in constant stretches and on the
  // average of all M in smooth ones.
  double Left(std::int64_t begin, std::int64_t end) const;

 private:
  double AtMultipliers(double lr_multiplier, double decay_multiplier) const;
  double LogLeft(double share) const;  // of a step
};

}  // namespace halflife
