using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// The shares of a matrix M of any sign: Σ sign(λ_i)·u_iᵀMu_i/Σ|λ_i| of the signal and tr(V*ᵀMV*)/r2 of the spurious part. For M = UUᵀ and λ_i above 0 they are tr(U*ᵀUUᵀU*)/tr(A*) and
/// tr(V*ᵀUUᵀV*)/r2; both are linear in M.
/// </summary>
/// <remarks>Immutable and thread-safe. Nothing is allocated once it is made.</remarks>
internal sealed class SignedShares<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SensingProblem _problem;
    private readonly T[] _signal;
    private readonly T[] _spurious;

    public SignedShares(SensingProblem problem)
    {
        _problem = problem;
        double[] weights = new double[Math.Max(problem.InvariantRank, problem.SpuriousRank)];
        for (int i = 0; i < problem.InvariantRank; i++)
        {
            weights[i] = Math.Sign(problem.Eigenvalues[i]);
        }

        _signal = Weighted(problem.InvariantBasis, weights);
        Array.Fill(weights, 1.0);
        _spurious = Weighted(problem.SpuriousBasis, weights);
    }

    /// <summary>Whether the signal has a negative part, which no sum of squares tells from a positive one.</summary>
    public static bool AreNeeded(SensingProblem problem) => problem.SignalTrace != problem.SignalNuclearNorm;

    /// <summary>Returns the share of the signal that M has.</summary>
    public double SignalOf(ReadOnlySpan<T> svec) => double.CreateTruncating(Reductions.Dot(svec, _signal)) / _problem.SignalNuclearNorm;

    /// <summary>Returns the share of the spurious directions that M has.</summary>
    public double SpuriousOf(ReadOnlySpan<T> svec) => double.CreateTruncating(Reductions.Dot(svec, _spurious)) / _problem.SpuriousRank;

    /// <summary>svec of B·diag(w)·Bᵀ.</summary>
    private static T[] Weighted(ReadOnlyMatrixSpan<double> basis, ReadOnlySpan<double> weights)
    {
        T[] svec = new T[Svec.Length(basis.Rows)];
        for (int i = 0, at = 0; i < basis.Rows; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = 0;
                for (int a = 0; a < basis.Columns; a++)
                {
                    sum += weights[a] * basis[i, a] * basis[j, a];
                }

                svec[at++] = T.CreateTruncating(i == j ? sum : Math.Sqrt(2) * sum);
            }
        }

        return svec;
    }
}
