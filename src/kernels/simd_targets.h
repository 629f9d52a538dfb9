// To be included before Highway: leaves out the targets that bring nothing to arithmetic on floats.
#pragma once

#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3_DL)
