"""How each program is started on a work, at which settings, and what it says of itself. Imports nothing large: a
child's peak memory as the system counts it is never below its parent's."""
import json
import os
import pathlib
import subprocess
import tempfile
import time
from dataclasses import dataclass

import works

HERE = pathlib.Path(__file__).resolve().parent
PYTHON = "/usr/bin/python3"
OURS = "halflife"


class NotThereYet(Exception):
    """The program does not know a flag of this work."""


class Failed(Exception):
    """A program ended with an error; the text is what it said."""


@dataclass(frozen=True)
class Setting:
    """Threads of one run: worker processes (or threads) of the program, threads of its BLAS; glmnet's method."""
    jobs: int
    blas: int = 1
    method: str = "default"

    def __str__(self):
        words = f"{self.jobs} job" + "s" * (self.jobs > 1)
        if self.blas > 1:
            words += f", BLAS {self.blas}"
        return words + (f", {self.method}" if self.method != "default" else "")


def settings(work, name):
    """What is tried in the first round; the fastest stays."""
    if name in (OURS, works.PANDAS):
        return [Setting(2 if name == OURS else 1)]
    if name == works.RIDGECV:
        return [Setting(1), Setting(1, blas=2)]
    if name in (works.GLMNET, works.FREAD):
        found = [Setting(1), Setting(2)]
        if name == works.GLMNET and work.family == "gaussian" and 500 <= work.columns < work.rows:
            found += [Setting(1, method="covariance"), Setting(2, method="covariance")]
        return found
    return [Setting(2), Setting(1, blas=2)]


_LIMITS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")


def environment(blas=None):
    """The caller's, without what tunes OpenBLAS for another purpose and with its threads limited, or not at all."""
    left_out = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE") + _LIMITS
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return kept | ({name: str(blas) for name in _LIMITS} if blas else {})


def execute(command, env):
    """What a whole command took: seconds, processor seconds of it and its workers, peak MB of the largest of them."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        begin = time.perf_counter()
        child = subprocess.Popen([str(word) for word in command], env=env, stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begin
        child.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        said = err.read().decode(errors="replace").strip()
    if child.returncode == 2 and "--" in said:
        raise NotThereYet(said)
    if child.returncode != 0:
        raise Failed(f"{command[0]} ended with {child.returncode}: {said[-500:]}")
    return {"wall": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss / 1024}


def tune_flags(work, decays):
    """The work in flags of halflife tune."""
    flags = ["--target", "y", "--fold-column", "fold", "--decay", ",".join(repr(d) for d in decays), "--quiet"]
    flags += ["--task", "regression" if work.family == "gaussian" else "classification"]
    if work.ratio:
        flags += ["--penalty", "l1" if work.ratio == 1 else f"elastic-net:{work.ratio:g}"]
    if work.job == "stream":
        flags += ["--stream"]
    return flags


def solution_of(model):
    """What model.json holds, over inputs as halflife standardised them."""
    inputs = [[i["column"], i.get("level")] for i in model["inputs"]]
    scaled = {"mean": [i["mean"] for i in model["inputs"]], "scale": [i["scale"] for i in model["inputs"]]}
    weights = [list(row) for row in zip(*(i["weights"] for i in model["inputs"]))]
    return {"decay": model["decay"], "weights": weights, "intercept": model["intercept"], "inputs": inputs} | scaled


def read_halflife(program, folder, setting, has_target):
    """What tune says its reading took, or all of `columns` where the work has no target (and tuning it would take
    longer than reading); the peak is that of `columns`, which keeps the table and nothing else."""
    columns = execute([program, "columns", folder / "data.csv"], environment())
    if not has_target:
        return columns | {"seconds": columns["wall"]}
    out = folder / "halflife-out"
    took = execute([program, "tune", folder / "data.csv", "--target", "y", "--fold-column", "fold", "--decay", "1",
                    "--threads", setting.jobs, "--out", out, "--quiet"], environment())
    seconds = json.loads((out / "result.json").read_text())["timing_s"]["read"]
    return took | {"seconds": seconds, "peak": columns["peak"], "columns_s": columns["wall"]}


def run_halflife(program, work, folder, setting, probes):
    """One sweep; each probe is a sweep of its own at one decay."""
    decays = json.loads((folder / "meta.json").read_text()).get("decays")
    if work.job == "read":
        return read_halflife(program, folder, setting, "sd_y" in json.loads((folder / "meta.json").read_text()))
    solutions = []
    for tried in [decays] + [[probe] for probe in probes]:
        out = folder / "halflife-out"
        command = [program, "tune", folder / "data.csv", "--threads", setting.jobs, "--out", out]
        took = execute(command + tune_flags(work, tried), environment())
        now = json.loads((out / "result.json").read_text())
        solutions.append(solution_of(json.loads((out / "model.json").read_text())))
        if len(solutions) == 1:
            result, whole = now, took
    grid, timing = result["grid"], result["timing_s"]
    # Streamed, a row is added to the sums as it is read.
    seconds = timing["fit"] + (timing["read"] if work.job == "stream" else 0)
    found = {"seconds": seconds, "read": timing["read"], "decays": [g["decay"] for g in grid],
             "loss": [g["validation"]["loss"] for g in grid], "solutions": solutions} | whole
    if all(g.get("loo") is not None for g in grid):
        found["loo"] = [g["loo"] for g in grid]
    return found


def run_peer(name, work, folder, setting, probes):
    """One fit or one reading by a peer."""
    out = folder / "peer-out.json"
    text = ",".join(repr(p) for p in probes)
    if name in (works.GLMNET, works.FREAD):
        sd_y = json.loads((folder / "meta.json").read_text()).get("sd_y", 1)
        command = ["Rscript", HERE / "peers.R", folder, name, setting.jobs, out, work.family, work.ratio or 0, sd_y,
                   setting.method, text, work.thresh]
    else:
        command = [PYTHON, HERE / "peers.py", folder, name, setting.jobs, out]
        command += ["--probe", text] if probes else []
    took = execute(command, environment(setting.blas if command[0] == PYTHON else None))
    return json.loads(out.read_text()) | took


def run(name, program, work, folder, setting, probes=()):
    """One measured run of a program: seconds, peak memory in MB, and what it found."""
    if name == OURS:
        return run_halflife(program, work, folder, setting, probes)
    return run_peer(name, work, folder, setting, probes)
