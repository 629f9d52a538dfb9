#!/usr/bin/python3
"""Runs halflife and its peers in turns on the same generated files: run.py [WORK ...] [--rounds 7] [--quick].

In a first round every program runs at each of its settings; the results are compared, a peer that does not agree ends
the work, and the fastest setting of each goes on to the rounds that are measured. Ratios are taken round by round:
median +- half the distance between the quartiles.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys

import programs
import table
import works

HERE = pathlib.Path(__file__).resolve().parent


def arguments():
    parser = argparse.ArgumentParser(description="run halflife and its peers in turns on the same generated files")
    parser.add_argument("work", nargs="*", metavar="WORK", help=", ".join(works.WORKS) + "; all but " +
                        " and ".join(works.ON_REQUEST) + " if none is named")
    parser.add_argument("--rounds", type=int, default=7, help="0: check alone (default 7)")
    parser.add_argument("--program", type=pathlib.Path, default=HERE.parents[1] / "build/release/halflife")
    parser.add_argument("--folder", type=pathlib.Path, default=pathlib.Path("/tmp/halflife-peers"),
                        help="where generated files are kept")
    parser.add_argument("--without", default="", help="peers to leave out: NAME,NAME,...")
    parser.add_argument("--quick", action="store_true", help="fewer rows where a peer takes minutes")
    parser.add_argument("--markdown", type=pathlib.Path, help="also write the tables here")
    given = parser.parse_args()
    unknown = set(given.work) - set(works.WORKS)
    if unknown:
        parser.error(f"no such work: {', '.join(sorted(unknown))}")
    given.work = given.work or [name for name in works.WORKS if name not in works.ON_REQUEST]
    return given


def generate(name, given):
    """The work and the folder with its files."""
    subprocess.run([programs.PYTHON, HERE / "data.py", name, given.folder] + ["--quick"] * given.quick, check=True)
    work = works.WORKS[name].quick() if given.quick else works.WORKS[name]
    return work, given.folder / work.name


def probes_of(work, folder):
    """Decays at which classifiers' fits are also judged: a sixth, half and five sixths along the grid."""
    if work.family == "gaussian" or not work.bars:
        return []
    decays = json.loads((folder / "meta.json").read_text())["decays"]
    return [decays[len(decays) * sixths // 6] for sixths in (1, 3, 5)]


def first_round(work, folder, given):
    """The fastest setting of each program that can do the work, with what it found in FOLDER/found."""
    shutil.rmtree(folder / "found", ignore_errors=True)
    (folder / "found").mkdir()
    fastest = {}
    for name in [programs.OURS] + [peer for peer in work.bars if peer not in given.without.split(",")]:
        for setting in programs.settings(work, name):
            try:
                found = programs.run(name, given.program, work, folder, setting, probes_of(work, folder))
            except (programs.NotThereYet, programs.Failed) as problem:
                missing = isinstance(problem, programs.NotThereYet)
                print(f"  {name}: {'not there yet' if missing else 'failed'}: {problem}", flush=True)
                continue
            print(f"  {name}, {setting}: {found['seconds']:.4g} s; with start and loading {found['wall']:.4g} s, "
                  f"{found['cpu']:.4g} s of processors, {found['peak']:.0f} MB" +
                  (f"; read in {found['read']:.4g} s" if "read" in found else ""), flush=True)
            if name not in fastest or found["seconds"] < fastest[name][1]:
                fastest[name] = (setting, found["seconds"])
                (folder / "found" / f"{name}.json").write_text(json.dumps(found))
    return {name: setting for name, (setting, _) in fastest.items()}


def rounds_of(work, folder, chosen, given):
    """Every program once a round, in an order that turns."""
    measured = {name: (setting, []) for name, setting in chosen.items()}
    for turn in range(given.rounds):
        for name in list(chosen)[::-1 if turn % 2 else 1]:
            found = programs.run(name, given.program, work, folder, chosen[name])
            kept = ("seconds", "peak", "read", "wall", "cpu")
            measured[name][1].append({key: found[key] for key in kept if key in found})
    return measured


def compare(name, given):
    """Rows of the work's table; none where the results do not agree or nothing was measured."""
    work, folder = generate(name, given)
    print(f"{work.name}: {work.what}, {work.rows:,} x {work.columns:,}", flush=True)
    chosen = first_round(work, folder, given)
    agreed = subprocess.run([programs.PYTHON, HERE / "check.py", folder],
                            env=programs.environment()).returncode == 0
    if not agreed or not chosen or given.rounds == 0:
        return work, [], agreed
    measured = rounds_of(work, folder, chosen, given)
    (folder / "measured.json").write_text(json.dumps({name: rounds for name, (_, rounds) in measured.items()}))
    rows = table.rows_of(work, measured, programs.OURS)
    print(table.plain(work, rows) + "\n", flush=True)
    return work, rows, agreed


def main():
    given = arguments()
    compared = [compare(name, given) for name in given.work]
    if given.markdown:
        given.markdown.write_text(table.markdown([(work, rows) for work, rows, _ in compared if rows]))
    return 0 if all(agreed for _, _, agreed in compared) else 1


if __name__ == "__main__":
    sys.exit(main())
