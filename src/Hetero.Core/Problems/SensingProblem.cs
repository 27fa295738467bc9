using System.Globalization;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Problems;

/// <summary>
/// The fixed part of model (1): the invariant signal A* = U* diag(λ) U*ᵀ and the directions V* along which the environments' spurious
/// signals A^(e) = V* Σ^(e) V*ᵀ vary. U* (d×r1) and V* (d×r2) have orthonormal columns (Assumption 1).
/// </summary>
/// <remarks>Immutable and thread-safe. Kept in double; single-precision training rounds it.</remarks>
public sealed class SensingProblem
{
    /// <summary>The largest dimension. Beyond 65535 there is no svec, and problems are for sources in factored form.</summary>
    public const int MaxDimension = 1 << 24;

    // Columns this far from orthonormal are a mistake, not round-off.
    private const double OrthonormalityTolerance = 1e-10;

    private readonly double[] _invariantBasis;
    private readonly double[] _spuriousBasis;
    private readonly double[] _eigenvalues;

    /// <summary>Creates a problem from given subspaces.</summary>
    /// <param name="invariantBasis">U*, d×r1 with orthonormal columns.</param>
    /// <param name="spuriousBasis">V*, d×r2 with orthonormal columns.</param>
    /// <param name="eigenvalues">The eigenvalues λ of A* on U*'s columns, r1 finite numbers other than 0 whose sizes have a finite sum; empty means ones, as in Assumption 1(b).
    /// UUᵀ reaches positive ones alone, <see cref="Training.IndefiniteModel{T}"/> both signs.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">A basis is not orthonormal within 1e-10, the shapes do not fit, or r1 + r2 &gt; d.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public SensingProblem(
        ReadOnlyMatrixSpan<double> invariantBasis,
        ReadOnlyMatrixSpan<double> spuriousBasis,
        ReadOnlySpan<double> eigenvalues = default,
        CancellationToken cancellation = default)
    {
        Guard.Agree(spuriousBasis.Rows, invariantBasis.Rows, "row count", nameof(spuriousBasis));
        (int dimension, int invariantRank, int spuriousRank) = (invariantBasis.Rows, invariantBasis.Columns, spuriousBasis.Columns);
        CheckRanks(dimension, invariantRank, spuriousRank, "invariantBasis.Rows", "invariantBasis.Columns", "spuriousBasis.Columns");
        CheckOrthonormal(invariantBasis, nameof(invariantBasis), cancellation);
        CheckOrthonormal(spuriousBasis, nameof(spuriousBasis), cancellation);
        Dimension = invariantBasis.Rows;
        InvariantRank = invariantBasis.Columns;
        SpuriousRank = spuriousBasis.Columns;
        _invariantBasis = Copy(invariantBasis);
        _spuriousBasis = Copy(spuriousBasis);
        _eigenvalues = CheckEigenvalues(eigenvalues, InvariantRank);
        foreach (double eigenvalue in _eigenvalues)
        {
            SignalTrace += eigenvalue;
            SignalNuclearNorm += Math.Abs(eigenvalue);
        }

        if (!double.IsFinite(SignalNuclearNorm))
        {
            throw new ArgumentException($"'{nameof(eigenvalues)}' has sizes of the sum {SignalNuclearNorm}; accepted is a finite one.", nameof(eigenvalues));
        }
    }

    /// <summary>Gets the dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Gets the rank r1 of the invariant signal.</summary>
    public int InvariantRank { get; }

    /// <summary>Gets the rank r2 of the spurious signals.</summary>
    public int SpuriousRank { get; }

    /// <summary>Gets tr(A*), the sum of the eigenvalues.</summary>
    public double SignalTrace { get; }

    /// <summary>Gets ‖A*‖_*, the sum of the eigenvalues' sizes: tr(A*) where all are positive.</summary>
    public double SignalNuclearNorm { get; }

    /// <summary>Gets U*, d×r1.</summary>
    public ReadOnlyMatrixSpan<double> InvariantBasis => new(_invariantBasis, Dimension, InvariantRank);

    /// <summary>Gets V*, d×r2.</summary>
    public ReadOnlyMatrixSpan<double> SpuriousBasis => new(_spuriousBasis, Dimension, SpuriousRank);

    /// <summary>Gets the eigenvalues λ of A*.</summary>
    public ReadOnlySpan<double> Eigenvalues => _eigenvalues;

    /// <summary>Draws a problem from the structure stream of a seed.</summary>
    /// <param name="dimension">The dimension d, 1 to <see cref="MaxDimension"/>.</param>
    /// <param name="invariantRank">The rank r1, 1 or more.</param>
    /// <param name="spuriousRank">The rank r2, 1 or more; r1 + r2 ≤ d.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="layout">How the subspaces lie to each other.</param>
    /// <param name="overlap">With <see cref="SubspaceLayout.PrescribedOverlap"/> the principal cosines, 0 to 1; otherwise 0, since the layout says
    /// where the subspaces lie.</param>
    /// <param name="eigenvalues">The eigenvalues of A*; empty means ones.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">The ranks do not fit into the dimension, or another argument is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static SensingProblem Create(
        int dimension,
        int invariantRank,
        int spuriousRank,
        ulong seed,
        SubspaceLayout layout = SubspaceLayout.Random,
        double overlap = 0,
        ReadOnlySpan<double> eigenvalues = default,
        CancellationToken cancellation = default)
    {
        CheckRanks(dimension, invariantRank, spuriousRank, nameof(dimension), nameof(invariantRank), nameof(spuriousRank));
        CheckEigenvalues(eigenvalues, invariantRank);
        Guard.Defined(layout);
        Guard.InRange(overlap, 0.0, layout == SubspaceLayout.PrescribedOverlap ? 1.0 : 0.0);
        CheckFrame(dimension, layout == SubspaceLayout.Random ? Math.Max(invariantRank, spuriousRank) : invariantRank + spuriousRank);
        RandomStream first = new(seed, StreamPurpose.Structure, 0, 0);
        if (layout == SubspaceLayout.Random)
        {
            RandomStream second = new(seed, StreamPurpose.Structure, 0, 1);
            double[] invariant = HaarFrame.Draw(in first, dimension, invariantRank, cancellation);
            double[] spurious = HaarFrame.Draw(in second, dimension, spuriousRank, cancellation);
            return new SensingProblem(
                new(invariant, dimension, invariantRank), new(spurious, dimension, spuriousRank), eigenvalues, cancellation);
        }

        double[] frame = HaarFrame.Draw(in first, dimension, invariantRank + spuriousRank, cancellation);
        return Split(frame, dimension, invariantRank, spuriousRank, overlap, eigenvalues, cancellation);
    }

    /// <summary>
    /// Cuts a frame into U* and an orthogonal P and tilts the first min(r1, r2) columns of P: v_j = cosine·u_j + √(1 − cosine²)·p_j, so that U*ᵀV* is
    /// cosine times the identity there and 0 elsewhere.
    /// </summary>
    private static SensingProblem Split(
        double[] frame,
        int dimension,
        int invariantRank,
        int spuriousRank,
        double cosine,
        ReadOnlySpan<double> eigenvalues,
        CancellationToken cancellation)
    {
        double sine = Math.Sqrt((1 - cosine) * (1 + cosine));
        double[] invariant = new double[dimension * invariantRank];
        double[] spurious = new double[dimension * spuriousRank];
        int tilted = Math.Min(invariantRank, spuriousRank);
        for (int i = 0; i < dimension; i++)
        {
            ReadOnlySpan<double> row = frame.AsSpan(i * (invariantRank + spuriousRank), invariantRank + spuriousRank);
            row[..invariantRank].CopyTo(invariant.AsSpan(i * invariantRank));
            for (int j = 0; j < spuriousRank; j++)
            {
                double own = row[invariantRank + j];
                spurious[(i * spuriousRank) + j] = j < tilted ? (cosine * row[j]) + (sine * own) : own;
            }
        }

        return new SensingProblem(
            new(invariant, dimension, invariantRank), new(spurious, dimension, spuriousRank), eigenvalues, cancellation);
    }

    private static void CheckRanks(
        int dimension, int invariantRank, int spuriousRank, string dimensionName, string invariantName, string spuriousName)
    {
        Guard.InRange(dimension, 1, MaxDimension, dimensionName);
        Guard.AtLeast(invariantRank, 1, invariantName);
        Guard.AtLeast(spuriousRank, 1, spuriousName);
        if ((long)invariantRank + spuriousRank > dimension)
        {
            throw new ArgumentException(
                $"'{invariantName}' + '{spuriousName}' is {invariantRank} + {spuriousRank}; accepted is at most the dimension, {dimension}.",
                invariantName);
        }
    }

    private static void CheckFrame(int dimension, int columns)
    {
        if (columns > HaarFrame.MaxColumns(dimension))
        {
            throw new ArgumentOutOfRangeException(
                nameof(dimension),
                dimension,
                $"'{nameof(dimension)}' is {dimension} with a random frame of {columns} columns; accepted are at most {HaarFrame.MaxColumns(dimension)} columns.");
        }
    }

    private static double[] CheckEigenvalues(ReadOnlySpan<double> eigenvalues, int rank)
    {
        double[] values = new double[rank];
        Array.Fill(values, 1.0);
        if (!eigenvalues.IsEmpty)
        {
            Guard.Length(eigenvalues.Length, rank, nameof(eigenvalues));
            foreach (double eigenvalue in eigenvalues)
            {
                Guard.Finite(eigenvalue, nameof(eigenvalues));
                Guard.Accepted(eigenvalue, eigenvalue == 0 ? "a number other than 0, as A* has the rank r1" : null, nameof(eigenvalues));
            }

            eigenvalues.CopyTo(values);
        }

        return values;
    }

    private static void CheckOrthonormal(ReadOnlyMatrixSpan<double> basis, string name, CancellationToken cancellation)
    {
        for (int j = 0; j < basis.Columns; j++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int k = 0; k <= j; k++)
            {
                double dot = 0;
                for (int i = 0; i < basis.Rows; i++)
                {
                    dot = Math.FusedMultiplyAdd(basis[i, j], basis[i, k], dot);
                }

                double deviation = dot - (j == k ? 1 : 0);
                if (!(Math.Abs(deviation) <= OrthonormalityTolerance))
                {
                    throw new ArgumentException(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"'{name}' has columns {k} and {j} with inner product {dot}; accepted are orthonormal columns, within {OrthonormalityTolerance}."),
                        name);
                }
            }
        }
    }

    private static double[] Copy(ReadOnlyMatrixSpan<double> matrix)
    {
        double[] copy = new double[matrix.Rows * matrix.Columns];
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Columns; j++)
            {
                copy[(i * matrix.Columns) + j] = matrix[i, j];
            }
        }

        return copy;
    }
}
