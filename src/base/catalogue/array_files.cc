// What errors say in English: array files, in data.
#include "base/error_catalogue.h"

namespace halflife::catalogue {
namespace {

constexpr auto kArrayFilesData = Error::Fault::kData;

constexpr ErrorEntry kArrayFilesErrors[] = {
    // Arrays (data/array_*, data/byte_stream).
    {ErrorKind::kArrayUnknown, kArrayFilesData,
     "{file}: no array file: it begins neither as IDX nor as NPY or NPZ does"},
    {ErrorKind::kArrayPickle, kArrayFilesData,
     "{file}: it looks like a Python pickle, which only Python can read; save the array with "
     "numpy.save"},
    {ErrorKind::kArrayHeaderCut, kArrayFilesData,
     "{file}: the file ends inside its header; copy or download it again"},
    {ErrorKind::kArrayDimensions, kArrayFilesData,
     "{file}: it has {0} dimensions; at most {1} are read"},
    {ErrorKind::kArrayUncountable, kArrayFilesData,
     "{file}: its shape ({0}) has more elements than can be counted"},
    {ErrorKind::kArrayShort, kArrayFilesData,
     "{file}: its header announces {0} bytes of data, but the file holds {1}; copy or download it "
     "again"},
    {ErrorKind::kArrayShortPacked, kArrayFilesData,
     "{file}: its header announces {0} bytes of data, but the file holds at most {1}; copy or "
     "download it again"},
    {ErrorKind::kArrayEndsEarly, kArrayFilesData,
     "{file}: its header announces {0} bytes of data, but there are only {1}; copy or download the "
     "file again"},
    {ErrorKind::kArrayNoMemory, kArrayFilesData,
     "{file}: its {0} bytes of data do not fit into memory"},
    {ErrorKind::kArrayGoesOn, kArrayFilesData,
     "{file}: after its array it goes on for {0} {0|byte|bytes}; save one array a file"},
    {ErrorKind::kArrayMoreBytes, kArrayFilesData,
     "{file}: more bytes follow the array than its header announces; save it again"},
    {ErrorKind::kPackedShort, kArrayFilesData,
     "{file}: its {0} data end too soon; copy or download the file again"},
    {ErrorKind::kPackedDamaged, kArrayFilesData,
     "{file}: its {0} data are damaged{1? ({1})}; copy or download the file again"},
    {ErrorKind::kPackedGoesOn, kArrayFilesData,
     "{file}: after its {0} data it goes on for {1} {1|byte|bytes}; remove what does not belong to "
     "it"},
    {ErrorKind::kIdxType, kArrayFilesData,
     "{file}: the IDX element type 0x{0} is unknown; it must be 08, 09, 0B, 0C, 0D or 0E"},
    {ErrorKind::kArrayNoNumbers, kArrayFilesData,
     "{file}: it holds {cause}; save an array of numbers, as by .astype(\"float32\")"},
    {ErrorKind::kHoldsText, kArrayFilesData, "text"},
    {ErrorKind::kHoldsRecords, kArrayFilesData, "records (a structured dtype)"},
    {ErrorKind::kHoldsObjects, kArrayFilesData,
     "Python objects, which only Python can read (dtype {0:q})"},
    {ErrorKind::kHoldsRawRecords, kArrayFilesData, "raw records (dtype {0:q})"},
    {ErrorKind::kHoldsComplex, kArrayFilesData, "complex numbers (dtype {0:q})"},
    {ErrorKind::kHoldsTimes, kArrayFilesData, "dates or times (dtype {0:q})"},
    {ErrorKind::kHoldsUnknown, kArrayFilesData, "elements of the unknown dtype {0:q}"},
    {ErrorKind::kArrayTextElement, kArrayFilesData,
     "{file}: element {0} (counted from 0) is {1:q}, which is no text; save text that is UTF-8, "
     "without NUL characters"},
    // NPY headers (data/npy_header): the failure, then its causes.
    {ErrorKind::kNpyVersion, kArrayFilesData,
     "{file}: an NPY file of an unknown version; versions 1.0, 2.0 and 3.0 are read"},
    {ErrorKind::kNpyLongHeader, kArrayFilesData,
     "{file}: its NPY header would have {0} bytes; at most {1} are read"},
    {ErrorKind::kNpyHeader, kArrayFilesData,
     "{file}: its NPY header is broken: {cause}; save the array again with numpy.save"},
    {ErrorKind::kNpyComma, kArrayFilesData, "a comma or }} is missing"},
    {ErrorKind::kNpyGoesOn, kArrayFilesData, "text follows its }}"},
    {ErrorKind::kNpyKeys, kArrayFilesData, "it lacks one of descr, fortran_order and shape"},
    {ErrorKind::kNpyMark, kArrayFilesData, "{0} is missing"},
    {ErrorKind::kNpyQuote, kArrayFilesData, "a quote is never closed"},
    {ErrorKind::kNpyKey, kArrayFilesData, "the key {0:q} is unknown"},
    {ErrorKind::kNpyKeyTwice, kArrayFilesData, "it has {0} twice"},
    {ErrorKind::kNpyOrder, kArrayFilesData, "fortran_order is not True or False"},
    {ErrorKind::kNpyShapeComma, kArrayFilesData, "a comma or ) is missing in its shape"},
    {ErrorKind::kNpyNegativeSize, kArrayFilesData, "a size in its shape is negative"},
    {ErrorKind::kNpyLargeSize, kArrayFilesData, "a size in its shape is too large"},
    {ErrorKind::kNpyNoSize, kArrayFilesData, "a size in its shape is no whole number"},
    // Zip files (data/zip): the failure, then its causes.
    {ErrorKind::kZipUnsound, kArrayFilesData,
     "{file}: not a sound zip file: {cause}; copy or download it again"},
    {ErrorKind::kZipNoDirectory, kArrayFilesData, "its directory is missing at the end"},
    {ErrorKind::kZipOfSeveral, kArrayFilesData, "it is one part of several"},
    {ErrorKind::kZipDirectoryPlace, kArrayFilesData, "its directory is not where it should be"},
    {ErrorKind::kZipFewEntries, kArrayFilesData, "its directory has fewer than {0} entries"},
    {ErrorKind::kZipManyEntries, kArrayFilesData, "its directory has more than {0} entries"},
    {ErrorKind::kZipDirectoryCut, kArrayFilesData, "its directory is cut"},
    {ErrorKind::kZipMemberTwice, kArrayFilesData, "member {0:q} is there twice"},
    {ErrorKind::kZipHeaderPlace, kArrayFilesData, "its own header is not where the directory says"},
    {ErrorKind::kZipHeaderDiffers, kArrayFilesData, "its own header differs from the directory"},
    {ErrorKind::kZipBytesBeyond, kArrayFilesData, "its bytes reach beyond the file"},
    {ErrorKind::kZipTwoSizes, kArrayFilesData, "it is stored, yet has two sizes"},
    {ErrorKind::kZip64, kArrayFilesData,
     "{file}: it uses zip64 (for 4 GB and more), which is not read; save each array with "
     "numpy.save"},
    {ErrorKind::kZipEncrypted, kArrayFilesData,
     "{file}: it is encrypted; save it without a password"},
    {ErrorKind::kZipMethod, kArrayFilesData,
     "{file}: it is packed by zip method {0}; only stored and deflated members are read, as "
     "numpy.savez and numpy.savez_compressed write them"},
    {ErrorKind::kZipSize, kArrayFilesData,
     "{file}: {0} {0|byte|bytes} unpacked where the zip directory says {1}; save the file again"},
    {ErrorKind::kZipChecksum, kArrayFilesData,
     "{file}: its bytes do not give the checksum (CRC-32) written beside them; copy or download "
     "the file again"},
};

}  // namespace

std::span<const ErrorEntry> OfArrayFiles() { return kArrayFilesErrors; }

}  // namespace halflife::catalogue
