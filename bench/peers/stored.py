"""The gradient over m stored measurements as square matrices: c = X·vec(M) − y, then Xᵀ·c/m. Both are matrix-vector products of OpenBLAS."""
import numpy

import shared
import worker


class Stored:
    def __init__(self, samples, dimension, dtype):
        m, d = int(samples), int(dimension)
        svec = shared.Svec(d, dtype)
        p = svec.length
        self.squares = numpy.empty((m, d * d), dtype)
        full, scale = svec.full.ravel(), svec.inverse_scale[svec.full.ravel()]
        for i in range(m):
            numpy.take(shared.values(i * p, p, dtype), full, out=self.squares[i])
            self.squares[i] *= scale
        self.estimate, truth = (shared.values((m + j) * p, p, dtype)[full] * scale for j in range(2))
        self.responses = self.squares @ truth
        self.coefficients = numpy.empty(m, dtype)
        self.gradient = numpy.empty(d * d, dtype)
        self.weight = dtype(1 / m)

    def run(self):
        numpy.matmul(self.squares, self.estimate, out=self.coefficients)
        self.coefficients -= self.responses
        numpy.matmul(self.coefficients, self.squares, out=self.gradient)
        self.gradient *= self.weight

    def check(self):
        self.run()
        return shared.fingerprint(self.gradient)


worker.serve({name: lambda m, d, dtype=dtype: Stored(m, d, dtype) for name, dtype in shared.DTYPES.items()})
