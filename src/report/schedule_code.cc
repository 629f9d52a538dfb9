#include "report/schedule_code.h"

#include <fmt/format.h>

#include <vector>

namespace halflife {
namespace {

using Shape = Schedule::Shape;

std::string List(const std::vector<double>& values) {
  return fmt::format("{}", fmt::join(values, ", "));
}

std::string CppPiece(const Schedule::Piece& piece) {
  const auto between = [&](const char* name) {
    return fmt::format("{}({}, {}, {})", name, piece.length, piece.from, piece.to);
  };
  switch (piece.shape) {
    case Shape::kConstant:
      return fmt::format("Constant({})", piece.from);
    case Shape::kSteps:
      return fmt::format("Steps({}, {})", piece.power, piece.length);
    case Shape::kWarmUp:
      return piece.from == 0 ? fmt::format("WarmUp({})", piece.length)
                             : fmt::format("WarmUp({}, {})", piece.length, piece.from);
    case Shape::kLinear:
      return between("Linear");
    case Shape::kCosine:
      return between("Cosine");
    case Shape::kPolynomial:
      return fmt::format("Polynomial({}, {}, {}, {})", piece.length, piece.power, piece.from,
                         piece.to);
    case Shape::kInverseSqrt:
      return fmt::format("InverseSqrt({})", piece.length);
    case Shape::kTable:
      return fmt::format("Table({{{}}})", List(piece.table));
  }
  return "";
}

// Of k, the step in the piece.
std::string PythonPiece(const Schedule::Piece& piece) {
  const std::string part = fmt::format("min(k / {}, 1)", piece.length);
  const double rise = piece.to - piece.from;
  switch (piece.shape) {
    case Shape::kConstant:
      return fmt::format("{}", piece.from);
    case Shape::kSteps:
      return fmt::format("{} ** (k // {})", piece.power, piece.length);
    case Shape::kWarmUp:
      return fmt::format("{} + {} * min((k + 1) / {}, 1)", piece.from, rise, piece.length);
    case Shape::kLinear:
      return fmt::format("{} + {} * {}", piece.from, rise, part);
    case Shape::kCosine:
      return fmt::format("{} + {} * (1 + math.cos(math.pi * {})) / 2", piece.to, -rise, part);
    case Shape::kPolynomial:
      return fmt::format("{} + {} * (1 - {}) ** {}", piece.to, -rise, part, piece.power);
    case Shape::kInverseSqrt:
      return fmt::format("math.sqrt({0} / ({0} + k))", piece.length);
    case Shape::kTable:
      return fmt::format("[{}][min(k, {})]", List(piece.table), piece.table.size() - 1);
  }
  return "";
}

}  // namespace

std::string CppSchedule(const Schedule& schedule) {
  const std::vector<Schedule::Piece>& pieces = schedule.pieces();
  std::string code = "halflife::Schedule::" + CppPiece(pieces.front());
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    code += fmt::format("\n    .Then({}, halflife::Schedule::{})", pieces[i].start,
                        CppPiece(pieces[i]));
  }
  return code;
}

std::string PythonSchedule(const std::string& name, const Schedule& schedule) {
  const std::vector<Schedule::Piece>& pieces = schedule.pieces();
  std::string code = fmt::format("def {}(step):\n", name);
  for (std::size_t i = pieces.size(); i-- > 0;) {
    const bool first = i == 0;
    const std::string indent = first ? "    " : "        ";
    if (!first) code += fmt::format("    if step >= {}:\n", pieces[i].start);
    code += pieces[i].start == 0 ? fmt::format("{}k = step\n", indent)
                                 : fmt::format("{}k = step - {}\n", indent, pieces[i].start);
    code += fmt::format("{}return {}\n", indent, PythonPiece(pieces[i]));
  }
  return code;
}

}  // namespace halflife
