// What errors say in English: safetensors files, in optim.
#include "base/error_catalogue.h"

namespace halflife::catalogue {
namespace {

constexpr auto kSafetensorsData = Error::Fault::kData;

constexpr ErrorEntry kSafetensorsErrors[] = {
    // Safetensors (optim/safetensors): the failure, then its causes.
    {ErrorKind::kSafetensorsUnsound, kSafetensorsData,
     "{file}: not a sound safetensors file: {cause}"},
    {ErrorKind::kSafetensorsHeader, kSafetensorsData,
     "{file}: not a sound safetensors file: the header: {cause}"},
    {ErrorKind::kSafetensorsNull, kSafetensorsData, "null has no place there"},
    {ErrorKind::kSafetensorsBoolean, kSafetensorsData, "true and false have no place there"},
    {ErrorKind::kSafetensorsNegative, kSafetensorsData, "a number is negative"},
    {ErrorKind::kSafetensorsFraction, kSafetensorsData, "a number is not whole"},
    {ErrorKind::kSafetensorsBytes, kSafetensorsData, "bytes have no place there"},
    {ErrorKind::kSafetensorsNumber, kSafetensorsData,
     "a number stands outside shape and data_offsets"},
    {ErrorKind::kSafetensorsLongList, kSafetensorsData, "a list is too long"},
    {ErrorKind::kSafetensorsText, kSafetensorsData, "a text stands where none can"},
    {ErrorKind::kSafetensorsMetadataKey, kSafetensorsData, "metadata has a key twice"},
    {ErrorKind::kSafetensorsTensorText, kSafetensorsData,
     "a tensor has a text other than its dtype"},
    {ErrorKind::kSafetensorsDeep, kSafetensorsData, "it is nested too deep"},
    {ErrorKind::kSafetensorsMetadataTwice, kSafetensorsData, "it has __metadata__ twice"},
    {ErrorKind::kSafetensorsTensorTwice, kSafetensorsData, "tensor {0:q} is there twice"},
    {ErrorKind::kSafetensorsTensorParts, kSafetensorsData,
     "tensor {0:q} lacks dtype, shape or two data_offsets"},
    {ErrorKind::kSafetensorsList, kSafetensorsData, "a list stands where none can"},
    {ErrorKind::kSafetensorsTensorList, kSafetensorsData,
     "a tensor has a list other than its shape and data_offsets"},
    {ErrorKind::kSafetensorsNotJson, kSafetensorsData, "it is not JSON at byte {0}"},
    {ErrorKind::kSafetensorsDtype, kSafetensorsData, "tensor {0:q} has the unknown dtype {1:q}"},
    {ErrorKind::kSafetensorsTensorLarge, kSafetensorsData, "tensor {0:q} is too large"},
    {ErrorKind::kSafetensorsOverlap, kSafetensorsData,
     "the bytes of tensor {0:q} overlap others, leave a gap or lie outside the file"},
    {ErrorKind::kSafetensorsTensorBytes, kSafetensorsData,
     "tensor {0:q} has {1} bytes, its shape asks for {2}"},
    {ErrorKind::kSafetensorsBytesLeft, kSafetensorsData,
     "{0} bytes at the end belong to no tensor"},
    {ErrorKind::kSafetensorsShort, kSafetensorsData, "it is shorter than a header's length"},
    {ErrorKind::kSafetensorsHeaderLarge, kSafetensorsData, "its header would be above 100 MB"},
    {ErrorKind::kSafetensorsHeaderCut, kSafetensorsData, "the file ends inside its header"},
    {ErrorKind::kSafetensorsHeaderStart, kSafetensorsData, "its header does not begin with {{"},
};

}  // namespace

std::span<const ErrorEntry> OfSafetensors() { return kSafetensorsErrors; }

}  // namespace halflife::catalogue
