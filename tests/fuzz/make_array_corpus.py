"""Writes the seeds of the array fuzzer: corpus/array/.

    python3 tests/fuzz/make_array_corpus.py
"""
import gzip
import io
import pathlib
import struct
import zipfile


def idx(code, shape, data):
    return bytes([0, 0, code, len(shape)]) + b"".join(struct.pack(">I", n) for n in shape) + data


def npy(descr, shape, data, fortran=False, version=1):
    header = "{'descr': %s, 'fortran_order': %s, 'shape': %s, }" % (descr if descr[0] == "[" else repr(descr), fortran, shape)
    form = "<H" if version == 1 else "<I"
    room = 8 + struct.calcsize(form) + len(header) + 1
    header += " " * (-room % 64) + "\n"
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack(form, len(header)) + header.encode() + data


def npz(members, method=zipfile.ZIP_STORED, comment=b""):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as z:
        for name, data in members:
            with z.open(zipfile.ZipInfo(name), "w", force_zip64=True) if method == zipfile.ZIP_STORED else z.open(name, "w") as f:
                f.write(data)
        z.comment = comment
    return file.getvalue()


def packed(data):
    return gzip.compress(data, mtime=0)


images = idx(0x08, [6, 2, 2], bytes(range(24)))
labels = idx(0x08, [6], bytes([0, 1, 2, 0, 1, 2]))
x = npy("<f4", "(4, 2)", struct.pack("<8f", 1, 2, 3, 4, 5, 6, 7, 9))
y = npy("|u1", "(4,)", bytes([0, 1, 0, 1]))
both = npz([("X.npy", x), ("y.npy", y)])
encrypted = bytearray(both)
encrypted[6] |= 1
encrypted[both.index(b"PK\1\2") + 8] |= 1
SEEDS = {
    "empty": b"",
    "csv": b"a,b\n1,2\n3,4\n",
    "csv_gz": packed(b"a,b\n1,2\n3,4\n"),
    "idx_images": images,
    "idx_labels": labels,
    "idx_i1": idx(0x09, [2, 2], b"\xff\1\2\3"),
    "idx_i2": idx(0x0B, [2, 1], struct.pack(">2h", -3, 4)),
    "idx_i4": idx(0x0C, [2], struct.pack(">2i", -3, 4)),
    "idx_f4": idx(0x0D, [2, 2], struct.pack(">4f", 1, 2, 3, 4)),
    "idx_f8": idx(0x0E, [2, 2], struct.pack(">4d", 1, 2, 3, 4)),
    "idx_cut": images[:-1],
    "idx_huge": idx(0x0E, [2**32 - 1] * 3, b""),
    "idx_type": idx(0x07, [1], b"a"),
    "idx_gz": packed(images),
    "idx_gz_cut": packed(images)[:-9],
    "idx_gz_two": packed(images[:20]) + packed(images[20:]),
    "idx_gz_bomb": packed(idx(0x08, [100000], bytes(100000))),
    "npy_f4": x,
    "npy_u1": y,
    "npy_f8_fortran": npy("<f8", "(2, 3)", struct.pack("<6d", 1, 4, 2, 5, 3, 6), fortran=True),
    "npy_i8_big": npy(">i8", "(3,)", struct.pack(">3q", 1, -2, 3)),
    "npy_f2": npy("<f2", "(2, 2)", struct.pack("<4e", 1, 2, 3, 0.5)),
    "npy_bool": npy("|b1", "(2, 1, 3)", bytes([0, 1, 1, 0, 0, 1])),
    "npy_nan": npy("<f8", "(2,)", struct.pack("<2d", 1, float("nan"))),
    "npy_v2": npy("<u2", "(2,)", b"\1\0\2\0", version=2),
    "npy_v3": npy("<u4", "(1,)", b"\1\0\2\0", version=3),
    "npy_scalar": npy("<f8", "()", struct.pack("<d", 1)),
    "npy_none": npy("<f8", "(0, 3)", b""),
    "npy_object": npy("|O", "(1,)", b"\x80\4N."),
    "npy_records": npy("[('a', '<f4')]", "(1,)", bytes(4)),
    "npy_negative": npy("<f4", "(-1,)", b""),
    "npy_overflow": npy("<f4", "(9223372036854775808, 4)", b""),
    "npy_gz": packed(x),
    "pickle": b"\x80\4\x95\1\0\0\0\0\0\0\0N.",
    "npz": both,
    "npz_deflated": npz([("X.npy", x), ("y.npy", y)], zipfile.ZIP_DEFLATED, b"comment"),
    "npz_three": npz([("a.npy", x), ("b.npy", x), ("y.npy", y)]),
    "npz_twice": both.replace(b"y.npy", b"X.npy"),
    "npz_encrypted": bytes(encrypted),
    "npz_cut": both[:-30],
    "npz_bomb": npz([("X.npy", x + bytes(200000))], zipfile.ZIP_DEFLATED),
    "zip_empty": npz([]),
    "zip_text": npz([("a.txt", b"text")]),
}

folder = pathlib.Path(__file__).parent / "corpus" / "array"
folder.mkdir(parents=True, exist_ok=True)
for name, content in SEEDS.items():
    (folder / name).write_bytes(content)
