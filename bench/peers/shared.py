"""Numbers that both sides can make, so that results can be compared without files, and how to compare them."""
import numpy

PROJECTION = 0x40000000


def values(first, count, dtype):
    """Numbers first, first + 1, … of a fixed sequence in [-1/2, 1/2): 24 bits of a hash of the index, exact in both precisions."""
    x = numpy.arange(first, first + count, dtype=numpy.uint32)
    x *= numpy.uint32(0x9E3779B9)
    x ^= x >> numpy.uint32(16)
    x *= numpy.uint32(0x85EBCA6B)
    x ^= x >> numpy.uint32(13)
    x *= numpy.uint32(0xC2B2AE35)
    x >>= numpy.uint32(8)
    result = x.astype(dtype)
    result *= dtype(2.0**-24)
    result -= dtype(0.5)
    return result


def fingerprint(array):
    """A projection of the array on fixed numbers, and its norm."""
    x = numpy.ravel(array).astype(numpy.float64)
    return float(x @ values(PROJECTION, x.size, numpy.float64)), float(numpy.sqrt(x @ x))


def law(gradient, residual):
    """What the law of a gradient fixes: its component along D over D's norm, and its squared distance from D over D's squared norm."""
    gradient, residual = numpy.ravel(gradient).astype(numpy.float64), numpy.ravel(residual).astype(numpy.float64)
    square = residual @ residual
    difference = gradient - residual
    return float(gradient @ residual / square), float(difference @ difference / square)


class Svec:
    """svec: the lower triangle row after row, entries off the diagonal times the root of 2."""

    def __init__(self, d, dtype):
        rows, columns = numpy.tril_indices(d)
        self.length = rows.size
        self.lower = rows * d + columns
        self.scale = numpy.where(rows == columns, 1, numpy.sqrt(2)).astype(dtype)
        self.inverse_scale = (1 / self.scale.astype(numpy.float64)).astype(dtype)
        full = numpy.empty((d, d), numpy.intp)
        full[rows, columns] = full[columns, rows] = numpy.arange(rows.size)
        self.full = full


DTYPES = {"float": numpy.float32, "double": numpy.float64}
