// Every way in which an array file can be broken, and the one line that says so.
#include <gtest/gtest.h>

#include "halflife/arrays.h"
#include "halflife/error.h"
#include "support/array_bytes.h"

namespace halflife {
namespace {

using testing::Elements;
using testing::Gzip;
using testing::Idx;
using testing::LittleEndian;
using testing::Npy;
using testing::NpyOf;
using testing::Zip;

struct Broken {
  std::string file;
  std::string message;  // after "t: "
};

std::string MessageOf(const std::string& file) {
  try {
    ParseArray(file, "t");
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

void ExpectMessages(const std::vector<Broken>& files) {
  for (const Broken& broken : files) EXPECT_EQ(MessageOf(broken.file), "t" + broken.message);
}

const std::string kNpy = Npy("<f4", "(2,)", Elements<float>({1, 2}));

std::string Header(const std::string& shape) {
  return "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + "}";
}

TEST(ArrayErrors, OtherFilesAreNamedAsWhatTheyAre) {
  ExpectMessages({
      {"", ": no array file: it begins neither as IDX nor as NPY or NPZ does"},
      {"a,b\n1,2\n", ": no array file: it begins neither as IDX nor as NPY or NPZ does"},
      {Gzip("a,b\n1,2\n"), ": no array file: it begins neither as IDX nor as NPY or NPZ does"},
      {"\x80\4\x95 pickle",
       ": it looks like a Python pickle, which only Python can read; save the array with "
       "numpy.save"},
      {Idx(0x07, {2}, "ab"),
       ": the IDX element type 0x07 is unknown; it must be 08, 09, 0B, 0C, 0D or 0E"},
      {"\x93NUMPX" + kNpy.substr(6),
       ": an NPY file of an unknown version; versions 1.0, 2.0 and 3.0 are read"},
      {std::string("\x93NUMPY\4\0", 8) + kNpy.substr(8),
       ": an NPY file of an unknown version; versions 1.0, 2.0 and 3.0 are read"},
  });
}

TEST(ArrayErrors, CutAndOverlongFilesSayHowMuchIsMissingOrTooMuch) {
  ExpectMessages({
      {Idx(0x08, {3, 4}, "").substr(0, 9),
       ": the file ends inside its header; copy or download it again"},
      {kNpy.substr(0, 40), ": the file ends inside its header; copy or download it again"},
      {Idx(0x08, {3, 4}, "0123456789"),
       ": its header announces 12 bytes of data, but the file holds 10; copy or download it again"},
      {kNpy.substr(0, kNpy.size() - 1),
       ": its header announces 8 bytes of data, but the file holds 7; copy or download it again"},
      {Gzip(kNpy.substr(0, kNpy.size() - 1)),
       ": its header announces 8 bytes of data, but there are only 7; copy or download the file "
       "again"},
      {kNpy + "x", ": after its array it goes on for 1 byte; save one array a file"},
      {Idx(0x08, {2}, "abcde"), ": after its array it goes on for 3 bytes; save one array a file"},
      {Gzip(kNpy + "x"), ": more bytes follow the array than its header announces; save it again"},
  });
}

TEST(ArrayErrors, GzipThatIsCutOrDamagedIsRefused) {
  const std::string gzip = Gzip(kNpy);
  std::string damaged = gzip;
  damaged[damaged.size() - 8] ^= 1;  // the checksum
  ExpectMessages({
      {gzip.substr(0, gzip.size() - 20),
       ": its gzip data end too soon; copy or download the file again"},
      {gzip.substr(0, gzip.size() - 1),
       ": its gzip data end too soon; copy or download the file again"},
      {damaged,
       ": its gzip data are damaged (incorrect data check); copy or download the file again"},
      {gzip + "more",
       ": after its gzip data it goes on for 4 bytes; remove what does not belong to it"},
      {std::string("\x1f\x8b\x07", 3) + gzip.substr(3),
       ": its gzip data are damaged (unknown compression method); copy or download the file "
       "again"},
  });
}

TEST(ArrayErrors, TypesThatAreNoNumbersAreRefusedByName) {
  const std::string advice = "; save an array of numbers, as by .astype(\"float32\")";
  ExpectMessages({
      {Npy("|O", "(2,)", "pickle"),
       ": it holds Python objects, which only Python can read (dtype \"|O\")" + advice},
      {Npy("<U0", "(2,)", ""), ": it holds elements of the unknown dtype \"<U0\"" + advice},
      {Npy("|S", "(2,)", ""), ": it holds elements of the unknown dtype \"|S\"" + advice},
      {Npy("<U99999999999999999999", "(2,)", ""),
       ": it holds elements of the unknown dtype \"<U99999999999999999999\"" + advice},
      {Npy("<U4611686018427387904", "(2,)", ""),
       ": it holds elements of the unknown dtype \"<U4611686018427387904\"" + advice},
      {Npy("<c8", "(2,)", std::string(16, '\0')),
       ": it holds complex numbers (dtype \"<c8\")" + advice},
      {Npy("<M8[ns]", "(2,)", std::string(16, '\0')),
       ": it holds dates or times (dtype \"<M8[ns]\")" + advice},
      {Npy("|V3", "(2,)", "012345"), ": it holds raw records (dtype \"|V3\")" + advice},
      {NpyOf("{'descr': [('a', '<f4'), ('b', '<i4')], 'fortran_order': False, 'shape': (2,), }",
             std::string(16, '\0')),
       ": it holds records (a structured dtype)" + advice},
      {Npy("<f16", "(2,)", std::string(32, '\0')),
       ": it holds elements of the unknown dtype \"<f16\"" + advice},
      {Npy("|f4", "(2,)", std::string(8, '\0')),
       ": it holds elements of the unknown dtype \"|f4\"" + advice},
      {Npy("", "(2,)", ""), ": it holds elements of the unknown dtype \"\"" + advice},
  });
}

TEST(ArrayErrors, BrokenNpyHeadersSayWhatIsWrong) {
  const std::string again = "; save the array again with numpy.save";
  const std::string ends_in_a_digit = "{'descr': '<f4', 'fortran_order': False, 'shape': (12";
  ExpectMessages({
      {NpyOf(Header("(2, -3)"), ""),
       ": its NPY header is broken: a size in its shape is negative" + again},
      {NpyOf(Header("(2, x)"), ""),
       ": its NPY header is broken: a size in its shape is no whole number" + again},
      {NpyOf(Header("(18446744073709551616,)"), ""),
       ": its NPY header is broken: a size in its shape is too large" + again},
      {std::string("\x93NUMPY\1\0", 8) + LittleEndian(ends_in_a_digit.size(), 2) + ends_in_a_digit,
       ": its NPY header is broken: a comma or ) is missing in its shape" + again},
      {NpyOf(Header("(2 3)"), ""),
       ": its NPY header is broken: a comma or ) is missing in its shape" + again},
      {NpyOf(Header("[2]"), ""), ": its NPY header is broken: ( is missing" + again},
      {NpyOf("{'descr': '<f4', 'shape': (2,)}", ""),
       ": its NPY header is broken: it lacks one of descr, fortran_order and shape" + again},
      {NpyOf("{'descr': '<f4', 'descr': '<f4'}", ""),
       ": its NPY header is broken: it has descr twice" + again},
      {NpyOf("{'order': '<f4'}", ""),
       ": its NPY header is broken: the key \"order\" is unknown" + again},
      {NpyOf("{'fortran_order': 1}", ""),
       ": its NPY header is broken: fortran_order is not True or False" + again},
      {NpyOf("{'descr': '<f4", ""), ": its NPY header is broken: a quote is never closed" + again},
      {NpyOf("{'descr': '<f4' 'shape'", ""),
       ": its NPY header is broken: a comma or } is missing" + again},
      {NpyOf(Header("(0,)") + "}", ""), ": its NPY header is broken: text follows its }" + again},
      {NpyOf("", ""), ": its NPY header is broken: { is missing" + again},
      {std::string("\x93NUMPY\2\0", 8) + LittleEndian(0x7FFFFFFF, 4),
       ": its NPY header would have 2147483647 bytes; at most 1048576 are read"},
  });
}

TEST(ArrayErrors, ShapesBeyondAllMemoryAreRefusedBeforeItIsTaken) {
  std::string ones = "(";
  for (int i = 0; i < 65; ++i) ones += "1, ";
  ExpectMessages({
      {NpyOf(Header("(9223372036854775808, 2)"), ""),
       ": its shape (9223372036854775808, 2) has more elements than can be counted"},
      {NpyOf(Header("(0, 9223372036854775808, 2)"), ""),
       ": its shape (0, 9223372036854775808, 2) has more elements than can be counted"},
      {Idx(0x0E, {4294967295U, 4294967295U, 4294967295U}, ""),
       ": its shape (4294967295, 4294967295, 4294967295) has more elements than can be counted"},
      {NpyOf(Header(ones + ")"), "0123"), ": it has 65 dimensions; at most 64 are read"},
      {NpyOf(Header("(1000000, 1000000)"), ""),
       ": its header announces 4000000000000 bytes of data, but the file holds 0; copy or download "
       "it again"},
  });
  // In gzip the file may hold 1032 times its own size, and no more.
  const std::string gzip = Gzip(NpyOf(Header("(1000000, 1000000)"), ""));
  const std::size_t header_bytes = 128;
  ExpectMessages(
      {{gzip,
        ": its header announces 4000000000000 bytes of data, but the file holds at "
        "most " +
            std::to_string(gzip.size() * 1032 - header_bytes) + "; copy or download it again"}});
}

TEST(ArrayErrors, BrokenZipFilesAreRefused) {
  const std::string good = Zip({{.name = "x.npy", .bytes = kNpy}});
  const std::string advice = "; copy or download it again";
  const std::size_t end = good.size() - 22;
  const std::size_t entry = end - 46 - 5;
  const auto changed = [&](std::size_t at, const std::string& bytes) {
    std::string file = good;
    return file.replace(at, bytes.size(), bytes);
  };
  ExpectMessages({
      {good.substr(0, good.size() - 1),
       ": not a sound zip file: its directory is missing at the end" + advice},
      {good + "x", ": not a sound zip file: its directory is missing at the end" + advice},
      {"PK\3\4" + good, ": not a sound zip file: its directory is not where it should be" + advice},
      {changed(end + 16, LittleEndian(0xFFFFFFFE, 4)),
       ": not a sound zip file: its directory is not where it should be" + advice},
      {changed(end + 8, LittleEndian(2, 2) + LittleEndian(2, 2)),
       ": not a sound zip file: its directory has fewer than 2 entries" + advice},
      {changed(end + 8, LittleEndian(0, 2) + LittleEndian(0, 2)),
       ": not a sound zip file: its directory has more than 0 entries" + advice},
      {changed(end + 4, LittleEndian(1, 2)),
       ": not a sound zip file: it is one part of several" + advice},
      {changed(entry + 28, LittleEndian(6, 2)),
       ": not a sound zip file: its directory is cut" + advice},
      {changed(entry, "QQ"),
       ": not a sound zip file: its directory has fewer than 1 entries" + advice},
      {changed(end + 10, LittleEndian(0xFFFF, 2)),
       ": it uses zip64 (for 4 GB and more), which is not read; save each array with numpy.save"},
      {Zip({{.name = "x.npy", .bytes = kNpy}, {.name = "x.npy", .bytes = kNpy}}),
       ": not a sound zip file: member \"x.npy\" is there twice" + advice},
      {Zip({{.name = "x.txt", .bytes = "x"}}), ": the zip file holds no array (NAME.npy)"},
      {Zip({}), ": the zip file holds no array (NAME.npy)"},
      {Zip({{.name = "a.npy", .bytes = kNpy}, {.name = "b\n.npy", .bytes = kNpy}}),
       ": it holds 2 arrays; name one of \"a\", \"b\\x0a\""},
  });
}

TEST(ArrayErrors, BrokenMembersOfAZipFileAreRefused) {
  const std::string good = Zip({{.name = "x.npy", .bytes = kNpy}});
  const std::size_t entry = good.size() - 22 - 46 - 5;
  const std::string advice = "; copy or download it again";
  const auto changed = [&](std::size_t at, const std::string& bytes) {
    std::string file = good;
    return file.replace(at, bytes.size(), bytes);
  };
  const auto member = [](const testing::ZipPart& part) { return Zip({part}); };
  std::string deflated = member({.name = "x.npy", .bytes = kNpy, .deflate = true});
  deflated[35] |= 6;  // the first block's type, which is then none
  ExpectMessages({
      {member({.name = "x.npy", .bytes = kNpy, .flags = 1}),
       " member \"x\": it is encrypted; save it without a password"},
      {member({.name = "x.npy", .bytes = kNpy, .method = 12}),
       " member \"x\": it is packed by zip method 12; only stored and deflated members are read, "
       "as "
       "numpy.savez and numpy.savez_compressed write them"},
      {member({.name = "x.npy", .bytes = kNpy, .crc = 1}),
       " member \"x\": its bytes do not give the checksum (CRC-32) written beside them; copy or "
       "download the file again"},
      {member({.name = "x.npy", .bytes = kNpy, .deflate = true, .crc = 1}),
       " member \"x\": its bytes do not give the checksum (CRC-32) written beside them; copy or "
       "download the file again"},
      {member({.name = "x.npy", .bytes = kNpy, .deflate = true, .size = 1000}),
       " member \"x\": 136 bytes unpacked where the zip directory says 1000; save the file again"},
      {member({.name = "x.npy", .bytes = kNpy, .size = 137}),
       " member \"x\": not a sound zip file: it is stored, yet has two sizes" + advice},
      {member({.name = "x.npy", .bytes = kNpy, .size = 0xFFFFFFFF}),
       " member \"x\": it uses zip64 (for 4 GB and more), which is not read; save each array with "
       "numpy.save"},
      {deflated,
       " member \"x\": its deflate data are damaged (invalid block type); copy or download the "
       "file "
       "again"},
      {changed(entry + 42, LittleEndian(5, 4)),
       " member \"x\": not a sound zip file: its own header is not where the directory says" +
           advice},
      {changed(30, "y"),
       " member \"x\": not a sound zip file: its own header differs from the directory" + advice},
      {changed(28, LittleEndian(60000, 2)),
       " member \"x\": not a sound zip file: its bytes reach beyond the file" + advice},
      {member({.name = "x.npy", .bytes = Npy("|O", "(2,)", "pickle")}),
       " member \"x\": it holds Python objects, which only Python can read (dtype \"|O\"); save an "
       "array of numbers, as by .astype(\"float32\")"},
  });
}

// 20 MB of zeros in 20 kB, behind a header that announces 8 bytes: what follows is never unpacked.
TEST(ArrayErrors, AZipBombIsRefusedByWhatItsHeaderAnnounces) {
  const std::string zeros(20'000'000, '\0');
  const std::string bomb = Zip({{.name = "x.npy", .bytes = kNpy + zeros, .deflate = true}});
  EXPECT_LT(bomb.size(), 25'000U);
  EXPECT_EQ(MessageOf(bomb),
            "t member \"x\": more bytes follow the array than its header announces; save it again");
  // A directory that tells less than is packed bounds it too.
  const std::string lying = Zip(
      {{.name = "x.npy", .bytes = Npy("|u1", "(20000000,)", zeros), .deflate = true, .size = 200}});
  EXPECT_EQ(
      MessageOf(lying),
      "t member \"x\": its header announces 20000000 bytes of data, but the file holds at most "
      "72; copy or download it again");
}

TEST(ArrayErrors, AMemberThatIsNotThereIsAMistakeOfUse) {
  const std::string npz = Zip({{.name = "a.npy", .bytes = kNpy}, {.name = "b.npy", .bytes = kNpy}});
  try {
    ParseArray(npz, "t", "c");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "t: it holds no array \"c\"; name one of \"a\", \"b\"");
    EXPECT_EQ(error.fault(), Error::Fault::kUsage);
  }
  try {
    ParseArray(kNpy, "t", "c");
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "t: it is no NPZ file, so it has no array \"c\" in it; leave the name out");
  }
}

}  // namespace
}  // namespace halflife
