// The languages that results are told in.
#pragma once

namespace halflife {

enum class Language { kEnglish, kChinese };

}  // namespace halflife
