"""Rounds of times as tables for a terminal and for docs/benchmarks.md."""
import statistics

HEAD = ("program", "setting", "seconds", "peak MB", "times halflife's", "wanted")


def middle(values):
    """Median and half the distance between the quartiles."""
    if len(values) < 2:
        return values[0], 0.0
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return statistics.median(values), (high - low) / 2


def with_spread(values):
    """A median +- spread with three digits, as many decimals in both."""
    centre, spread = middle(values)
    decimals = 0 if centre >= 100 else 1 if centre >= 10 else 2 if centre >= 1 else 3 if centre >= .1 else 4
    return f"{centre:.{decimals}f} +- {spread:.{decimals}f}"


def rows_of(work, measured, ours):
    """A row a program; `measured` maps a name to its setting and rounds of (seconds, peak MB)."""
    rows = []
    for name, (setting, rounds) in measured.items():
        seconds = [r["seconds"] for r in rounds]
        ratio = ""
        if name != ours and ours in measured:
            ratio = with_spread([s / r["seconds"] for s, r in zip(seconds, measured[ours][1])])
        wanted = work.bars.get(name)
        rows.append((name, str(setting), with_spread(seconds), f"{max(r['peak'] for r in rounds):.0f}", ratio,
                     f"{wanted:g}" if wanted else ""))
    return rows


def plain(work, rows):
    """For a terminal."""
    widths = [max(len(row[i]) for row in [HEAD] + rows) for i in range(len(HEAD))]
    lines = [f"{work.name}: {work.what}, {work.rows:,} x {work.columns:,}"]
    for row in [HEAD] + rows:
        cells = [cell.ljust(width) if i < 2 else cell.rjust(width) for i, (cell, width) in enumerate(zip(row, widths))]
        lines.append("  " + "  ".join(cells).rstrip())
    return "\n".join(lines)


def markdown(tables):
    """All works in one table, with the work in its first column."""
    lines = ["| work | " + " | ".join(HEAD) + " |", "|---" * (len(HEAD) + 1) + "|"]
    for work, rows in tables:
        for i, row in enumerate(rows):
            lines.append("| " + " | ".join((f"{work.name}: {work.what}" if i == 0 else "",) + row) + " |")
    return "\n".join(lines) + "\n"
