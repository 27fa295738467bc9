using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Problems;

/// <summary>
/// The neurons of the target of Theorem 7, y = Σ_{j≤r1} q(a_jᵀx) + Σ_{j&gt;r1} a_j^(e)·q(a_jᵀx) with q(z) = z² (119): a sensing problem with X = xxᵀ, A* = Σ_{j≤r1} a_ja_jᵀ and
/// A^(e) = Σ_{j&gt;r1} a_j^(e)·a_ja_jᵀ (120). The neurons need be neither orthogonal nor of length 1.
/// </summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class QuadraticNeurons
{
    private readonly double[] _invariant;
    private readonly double[] _variant;
    private readonly double[] _duals;
    private readonly double[] _triangle;

    /// <summary>Takes neurons.</summary>
    /// <param name="invariant">a_1, …, a_r1 as columns, d×r1, finite.</param>
    /// <param name="variant">a_{r1+1}, …, a_r as columns, d×r2, finite. All neurons together are linearly independent.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, an entry is not finite, squares leave the range, or neurons are linearly dependent to round-off.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public QuadraticNeurons(
        ReadOnlyMatrixSpan<double> invariant, ReadOnlyMatrixSpan<double> variant, CancellationToken cancellation = default)
    {
        Guard.Agree(variant.Rows, invariant.Rows, "row count", nameof(variant));
        Guard.AtLeast(invariant.Columns, 1, "invariant.Columns");
        Guard.AtLeast(variant.Columns, 1, "variant.Columns");
        int r1 = invariant.Columns, r2 = variant.Columns, d = invariant.Rows;
        if ((long)r1 + r2 > d)
        {
            throw new ArgumentException(
                $"'{nameof(invariant)}' and '{nameof(variant)}' have {r1} + {r2} columns, each a neuron, of {d} numbers; accepted are at most as many neurons as numbers.",
                nameof(invariant));
        }

        _invariant = Copy(invariant);
        _variant = Copy(variant);
        Guard.AllFinite<double>(_invariant, nameof(invariant));
        Guard.AllFinite<double>(_variant, nameof(variant));
        _duals = Duals(d, r1, r2, cancellation);
        double[] basis = Eigenbasis(d, r1, cancellation, out double[] eigenvalues);
        foreach (double eigenvalue in eigenvalues)
        {
            if (!double.IsNormal(eigenvalue))
            {
                throw new ArgumentException(
                    FormattableString.Invariant(
                        $"'{nameof(invariant)}' makes a signal with eigenvalue {eigenvalue}; accepted are neurons whose squares double precision can hold."),
                    nameof(invariant));
            }
        }

        double[] frame = Factor(_variant, d, r2, cancellation, out _triangle);
        Problem = new SensingProblem(new(basis, d, r1), new(frame, d, r2), eigenvalues, cancellation);
    }

    /// <summary>Gets the problem: U* and the eigenvalues are those of A*, V* spans the variant neurons.</summary>
    public SensingProblem Problem { get; }

    /// <summary>Gets the invariant neurons, d×r1.</summary>
    public ReadOnlyMatrixSpan<double> Invariant => new(_invariant, Problem.Dimension, Problem.InvariantRank);

    /// <summary>Gets the variant neurons, d×r2.</summary>
    public ReadOnlyMatrixSpan<double> Variant => new(_variant, Problem.Dimension, Problem.SpuriousRank);

    /// <summary>Gets the number r = r1 + r2 of neurons.</summary>
    public int Count => Problem.InvariantRank + Problem.SpuriousRank;

    /// <summary>
    /// Gets the r×d dual vectors p_j, with p_jᵀa_i = 1 for i = j and 0 otherwise: rows of (NᵀN)⁻¹Nᵀ for N = [a_1, …, a_r]. The weight that a matrix M has on
    /// neuron j is p_jᵀMp_j: c_j if M = Σ c_i·a_ia_iᵀ.
    /// </summary>
    public ReadOnlyMatrixSpan<double> DualVectors => new(_duals, Count, Problem.Dimension);

    /// <summary>Draws neurons a_j ~ N(0, I/d), as in Theorem 7, from the structure streams of a seed: lengths near 1, inner products near 0.</summary>
    /// <param name="dimension">The dimension d.</param>
    /// <param name="invariantCount">The number r1 of invariant neurons, 1 or more.</param>
    /// <param name="variantCount">The number r2 of variant neurons, 1 or more; r1 + r2 ≤ d.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="cancellation">Ends the work before its end.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    /// <exception cref="OperationCanceledException">The work was ended.</exception>
    public static QuadraticNeurons Draw(int dimension, int invariantCount, int variantCount, ulong seed, CancellationToken cancellation = default)
    {
        Guard.AtLeast(dimension, 2);
        Guard.InRange(invariantCount, 1, dimension - 1);
        Guard.InRange(variantCount, 1, dimension - invariantCount);
        int columns = Math.Max(invariantCount, variantCount);
        if (columns > HaarFrame.MaxColumns(dimension))
        {
            throw new ArgumentOutOfRangeException(
                nameof(dimension),
                dimension,
                $"'{nameof(dimension)}' is {dimension} with {columns} neurons of a kind; accepted are at most {HaarFrame.MaxColumns(dimension)}.");
        }

        double[] invariant = Gaussian(dimension, invariantCount, seed, 0, cancellation);
        double[] variant = Gaussian(dimension, variantCount, seed, 1, cancellation);
        return new QuadraticNeurons(new(invariant, dimension, invariantCount), new(variant, dimension, variantCount), cancellation);
    }

    /// <summary>Makes environments on V* of weights a^(e) of the variant neurons: N·diag(a)·Nᵀ = V*Σ^(e)V*ᵀ.</summary>
    /// <param name="weights">The law of diag(a^(e)), of order r2; entries off the diagonal pair two neurons.</param>
    /// <exception cref="ArgumentException">The order is not r2.</exception>
    public EnvironmentDistribution CreateEnvironments(EnvironmentDistribution weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Guard.Agree(weights.Rank, Problem.SpuriousRank, "rank", nameof(weights));
        ReadOnlyMatrixSpan<double> triangle = new(_triangle, weights.Rank, weights.Rank);
        return weights is ScalarEnvironments scalars ? new CongruentScalarEnvironments(scalars, triangle) : new CongruentEnvironments(weights, triangle);
    }

    private static double[] Gaussian(int dimension, int columns, ulong seed, int substream, CancellationToken cancellation)
    {
        double[] lines = new double[Guard.ArrayLength(dimension, columns, nameof(dimension))];
        double[] neurons = new double[lines.Length];
        RandomStream stream = new(seed, StreamPurpose.Structure, 0, substream);
        double scale = 1 / Math.Sqrt(dimension);
        for (int j = 0; j < columns; j++)
        {
            cancellation.ThrowIfCancellationRequested();
            Span<double> line = lines.AsSpan(j * dimension, dimension);
            stream.FillGaussian((long)j * dimension, line);
            for (int i = 0; i < dimension; i++)
            {
                neurons[(i * columns) + j] = scale * line[i];
            }
        }

        return neurons;
    }

    /// <summary>Q of N = QR, with R of a positive diagonal.</summary>
    private static double[] Factor(double[] neurons, int d, int columns, CancellationToken cancellation, out double[] triangle)
    {
        double[] frame = new double[neurons.Length];
        triangle = new double[columns * columns];
        double[] scratch = new double[HouseholderQr.GetScratchLength<double>(d, columns)];
        HouseholderQr.Decompose(
            new ReadOnlyMatrixSpan<double>(neurons, d, columns), scratch, new MatrixSpan<double>(frame, d, columns), new MatrixSpan<double>(triangle, columns, columns), cancellation: cancellation);
        return frame;
    }

    /// <summary>U* = QW and the eigenvalues λ, NNᵀ = QRRᵀQᵀ and RRᵀ = W·diag(λ)·Wᵀ.</summary>
    private double[] Eigenbasis(int d, int r1, CancellationToken cancellation, out double[] eigenvalues)
    {
        double[] frame = Factor(_invariant, d, r1, cancellation, out double[] triangle);
        double[] square = new double[r1 * r1];
        Products.Gram(new ReadOnlyMatrixSpan<double>(triangle, r1, r1), new MatrixSpan<double>(square, r1, r1));
        eigenvalues = new double[r1];
        double[] vectors = new double[r1 * r1];
        SymmetricEigen.Decompose(new ReadOnlyMatrixSpan<double>(square, r1, r1), eigenvalues, new MatrixSpan<double>(vectors, r1, r1));
        double[] basis = new double[d * r1];
        Products.Multiply<double>(new ReadOnlyMatrixSpan<double>(frame, d, r1), new ReadOnlyMatrixSpan<double>(vectors, r1, r1), new MatrixSpan<double>(basis, d, r1));
        return basis;
    }

    /// <summary>(NᵀN)⁻¹Nᵀ = R⁻¹Qᵀ for N = QR, all neurons together.</summary>
    private double[] Duals(int d, int r1, int r2, CancellationToken cancellation)
    {
        int r = r1 + r2;
        double[] all = new double[Guard.ArrayLength(d, r, "invariant.Columns")];
        for (int i = 0; i < d; i++)
        {
            _invariant.AsSpan(i * r1, r1).CopyTo(all.AsSpan(i * r));
            _variant.AsSpan(i * r2, r2).CopyTo(all.AsSpan((i * r) + r1));
        }

        double[] frame = Factor(all, d, r, cancellation, out double[] triangle);
        double[] duals = new double[d * r];
        for (int j = r - 1; j >= 0; j--)
        {
            double pivot = triangle[(j * r) + j], length = 0;
            for (int i = 0; i <= j; i++)
            {
                length += triangle[(i * r) + j] * triangle[(i * r) + j];
            }

            // A pivot this small beside its column is what round-off makes of 0.
            if (!(pivot > 1e-12 * Math.Sqrt(length)))
            {
                (string name, int column) = j < r1 ? ("invariant", j) : ("variant", j - r1);
                throw new ArgumentException(
                    $"'{name}' has a neuron, column {column}, {Dependence(j, length)}; accepted are linearly independent neurons.", name);
            }

            for (int i = 0; i < d; i++)
            {
                double sum = frame[(i * r) + j];
                for (int k = j + 1; k < r; k++)
                {
                    sum -= triangle[(j * r) + k] * duals[(k * d) + i];
                }

                duals[(j * d) + i] = sum / pivot;
            }
        }

        return duals;
    }

    private static string Dependence(int before, double squaredLength)
        => !double.IsNormal(squaredLength) ? "whose squared length is 0 or leaves the range of double precision"
            : before == 0 ? "that is 0 to round-off"
            : "that is a combination of those before it to round-off";

    private static double[] Copy(ReadOnlyMatrixSpan<double> matrix)
    {
        double[] copy = new double[Guard.ArrayLength(matrix.Rows, matrix.Columns, nameof(matrix))];
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
