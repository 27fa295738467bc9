using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace YourProgram;

public static class LinearAlgebraExample
{
    /// <summary>Weights w that fit y = X·w + noise best, with a small penalty on their length: (XᵀX + λI)·w = Xᵀy.</summary>
    public static double[] Run()
    {
        const int Rows = 200, Columns = 5;
        double[] x = new double[Rows * Columns], y = new double[Rows];
        new RandomStream(seed: 1).FillGaussian(x);
        new RandomStream(seed: 2).FillGaussian(y, mean: 0.0, deviation: 0.1);
        ReadOnlyMatrixSpan<double> design = new(x, Rows, Columns);

        // y ← 1·X·w + 1·noise, with w = (1, 2, 3, 4, 5).
        double[] weights = [1, 2, 3, 4, 5];
        Products.Multiply(1.0, design, new ReadOnlyMatrixSpan<double>(weights, Columns, 1), 1.0, new MatrixSpan<double>(y, Rows, 1));

        // G ← XᵀX + λI, b ← Xᵀy, w ← G⁻¹b.
        double[] gram = new double[Columns * Columns], solution = new double[Columns];
        MatrixSpan<double> g = new(gram, Columns, Columns), w = new(solution, Columns, 1);
        for (int i = 0; i < Columns; i++)
        {
            g[i, i] = 1e-3;
        }

        Products.Gram(1.0, design.Transposed, 1.0, g);
        Products.Multiply(design.Transposed, new ReadOnlyMatrixSpan<double>(y, Rows, 1), w);
        Cholesky.Decompose(g, g);
        Cholesky.Solve(g, w);
        return solution;
    }
}
