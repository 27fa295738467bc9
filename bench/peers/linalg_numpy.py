"""Decompositions by numpy.linalg, which has memory of its own for each result."""
import numpy

import linalg
import worker

FUNCTIONS = {
    "eigh": numpy.linalg.eigh,
    "eigvalsh": numpy.linalg.eigvalsh,
    "svd": lambda a: numpy.linalg.svd(a, full_matrices=False),
    "svdvals": lambda a: numpy.linalg.svd(a, compute_uv=False),
    "qr": numpy.linalg.qr,
    "cholesky": numpy.linalg.cholesky,
}


class NumPyDecomposition(linalg.Decomposition):
    def __init__(self, operation, *arguments):
        super().__init__(operation, *arguments)
        self.function = FUNCTIONS[operation]

    def run(self):
        self.result = self.function(self.matrix)

    def arrays(self):
        return self.result


worker.serve({operation: lambda *arguments, name=operation: NumPyDecomposition(name, *arguments) for operation in FUNCTIONS})
