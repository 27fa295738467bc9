"""One HeteroSGD step with m explicit measurements, fresh at every step: the usual first program, with its arrays reused."""
import numpy

import shared
import worker
from descent import Descent


class Explicit(Descent):
    def __init__(self, samples, dimension):
        super().__init__(samples, dimension)
        self.squares = numpy.zeros((self.samples, self.square.size))
        self.coefficients = numpy.empty(self.samples)
        self.residual = numpy.empty_like(self.square)

    def run(self):
        self.generator.standard_normal(out=self.squares)
        numpy.matmul(self.factor, self.factor.T, out=self.square)
        numpy.subtract(self.square, self.targets[self.environment()], out=self.residual)
        numpy.matmul(self.squares, self.residual.ravel(), out=self.coefficients)
        self.coefficients /= self.samples
        numpy.matmul(self.coefficients, self.squares, out=self.gradient.ravel())
        self.descend()

    def check(self):
        self.run()
        return shared.law((self.gradient + self.gradient.T) / 2, self.residual)


worker.serve({"double": Explicit})
