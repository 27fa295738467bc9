using Hetero.Core.Numerics;
using Hetero.Core.Problems;

namespace Hetero.Experiments.Figures;

/// <summary>Signals on the coordinate axes, U* = e_1, …, e_r1 and V* = the next ones: orthogonal to the bit, and aligned with rules that work entry by entry.</summary>
internal static class AxesProblem
{
    /// <summary>Makes the problem.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="invariantRank">r1.</param>
    /// <param name="spuriousRank">r2.</param>
    /// <param name="eigenvalues">The r1 eigenvalues of A*; ones if there are none.</param>
    public static SensingProblem Of(int dimension, int invariantRank = 1, int spuriousRank = 1, ReadOnlySpan<double> eigenvalues = default)
    {
        return new SensingProblem(Basis(0, invariantRank), Basis(invariantRank, spuriousRank), eigenvalues);

        ReadOnlyMatrixSpan<double> Basis(int first, int columns)
        {
            double[] entries = new double[dimension * columns];
            for (int j = 0; j < columns; j++)
            {
                entries[((first + j) * columns) + j] = 1;
            }

            return new ReadOnlyMatrixSpan<double>(entries, dimension, columns);
        }
    }
}
