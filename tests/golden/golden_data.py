"""Reading a CSV, and turning it into standardised numbers with what the training rows alone teach."""
import csv
import pathlib
import re

import numpy as np

DATA = pathlib.Path(__file__).resolve().parents[2] / "data"
MISSING = {"", "NA", "NaN", "null", "?"}
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")


class Table:
    """The rows of one file whose target is present, each with its fold (row number in the file modulo 5)."""

    def __init__(self, dataset, target, ignore=(), folds=5):
        with open(DATA / f"{dataset}.csv", newline="", encoding="utf-8") as file:
            header, *rows = csv.reader(file)
        where = header.index(target)
        self.dataset, self.target, self.ignore = dataset, target, list(ignore)
        self.fold = np.array([i % folds for i, row in enumerate(rows) if row[where] not in MISSING])
        rows = [row for row in rows if row[where] not in MISSING]
        self.target_cells = [row[where] for row in rows]
        self.columns = {name: [row[j] for row in rows] for j, name in enumerate(header)
                        if name != target and name not in ignore}

    def numeric_target(self, log=False):
        y = np.array([float(cell) for cell in self.target_cells])
        return np.log(y) if log else y

    def class_target(self):
        """Class names in sorted order, and each row's place among them."""
        classes = sorted(set(self.target_cells))
        return classes, np.array([classes.index(cell) for cell in self.target_cells])


def encoded_columns(cells, name, train):
    """(name, values) of every 0/1 or numeric column that one column of the file becomes."""
    absent = np.array([cell in MISSING for cell in cells])
    if all(NUMBER.fullmatch(cell) for cell in cells if cell not in MISSING):
        values = np.array([float("nan") if cell in MISSING else float(cell) for cell in cells])
        present = values[train & ~absent]
        values[absent] = present.mean() if present.size else 0.0
        yield name, values
    else:
        text = np.array(cells)
        for level in sorted(set(text[train & ~absent])):
            yield f"{name}={level}", (text == level).astype(float)
    if absent.any():
        yield f"{name}=missing", absent.astype(float)


def design(table, train):
    """Names of the encoded columns, and the standardised matrix of all rows; `train` is a row mask."""
    names, columns = [], []
    for name, cells in table.columns.items():
        for encoded, values in encoded_columns(cells, name, train):
            seen = values[train]
            if seen.min() < seen.max():
                names.append(encoded)
                columns.append((values - seen.mean()) / seen.std())
    assert len(set(names)) == len(names), "two encoded columns share a name"
    return names, np.column_stack(columns)
