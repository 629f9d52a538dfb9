// What a question of the page is answered with: named numbers and named texts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halflife {

// A figure for wide and for narrow pages: an <svg> element each.
struct Drawing {
  std::string wide;
  std::string narrow;
};

struct Answer {
  std::map<std::string, std::vector<double>> numbers;
  std::map<std::string, std::string> texts;

  void Number(const std::string& name, double value) { numbers[name] = {value}; }
  // As the texts "NAME.wide" and "NAME.narrow".
  void Figure(const std::string& name, Drawing drawing) {
    texts[name + ".wide"] = std::move(drawing.wide);
    texts[name + ".narrow"] = std::move(drawing.narrow);
  }
};

}  // namespace halflife
