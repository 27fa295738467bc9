using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// The quadratic form of the restricted isometry property (8): M ↦ (1/m) Σ ⟨X_i, M⟩² = wᵀHw on symmetric matrices, with w = svec(M) and the p×p
/// matrix H = GᵀG/m of the rows svec(X_i). For symmetric Gaussian measurements E H = I.
/// </summary>
/// <remarks>
/// (8) says "for any d×d matrix", but symmetric X_i give 0 on every antisymmetric M: only symmetric ones are meant. Holds p² numbers, and its
/// spectrum takes about 50·p³ operations once: meant for d up to a few dozen. Immutable and thread-safe.
/// </remarks>
public sealed class IsometryForm
{
    /// <summary>The largest dimension: p = 2080, 33 MiB for H and minutes for its spectrum.</summary>
    public const int MaxDimension = 64;

    private readonly double[] _gram;
    private readonly Lazy<(double[] Values, double[] Vectors)> _spectrum;

    /// <summary>Makes the form of measurements.</summary>
    /// <param name="dimension">The dimension d, 1 to <see cref="MaxDimension"/>.</param>
    /// <param name="svecRows">svec(X_1), svec(X_2), …, one after another: m·p finite numbers, m ≥ 1. Squares below 10⁻³⁰⁸ lose digits.</param>
    /// <exception cref="ArgumentException">The dimension is out of range, the length is not a positive multiple of p, or a number is not finite, or the
    /// sum of the squares is not.</exception>
    public IsometryForm(int dimension, ReadOnlySpan<double> svecRows)
        : this(dimension)
    {
        if (svecRows.IsEmpty || svecRows.Length % SvecLength != 0)
        {
            throw new ArgumentException(
                $"'{nameof(svecRows)}' has {svecRows.Length} elements; accepted is a positive multiple of p = {SvecLength}.", nameof(svecRows));
        }

        int samples = svecRows.Length / SvecLength;
        ReadOnlyMatrixSpan<double> rows = new(svecRows, samples, SvecLength);
        Products.Gram(
            rows.Transposed,
            new double[Products.GetGramScratchLength<double>(SvecLength, samples)],
            new MatrixSpan<double>(_gram, SvecLength, SvecLength));
        TensorPrimitives.Divide(_gram, (double)samples, _gram);
        Guard.AllFinite<double>(_gram, nameof(svecRows), "finite entries with finite squares");
        CheckTrace(nameof(svecRows));
    }

    private IsometryForm(int dimension)
    {
        Guard.InRange(dimension, 1, MaxDimension);
        Dimension = dimension;
        SvecLength = Svec.Length(dimension);
        _gram = new double[SvecLength * SvecLength];
        _spectrum = new(Decompose);
    }

    /// <summary>Gets the dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Gets p = d(d+1)/2.</summary>
    public int SvecLength { get; }

    /// <summary>Gets H = GᵀG/m, p×p.</summary>
    public ReadOnlyMatrixSpan<double> Gram => new(_gram, SvecLength, SvecLength);

    /// <summary>Gets the p eigenvalues of H, ascending. The first call computes them.</summary>
    public ReadOnlySpan<double> Eigenvalues => _spectrum.Value.Values;

    /// <summary>Gets the p eigenvalues of H, ascending, and its eigenvectors as columns.</summary>
    internal (double[] Values, double[] Vectors) Spectrum => _spectrum.Value;

    /// <summary>Makes the form of one set of stored measurements.</summary>
    /// <param name="measurements">The measurements, of a dimension up to <see cref="MaxDimension"/>.</param>
    /// <param name="set">The set.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension or the set is out of range, or a set has more numbers than an array
    /// holds.</exception>
    public static IsometryForm Of(StoredMeasurements<double> measurements, int set = 0)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        Guard.InRange(measurements.Dimension, 1, MaxDimension, "measurements.Dimension");
        Guard.InRange(set, 0, measurements.MeasurementSets - 1);
        int length = measurements.SvecLength;
        Guard.InRange(measurements.SamplesPerSet, 1, Array.MaxLength / length, "measurements.SamplesPerSet");
        int samples = (int)measurements.SamplesPerSet;
        double[] rows = new double[samples * length];
        for (int sample = 0; sample < samples; sample++)
        {
            measurements.CopySample((set * measurements.SamplesPerSet) + sample, rows.AsSpan(sample * length, length));
        }

        return new IsometryForm(measurements.Dimension, rows);
    }

    /// <summary>Makes the form of a given H: that of any measurements with GᵀG/m = H, the p rows of (p·H)^½ for example.</summary>
    /// <param name="dimension">The dimension d, 1 to <see cref="MaxDimension"/>.</param>
    /// <param name="gram">H, p×p, symmetric within p·2⁻⁵⁰ of its Frobenius norm and positive semidefinite within p·2⁻⁵⁰ of its largest eigenvalue; its
    /// lower triangle is used.</param>
    /// <exception cref="ArgumentException">The shape does not fit, an entry or the trace is not finite, or H is not symmetric or has a negative
    /// eigenvalue.</exception>
    public static IsometryForm OfGram(int dimension, ReadOnlyMatrixSpan<double> gram)
    {
        IsometryForm form = new(dimension);
        int length = form.SvecLength;
        Guard.Shape(gram.Rows, gram.Columns, length, length, nameof(gram));
        MatrixMemory.AllFinite(gram, nameof(gram));
        Symmetry.Check(gram, nameof(gram));
        for (int i = 0; i < length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                form._gram[(i * length) + j] = form._gram[(j * length) + i] = gram[i, j];
            }
        }

        form.CheckTrace(nameof(gram));
        double smallest = form.Spectrum.Values[0];
        if (smallest < -length * Math.Max(Math.ScaleB(Math.Abs(form.Spectrum.Values[^1]), -50), double.Epsilon))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{nameof(gram)}' has the eigenvalue {smallest}; accepted are eigenvalues of at least 0."), nameof(gram));
        }

        return form;
    }

    /// <summary>Returns (1/m) Σ ⟨X_i, M⟩² / ‖M‖_F².</summary>
    /// <param name="matrix">svec(M), p numbers of any magnitude, finite and not all 0.</param>
    /// <returns>The ratio, 0 or above, with an absolute error of about p·ε·λ_max(H).</returns>
    /// <exception cref="ArgumentException">The length is not p, a number is not finite, or all are 0.</exception>
    public double Ratio(ReadOnlySpan<double> matrix)
    {
        Guard.Length(matrix.Length, SvecLength, nameof(matrix));
        Guard.AllFinite(matrix, nameof(matrix));
        double largest = Math.Abs(TensorPrimitives.MaxMagnitude(matrix));
        if (largest == 0)
        {
            throw new ArgumentException($"'{nameof(matrix)}' is 0; accepted is a matrix that is not.", nameof(matrix));
        }

        // The ratio does not depend on the length of w: it is taken where neither ‖w‖² nor wᵀHw leaves the range, whatever H is.
        double[] scaled = matrix.ToArray(), image = new double[SvecLength];
        TensorPrimitives.Multiply(scaled, PowerOfTwo.Normalizing(largest).Scale, scaled);
        TensorPrimitives.Multiply(scaled, Math.ScaleB(1, -Math.Clamp(Math.ILogB(LargestDiagonal()) / 2, -400, 400)), scaled);
        Apply(scaled, image);

        // A mean of squares; only round-off makes it negative.
        return Math.Max(0, Reductions.Dot<double>(scaled, image) / Reductions.SumOfSquares<double>(scaled));
    }

    /// <summary>Computes svec of (1/m) Σ ⟨X_i, M⟩X_i: H·w.</summary>
    /// <param name="matrix">svec(M), p finite numbers.</param>
    /// <param name="destination">Receives p numbers; not the memory of <paramref name="matrix"/>. Not finite where a sum on the way leaves the
    /// range.</param>
    /// <exception cref="ArgumentException">A length is not p, a number is not finite, or the memory overlaps.</exception>
    public void Apply(ReadOnlySpan<double> matrix, Span<double> destination)
    {
        Guard.Length(matrix.Length, SvecLength, nameof(matrix));
        Guard.Length(destination.Length, SvecLength, nameof(destination));
        Guard.AllFinite(matrix, nameof(matrix));
        Guard.NoOverlap(matrix, destination, nameof(matrix), nameof(destination));
        for (int i = 0; i < SvecLength; i++)
        {
            destination[i] = Reductions.Dot(_gram.AsSpan(i * SvecLength, SvecLength), matrix);
        }
    }

    /// <summary>Computes svec of the RIP error (20), E∘(M) = (1/m) Σ ⟨X_i, M⟩X_i − M: H·w − w.</summary>
    /// <param name="matrix">svec(M), p finite numbers.</param>
    /// <param name="destination">Receives p numbers; not the memory of <paramref name="matrix"/>.</param>
    /// <exception cref="ArgumentException">A length is not p, a number is not finite, or the memory overlaps.</exception>
    public void ApplyError(ReadOnlySpan<double> matrix, Span<double> destination)
    {
        Apply(matrix, destination);
        TensorPrimitives.Subtract(destination, matrix, destination);
    }

    /// <summary>The largest diagonal entry, which is the largest entry of all, as H is positive semidefinite.</summary>
    private double LargestDiagonal()
    {
        double largest = double.Epsilon;
        for (int i = 0; i < SvecLength; i++)
        {
            largest = Math.Max(largest, _gram[i * (SvecLength + 1)]);
        }

        return largest;
    }

    /// <summary>The trace bounds every eigenvalue and every ratio.</summary>
    private void CheckTrace(string name)
    {
        double trace = 0;
        for (int i = 0; i < SvecLength; i++)
        {
            trace += _gram[i * (SvecLength + 1)];
        }

        if (!double.IsFinite(trace))
        {
            throw new ArgumentException(FormattableString.Invariant($"'{name}' gives H the trace {trace}; accepted is a finite one."), name);
        }
    }

    private (double[] Values, double[] Vectors) Decompose()
    {
        double[] values = new double[SvecLength], vectors = new double[SvecLength * SvecLength];
        SymmetricEigen.Decompose<double>(
            Gram,
            new double[SymmetricEigen.GetScratchLength<double>(SvecLength)],
            values,
            new MatrixSpan<double>(vectors, SvecLength, SvecLength));
        return (values, vectors);
    }
}
