// A figure in the page: its drawing, what a crosshair reads, how to read it, and what saves it.
#pragma once

#include <string>
#include <string_view>

#include "report/figures.h"
#include "report/say.h"

namespace halflife {

// What the arrow keys go along, where a figure can be read at places.
enum class Along { kDecay, kEpoch, kPoint };

struct FigureFrame {
  std::string_view id;  // of its files too: halflife-ID.svg
  Said title;           // its accessible name
  Said how;             // how to read it, as HTML
  Along along = Along::kDecay;
  bool many = false;  // whether a reading has many values
};

std::string FigureHtml(const Figure& figure, const FigureFrame& frame);

}  // namespace halflife
