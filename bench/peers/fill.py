"""Gaussian numbers into a buffer that was written before."""
import numpy

import shared
import worker


class NumPyFill:
    def __init__(self, count, dtype):
        self.generator = numpy.random.default_rng(1)
        self.buffer = numpy.zeros(int(count), dtype)

    def run(self):
        self.generator.standard_normal(out=self.buffer, dtype=self.buffer.dtype)

    def check(self):
        self.run()
        return float(self.buffer.mean(dtype=numpy.float64)), float(numpy.square(self.buffer, dtype=numpy.float64).mean())


class TorchFill:
    def __init__(self, count, dtype):
        torch = worker.import_torch()
        torch.manual_seed(1)
        self.buffer = torch.zeros(int(count), dtype=torch.float32 if dtype == numpy.float32 else torch.float64)

    def run(self):
        self.buffer.normal_()

    def check(self):
        self.run()
        x = self.buffer.double()
        return float(x.mean()), float((x * x).mean())


CASES = {}
for precision, element in shared.DTYPES.items():
    CASES[f"numpy-{precision}"] = lambda count, dtype=element: NumPyFill(count, dtype)
    CASES[f"torch-{precision}"] = lambda count, dtype=element: TorchFill(count, dtype)

worker.serve(CASES)
