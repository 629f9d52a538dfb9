// The folder that a run of tune writes, and what an earlier run left there.
#pragma once

#include <string>
#include <vector>

#include "base/atomic_file.h"
#include "halflife/language.h"
#include "halflife/tune.h"

namespace halflife {

// Makes the folder of --out. Throws Error (data) where it cannot be made or written: better known
// before the work than after it.
void CheckOutFolder(const std::string& out);

// Writes `files`, the answer for `data`, in the place of an earlier one. If that was of other data
// or another target, says so on stderr, in `language`, unless `quiet`, and what it leaves goes: its
// result.json before the first new file is in place, so that no kill leaves it beside another run's
// model, and a net's weights that no new ones replace. Files that no run has written stay. Throws
// Error as WriteFilesAtomically does.
void ReplaceAnswer(const std::string& out, const DataSummary& data,
                   const std::vector<FileContent>& files, bool quiet, Language language);

}  // namespace halflife
