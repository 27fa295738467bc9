using Hetero.Core.Numerics;
using Hetero.Core.Problems;

namespace Hetero.Core.Theory.Population;

/// <summary>The signals in an orthonormal basis B of span[U*, V*]: BᵀU*, BᵀV*, BᵀA*B, and shares of a state in their directions.</summary>
internal sealed class ReducedSignals(SensingProblem problem)
{
    private readonly int _order = problem.InvariantRank + problem.SpuriousRank;

    /// <summary>Gets BᵀU*, q×r1.</summary>
    public double[] Invariant { get; } = new double[(problem.InvariantRank + problem.SpuriousRank) * problem.InvariantRank];

    /// <summary>Gets BᵀV*, q×r2.</summary>
    public double[] Spurious { get; } = new double[(problem.InvariantRank + problem.SpuriousRank) * problem.SpuriousRank];

    /// <summary>Gets BᵀA*B, q×q.</summary>
    public double[] Signal { get; } = new double[(problem.InvariantRank + problem.SpuriousRank) * (problem.InvariantRank + problem.SpuriousRank)];

    /// <summary>Returns tr(DᵀPPᵀD) for directions D, q×rank, and a state P, q×columns.</summary>
    public static double Share(ReadOnlySpan<double> directions, int rank, ReadOnlySpan<double> state, int columns)
    {
        double share = 0;
        for (int a = 0; a < rank; a++)
        {
            for (int k = 0; k < columns; k++)
            {
                double sum = 0;
                for (int i = 0; i < state.Length / columns; i++)
                {
                    sum += directions[(i * rank) + a] * state[(i * columns) + k];
                }

                share += sum * sum;
            }
        }

        return share;
    }

    /// <summary>Returns tr(U*ᵀPPᵀU*)/tr(A*) for a state P, q×columns; what lies along a negative eigenvalue counts against it, and the whole is the sum of sizes.</summary>
    public double SignalShare(ReadOnlySpan<double> state, int columns)
    {
        if (problem.SignalTrace == problem.SignalNuclearNorm)
        {
            return Share(Invariant, problem.InvariantRank, state, columns) / problem.SignalTrace;
        }

        double share = 0;
        for (int i = 0; i < problem.InvariantRank; i++)
        {
            // B begins with U*.
            foreach (double entry in state.Slice(i * columns, columns))
            {
                share += Math.Sign(problem.Eigenvalues[i]) * entry * entry;
            }
        }

        return share / problem.SignalNuclearNorm;
    }

    /// <summary>Writes BᵀU*, BᵀV* and BᵀA*B for B = [U*, Q] with QR = (I − U*U*ᵀ)V*; returns B, d×q.</summary>
    public double[] Project()
    {
        int d = problem.Dimension, r1 = problem.InvariantRank, r2 = problem.SpuriousRank;
        double[] rest = new double[d * r2], q = new double[d * r2], triangle = new double[r2 * r2], basis = new double[d * _order];
        for (int j = 0; j < r2; j++)
        {
            for (int i = 0; i < r1; i++)
            {
                double overlap = 0;
                for (int row = 0; row < d; row++)
                {
                    overlap += problem.InvariantBasis[row, i] * problem.SpuriousBasis[row, j];
                }

                Spurious[(i * r2) + j] = overlap;
            }

            for (int row = 0; row < d; row++)
            {
                double sum = problem.SpuriousBasis[row, j];
                for (int i = 0; i < r1; i++)
                {
                    sum -= problem.InvariantBasis[row, i] * Spurious[(i * r2) + j];
                }

                rest[(row * r2) + j] = sum;
            }
        }

        HouseholderQr.Decompose(
            new ReadOnlyMatrixSpan<double>(rest, d, r2),
            new double[HouseholderQr.GetScratchLength<double>(d, r2)],
            new MatrixSpan<double>(q, d, r2),
            new MatrixSpan<double>(triangle, r2, r2));
        for (int i = 0; i < r1; i++)
        {
            Invariant[(i * r1) + i] = 1;
            Signal[(i * _order) + i] = problem.Eigenvalues[i];
        }

        triangle.CopyTo(Spurious, r1 * r2);
        for (int row = 0; row < d; row++)
        {
            for (int i = 0; i < _order; i++)
            {
                basis[(row * _order) + i] = i < r1 ? problem.InvariantBasis[row, i] : q[(row * r2) + i - r1];
            }
        }

        return basis;
    }

    /// <summary>Writes Bᵀ(A* + V*ΣV*ᵀ)B, q×q.</summary>
    /// <param name="sigma">Σ, r2².</param>
    /// <param name="work">At least q·r2 numbers of scratch.</param>
    /// <param name="target">Receives q² numbers.</param>
    public void CopyTarget(ReadOnlySpan<double> sigma, Span<double> work, Span<double> target)
    {
        int r2 = problem.SpuriousRank;
        SmallProduct.Multiply(Spurious, _order, r2, sigma, r2, work);
        for (int i = 0; i < _order; i++)
        {
            for (int j = 0; j < _order; j++)
            {
                double sum = Signal[(i * _order) + j];
                for (int a = 0; a < r2; a++)
                {
                    sum += work[(i * r2) + a] * Spurious[(j * r2) + a];
                }

                target[(i * _order) + j] = sum;
            }
        }
    }
}
