"""What PyTorch and NumPy decompose, and what of their results is unique, so that it can be compared."""
import numpy

import shared


def matrix(operation, rows, columns, dtype):
    a = shared.values(0, rows * columns, dtype).reshape(rows, columns)
    if operation in ("eigh", "eigvalsh"):
        return numpy.tril(a) + numpy.tril(a, -1).T
    if operation == "cholesky":
        return a @ a.T + numpy.eye(rows, dtype=dtype)
    return a


# Smallest first for eigenvalues, largest first for singular values; signs of the diagonal of R are anybody's choice.
NUMBERS = {
    "eigh": lambda result: result[0],
    "eigvalsh": lambda result: result,
    "svd": lambda result: result[1],
    "svdvals": lambda result: result,
    "qr": lambda result: numpy.abs(numpy.diagonal(result[1])),
    "cholesky": lambda result: numpy.diagonal(result),
}


class Decomposition:
    def __init__(self, operation, precision, rows, columns):
        self.operation = operation
        self.matrix = matrix(operation, int(rows), int(columns), shared.DTYPES[precision])

    def check(self):
        self.run()
        return shared.fingerprint(NUMBERS[self.operation](self.arrays()))
