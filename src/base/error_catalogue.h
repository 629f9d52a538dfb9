// Every sentence of an error in English, and whose fault each is: the one catalogue, a file a floor
// in catalogue/. The Chinese one is in report/error_words_zh.h.
//
// A sentence is a template. {0} is an argument as it is, {0:q} in double quotes and cut where it is
// long, {0|row|rows} the word that goes with the number, {0?...} a part that is left out where the
// argument is empty. {file}, {line} and {column} are the place, {cause} the sentence of the cause,
// {option} the option's bare name. [seeds] is an option as the reader knows it, [missing=indicator]
// with the value to give it, [] the option of the failure. Brackets and braces are doubled.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "halflife/error.h"

namespace halflife {

struct ErrorEntry {
  ErrorKind kind;
  Error::Fault fault;
  std::string_view text;  // ends in a zero
};

// The English entry of the kind; its text alone, "" where the catalogue lacks it.
const ErrorEntry& ErrorEntryOf(ErrorKind kind);
std::string_view EnglishErrorWords(ErrorKind kind);

// The parts of the catalogue.
namespace catalogue {
std::span<const ErrorEntry> OfBase();
std::span<const ErrorEntry> OfOptim();
std::span<const ErrorEntry> OfSafetensors();
std::span<const ErrorEntry> OfData();
std::span<const ErrorEntry> OfCsv();
std::span<const ErrorEntry> OfArrays();
std::span<const ErrorEntry> OfArrayFiles();
std::span<const ErrorEntry> OfModel();
std::span<const ErrorEntry> OfNet();
std::span<const ErrorEntry> OfTune();
std::span<const ErrorEntry> OfLab();
std::span<const ErrorEntry> OfCli();
}  // namespace catalogue

}  // namespace halflife
