#include "model/json_reader.h"

#include <gtest/gtest.h>

namespace halflife {
namespace {

TEST(JsonReader, ACountIsAWholeNumberOfItsRange) {
  const Json json = {{"zero", 0}, {"most", 7}, {"above", 8}, {"below", -1}, {"part", 1.5}};
  const JsonReader reader(json, "m.json", "");
  EXPECT_EQ(reader.Count("zero", 7), 0U);
  EXPECT_EQ(reader.Count("most", 7), 7U);
  for (const char* key : {"above", "below", "part", "missing"})
    EXPECT_THROW(static_cast<void>(reader.Count(key, 7)), Error) << key;
}

}  // namespace
}  // namespace halflife
