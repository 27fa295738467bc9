"""The lower triangle of U·Uᵀ by OpenBLAS, d×k; called as in gemm.py."""
import numpy

import blas
import shared
import worker


class Syrk:
    def __init__(self, rows, columns, dtype):
        d, k = int(rows), int(columns)
        self.factor = shared.values(0, d * k, dtype).reshape(d, k)
        self.result = numpy.zeros((d, d), dtype)
        library = blas.require()
        self.function = library.function(f"cblas_{blas.letter(dtype)}syrk")
        self.arguments, self.nothing = (self._arguments(library, count, d, k, dtype) for count in (d, 0))

    def _arguments(self, library, count, d, k, dtype):
        return (
            blas.ROW_MAJOR, blas.LOWER, blas.NO_TRANSPOSE, library.integer(count), library.integer(k),
            blas.scalar(dtype, 1), blas.pointer(self.factor), library.integer(k),
            blas.scalar(dtype, 0), blas.pointer(self.result), library.integer(d),
        )

    def run(self):
        self.function(*self.arguments)

    def empty(self):
        self.function(*self.nothing)

    def check(self):
        self.run()
        return shared.fingerprint(numpy.tril(self.result))


worker.serve({name: lambda d, k, dtype=dtype: Syrk(d, k, dtype) for name, dtype in shared.DTYPES.items()})
