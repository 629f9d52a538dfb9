"""Writes the seeds of the safetensors fuzzer: corpus/safetensors/.

    python3 tests/fuzz/make_safetensors_corpus.py
"""
import json
import pathlib
import struct


def file(header, data=b""):
    text = header.encode() if isinstance(header, str) else json.dumps(header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text)) + text + data


def tensor(dtype, shape, begin, end):
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def state(step="3", center=True, t=3.0):
    """The state of the optimizer that the fuzz target trains."""
    header = {"__metadata__": {"format": "halflife.state/1", "step": step, "skipped_steps": "0"}}
    data = b""
    for name, value in (("t", t), ("beta1_power", 0.9**3), ("beta2_power", 0.999**3)):
        header["w/adamw." + name] = tensor("F64", [], len(data), len(data) + 8)
        data += struct.pack("<d", value)
    for name in ["w/adamw.m", "w/adamw.v"] + (["w/center"] if center else []):
        header[name] = tensor("F32", [2, 2], len(data), len(data) + 16)
        data += struct.pack("<4f", 0.5, 0.25, 0.125, 1)
    return file(header, data)


one = tensor("F32", [1], 0, 4)
SEEDS = {
    "empty": b"",
    "no_tensors": file("{}"),
    "spaces": file("{}      "),
    "one": file({"x": one}, b"abcd"),
    "metadata": file({"__metadata__": {"a": "b"}, "x": one}, b"abcd"),
    "two": file({"y": tensor("I64", [1, 1], 4, 12), "x": one}, bytes(12)),
    "zero_size": file({"x": tensor("F32", [0, 7], 0, 0)}),
    "escaped": file({"x/\"\u00e9\n": one}, b"abcd"),
    "every_type": file({str(i): tensor(t, [1], 8 * i, 8 * i + s) for i, (t, s) in enumerate([("F64", 8), ("I64", 8), ("U64", 8)])}, bytes(24)),
    "half": file({"x": tensor("BF16", [3], 0, 6)}, bytes(6)),
    "twice": file('{"x":%s,"x":%s}' % (json.dumps(one), json.dumps(one)), b"abcd"),
    "overlap": file({"x": one, "y": tensor("F32", [1], 2, 6)}, bytes(6)),
    "gap": file({"x": tensor("F32", [1], 4, 8)}, bytes(8)),
    "backwards": file({"x": tensor("F32", [1], 4, 0)}, bytes(4)),
    "overflow": file({"x": tensor("F32", [2**63, 4], 0, 0)}),
    "huge_length": struct.pack("<Q", 2**63) + b"{}",
    "cut": file({"x": one}, b"abcd")[:20],
    "deep": file('{"x":' + '{"y":' * 50 + "1" + "}" * 51),
    "long_list": file({"x": {"shape": [1] * 100}}),
    "no_type": file({"x": {"shape": [1], "data_offsets": [0, 4]}}, b"abcd"),
    "negative": file({"x": tensor("F32", [-1], 0, 4)}, b"abcd"),
    "state": state(),
    "state_no_center": state(center=False),
    "state_step": state(step="-1"),
    "state_t_nan": state(t=float("nan")),
}

folder = pathlib.Path(__file__).parent / "corpus" / "safetensors"
folder.mkdir(parents=True, exist_ok=True)
for name, content in SEEDS.items():
    (folder / name).write_bytes(content)
