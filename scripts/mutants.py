#!/usr/bin/env python3
"""Applies small changes to the sources, one at a time, and reports which of them no test notices.

Works on a copy in build/mutants, never on the checkout. The changes are drawn by a seed from every
floor; those of NAMED are always among them. What cannot be noticed is listed with its reason in
scripts/mutants_equivalent.txt. See docs/testing.md.
"""

import argparse
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "build" / "mutants"
SOURCE = WORK / "source"
BUILD = WORK / "build"
COPIED = ["CMakeLists.txt", "README.md", "include", "src", "tests", "examples", "web", "docs", "data", "scripts"]

# The test programs that a floor's changes are put to, the likeliest to notice first.
FLOORS = {
    "base": ["base_test", "data_test", "report_test", "tune_test"],
    "linalg": ["base_test", "model_test", "tune_test"],
    "kernels": ["optim_reference_test", "kernels_test", "net_test", "penalty_test", "optim_test", "optim_registry_test"],
    "penalty": ["penalty_test"],
    "optim": ["optim_test", "custom_rule_test", "penalty_test", "optim_reference_test", "optim_registry_test"],
    "data": ["data_test", "array_test", "model_test", "report_test", "tune_test"],
    "model": ["model_test", "tune_test", "golden_test"],
    "net": ["net_test", "tune_test", "golden_test"],
    "tune": ["tune_test", "report_test", "golden_test"],
    "report": ["report_test", "snippets_test"],
}
# Tests to leave out: a filter a program.
LEFT_OUT = {}
FEWEST = 3  # drawn of each floor, where the count allows

# Changes that went unseen once: (what it does, file, old text, new text). The old text must be there once.
NAMED = [
    ("a fold's share is 1/K instead of 1/(K - 1)", "src/tune/verdict.cc",
     "held[fold] / training[fold]", "held[fold] / (held[fold] + training[fold])"),
    ("scalars decay by default", "src/optim/groups.cc",
     "kind == ParameterKind::kNorm ||\n         kind == ParameterKind::kScalar", "kind == ParameterKind::kNorm"),
    ("the corrected law ignores the schedule's peak in shrinkage", "src/optim/shrinkage.cc",
     "law == DecayLaw::kCorrected ? lr_schedule.Peak() : 1", "1"),
    ("clip_norm ignores gradient_scale", "src/optim/gradients.cc", "std::sqrt(sum) * *scale", "std::sqrt(sum)"),
    ("tensor rules ignore clip_value", "src/optim/tensor_steps.cc",
     "context.clip_value > 0 ? context.clip_value : HUGE_VAL", "HUGE_VAL"),
    ("tensor rules ignore gradient_scale and clip_norm", "src/optim/tensor_steps.cc",
     "job.gradient_scale = context.gradient_scale;", ""),
    ("no fsync before rename", "src/base/atomic_file.cc",
     "if (fsync(file.get()) != 0) FailWrite(path, errno);", ""),
    ("a load drops skipped_steps", "src/optim/state.cc", "skipped = new_skipped;", ""),
    ("a load does not report a changed lr", "src/optim/state.cc",
     'add("lr", ShortestNumber(group.lr));', ""),
    ("decay without a gradient advances the step", "src/optim/optimizer.cc", "if (tensor.g == nullptr) continue;", ""),
    ("ties choose the smallest decay", "src/tune/sweep.cc",
     "trials[i].MeanValidation() <= trials[best].MeanValidation()",
     "trials[i].MeanValidation() < trials[best].MeanValidation()"),
]


class Mutant:
    """One change: text[begin:end] of the file becomes `new`."""

    def __init__(self, floor, file, text, begin, end, new, kind):
        self.text = text
        self.floor, self.file, self.begin, self.end, self.new, self.kind = floor, file, begin, end, new, kind
        self.line = text.count("\n", 0, begin) + 1
        first = text.rfind("\n", 0, begin) + 1
        last = text.find("\n", end)
        self.before = " ".join(text[first:last].split())
        self.after = " ".join((text[first:begin] + new + text[end:last]).split())
        # Around the change alone, for the table.
        near = 28
        left = text[max(first, begin - near):begin].lstrip()
        right = text[end:min(last, end + near)].rstrip()
        self.shown = " ".join((left + text[begin:end] + right).split())
        self.becomes = " ".join((left + new + right).split())

    def key(self):
        return f"{self.file} | {self.before} => {self.after}".strip()


def code_only(text):
    """The text with comments, strings and characters blanked, as long as before."""
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])+\'', re.S)
    return pattern.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)


SKIPPED = re.compile(r"^\s*(#|using |template|namespace|static_assert|HALFLIFE_CHECK|extern|HWY_|public:|private:)|"
                     r"static_assert|HALFLIFE_CHECK|operator|noexcept")
OPERATORS = {" + ": " - ", " - ": " + ", " * ": " / ", " / ": " * ", " += ": " -= ", " -= ": " += ",
             " && ": " || ", " || ": " && "}
COMPARISONS = {" < ": " <= ", " <= ": " < ", " > ": " >= ", " >= ": " > ", " == ": " != ", " != ": " == "}
NUMBER = re.compile(r"(?<![\w.'])(\d+(?:'\d+)*)(\.\d*)?([eE][-+]?\d+)?(?![\w.'])")
CALL = re.compile(r"^\s*([A-Za-z_]\w*(?:(?:::|\.|->)[A-Za-z_]\w*|\[\w*\])*\(.*\));\s*$")
NO_CALL = re.compile(r"^\s*(return|if|for|while|switch|throw|delete|case|else|static_cast|co_)\b")


def balanced(text):
    depth = 0
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def changes_of_line(line):
    """(kind, begin, end, new) for every change of a line whose comments and strings are blanked."""
    for kind, table in (("operator", OPERATORS), ("comparison", COMPARISONS)):
        for old, new in table.items():
            at = line.find(old)
            while at >= 0:
                yield kind, at, at + len(old), new
                at = line.find(old, at + 1)
    for match in NUMBER.finditer(line):
        text = match.group()
        whole = match.group(2) is None and match.group(3) is None
        if whole:
            yield "constant", match.start(), match.end(), str(int(text.replace("'", "")) + 1)
        else:
            value = float(text.replace("'", ""))
            yield "constant", match.start(), match.end(), repr(value * 2 if value != 0 else 1.0)
    for match in re.finditer(r"\b(true|false)\b", line):
        yield "constant", match.start(), match.end(), "false" if match.group() == "true" else "true"
    call = CALL.match(line)
    if call and balanced(call.group(1)) and not NO_CALL.match(line):
        yield "dropped call", call.start(1), call.end(1) + 1, ""
    found = re.match(r"^\s*(?:\} else )?if \(", line)
    if found:
        begin = found.end()
        depth, end = 1, begin
        while end < len(line) and depth > 0:
            depth += {"(": 1, ")": -1}.get(line[end], 0)
            end += 1
        condition = line[begin:end - 1]
        if depth == 0 and ";" not in condition and not re.search(r"[^=!<>]=[^=]", condition):
            yield "negated condition", begin, end - 1, f"!({condition})"


def mutants_of_file(floor, file):
    text = (ROOT / file).read_text()
    at = 0
    for line in code_only(text).splitlines(keepends=True):
        if not SKIPPED.search(line):
            bare = line.rstrip("\n")
            for kind, begin, end, new in changes_of_line(bare):
                if kind == "negated condition":  # the blanked line has lost its strings
                    new = f"!({text[at + begin:at + end]})"
                yield Mutant(floor, file, text, at + begin, at + end, new, kind)
        at += len(line)


def files_of_floor(floor):
    folder = ROOT / "src" / floor
    patterns = ["**/*.cc"] + (["rules/*.h", "*-inl.h"] if floor == "kernels" else [])
    unseen = ("_none.cc", "_trap.cc", "_serial.cc", "_still.cc", "targets_fixed.cc")  # of WebAssembly
    words = ("catalogue", "error_words_zh", "page_assets")  # tables of text
    files = sorted({str(path.relative_to(ROOT)) for pattern in patterns for path in folder.glob(pattern)})
    return [file for file in files if not file.endswith(unseen) and not any(word in file for word in words)]


def draw(seed, count):
    """A list of slots; each is a list of mutants, of which the first that compiles is taken."""
    chance = random.Random(seed)
    pools, sizes = {}, {}
    for floor in FLOORS:
        by_kind = {}
        for file in files_of_floor(floor):
            for mutant in mutants_of_file(floor, file):
                by_kind.setdefault(mutant.kind, []).append(mutant)
        for kind in sorted(by_kind):
            chance.shuffle(by_kind[kind])
        pools[floor] = by_kind
        sizes[floor] = sum(len(pool) for pool in by_kind.values())
    floors = [floor for _ in range(FEWEST) for floor in FLOORS][:count]
    floors += chance.choices(list(FLOORS), [sizes[floor] for floor in FLOORS], k=max(0, count - len(floors)))
    slots = []
    for floor in floors:
        kinds = sorted(kind for kind, pool in pools[floor].items() if pool)
        pool = pools[floor][chance.choice(kinds)]
        slots.append([pool.pop() for _ in range(min(12, len(pool)))])
    return slots


def named():
    mutants = []
    for kind, file, old, new in NAMED:
        text = (ROOT / file).read_text()
        if text.count(old) != 1:
            sys.exit(f"{file}: the text of \"{kind}\" is there {text.count(old)} times, not once:\n{old}")
        begin = text.index(old)
        mutants.append(Mutant(file.split("/")[1], file, text, begin, begin + len(old), new, kind))
    return mutants


def run(command, limit=None):
    """(exit code or None for a hang, what it said)."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                               errors="replace", start_new_session=True)
    try:
        said, _ = process.communicate(timeout=limit)
        return process.returncode, said
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        said, _ = process.communicate()
        return None, said


def copy_sources():
    wanted = set()
    for top in COPIED:
        paths = [ROOT / top] if (ROOT / top).is_file() else sorted((ROOT / top).rglob("*"))
        for path in paths:
            if not path.is_file() or "node_modules" in path.parts:
                continue
            to = SOURCE / path.relative_to(ROOT)
            wanted.add(to)
            if not to.exists() or to.read_bytes() != path.read_bytes():
                to.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, to)
    for path in sorted(SOURCE.rglob("*")):
        if path.is_file() and path not in wanted:
            path.unlink()


def configure():
    os.environ.setdefault("CCACHE_SLOPPINESS", "pch_defines,time_macros,include_file_mtime,include_file_ctime")
    if shutil.which("ccache"):
        os.environ.setdefault("CMAKE_CXX_COMPILER_LAUNCHER", "ccache")
    code, said = run(["cmake", "-G", "Ninja", "-S", str(SOURCE), "-B", str(BUILD), "-DCMAKE_BUILD_TYPE=None",
                      "-DCMAKE_CXX_FLAGS=-O1 -DNDEBUG -D_GLIBCXX_ASSERTIONS", "-DHALFLIFE_TESTS=ON", "-DHALFLIFE_LAB=OFF",
                      "-DHALFLIFE_INSTALL=OFF", "-DCMAKE_GTEST_DISCOVER_TESTS_DISCOVERY_MODE=PRE_TEST",
                      "--log-level=WARNING"])
    if code != 0:
        sys.exit(said)


def build(programs):
    return run(["ninja", "-C", str(BUILD), *programs])


def test(program, limit):
    """None where all is well, else what went wrong."""
    code, said = run([str(BUILD / program), "--gtest_fail_fast", "--gtest_brief=1",
                      f"--gtest_filter=-{LEFT_OUT.get(program, '')}"], limit)
    if code == 0:
        return None
    if code is None:
        return f"{program}: hangs"
    failed = re.search(r"\[  FAILED  \] ([\w/.]+)", said)
    if failed:
        return f"{program}: {failed.group(1)}"
    return f"{program}: ends with {'signal ' + str(-code) if code < 0 else 'code ' + str(code)}"


class Programs:
    """Builds and runs the test programs; each is first run with the sources as they are, and must pass."""

    def __init__(self):
        self.seconds = {}

    def knows(self, program):
        return program in self.seconds

    def learn(self, program):
        code, said = build([program])
        if code != 0:
            sys.exit("the sources as they are do not build:\n" + said[-4000:])
        start = time.monotonic()
        wrong = test(program, None)
        if wrong:
            sys.exit(f"the sources as they are fail: {wrong}")
        self.seconds[program] = time.monotonic() - start
        print(f"unchanged: {program} passes in {self.seconds[program]:.1f} s", flush=True)

    def outcome_of(self, mutant):
        """None where it does not compile; else who noticed it, or "survived"."""
        target = SOURCE / mutant.file
        text = mutant.text
        changed = text[:mutant.begin] + mutant.new + text[mutant.end:]
        try:
            for program in FLOORS[mutant.floor]:
                if not self.knows(program):
                    target.write_text(text)
                    self.learn(program)
                if target.read_text() != changed:
                    target.write_text(changed)
                code, _ = build([program])
                if code != 0:
                    return None
                wrong = test(program, max(120.0, 10 * self.seconds[program]))
                if wrong:
                    return wrong
            return "survived"
        finally:
            target.write_text(text)


def equivalents():
    """{file | old line => new line: reason}."""
    reasons = {}
    path = ROOT / "scripts" / "mutants_equivalent.txt"
    for line in path.read_text().splitlines() if path.exists() else []:
        if line.strip() and not line.startswith("#"):
            change, reason = line.rsplit(" ## ", 1)
            reasons[change.strip()] = reason.strip()
    return reasons


def cell(text):
    return text.replace("|", "\\|")


def report(results, arguments):
    reasons = equivalents()
    rows, counts = [], {"killed": 0, "survived": 0, "equivalent": 0}
    for result in results:
        outcome = result["outcome"]
        if outcome == "survived" and result["key"] in reasons:
            outcome = "equivalent: " + reasons[result["key"]]
        counts["survived" if outcome == "survived" else
               "equivalent" if outcome.startswith("equivalent") else "killed"] += 1
        change = f"`{cell(result['shown'])}` → `{cell(result['becomes'])}`" if result["becomes"] \
            else f"`{cell(result['shown'])}` dropped"
        noticed = outcome if " " in outcome and outcome.startswith("equivalent") else f"{outcome}"
        rows.append(f"| {result['file']}:{result['line']} | {result['kind']} | {change} | {cell(noticed)} |")
    summary = (f"{len(results)} changes (seed {arguments.seed}): {counts['killed']} noticed, "
               f"{counts['survived']} survived, {counts['equivalent']} equivalent.")
    text = "\n".join([summary, "", "| where | kind | change | noticed by |", "|---|---|---|---|", *rows, ""])
    (WORK / "report.md").write_text(text)
    return summary, counts["survived"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=40, help="changes drawn, beside the named ones")
    parser.add_argument("--only", default="", help="only those whose \"file:line kind\" contains this")
    parser.add_argument("--rest", action="store_true", help="those alone that the last run left: survived or not tried")
    parser.add_argument("--list", action="store_true", help="print what would be tried first, and do nothing")
    arguments = parser.parse_args()
    slots = [[mutant] for mutant in named()] + draw(arguments.seed, arguments.count)
    if arguments.list:
        for slot in slots:
            print(f"{slot[0].file}:{slot[0].line} {slot[0].kind}: {slot[0].shown} -> {slot[0].becomes}")
        return 0
    WORK.mkdir(parents=True, exist_ok=True)
    last = WORK / "results.json"
    former = json.loads(last.read_text()) if arguments.rest and last.exists() else []
    noticed = {result["key"] for result in former
               if result["outcome"] != "survived" or result["key"] in equivalents()}
    no_code = WORK / "not_compiling.json"
    refused = set(json.loads(no_code.read_text())) if no_code.exists() else set()

    def wanted(mutant):
        return mutant.key() not in noticed and arguments.only in f"{mutant.file}:{mutant.line} {mutant.kind}"

    chosen = []
    for slot in slots:
        slot = [mutant for mutant in slot if mutant.key() not in refused]
        if slot and wanted(slot[0]):
            chosen.append(slot)
    tried = {result["key"] for result in former}
    chosen.sort(key=lambda slot: slot[0].key() in tried)  # what was not tried comes first
    copy_sources()
    configure()
    programs = Programs()
    results = {result["key"]: result for result in former}
    for slot in chosen:
        for mutant in slot:
            start = time.monotonic()
            outcome = programs.outcome_of(mutant)
            if outcome is None:
                refused.add(mutant.key())
                no_code.write_text(json.dumps(sorted(refused)))
                continue
            results[mutant.key()] = {"key": mutant.key(), "file": mutant.file, "line": mutant.line,
                                     "kind": mutant.kind, "shown": mutant.shown, "becomes": mutant.becomes,
                                     "outcome": outcome}
            print(f"{mutant.file}:{mutant.line} {mutant.kind}: {mutant.shown} -> {mutant.becomes}: {outcome} "
                  f"({time.monotonic() - start:.0f} s)", flush=True)
            break
        last.write_text(json.dumps(list(results.values()), indent=1))
        summary, left = report(list(results.values()), arguments)
    print(summary)
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
