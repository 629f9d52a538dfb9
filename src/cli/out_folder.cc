#include "cli/out_folder.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>

#include "base/error.h"
#include "base/mapped_file.h"
#include "halflife/fitted_net.h"
#include "report/plain_text.h"
#include "report/say.h"

namespace halflife {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestJson = 1U << 26;  // bytes; ours stay far below

// What the folder's result.json says it is of.
struct EarlierAnswer {
  std::string path;
  std::string target;
};

// Whether reading it cannot block, as a pipe would, nor take more memory than our own would.
bool IsReadable(const fs::path& path, std::uintmax_t most) {
  std::error_code code;
  return fs::is_regular_file(path, code) && fs::file_size(path, code) <= most && !code;
}

std::string TextAt(const nlohmann::json& object, const char* key) {
  const auto at = object.find(key);
  return at != object.end() && at->is_string() ? at->get<std::string>() : "";
}

// Nothing where there is no result.json, or another program's, or a broken one.
std::optional<EarlierAnswer> ReadEarlier(const fs::path& folder) {
  const fs::path path = folder / "result.json";
  if (!IsReadable(path, kLargestJson)) return std::nullopt;
  try {
    const MappedFile file(path.string());
    const nlohmann::json json = nlohmann::json::parse(file.bytes(), nullptr, false);
    if (!json.is_object() || !TextAt(json, "schema").starts_with("halflife.result/"))
      return std::nullopt;
    const auto data = json.find("data");
    if (data == json.end() || !data->is_object()) return std::nullopt;
    return EarlierAnswer{TextAt(*data, "path"), TextAt(*data, "target")};
  } catch (const Error&) {  // it cannot be read
    return std::nullopt;
  }
}

// Whether the folder's weights are those that its model.json was written with.
bool HoldsNet(const fs::path& folder) {
  const fs::path model = folder / "model.json";
  const fs::path weights = folder / kNetWeightsFile;
  if (!IsReadable(model, kLargestJson) || !IsReadable(weights, UINTMAX_MAX)) return false;
  try {
    const MappedFile json(model.string());
    const MappedFile bytes(weights.string());
    NetFromFiles(json.bytes(), model.string(), bytes.bytes(), weights.string());
    return true;
  } catch (const Error&) {
    return false;
  }
}

void SayWhatIsReplaced(const std::string& out, const EarlierAnswer& earlier,
                       const DataSummary& data, Language language) {
  std::string of = CleanText(earlier.path);
  if (earlier.path == data.path)
    of = Say(language, "{} for the target {}", "{}、目标 {}", of, CleanText(earlier.target));
  fmt::print(stderr, "{}\n",
             Say(language, "note: {} held the results of {}; they are replaced",
                 "说明：{} 里原有 {} 的结果，现已替换", CleanText(out), of));
}

}  // namespace

void CheckOutFolder(const std::string& out) {
  std::error_code code;
  fs::create_directories(out, code);
  if (!code && access(out.c_str(), W_OK | X_OK) != 0)
    code = std::error_code(errno, std::generic_category());
  if (!code && !fs::is_directory(out)) code = std::make_error_code(std::errc::not_a_directory);
  if (code) Fail(ErrorKind::kOutFolder, {out, code.message()});
}

void ReplaceAnswer(const std::string& out, const DataSummary& data,
                   const std::vector<FileContent>& files, bool quiet, Language language) {
  const std::optional<EarlierAnswer> earlier = ReadEarlier(out);
  const bool other = earlier && (earlier->path != data.path || earlier->target != data.target);
  const bool keeps_weights = std::any_of(files.begin(), files.end(), [](const FileContent& file) {
    return file.name == kNetWeightsFile;
  });
  const bool net_goes = !keeps_weights && HoldsNet(out);
  std::vector<std::string> stale;
  if (other || net_goes) stale.emplace_back("result.json");
  if (net_goes) stale.emplace_back(kNetWeightsFile);
  if (other && !quiet) SayWhatIsReplaced(out, *earlier, data, language);
  WriteFilesAtomically(out, files, stale);
}

}  // namespace halflife
