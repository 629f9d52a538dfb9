"""Writes the seeds of the fuzzer that tunes what it reads: corpus/tune/.

    python3 tests/fuzz/make_tune_corpus.py
"""
import pathlib

FOLDER = pathlib.Path(__file__).parent / "corpus" / "tune"


def table(names, rows):
    return "\n".join([names] + rows) + "\n"


def rows(count, cells):
    """`cells` of each row number: a text with the row's commas."""
    return [cells(i) for i in range(count)]


SEEDS = {
    "line": table("y,x", rows(12, lambda i: f"{2 * i + i % 3},{i}")),
    "two_rows": table("y,x", ["1,2", "3,5"]),
    "constant_target": table("y,x", rows(6, lambda i: f"1,{i}")),
    "constant_column": table("y,x", rows(6, lambda i: f"{i},7")),
    "classes": table("y,x,c", rows(12, lambda i: f"{'yn'[i % 2]},{i * i % 7},{'abc'[i % 3]}")),
    "three_classes": table("y,x", rows(12, lambda i: f"{'abc'[i % 3]},{i * i % 5}")),
    "separable": table("y,x", rows(12, lambda i: f"{'no' if i < 6 else 'yes'},{i}")),
    "lone_class": table("y,x", rows(6, lambda i: f"{'a' if i else 'b'},{i}")),
    "categories": table("y,c,d", rows(16, lambda i: f"{i % 2},{'rstu'[i % 4]},{'pq'[i // 3 % 2]}")),
    "lone_levels": table("y,c", rows(10, lambda i: f"{i % 2},l{i * i % 9}")),
    "unique_text": table("y,c", rows(8, lambda i: f"{i},name {i}")),
    "missing": table("y,x,c", rows(12, lambda i: f"{i},{'' if i % 3 else i},{'' if i % 2 else 'r'}")),
    "all_missing": table("y,x", rows(5, lambda i: f"{i},")),
    "far": table("y,x,z", rows(8, lambda i: f"{i}e12,{i * i}e-12,{1e15 + i}")),
    "furthest": table("y,x", rows(6, lambda i: f"{i}e74,{i}e-74")),
    "rounding": table("y,x", rows(8, lambda i: f"{i},{0.3 if i % 2 else 0.1 + 0.2}")),
    "copies": table("y,a,b,c", rows(10, lambda i: f"{i % 4},{i},{i},{2 * i}")),
    "wide": table("y,a,b,c,d,e,f", rows(4, lambda i: f"{i}," + ",".join(str((i + 2) * j % 5) for j in range(6)))),
    "weights": table("y,x,w", rows(12, lambda i: f"{i * i % 5},{i},{i % 3}")),
    "negative_weights": table("y,x,w", rows(12, lambda i: f"{i * i % 5},{i},{i % 3 - 1}")),
    "groups": table("y,x,g", rows(12, lambda i: f"{i * i % 5},{i},{'abc'[i % 3]}")),
    "one_group": table("y,x,g", rows(6, lambda i: f"{i},{i * i},a")),
    "dates": table("y,x,d", rows(12, lambda i: f"{i * i % 5},{i},2024-01-{i + 1:02}")),
    "money": table("y,x", rows(8, lambda i: f"{i % 3},\"${i},{100 * i % 1000:03}\"")),
    "codes": table("y,x", rows(8, lambda i: f"{i % 2},{i % 3:03}")),
    "quoted": table("y,c", rows(8, lambda i: f"{i % 2},\"a, \"\"{i % 3}\"\"\"")),
    "zeros": table("y,x", rows(16, lambda i: f"{3 if i == 5 else 0},{i * i % 7}")),
    "semicolons": table("y;x", rows(8, lambda i: f"{i % 5},5;{i}")),
    "no_rows": "y,x\n",
}

if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in SEEDS.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
