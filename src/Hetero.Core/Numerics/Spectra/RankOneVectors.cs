using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>Eigenvalues and eigenvectors of diag(d) + ρ·z·zᵀ for different poles d and weights z other than 0. Thread-safe as long as calls share neither memory nor team.</summary>
/// <remarks>
/// The roots as computed are the exact eigenvalues of the same diagonal with weights ẑ next to z, which Löwner's formula gives: ẑ_j² = ∏_k (λ_k − d_j)/∏_{k≠j} (d_k − d_j). The
/// vectors ẑ_j/(d_j − λ_k) of these are orthogonal to rounding, however close roots may be (Gu, Eisenstat, SIAM J. Matrix Anal. Appl. 15, 1994).
/// </remarks>
internal static unsafe class RankOneVectors
{
    /// <summary>Finds the roots and ẑ.</summary>
    /// <param name="poles">d, ascending; of a <see cref="SingularValueGap{T}"/>, the roots of the squares.</param>
    /// <param name="weights">z.</param>
    /// <param name="rho">ρ &gt; 0.</param>
    /// <param name="roots">The roots, ascending.</param>
    /// <param name="grouped">The poles in the order that ẑ and the differences are wanted in: the poles themselves, if in theirs.</param>
    /// <param name="places">The place of each pole in that order, or empty.</param>
    /// <param name="signs">z in that order.</param>
    /// <param name="exact">Gets ẑ, up to a factor; as many elements as poles.</param>
    /// <param name="inner">Row k gets d_j − λ_k at the place of j.</param>
    /// <param name="team">The team for the roots, if any.</param>
    public static void Solve<T, TGap>(
        ReadOnlySpan<T> poles,
        ReadOnlySpan<T> weights,
        T rho,
        Span<T> roots,
        ReadOnlySpan<T> grouped,
        ReadOnlySpan<int> places,
        ReadOnlySpan<T> signs,
        Span<T> exact,
        MatrixSpan<T> inner,
        WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TGap : struct, IPoleGap<T>
    {
        int count = poles.Length;
        fixed (T* d = poles, z = weights, lambda = roots, differences = inner.Data, g = grouped, groupedWeights = signs, products = exact)
        fixed (int* p = places)
        {
            SecularRoots<T, TGap> work = Equation<T, TGap>(d, z, weights, rho, lambda);
            work.Grouped = g;
            work.Differences = differences;
            work.DifferencesStride = inner.RowStride;
            WorkerTeam.Run(team, ref work, SecularRoots<T, TGap>.Parts(count));
            LownerWork<T, TGap> lowner = new()
            {
                Poles = d,
                Grouped = g,
                Places = p,
                Weights = groupedWeights,
                Count = count,
                Differences = differences,
                DifferencesStride = inner.RowStride,
                Exact = products,
            };
            WorkerTeam.Run(team, ref lowner, lowner.Parts);
        }
    }

    /// <summary>Computes roots alone.</summary>
    /// <param name="poles">d, ascending, all different.</param>
    /// <param name="weights">z, none of them 0.</param>
    /// <param name="rho">ρ &gt; 0.</param>
    /// <param name="roots">Gets the roots, ascending.</param>
    /// <param name="team">The team, if any.</param>
    public static void Roots<T, TGap>(ReadOnlySpan<T> poles, ReadOnlySpan<T> weights, T rho, Span<T> roots, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TGap : struct, IPoleGap<T>
    {
        fixed (T* d = poles, z = weights, lambda = roots)
        {
            SecularRoots<T, TGap> work = Equation<T, TGap>(d, z, weights, rho, lambda);
            WorkerTeam.Run(team, ref work, SecularRoots<T, TGap>.Parts(poles.Length));
        }
    }

    /// <summary>Products of the unit vector of a row of the differences, which it overwrites, with two others.</summary>
    public static (T First, T Last) Ends<T>(ReadOnlySpan<T> exact, Span<T> row, ReadOnlySpan<T> firsts, ReadOnlySpan<T> lasts)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TensorPrimitives.Divide(exact, row, row);
        T scale = T.One / Reductions.Norm<T>(row);
        return (scale * Reductions.Dot(row, firsts), scale * Reductions.Dot(row, lasts));
    }

    private static SecularRoots<T, TGap> Equation<T, TGap>(T* poles, T* z, ReadOnlySpan<T> weights, T rho, T* roots)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TGap : struct, IPoleGap<T>
    {
        T slack = T.One + (T.CreateChecked(8 + weights.Length) * (T.BitIncrement(T.One) - T.One));
        return new()
        {
            Poles = poles,
            Weights = z,
            Count = weights.Length,
            Rho = rho,
            Reach = rho * Reductions.SumOfSquares(weights) * slack,
            Roots = roots,
        };
    }

    /// <summary>Rows start to end of the differences become unit vectors, entry j at place <paramref name="places"/>[j].</summary>
    public static void Form<T>(ReadOnlySpan<T> exact, MatrixSpan<T> inner, int start, int end, ReadOnlySpan<int> places, Span<T> line)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int k = start; k < end; k++)
        {
            Span<T> row = inner.Row(k);
            TensorPrimitives.Divide(exact, row, line);
            TensorPrimitives.Multiply(line, T.One / Reductions.Norm<T>(line), line);
            for (int j = 0; j < places.Length; j++)
            {
                row[places[j]] = line[j];
            }
        }
    }
}
