namespace Hetero.Core.Sensing;

/// <summary>
/// The restricted isometry constants δ_s of (8). For full rank it is an eigenvalue problem and the answer is exact; below it is not convex, and
/// what a search finds is a lower bound that the returned matrix attains. Together δ_s(found) ≤ δ_s ≤ δ_d brackets the constant.
/// </summary>
/// <remarks>Thread-safe: no state.</remarks>
public static class RipConstants
{
    /// <summary>Returns δ_d: the extreme eigenvalues of H = GᵀG/m and their eigenvectors. It bounds δ_s of every rank s.</summary>
    /// <param name="form">The measurements' form.</param>
    public static RipConstant Exact(IsometryForm form)
    {
        ArgumentNullException.ThrowIfNull(form);
        return new RipConstant(
            form.Dimension,
            new IsometryExtreme(form, Eigenvector(form, 0)),
            new IsometryExtreme(form, Eigenvector(form, form.SvecLength - 1)),
            IsExact: true);
    }

    /// <summary>
    /// Returns a lower bound of δ_s; the exact constant if s = d. Projected power iteration on H and on its complement, M ← P_s(M ± τ(HM − ρM)) with
    /// P_s the best approximation of rank s, from truncated eigenvectors of H, from the result of rank s − 1 and from random matrices of rank s.
    /// </summary>
    /// <param name="form">The measurements' form.</param>
    /// <param name="rank">The rank s, 1 to d, searched where eigenvalues of H differ by more than 2⁻¹⁰⁰⁰. All lower ranks are searched first, so that the bounds grow with s.</param>
    /// <param name="seed">The seed of the random starts; the same seed gives the same bits.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank is out of range.</exception>
    public static RipConstant LowerBound(IsometryForm form, int rank, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(form);
        Guard.InRange(rank, 1, form.Dimension);
        return LowerBounds(form, rank, seed)[^1];
    }

    /// <summary>Returns lower bounds of δ_1, …, δ_s, none below the one before.</summary>
    /// <param name="form">The measurements' form.</param>
    /// <param name="largestRank">The largest rank s, 1 to d.</param>
    /// <param name="seed">The seed of the random starts; the same seed gives the same bits.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rank is out of range.</exception>
    public static IReadOnlyList<RipConstant> LowerBounds(IsometryForm form, int largestRank, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(form);
        Guard.InRange(largestRank, 1, form.Dimension);
        RipConstant[] bounds = new RipConstant[largestRank];
        for (int rank = 1; rank <= largestRank; rank++)
        {
            RipConstant? previous = rank == 1 ? null : bounds[rank - 2];
            bounds[rank - 1] = rank == form.Dimension
                ? Exact(form)
                : new RipConstant(
                    rank,
                    IsometrySearch.Run(form, rank, largest: false, previous?.Smallest, seed),
                    IsometrySearch.Run(form, rank, largest: true, previous?.Largest, seed),
                    IsExact: false);
        }

        return bounds;
    }

    /// <summary>Returns eigenvector <paramref name="index"/> of H, ascending.</summary>
    internal static double[] Eigenvector(IsometryForm form, int index)
    {
        double[] vector = new double[form.SvecLength];
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = form.Spectrum.Vectors[(i * form.SvecLength) + index];
        }

        return vector;
    }
}
