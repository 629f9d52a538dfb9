// Arrays from IDX, NPY and NPZ files, as images and their labels come, and a pair of them to learn
// from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "halflife/table.h"

namespace halflife {

// The element types, named as NumPy names them: unsigned, signed, floating, and their bytes.
enum class ElementKind { kBool, kU1, kI1, kU2, kI2, kU4, kI4, kU8, kI8, kF2, kF4, kF8 };

std::size_t ElementSize(ElementKind kind);  // in bytes
std::string ElementName(ElementKind kind);  // "bool", "uint8", "float32"
bool IsFloating(ElementKind kind);

// One array as its file holds it, in C order and in this machine's byte order. Text (NumPy's <U5 or
// |S3) is kept as its distinct values and, as uint32, which of them each element is.
struct Array {
  std::string source;  // where it came from, for messages: FILE, or FILE member "NAME"
  std::string name;    // the member's name, or the file's without its folders
  std::vector<std::size_t> shape;
  ElementKind kind = ElementKind::kU1;
  std::vector<std::uint8_t> bytes;  // size() elements of ElementSize(kind) bytes; bool as 0 and 1
  std::vector<std::string> levels;  // text: the distinct values in UTF-8, ascending by bytes

  bool is_text() const { return !levels.empty(); }
  std::size_t size() const { return bytes.size() / ElementSize(kind); }
  std::size_t rows() const { return shape.empty() ? 1 : shape.front(); }
  std::size_t width() const;  // elements a row: the product of the other dimensions

  // Elements first .. first+count-1 as doubles; whole numbers beyond 2^53 are rounded.
  void Load(std::size_t first, std::size_t count, double* out) const;
};

// Reads the array in the file at `path`, whose format shows in its first bytes: IDX or NPY, plain
// or in gzip, or a member of an NPZ. `member` names it there, and may be empty where there is but
// one. Throws Error for anything wrong; memory stays within what the header announces and the file
// can hold.
Array ReadArray(const std::string& path, const std::string& member = "");

// The same from memory; `source` stands in messages where the path would.
Array ParseArray(std::string_view bytes, const std::string& source, const std::string& member = "");

// The names of the arrays in an NPZ file, in the file's order; none for other array files.
std::vector<std::string> ArrayNames(const std::string& path);

// Whether the first bytes of the file at `path` are those of an array file; false for what is no
// ordinary file. Zip and gzip files count only if an array is within.
bool LooksLikeArray(const std::string& path);

// What to learn from what: one row of inputs for each target.
struct ArrayData {
  Array inputs;   // n x ..., n > 0 and at least one cell a row, none infinite; NaN is missing
  Array targets;  // n or n x 1, all finite, or text
};

// Reads inputs and their targets. `target` is another array file, or, if `inputs_path` is an NPZ,
// the name of its member. The inputs of an NPZ are `inputs_member`, or where that is empty the
// member named after the target (y_train: x_train; train_labels: train_images), else X, x, data or
// images, else the only other one. Throws Error where the two are no such pair as ArrayData says.
ArrayData ReadArrayPair(const std::string& inputs_path, const std::string& target,
                        const std::string& inputs_member = "");

// The same from the bytes of an NPZ file.
ArrayData ParseArrayPair(std::string_view npz, const std::string& source, const std::string& target,
                         const std::string& inputs_member = "");

// How a row's cells become inputs: the kept ones, each as (x - mean) / scale. Cells of images share
// a unit and so one mean and scale; other arrays have one a column.
struct ArrayScaling {
  std::size_t width = 0;            // cells a row before
  std::vector<std::uint32_t> kept;  // the cells that become inputs, ascending
  std::vector<double> means;        // one for all, or one a kept cell
  std::vector<double> scales;       // population standard deviations; as many as means

  bool shared() const { return means.size() == 1 && kept.size() == width; }
};

// Throws Error if `array` is text, which no model takes for an input.
void RequireNumbers(const Array& array);

// `data` as a table for the linear and logistic models: columns x0, x1, ... in C order, and
// "target", of text where it is text; whole numbers beyond 2^53 keep their own text as
// Column::cell_texts. Throws Error above 10^7 cells.
Table ArrayTable(const ArrayData& data);

// The same of inputs alone, to predict from.
Table ArrayRows(const Array& inputs);

}  // namespace halflife
