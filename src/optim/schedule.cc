#include "halflife/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/error.h"
#include "base/text.h"

namespace halflife {
namespace {

void Need(bool holds, ErrorKind otherwise, ErrorArguments arguments = {}) {
  if (!holds) Fail(otherwise, arguments);
}

void NeedMultiplier(double value) {
  Need(std::isfinite(value) && value >= 0, ErrorKind::kScheduleMultiplier, {value});
}

void NeedLength(std::int64_t steps) { Need(steps >= 1, ErrorKind::kScheduleSteps, {steps}); }

// FNV-1a over the bytes of `values`: tables that differ have texts that differ.
std::uint32_t Checksum(const std::vector<double>& values) {
  std::uint32_t sum = 2166136261U;
  const auto* bytes = reinterpret_cast<const unsigned char*>(values.data());
  for (std::size_t i = 0; i < values.size() * sizeof(double); ++i)
    sum = (sum ^ bytes[i]) * 16777619U;
  return sum;
}

}  // namespace

Schedule Schedule::Of(Piece piece) {
  NeedMultiplier(piece.from);
  NeedMultiplier(piece.to);
  Schedule schedule;
  schedule.pieces_ = {std::move(piece)};
  return schedule;
}

Schedule Schedule::Constant(double value) { return Of({.from = value, .to = value}); }

Schedule Schedule::Steps(double gamma, std::int64_t every) {
  NeedLength(every);
  Need(gamma > 0 && gamma <= 1, ErrorKind::kScheduleGamma, {gamma});
  return Of({.shape = Shape::kSteps, .length = every, .power = gamma});
}

Schedule Schedule::WarmUp(std::int64_t steps, double from) {
  NeedLength(steps);
  return Of({.shape = Shape::kWarmUp, .length = steps, .from = from, .to = 1});
}

Schedule Schedule::Linear(std::int64_t steps, double from, double to) {
  NeedLength(steps);
  return Of({.shape = Shape::kLinear, .length = steps, .from = from, .to = to});
}

Schedule Schedule::Cosine(std::int64_t steps, double from, double to) {
  NeedLength(steps);
  return Of({.shape = Shape::kCosine, .length = steps, .from = from, .to = to});
}

Schedule Schedule::Polynomial(std::int64_t steps, double power, double from, double to) {
  NeedLength(steps);
  Need(std::isfinite(power) && power > 0, ErrorKind::kSchedulePower, {power});
  return Of({.shape = Shape::kPolynomial, .length = steps, .from = from, .to = to, .power = power});
}

Schedule Schedule::InverseSqrt(std::int64_t offset) {
  NeedLength(offset);
  return Of({.shape = Shape::kInverseSqrt, .length = offset, .from = 1, .to = 0});
}

Schedule Schedule::OneCycle(std::int64_t steps, double rise, double div, double final_div) {
  NeedLength(steps);
  Need(rise > 0 && rise < 1, ErrorKind::kScheduleRise, {rise});
  Need(div >= 1 && final_div >= 1, ErrorKind::kScheduleDivs);
  const auto up = std::max<std::int64_t>(1, std::llround(rise * static_cast<double>(steps)) - 1);
  const auto down = std::max<std::int64_t>(1, steps - 1 - up);
  return Cosine(up, 1 / div, 1).Then(up, Cosine(down, 1, 1 / (div * final_div)));
}

Schedule Schedule::Table(std::vector<double> values) {
  Need(!values.empty(), ErrorKind::kScheduleTableEmpty);
  for (const double value : values) NeedMultiplier(value);
  Piece piece{.shape = Shape::kTable, .length = static_cast<std::int64_t>(values.size())};
  piece.from = values.front();
  piece.to = values.back();
  piece.table = std::move(values);
  return Of(std::move(piece));
}

Schedule Schedule::Then(std::int64_t start, const Schedule& next) const {
  Need(start >= 0, ErrorKind::kSchedulePieceStart);
  Schedule joined;
  joined.pieces_.clear();
  for (const Piece& piece : pieces_) {
    if (piece.start < start) joined.pieces_.push_back(piece);
  }
  for (Piece piece : next.pieces_) {
    piece.start += start;
    joined.pieces_.push_back(std::move(piece));
  }
  return joined;
}

Schedule Schedule::OfPieces(std::vector<Piece> pieces) {
  constexpr std::int64_t kLast = 1'000'000'000'000'000;  // so that sums of steps are safe
  Need(!pieces.empty() && pieces.front().start == 0, ErrorKind::kSchedulePieceStart);
  Schedule schedule;
  schedule.pieces_.clear();
  for (Piece& piece : pieces) {
    const bool follows = schedule.pieces_.empty() || piece.start > schedule.pieces_.back().start;
    Need(follows && piece.start <= kLast, ErrorKind::kSchedulePieceStart);
    Need(piece.length <= kLast, ErrorKind::kScheduleSteps, {piece.length});
    schedule.pieces_.push_back(Made(&piece).pieces_.front());
    schedule.pieces_.back().start = piece.start;
  }
  return schedule;
}

// By the factory of its shape, which looks at its numbers.
Schedule Schedule::Made(Piece* piece) {
  switch (piece->shape) {
    case Shape::kConstant:
      return Constant(piece->from);
    case Shape::kSteps:
      return Steps(piece->power, piece->length);
    case Shape::kWarmUp:
      return WarmUp(piece->length, piece->from);
    case Shape::kLinear:
      return Linear(piece->length, piece->from, piece->to);
    case Shape::kCosine:
      return Cosine(piece->length, piece->from, piece->to);
    case Shape::kPolynomial:
      return Polynomial(piece->length, piece->power, piece->from, piece->to);
    case Shape::kInverseSqrt:
      return InverseSqrt(piece->length);
    case Shape::kTable:
      return Table(std::move(piece->table));
  }
  return {};
}

double Schedule::Value(const Piece& piece, double step) {
  const double k = step - static_cast<double>(piece.start);
  const auto length = static_cast<double>(piece.length);
  const double part = std::min(k / length, 1.0);
  switch (piece.shape) {
    case Shape::kConstant:
      return piece.from;
    case Shape::kSteps:
      return std::pow(piece.power, std::floor(k / length));
    case Shape::kWarmUp:
      return piece.from + (piece.to - piece.from) * std::min((k + 1) / length, 1.0);
    case Shape::kLinear:
      return piece.from + (piece.to - piece.from) * part;
    case Shape::kCosine:
      return piece.to + (piece.from - piece.to) * (1 + std::cos(std::numbers::pi * part)) / 2;
    case Shape::kPolynomial:
      return piece.to + (piece.from - piece.to) * std::pow(1 - part, piece.power);
    case Shape::kInverseSqrt:
      return std::sqrt(length / (length + k));
    case Shape::kTable:
      return piece.table[static_cast<std::size_t>(std::min(k, length - 1))];
  }
  return 1;
}

std::size_t Schedule::PieceAt(std::int64_t step) const {
  std::size_t at = 0;
  while (at + 1 < pieces_.size() && pieces_[at + 1].start <= step) ++at;
  return at;
}

bool Schedule::IsOne() const {
  return pieces_.size() == 1 && pieces_[0].shape == Shape::kConstant && pieces_[0].from == 1;
}

double Schedule::At(std::int64_t step) const {
  step = std::max<std::int64_t>(step, 0);
  return Value(pieces_[PieceAt(step)], static_cast<double>(step));
}

double Schedule::AtReal(std::int64_t piece_step, double step) const {
  return Value(pieces_[PieceAt(piece_step)], step);
}

double Schedule::Peak() const {
  double peak = 0;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    peak = std::max(peak, Value(piece, static_cast<double>(piece.start)));
    const std::int64_t after = piece.start + piece.length;  // all pieces are monotone but tables
    const std::int64_t end =
        i + 1 < pieces_.size() ? std::min(after, pieces_[i + 1].start - 1) : after;
    peak = std::max(peak, Value(piece, static_cast<double>(end)));
    if (piece.shape != Shape::kTable) continue;
    for (std::int64_t step = piece.start; step <= end; ++step)
      peak = std::max(peak, Value(piece, static_cast<double>(step)));
  }
  return peak;
}

std::string_view Name(Schedule::Shape shape) {
  static constexpr std::string_view kNames[] = {"constant", "steps",      "warm-up",      "linear",
                                                "cosine",   "polynomial", "inverse sqrt", "table"};
  return kNames[static_cast<std::size_t>(shape)];
}

std::string Schedule::Text() const {
  std::string text;
  for (const Piece& piece : pieces_) {
    if (!text.empty()) text += "; ";
    text += Name(piece.shape);
    if (piece.start > 0) text += fmt::format(" from step {}", piece.start);
    if (piece.shape == Shape::kConstant) {
      text += fmt::format(" {}", ShortestNumber(piece.from));
    } else if (piece.shape == Shape::kSteps) {
      text += fmt::format(" x {} every {}", ShortestNumber(piece.power), piece.length);
    } else if (piece.shape == Shape::kInverseSqrt) {
      text += fmt::format(" with offset {}", piece.length);
    } else {
      text += fmt::format(" over {}: {} to {}", piece.length, ShortestNumber(piece.from),
                          ShortestNumber(piece.to));
    }
    if (piece.shape == Shape::kTable)
      text += fmt::format(", checksum {:08x}", Checksum(piece.table));
    if (piece.shape == Shape::kPolynomial)
      text += fmt::format(", power {}", ShortestNumber(piece.power));
  }
  return text;
}

std::vector<std::int64_t> Schedule::Breaks(std::int64_t begin, std::int64_t end) const {
  std::vector<std::int64_t> breaks;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    const std::int64_t last = i + 1 < pieces_.size() ? std::min(end, pieces_[i + 1].start) : end;
    breaks.push_back(piece.start);
    if (piece.shape == Shape::kTable) {
      for (std::int64_t k = 1; k <= piece.length && piece.start + k < last; ++k) {
        breaks.push_back(piece.start + k);
      }
    } else if (piece.shape == Shape::kSteps) {
      double level = 1;  // levels too small to matter need no break of their own
      for (std::int64_t at = piece.start + piece.length; at < last && level > 1e-30;
           at += piece.length) {
        if (at > begin) breaks.push_back(at);
        level *= piece.power;
        if (piece.power == 1) break;
      }
    } else if (piece.shape != Shape::kInverseSqrt && piece.length > 0) {
      breaks.push_back(piece.start + piece.length);
    }
  }
  std::erase_if(breaks, [&](std::int64_t at) { return at <= begin || at >= end; });
  return breaks;
}

bool Schedule::ConstantAt(std::int64_t step) const {
  const Piece& piece = pieces_[PieceAt(step)];
  switch (piece.shape) {
    case Shape::kConstant:
    case Shape::kSteps:
    case Shape::kTable:
      return true;
    case Shape::kInverseSqrt:
      return false;
    default:
      return step >= piece.start + piece.length || piece.from == piece.to;
  }
}

}  // namespace halflife
