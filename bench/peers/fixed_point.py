"""Numbers with six decimals written as CSV many times faster than one by one: digits of whole blocks at once."""
import numpy as np

SCALE = 1_000_000  # a cell is a whole number of millionths, so that file and arrays hold the same double
_INTEGER_DIGITS = 3
_WIDTH = 1 + _INTEGER_DIGITS + 1 + 6 + 1  # sign, digits, point, decimals, separator
_BLOCK_CELLS = 2_000_000


def to_cells(values):
    """Millionths of values, which must lie within +-999."""
    cells = np.rint(np.asarray(values) * SCALE).astype(np.int64)
    if np.abs(cells).max() >= 1000 * SCALE:
        raise ValueError("a value needs more than three digits before the point")
    return cells


def _block_bytes(cells, whole):
    """The text of some rows; columns for which `whole` holds are written without decimals."""
    digits = np.zeros(cells.shape + (_WIDTH,), dtype=np.uint8)
    kept = np.ones(digits.shape, dtype=bool)
    rest = np.abs(cells)
    for place in range(_WIDTH - 2, _INTEGER_DIGITS + 1, -1):
        rest, digits[..., place] = np.divmod(rest, 10)
    for place in range(_INTEGER_DIGITS, 0, -1):
        kept[..., place] = rest > 0
        rest, digits[..., place] = np.divmod(rest, 10)
    kept[..., _INTEGER_DIGITS] = True
    digits += ord("0")
    digits[..., 0] = ord("-")
    kept[..., 0] = cells < 0
    digits[..., _INTEGER_DIGITS + 1] = ord(".")
    digits[..., -1] = ord(",")
    digits[:, -1, -1] = ord("\n")
    kept[:, whole, _INTEGER_DIGITS + 1:-1] = False
    return digits[kept].tobytes()


def append_rows(file, cells, whole):
    """Writes rows of cells (see to_cells) to a binary file, a block at a time."""
    step = max(1, _BLOCK_CELLS // cells.shape[1])
    for begin in range(0, len(cells), step):
        file.write(_block_bytes(cells[begin:begin + step], whole))
