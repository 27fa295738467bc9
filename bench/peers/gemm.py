"""C = A·B by OpenBLAS. Called without NumPy in between, and with the call's own time subtracted: 100³ takes a few microseconds."""
import numpy

import blas
import shared
import worker


class Gemm:
    def __init__(self, size, dtype):
        n = int(size)
        self.left = shared.values(0, n * n, dtype).reshape(n, n)
        self.right = shared.values(n * n, n * n, dtype).reshape(n, n)
        self.result = numpy.zeros((n, n), dtype)
        library = blas.require()
        self.function = library.function(f"cblas_{blas.letter(dtype)}gemm")
        self.arguments, self.nothing = (self._arguments(library, count, n, dtype) for count in (n, 0))

    def _arguments(self, library, count, stride, dtype):
        size, stride = library.integer(count), library.integer(stride)
        return (
            blas.ROW_MAJOR, blas.NO_TRANSPOSE, blas.NO_TRANSPOSE, size, size, size,
            blas.scalar(dtype, 1), blas.pointer(self.left), stride, blas.pointer(self.right), stride,
            blas.scalar(dtype, 0), blas.pointer(self.result), stride,
        )

    def run(self):
        self.function(*self.arguments)

    def empty(self):
        self.function(*self.nothing)

    def check(self):
        self.run()
        return shared.fingerprint(self.result)


worker.serve({name: lambda size, dtype=dtype: Gemm(size, dtype) for name, dtype in shared.DTYPES.items()})
