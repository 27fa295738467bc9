"""One HeteroSGD step by the exact law, in NumPy as well as it can be written: svec, every array reused, no Python loop."""
import math

import numpy

import shared
import worker
from descent import Descent


class ExactLaw(Descent):
    def __init__(self, samples, dimension):
        super().__init__(samples, dimension)
        svec = self.svec
        self.packed_targets = [target.ravel()[svec.lower] * svec.scale for target in self.targets]
        self.residual = numpy.empty(svec.length)
        self.normals = numpy.empty(svec.length)

    def run(self):
        svec, residual, normals = self.svec, self.residual, self.normals
        numpy.matmul(self.factor, self.factor.T, out=self.square)  # NumPy sees the transpose and calls syrk
        numpy.take(self.square.ravel(), svec.lower, out=residual, mode="clip")
        residual *= svec.scale
        residual -= self.packed_targets[self.environment()]
        norm = math.sqrt(residual @ residual)
        chi = math.sqrt(self.generator.chisquare(self.samples))
        self.generator.standard_normal(out=normals)
        shift = (chi - normals @ residual / norm) / norm
        residual *= shift
        normals += residual
        numpy.multiply(svec.inverse_scale, norm * chi / self.samples, out=residual)  # the residual is not needed any more
        normals *= residual
        numpy.take(normals, svec.full, out=self.gradient, mode="clip")
        self.descend()

    def check(self):
        self.run()
        estimate = self.square - self.targets[0], self.square - self.targets[1]
        # Which environment it was is seen from the gradient itself.
        return min((shared.law(self.gradient, residual) for residual in estimate), key=lambda numbers: numbers[1])


worker.serve({"double": ExactLaw})
