// To be included before Highway: leaves out the targets that bring nothing to arithmetic on floats.
#pragma once

#ifdef HALFLIFE_SANITIZED
// What a sanitizer looks for shows in the widest and the narrowest vectors; the rest would only
// take time to compile.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4 | HWY_AVX2 | HWY_AVX3_DL)
#else
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3_DL)
#endif
