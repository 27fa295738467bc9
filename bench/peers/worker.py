"""The loop that all scripts here share: one command a line on standard input, one line of answer on standard output.

info                     the versions and the settings in force, as JSON
check NAME ARGS          what the case computes on shared data, as numbers
run NAME ARGS REPEATS    the best and the median time of one run, in seconds

A case is a class with a constructor that takes ARGS as strings, run() and check(). Where a call through Python costs as much as the work, it also
has empty(): the same call without work, whose time is subtracted.
"""
import gc
import json
import os
import platform
import statistics
import sys
import time

import numpy

import blas


def threads():
    """The number of threads asked for; BLAS libraries read the same variable by themselves."""
    return int(os.environ.get("OMP_NUM_THREADS", "1"))


def import_torch():
    """PyTorch with the same number of threads as everybody else."""
    import torch

    torch.set_num_threads(threads())
    return torch


def has_avx512():
    """Whether NumPy's own loops may use AVX-512; the module was renamed in NumPy 2."""
    core = getattr(numpy, "_core", None) or numpy.core
    return bool(core._multiarray_umath.__cpu_features__.get("AVX512_SKX"))


def torch_kernels(torch):
    """The instruction set that PyTorch chose, as it says itself."""
    label = "CPU capability usage:"
    return next((line.split(label)[1].strip() for line in torch.__config__.show().splitlines() if label in line), "unknown")


def torch_lapack(torch):
    """Whose LAPACK PyTorch was built with, where that is in itself; else whose is loaded."""
    return "oneMKL" if "LAPACK_INFO=mkl" in torch.__config__.show() or torch.backends.mkl.is_available() else blas.lapack()


def info():
    answer = {"python": platform.python_version(), "numpy": numpy.__version__, "numpy_avx512": has_avx512(), "threads": threads(), "lapack": blas.lapack()}
    library = blas.find()
    if library:
        answer.update(openblas=library.version, core=library.core, openblas_threads=library.threads)
    torch = sys.modules.get("torch")
    if torch:
        answer.update(torch=torch.__version__, torch_threads=torch.get_num_threads(), torch_kernels=torch_kernels(torch), torch_lapack=torch_lapack(torch))
    return json.dumps(answer)


def times(call, repeats):
    clock = time.perf_counter_ns
    durations = []
    for _ in range(repeats):
        start = clock()
        call()
        durations.append(clock() - start)
    return durations


def measure(case, repeats):
    empty = times(case.empty, 200) if hasattr(case, "empty") else [0]
    durations = times(case.run, repeats)
    return " ".join(f"{(of(durations) - of(empty)) * 1e-9:.9e}" for of in (min, statistics.median))


def serve(cases):
    """Answers until standard input ends. Only the last case is kept: some hold most of a gigabyte."""
    gc.disable()
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a library prints is no answer
    key, case = None, None
    for line in sys.stdin:
        command, *rest = line.split()
        try:
            if command == "info":
                answer = info()
            else:
                repeats = int(rest.pop()) if command == "run" else 0
                if key != rest:
                    key, case = None, None  # a constructor that fails leaves neither
                    gc.collect()
                    case, key = cases[rest[0]](*rest[1:]), rest
                answer = measure(case, repeats) if command == "run" else " ".join(f"{x:.17g}" for x in case.check())
        except (Exception, SystemExit) as problem:  # the driver prints it and goes on with the next case
            answer = "error " + f"{type(problem).__name__}: {problem}".replace("\n", " ")
        print(answer, file=answers, flush=True)
