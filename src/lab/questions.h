// The questions that the page asks, one function each; a question is a pure function of its
// options and data. docs/lab.md lists their options, numbers and texts.
#pragma once

#include "lab/answer.h"
#include "lab/question.h"

namespace halflife {

Answer AskOverfit(const Question& question);   // a net trained on noisy data, epoch by epoch
Answer AskVariance(const Question& question);  // bias, variance and noise of polynomial fits
Answer AskSimple(const Question& question);    // small weights and smooth curves
Answer AskPenalty(const Question& question);   // data loss and penalty
Answer AskContours(const Question& question);  // loss ellipses and balls of a norm
Answer AskPaths(const Question& question);     // two decay laws on one loss, step by step
Answer AskRegistry(const Question& question);  // rules and laws
Answer AskHalfLife(const Question& question);  // a decay in the unit of time
Answer AskColumns(const Question& question);   // what is in a CSV file
Answer AskPractice(const Question& question);  // a sweep on a CSV file, with its verdict

}  // namespace halflife
