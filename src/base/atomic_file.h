// Files written whole or not at all, also several at once: a kill, a crash or a full disk leaves
// the old ones or the new ones.
#pragma once

#include <string>
#include <vector>

namespace halflife {

// One file to write.
struct FileContent {
  std::string name;  // inside the folder
  std::string bytes;
};

// Writes all `files` into `folder` (made if missing). Each is first written and synced under a
// hidden name beside its target (".NAME.partial"); only when all are safe on disk are they renamed.
// Only one program at a time may write a folder. Throws Error, leaving every old file as it was,
// when the disk is full, the folder cannot be written, or another program is writing there.
// `stale` names files of an earlier answer that would mislead beside the new ones: they go, in this
// order, once the new ones are safe and before the first of those is in place.
void WriteFilesAtomically(const std::string& folder, const std::vector<FileContent>& files,
                          const std::vector<std::string>& stale = {});

// The same for one file given by its path; a link is followed, a pipe or device is written to.
void WriteFileAtomically(const std::string& path, const std::string& bytes);

}  // namespace halflife
