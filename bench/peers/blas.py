"""OpenBLAS as NumPy loaded it: which kernels it took, on how many threads, and its functions for calls without NumPy in between."""
import ctypes
import functools

import numpy.linalg  # loads the library

ROW_MAJOR, NO_TRANSPOSE, TRANSPOSE, LOWER = 101, 111, 112, 122


class OpenBlas:
    def __init__(self, library, prefix, suffix):
        self._library, self._prefix, self._suffix = library, prefix, suffix
        self.integer = ctypes.c_int64 if suffix else ctypes.c_int
        self.core = self._text("openblas_get_corename")
        self.version = " ".join(self._text("openblas_get_config").split()[:2])

    @property
    def threads(self):
        return self.function("openblas_get_num_threads")()

    def function(self, name):
        return getattr(self._library, f"{self._prefix}{name}{self._suffix}")

    def _text(self, name):
        function = self.function(name)
        function.restype = ctypes.c_char_p
        return function().decode()


def loaded(word):
    """The files of this process with a word in their path."""
    try:
        with open("/proc/self/maps", encoding="utf-8") as maps:
            return sorted({line.split(maxsplit=5)[5].strip() for line in maps if word in line})
    except OSError:
        return []


@functools.cache
def find():
    """The loaded OpenBLAS, or None. Distributions and wheels name library and functions differently."""
    for path in loaded("blas"):
        library = ctypes.CDLL(path)
        for prefix in ("", "scipy_"):
            for suffix in ("", "64_"):
                if hasattr(library, f"{prefix}openblas_get_corename{suffix}"):
                    return OpenBlas(library, prefix, suffix)
    return None


def lapack():
    """Whose LAPACK is loaded: OpenBLAS has one of its own, with better factorizations than the reference, in a file of that name or in itself."""
    if loaded("libmkl"):
        return "oneMKL"
    files, library = loaded("liblapack"), find()
    return library.version if library and (not files or "openblas" in files[0]) else "the reference LAPACK"


def require():
    library = find()
    if library is None:
        raise RuntimeError("NumPy's BLAS is not OpenBLAS")
    return library


def pointer(array):
    return ctypes.c_void_p(array.ctypes.data)


def scalar(dtype, value):
    return (ctypes.c_float if dtype == numpy.float32 else ctypes.c_double)(value)


def letter(dtype):
    return "s" if dtype == numpy.float32 else "d"
