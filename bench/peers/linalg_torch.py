"""Decompositions by torch.linalg, into the memory of the first call: what comes from a call is written again by the next."""
import linalg
import worker


class TorchDecomposition(linalg.Decomposition):
    def __init__(self, operation, *arguments):
        super().__init__(operation, *arguments)
        torch = worker.import_torch()
        self.tensor = torch.from_numpy(self.matrix)
        self.function = getattr(torch.linalg, operation)
        self.options = {"full_matrices": False} if operation == "svd" else {}
        result = self.function(self.tensor, **self.options)
        self.result = result if isinstance(result, torch.Tensor) else tuple(result)

    def run(self):
        self.function(self.tensor, **self.options, out=self.result)

    def arrays(self):
        return tuple(x.numpy() for x in self.result) if isinstance(self.result, tuple) else self.result.numpy()


worker.serve({operation: lambda *arguments, name=operation: TorchDecomposition(name, *arguments) for operation in linalg.NUMBERS})
