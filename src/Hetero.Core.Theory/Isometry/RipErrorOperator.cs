using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// The RIP error (20), E∘(M) = (1/m) Σ ⟨X_i, M⟩X_i − M, of an operator (stored, regenerated at one step, population): linear and self-adjoint.
/// </summary>
/// <remarks>
/// A draw (exact law) is neither: its calls for one step share random numbers, not measurements. What draws and operators have in common is
/// the law: <see cref="RipErrorLaw"/>. The paper writes E_t for this operator, for its value and for the residual (18).
/// </remarks>
public sealed class RipErrorOperator : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "A6",
        Statement = "E∘(aA + bB) = aE∘(A) + bE∘(B) and ⟨E∘(A), B⟩ = ⟨A, E∘(B)⟩ for measurement operators",
        Equations = "(20)",
        Stated = Verdict.Holds,
        Remark = "Deterministic, to round-off, for stored, regenerated and population measurements.",
        ControlStatement = "the same for exact-law draws",
        DefaultTrials = 50,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the operator of a source at one step.</summary>
    /// <param name="source">The measurements; the claims are about operators (<see cref="MeasurementSource{T}.IsOperator"/>).</param>
    /// <param name="samples">The number m of measurements, 1 or more.</param>
    /// <param name="step">The step.</param>
    /// <param name="a">svec(A), p numbers.</param>
    /// <param name="b">svec(B), p numbers.</param>
    /// <exception cref="ArgumentException">A length does not fit, a number is not finite, or the samples or the step are out of range.</exception>
    public static CheckResult Check(MeasurementSource<double> source, long samples, int step, ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Check(source, samples, step, a, b, [Inequality.AtLeast("the source is an operator", source.IsOperator ? 1 : 0, 1)]);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        double[] a = instance.CreateGaussian(1, Svec.Length(instance.Dimension), 1), b = instance.CreateGaussian(2, a.Length, 1);
        MeasurementSource<double>[] sources =
        [
            instance.CreateMeasurements(),
            new RegeneratedMeasurements<double>(instance.Dimension, instance.Seed),
            new PopulationMeasurements<double>(instance.Dimension),
        ];
        return RipLemma.Decisive([.. sources.Select(source => Check(source, instance.Samples, 3, a, b))]);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        double[] a = instance.CreateGaussian(1, Svec.Length(instance.Dimension), 1), b = instance.CreateGaussian(2, a.Length, 1);
        return Check(new ExactLawMeasurements<double>(instance.Dimension, instance.Seed), instance.Samples, 3, a, b, []);
    }

    private static CheckResult Check(
        MeasurementSource<double> source, long samples, int step, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Inequality[] hypotheses)
    {
        const double WeightA = 0.75, WeightB = -1.5;
        int p = source.SvecLength;
        Guard.Length(a.Length, p, nameof(a));
        Guard.Length(b.Length, p, nameof(b));
        double[] sum = new double[p], imageA = new double[p], imageB = new double[p], imageSum = new double[p];
        for (int i = 0; i < p; i++)
        {
            sum[i] = (WeightA * a[i]) + (WeightB * b[i]);
        }

        RipError.Apply(source, samples, step, a, imageA);
        RipError.Apply(source, samples, step, b, imageB);
        RipError.Apply(source, samples, step, sum, imageSum);
        for (int i = 0; i < p; i++)
        {
            imageSum[i] -= (WeightA * imageA[i]) + (WeightB * imageB[i]);
        }

        double normA = Reductions.Norm(a), normB = Reductions.Norm(b);

        // ‖GᵀG/m‖ is at most about (1 + √(p/m))², far from it with small probability only; sums of p and of m terms round by at most their length.
        double scale = 64 * (p + Math.Sqrt(samples)) * Math.ScaleB(2 * (1 + ((double)p / samples)), -52);
        return CheckResult.Judge(
            Facts.Id,
            hypotheses,
            Inequality.AtMost("‖E∘(aA + bB) − aE∘(A) − bE∘(B)‖_F ≤ 0", Reductions.Norm<double>(imageSum), 0, scale * (normA + normB)),
            Inequality.AtMost(
                "|⟨E∘(A), B⟩ − ⟨A, E∘(B)⟩| ≤ 0", Math.Abs(Reductions.Dot(imageA, b) - Reductions.Dot(a, imageB)), 0, scale * normA * normB));
    }
}
