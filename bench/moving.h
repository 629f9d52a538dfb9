// The limits that the engine is held against: kernels that only move the same bytes, and kernels
// that only execute the same slow instructions.
#pragma once

#include <cstddef>

namespace halflife::bench {

// Reads w, g, m, v and writes w, m, v: AdamW's bytes, with one addition each.
void MoveAdam(float* w, const float* g, float* m, float* v, std::size_t count);

// Reads w, g, b and writes w, b: the bytes of SGD with momentum.
void MoveMomentum(float* w, const float* g, float* b, std::size_t count);

// The least that a rule of whole tensors moves, phase by phase. LAMB: reads w, g, m, v and writes
// m, v; then reads w, m, v and writes w. LARS: reads w, g; then MoveMomentum. Adafactor: reads w,
// g; reads g; reads w, g and writes w. What is only read is added up; returns something of it.
float MoveMoments(const float* w, const float* g, float* m, float* v, std::size_t count);
void MoveByMoments(float* w, const float* m, const float* v, std::size_t count);
float ReadTwo(const float* a, const float* b, std::size_t count);
float ReadOne(const float* a, std::size_t count);
void MoveOne(float* w, const float* g, std::size_t count);

// AdamW's arithmetic for `count` elements on registers alone: 8 multiplications, 13 additions, one
// root, one division and one comparison a vector, those against denormals (halflife/custom/tiny.h)
// included. What it cannot go below in cache, however memory behaves. Returns something that
// depends on all of them.
float AdamArithmetic(std::size_t count);

}  // namespace halflife::bench
