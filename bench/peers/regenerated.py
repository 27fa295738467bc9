"""The gradient over m fresh measurements: draw m square matrices, then the two products of stored.py.

The squares have independent entries in all d² places. They act on a symmetric D through their symmetric parts, which are the symmetric Gaussian
ensemble; only check() needs the gradient's symmetric part, so run() saves the time.
"""
import numpy

import shared
import worker


class NumPyStep:
    def __init__(self, samples, dimension):
        m, d = int(samples), int(dimension)
        svec = shared.Svec(d, numpy.float32)
        self.generator = numpy.random.default_rng(1)
        self.residual = (shared.values(0, svec.length, numpy.float32) * svec.inverse_scale)[svec.full].ravel()
        self.squares = numpy.zeros((m, d * d), numpy.float32)
        self.coefficients = numpy.empty(m, numpy.float32)
        self.gradient = numpy.empty(d * d, numpy.float32)
        self.weight = numpy.float32(1 / m)

    def run(self):
        self.generator.standard_normal(out=self.squares, dtype=numpy.float32)
        numpy.matmul(self.squares, self.residual, out=self.coefficients)
        numpy.matmul(self.coefficients, self.squares, out=self.gradient)
        self.gradient *= self.weight

    def check(self):
        self.run()
        d = int(self.gradient.size**0.5)
        square = self.gradient.reshape(d, d)
        return shared.law((square + square.T) / 2, self.residual)


class TorchStep(NumPyStep):
    """The same arrays, seen as tensors."""

    def __init__(self, samples, dimension):
        super().__init__(samples, dimension)
        self.torch = worker.import_torch()
        self.torch.manual_seed(1)
        self.tensors = [self.torch.from_numpy(x) for x in (self.squares, self.residual, self.coefficients, self.gradient)]

    def run(self):
        squares, residual, coefficients, gradient = self.tensors
        squares.normal_()
        self.torch.mv(squares, residual, out=coefficients)
        self.torch.mv(squares.t(), coefficients, out=gradient)
        gradient.mul_(float(self.weight))


worker.serve({"numpy": NumPyStep, "torch": TorchStep})
