"""The gradient over m rank-one measurements xxᵀ: z = rowsum((X·D)∘X), then Xᵀ·diag(z)·X/m. Two products of OpenBLAS over m×d, with all memory made before."""
import numpy

import shared
import worker


class RankOne:
    def __init__(self, samples, dimension, dtype):
        m, d = int(samples), int(dimension)
        svec = shared.Svec(d, dtype)
        self.inputs = shared.values(0, m * d, dtype).reshape(m, d)
        full = svec.full.ravel()
        self.residual = (shared.values(m * d, svec.length, dtype)[full] * svec.inverse_scale[full]).reshape(d, d)
        self.products, self.weighted = (numpy.empty((m, d), dtype) for _ in range(2))
        self.forms = numpy.empty(m, dtype)
        self.gradient = numpy.empty((d, d), dtype)
        self.weight = dtype(1 / m)

    def run(self):
        numpy.matmul(self.inputs, self.residual, out=self.products)
        numpy.einsum("ij,ij->i", self.products, self.inputs, out=self.forms)
        numpy.multiply(self.inputs, self.forms[:, None], out=self.weighted)
        numpy.matmul(self.inputs.T, self.weighted, out=self.gradient)
        self.gradient *= self.weight

    def check(self):
        self.run()
        return shared.fingerprint(self.gradient)


worker.serve({name: lambda m, d, dtype=dtype: RankOne(m, d, dtype) for name, dtype in shared.DTYPES.items()})
