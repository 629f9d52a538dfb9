// The flags that say how a table is to be read, and the reading.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "halflife/data_options.h"
#include "halflife/table.h"

namespace halflife {

struct TableFlags {
  std::vector<std::string> category;
  std::vector<std::string> number;
  std::vector<std::string> ignore;
  std::vector<std::string> no_decay;
};

// Adds --category, --number and --ignore; `flags` must outlive the parsing.
void AddTableFlags(CLI::App* command, TableFlags* flags);

// How the file that `data` asks for is read: the texts of its target are kept where they may name
// classes.
ReadOptions ReadOptionsFor(const TableFlags& flags, const DataOptions& data);

// Puts the columns that the flags name into `options`: a value that is itself one of `columns`, the
// names of the table's, is taken whole, any other as a list with commas.
void NameColumns(const TableFlags& flags, const std::vector<std::string>& columns,
                 DataOptions* options);

// Reads the table in the file `data`, CSV or, with `target`, arrays (whose target is then called
// "target" in options->target); fills the columns that the flags name into `options`.
Table ReadTable(const std::string& data, const TableFlags& flags, DataOptions* options);

}  // namespace halflife
