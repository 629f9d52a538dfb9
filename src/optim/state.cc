// The optimizer's state as a safetensors file: one F32 tensor a slot, one F64 tensor of scalars a
// parameter, settings and counters in the metadata. Bytes in docs/formats.md.
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstring>
#include <set>

#include "base/atomic_file.h"
#include "base/error.h"
#include "base/mapped_file.h"
#include "base/text.h"
#include "optim/optimizer_impl.h"
#include "optim/safetensors.h"

namespace halflife {
namespace {

constexpr std::string_view kFormat = "halflife.state/1";
constexpr std::string_view kGroupPrefix = "group ";

std::string_view BytesOf(const void* at, std::size_t bytes) {
  return {static_cast<const char*>(at), bytes};
}

std::vector<std::uint64_t> Unsigned(std::span<const std::int64_t> shape) {
  return {shape.begin(), shape.end()};
}

std::int64_t Counter(const SafeTensors& file, const std::string& key, const std::string& where) {
  const auto found = file.metadata.find(key);
  std::int64_t value = -1;
  if (found != file.metadata.end()) {
    const std::string& text = found->second;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc() || result.ptr != text.data() + text.size()) value = -1;
  }
  constexpr std::int64_t kMost = std::int64_t{1} << 53;  // beyond it a count would overflow one day
  if (value < 0 || value > kMost) FailIn(where, ErrorKind::kStateCount, {key});
  return value;
}

// What `settings` holds and the file does not, or otherwise; and what the file alone holds.
void AddDifferences(const std::map<std::string, std::string>& metadata,
                    const std::vector<StateSetting>& settings,
                    std::vector<StateDifference>* differences) {
  using Kind = StateDifference::Kind;
  std::set<std::string> known;
  for (const StateSetting& setting : settings) {
    const std::string key = setting.Key();
    known.insert(key);
    const auto was = metadata.find(key);
    if (was == metadata.end()) {
      differences->push_back({Kind::kAdded, setting.group, "", setting.name, "", setting.value});
    } else if (was->second != setting.value) {
      differences->push_back(
          {Kind::kChanged, setting.group, "", setting.name, was->second, setting.value});
    }
  }
  for (const auto& [key, value] : metadata) {
    const std::size_t colon = key.rfind(": ");  // a group's name may have one, a setting's has not
    if (!key.starts_with(kGroupPrefix) || colon == std::string::npos || known.contains(key))
      continue;
    const std::size_t end = std::max(colon, kGroupPrefix.size());
    differences->push_back({Kind::kRemoved,
                            key.substr(kGroupPrefix.size(), end - kGroupPrefix.size()), "",
                            key.substr(colon + 2), value, ""});
  }
}

// Finds tensors by key and tells what is missing or left over.
class StateFile {
 public:
  StateFile(std::string_view bytes, std::string where)
      : where_(std::move(where)), file_(ReadSafeTensors(bytes, where_)) {
    const auto format = file_.metadata.find("format");
    if (format == file_.metadata.end() || format->second != kFormat) {
      FailIn(where_, ErrorKind::kStateFormat, {kFormat});
    }
    for (const SafeTensor& tensor : file_.tensors) by_name_[tensor.name] = &tensor;
  }
  const SafeTensors& file() const { return file_; }

  // The bytes of tensor `key`, which must have that type and shape.
  std::string_view Take(const std::string& parameter, const std::string& key,
                        std::string_view dtype, const std::vector<std::uint64_t>& shape) {
    const auto found = by_name_.find(key);
    if (found == by_name_.end()) FailMissing(parameter, key);
    const SafeTensor& tensor = *found->second;
    if (tensor.dtype != dtype || tensor.shape != shape) {
      FailIn(where_, ErrorKind::kStateShape,
             {key, tensor.dtype, fmt::format("{}", fmt::join(tensor.shape, ", ")), dtype,
              fmt::format("{}", fmt::join(shape, ", "))});
    }
    by_name_.erase(found);
    return tensor.bytes;
  }
  void NeedEmpty() const {
    if (by_name_.empty()) return;
    FailIn(where_, ErrorKind::kStateLeftOver, {by_name_.begin()->first});
  }

 private:
  [[noreturn]] void FailMissing(const std::string& parameter, const std::string& key) const {
    const auto near = by_name_.lower_bound(parameter + "/");
    if (near != by_name_.end() && near->first.starts_with(parameter + "/"))
      FailIn(where_, ErrorKind::kStateOtherRule, {near->first, key});
    std::vector<std::string> keys;
    for (const auto& [name, tensor] : by_name_) keys.push_back(name);
    FailIn(where_, ErrorKind::kStateNoParameter, {parameter, key, Nearest(key, keys)});
  }

  std::string where_;
  SafeTensors file_;
  std::map<std::string, const SafeTensor*> by_name_;
};

}  // namespace

std::string StateSetting::Key() const { return fmt::format("{}{}: {}", kGroupPrefix, group, name); }

std::string DifferenceText(const StateDifference& difference) {
  const bool of_group = difference.parameter.empty();
  std::string text =
      fmt::format("{} {} {}: ", of_group ? "group" : "parameter",
                  Quoted(of_group ? difference.group : difference.parameter), difference.setting);
  if (!of_group) return text + "changed";
  const auto side = [](bool there, const std::string& value) {
    return there ? Quoted(value) : std::string("none");
  };
  return text + side(difference.kind != StateDifference::Kind::kAdded, difference.was) + " -> " +
         side(difference.kind != StateDifference::Kind::kRemoved, difference.is);
}

std::vector<SlotView> Optimizer::Impl::SlotsOf(std::size_t parameter) const {
  const ResolvedGroup& group = GroupOf(parameter);
  const TensorState& tensor = tensors[parameter];
  const std::string prefix =
      fmt::format("{}/{}.", parameters[parameter].name, group.rule->spec->name);
  std::vector<SlotView> views;
  if (group.rule->tensor != nullptr) {
    for (const TensorSlot& slot : group.rule->tensor->Slots(tensor.shape)) {
      views.push_back({prefix + std::string(slot.name), tensor.slots[views.size()], slot.size,
                       slot.size == tensor.count, slot.grain});
    }
    return views;
  }
  const RuleVariant& variant = group.rule->elementwise->variants[group.variant];
  for (const std::string_view name : variant.slots) {
    const std::size_t at = views.size();
    views.push_back(
        {prefix + std::string(name), tensor.slots[at], tensor.count, true, variant.grain[at]});
  }
  return views;
}

// t, then the rule's own scalars.
std::vector<std::string> Optimizer::Impl::ScalarKeysOf(std::size_t parameter) const {
  const Rule& rule = *GroupOf(parameter).rule;
  const std::string prefix = fmt::format("{}/{}.", parameters[parameter].name, rule.spec->name);
  std::vector<std::string> keys = {prefix + "t"};
  const auto names = rule.tensor != nullptr ? rule.tensor->Scalars() : rule.elementwise->scalars;
  for (const std::string_view name : names) keys.push_back(prefix + std::string(name));
  return keys;
}

std::vector<StateSetting> Optimizer::Impl::StateSettings() const {
  std::vector<StateSetting> settings;
  for (const ResolvedGroup& group : groups) {
    const auto add = [&](std::string_view name, std::string_view value) {
      settings.push_back({group.name, std::string(name), std::string(value)});
    };
    const RuleSpec& spec = *group.rule->spec;
    add("rule", spec.name);
    add("lr", ShortestNumber(group.lr));
    add("lr_schedule", group.lr_schedule.Text());
    add("law", Name(group.law));
    add("penalty", Name(group.penalty));
    add("l1_ratio", ShortestNumber(group.l1_ratio));
    add("center", Name(group.center));
    add("decay", ShortestNumber(group.decay));
    add("decay_schedule", group.decay_schedule.Text());
    for (std::size_t i = 0; i < spec.options.size(); ++i)
      add(spec.options[i].name, ShortestNumber(group.options[i]));
  }
  return settings;
}

std::string Optimizer::Impl::StateBytes() const {
  SafeTensors file;
  file.metadata["format"] = kFormat;
  file.metadata["step"] = std::to_string(step);
  file.metadata["skipped_steps"] = std::to_string(skipped);
  for (const StateSetting& setting : StateSettings()) file.metadata[setting.Key()] = setting.value;
  // F64 first: so every tensor starts at a multiple of its element size.
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const std::vector<std::string> keys = ScalarKeysOf(i);
    for (std::size_t s = 0; s < keys.size(); ++s) {
      file.tensors.push_back({keys[s], "F64", {}, BytesOf(&tensors[i].scalars[s], sizeof(double))});
    }
  }
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    for (const SlotView& slot : SlotsOf(i)) {
      const auto shape =
          slot.whole_shape ? Unsigned(tensors[i].shape) : std::vector<std::uint64_t>{slot.count};
      file.tensors.push_back(
          {slot.key, "F32", shape, BytesOf(slot.at, slot.count * sizeof(float))});
    }
    if (centers[i].empty()) continue;
    file.tensors.push_back({parameters[i].name + "/center", "F32", Unsigned(tensors[i].shape),
                            BytesOf(centers[i].data(), centers[i].size() * sizeof(float))});
  }
  return WriteSafeTensors(file);
}

LoadReport Optimizer::Impl::LoadBytes(std::string_view bytes, const std::string& where) {
  StateFile file(bytes, where);
  LoadReport report;
  report.step = Counter(file.file(), "step", where);
  const std::int64_t new_skipped = Counter(file.file(), "skipped_steps", where);
  std::vector<std::pair<void*, std::string_view>> copies;  // done only when everything fits
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    const std::string& name = parameters[i].name;
    const std::vector<std::string> keys = ScalarKeysOf(i);
    for (std::size_t s = 0; s < keys.size(); ++s) {
      copies.emplace_back(&tensors[i].scalars[s], file.Take(name, keys[s], "F64", {}));
      double value = 0;
      std::memcpy(&value, copies.back().second.data(), sizeof(value));
      if (!std::isfinite(value) || (s == 0 && (value < 0 || value != std::floor(value)))) {
        FailIn(where, ErrorKind::kStateCounter, {keys[s]});
      }
    }
    for (const SlotView& slot : SlotsOf(i)) {
      const auto shape =
          slot.whole_shape ? Unsigned(tensors[i].shape) : std::vector<std::uint64_t>{slot.count};
      copies.emplace_back(slot.at, file.Take(name, slot.key, "F32", shape));
    }
    if (centers[i].empty()) continue;
    const std::string_view center =
        file.Take(name, name + "/center", "F32", Unsigned(tensors[i].shape));
    if (GroupOf(i).center == DecayCenter::kStart) {
      copies.emplace_back(centers[i].data(), center);
    } else if (std::memcmp(centers[i].data(), center.data(), center.size()) != 0) {
      report.differences.push_back({StateDifference::Kind::kChanged, "", name, "center"});
    }
  }
  file.NeedEmpty();
  AddDifferences(file.file().metadata, StateSettings(), &report.differences);
  for (const auto& [to, from] : copies) {
    if (!from.empty()) std::memcpy(to, from.data(), from.size());
  }
  // A file of another program may hold denormals, which would slow the first steps.
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    for (const SlotView& slot : SlotsOf(i)) {
      const float grid = GridShift(slot.grain);
      for (std::size_t k = 0; k < slot.count; ++k) slot.at[k] = ToGrid(slot.at[k], grid);
    }
  }
  step = report.step;
  skipped = new_skipped;
  return report;
}

std::string Optimizer::StateBytes() const { return impl_->StateBytes(); }

LoadReport Optimizer::LoadBytes(std::string_view bytes, const std::string& where) {
  return impl_->LoadBytes(bytes, where);
}

void Optimizer::Save(const std::string& path) const { WriteFileAtomically(path, StateBytes()); }

LoadReport Optimizer::Load(const std::string& path) {
  const MappedFile file(path);
  return impl_->LoadBytes(file.bytes(), path);
}

}  // namespace halflife
