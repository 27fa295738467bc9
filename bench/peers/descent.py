"""What the two HeteroSGD steps have in common: the problem with ranks 1 and 1 and two environments, and a factor that hardly moves."""
import numpy

import shared


class Descent:
    SCALARS = (-5.0, 7.0)
    STEP_SIZE = 1e-9  # a step takes the same time whatever its size, and must neither diverge nor end

    def __init__(self, samples, dimension):
        self.samples, d = int(samples), int(dimension)
        self.generator = numpy.random.default_rng(1)
        self.svec = shared.Svec(d, numpy.float64)
        frame, _ = numpy.linalg.qr(self.generator.standard_normal((d, 2)))
        signal, spurious = (numpy.outer(frame[:, j], frame[:, j]) for j in range(2))
        self.targets = [signal + s * spurious for s in self.SCALARS]
        self.factor = 1e-3 * numpy.eye(d)
        self.square = numpy.empty((d, d))
        self.product = numpy.empty((d, d))
        self.gradient = numpy.empty((d, d))

    def environment(self):
        return int(self.generator.integers(2))

    def descend(self):
        numpy.matmul(self.gradient, self.factor, out=self.product)
        self.product *= self.STEP_SIZE
        self.factor -= self.product
