// Schedules as code: what a run had, in C++ and in Python.
#pragma once

#include <string>

#include "halflife/schedule.h"

namespace halflife {

// "halflife::Schedule::WarmUp(10).Then(10, halflife::Schedule::Cosine(90))".
std::string CppSchedule(const Schedule& schedule);

// A function `name` of the step, from 0, in Python; it needs math.
std::string PythonSchedule(const std::string& name, const Schedule& schedule);

}  // namespace halflife
