using System.Globalization;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// The law of the RIP error (20) over batches: mean 0, E‖E∘(M)‖_F² = ‖M‖_F²·(p + 1)/m, and for two matrices with the same X_i the joint law, the
/// same for stored, regenerated and exact-law measurements, and for Gram matrices that are drawn in place of stored ones.
/// </summary>
/// <remarks>
/// With orthonormal D1, D2 and S_j = Σ ⟨X_i, D_j⟩X_i = m(E∘(D_j) + D_j), W_jk = ⟨S_j, D_k⟩ is Wishart with m degrees of freedom. By Bartlett W =
/// LLᵀ with L11² ~ χ²_m, L21 ~ N(0,1) and L22² ~ χ²_(m−1), and L⁻¹(S_1, S_2) beyond the span of D1, D2 is 2(p − 2) independent N(0,1) numbers. Sums
/// over n batches of all these are χ² numbers of known degrees and are compared with Laurent and Massart's bounds, twelve for each source, each of
/// which fails with probability e⁻²⁸ = 7·10⁻¹³: a run of twenty instances and four sources raises a false alarm with probability below 10⁻⁹.
/// </remarks>
public sealed class RipErrorLaw : TheoryCheck
{
    private const int Batches = 200;
    private const double Exponent = 28;

    private static readonly StatementInfo Facts = new()
    {
        Id = "A6-simulated",
        Statement = "E E∘(M) = 0, E‖E∘(M)‖_F² = ‖M‖_F²·(p + 1)/m, and one joint law for operators and draws",
        Equations = "(20)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-9,
        Remark = "Exact pivots from Bartlett's decomposition for two matrices with the same measurements; false-alarm rate below 1e-9.",
        ControlStatement = "the law of 1.2m measurements",
        DefaultTrials = 20,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);

        // Two to four measurements in a quarter of them: there a degree of freedom more or less is seen.
        int samples = instance.Seed % 4 == 0 ? 2 + (int)(instance.Seed / 4 % 3) : Math.Clamp(instance.Samples, 2, 100);
        return instance with { Dimension = Math.Min(instance.Dimension, 6), Samples = samples };
    }

    /// <summary>Checks the law on batches of a source.</summary>
    /// <param name="source">Returns the source of batch number i (a new one for stored measurements) and the step to ask it for.</param>
    /// <param name="samples">The number m of measurements, 2 or more.</param>
    /// <param name="matrices">svec(A), svec(B), two matrices that are not parallel: 2p numbers, p ≥ 3.</param>
    /// <param name="batches">The number n of batches, 1 or more.</param>
    /// <exception cref="ArgumentException">A length does not fit, or the matrices are parallel.</exception>
    public static CheckResult Check(
        Func<int, (MeasurementSource<double> Source, int Step)> source, int samples, ReadOnlySpan<double> matrices, int batches = Batches)
        => Check(source, samples, matrices, batches, samples);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, instance.Samples);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 1.2 * instance.Samples);

    private static CheckResult Check(TheoryInstance instance, double claimed)
    {
        int d = instance.Dimension;
        double[] matrices = instance.CreateGaussian(1, 2, Svec.Length(d));
        RegeneratedMeasurements<double> regenerated = new(d, instance.Seed);
        ExactLawMeasurements<double> exactLaw = new(d, instance.Seed);
        int batches = Math.Max(Batches, 2000 / instance.Samples);
        StoredMeasurements<double> Stored(int batch) => new(d, instance.Samples, instance.Seed + 1 + (ulong)batch);
        GramMeasurements Gram(int batch) => new(d, instance.Samples, instance.Seed + 1 + (ulong)batch);
        return RipLemma.Decisive(
        [
            Check(batch => (regenerated, batch), instance.Samples, matrices, batches, claimed),
            Check(batch => (exactLaw, batch), instance.Samples, matrices, batches, claimed),
            Check(batch => (Stored(batch), 0), instance.Samples, matrices, batches, claimed),
            Check(batch => (Gram(batch), 0), instance.Samples, matrices, batches, claimed),
        ]);
    }

    private static CheckResult Check(
        Func<int, (MeasurementSource<double> Source, int Step)> source, int samples, ReadOnlySpan<double> matrices, int batches, double claimed)
    {
        ArgumentNullException.ThrowIfNull(source);
        Guard.AtLeast(samples, 2);
        Guard.AtLeast(batches, 1);
        int p = matrices.Length / 2;
        Guard.AtLeast(p, 3, nameof(matrices));
        Guard.Length(matrices.Length, 2 * p, nameof(matrices));
        double[] basis = Orthonormal(matrices, p), errors = new double[2 * p], sum = new double[2 * p];
        double first = 0, second = 0, cross = 0, crossSquare = 0, rest = 0, size = 0;
        for (int batch = 0; batch < batches; batch++)
        {
            (MeasurementSource<double> measurements, int step) = source(batch);
            RipError.Apply(measurements, samples, step, basis, errors);
            size += Reductions.SumOfSquares<double>(errors.AsSpan(0, p)) / batches;
            Span<double> one = errors.AsSpan(0, p), two = errors.AsSpan(p, p);
            for (int i = 0; i < errors.Length; i++)
            {
                errors[i] = samples * (errors[i] + basis[i]);
            }

            double w11 = RemoveSpan(one, basis, p, out _), root = Math.Sqrt(w11);
            RemoveSpan(two, basis, p, out double w22, out double w21);
            double l21 = w21 / root, l22 = Math.Sqrt(w22 - (l21 * l21));
            (first, second, cross, crossSquare) = (first + w11, second + (l22 * l22), cross + l21, crossSquare + (l21 * l21));
            for (int i = 0; i < p; i++)
            {
                double y1 = one[i] / root, y2 = (two[i] - (l21 * y1)) / l22;
                rest += (y1 * y1) + (y2 * y2);
                sum[i] += y1;
                sum[p + i] += y2;
            }
        }

        List<Inequality> claims = [];
        void Add(string name, double value, double degrees)
        {
            claims.Add(Inequality.AtLeast($"{name} ≥ its lower bound", value, LaurentMassart.Lower(degrees, Exponent)));
            claims.Add(Inequality.AtMost($"{name} ≤ its upper bound", value, LaurentMassart.Upper(degrees, Exponent)));
        }

        Add("Σ W11, χ² of nm degrees,", first, batches * claimed);
        Add("Σ L22², χ² of n(m − 1) degrees,", second, batches * (claimed - 1));
        Add("Σ L21², χ² of n degrees,", crossSquare, batches);
        Add("(Σ L21)²/n, χ² of one degree,", cross * cross / batches, 1);
        Add("Σ ‖Y‖², χ² of 2n(p − 2) degrees,", rest, 2.0 * batches * (p - 2));
        Add("‖Σ Y‖²/n, χ² of 2(p − 2) degrees,", Reductions.SumOfSquares<double>(sum) / batches, 2.0 * (p - 2));
        return CheckResult.Judge(Facts.Id, [], claims) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"p = {p}, m = {samples}: mean of ‖E∘(D)‖_F² {size:G4}, in expectation {(p + 1.0) / samples:G4}."),
        };
    }

    private static double[] Orthonormal(ReadOnlySpan<double> matrices, int p)
    {
        double[] basis = matrices.ToArray();
        Span<double> one = basis.AsSpan(0, p), two = basis.AsSpan(p, p);
        Scale(one, 1 / Reductions.Norm<double>(one));
        double norm = Reductions.Norm<double>(two);
        for (int pass = 0; pass < 2; pass++)
        {
            double along = Reductions.Dot<double>(one, two);
            for (int i = 0; i < p; i++)
            {
                two[i] -= along * one[i];
            }
        }

        double left = Reductions.Norm<double>(two);
        if (!(left > 1e-8 * norm))
        {
            throw new ArgumentException(
                $"'{nameof(matrices)}' holds two matrices that are parallel or not finite; accepted are two that are not.", nameof(matrices));
        }

        Scale(two, 1 / left);
        return basis;
    }

    private static void Scale(Span<double> vector, double factor)
    {
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] *= factor;
        }
    }

    /// <summary>Projects a vector away from the basis; returns its product with the first basis vector.</summary>
    private static double RemoveSpan(Span<double> vector, double[] basis, int p, out double second)
    {
        double first = Reductions.Dot<double>(basis.AsSpan(0, p), vector);
        second = Reductions.Dot<double>(basis.AsSpan(p, p), vector);
        for (int i = 0; i < p; i++)
        {
            vector[i] -= (first * basis[i]) + (second * basis[p + i]);
        }

        return first;
    }

    private static void RemoveSpan(Span<double> vector, double[] basis, int p, out double own, out double cross)
        => cross = RemoveSpan(vector, basis, p, out own);
}
