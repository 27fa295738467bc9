using System.Globalization;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// Assumption 3: the RIP at rank s = 4(r1 + r2) with δ ≤ C/((M2·log d)^1.5·r2^2.5·√(r1 + r2)). The hypothesis is the sufficient δ_d ≤ that; then
/// (8) holds with that δ for every symmetric M.
/// </summary>
/// <remarks>
/// The constant C has no value in the paper; the note gives the two values between which the smallest C lies for which the measurements would do,
/// and the number of Gaussian measurements C'·d·s/δ² (Candès and Plan) for C = C' = 1. With M2 = 18 (M = 6, mean 1), d = 100 and r1 = r2 = 1 that
/// is δ ≤ 0.00094 and m ≥ 9·10⁸; the paper's simulations have m = 8000.
/// </remarks>
public sealed class Assumption3Threshold : TheoryCheck
{
    /// <inheritdoc/>
    public override string Id => "A3-threshold";

    /// <inheritdoc/>
    public override string Statement => "(8) at rank 4(r1 + r2) with δ = C/((M2·log d)^1.5·r2^2.5·√(r1 + r2)), C = 1";

    /// <inheritdoc/>
    public override string Equations => "(8), Assumption 3";

    /// <inheritdoc/>
    public override StatementKind Kind => StatementKind.Definition;

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.HypothesisNotMet;

    /// <inheritdoc/>
    public override string Remark => "No affordable number of Gaussian measurements meets it: m grows like M2³·log³d·r2⁵·(r1 + r2)²·d.";

    /// <inheritdoc/>
    public override string ControlStatement => "(8) with that δ on the matrices found, whatever δ_d is";

    /// <inheritdoc/>
    public override int DefaultTrials => 10;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with { Dimension = Math.Min(instance.Dimension, 7), Spread = Math.Max(instance.Spread, 10) };
    }

    /// <summary>Checks the assumption on measurements.</summary>
    /// <param name="form">The measurements' form, d ≥ 2.</param>
    /// <param name="heterogeneity">M2 of (6), above 0.</param>
    /// <param name="invariantRank">The rank r1, 1 to d.</param>
    /// <param name="spuriousRank">The rank r2, 1 to d.</param>
    /// <param name="constant">The constant C, above 0.</param>
    /// <param name="seed">The seed of the search for a lower bound of δ_s.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(
        IsometryForm form, double heterogeneity, int invariantRank, int spuriousRank, double constant = 1, ulong seed = 0)
        => Check(form, heterogeneity, invariantRank, spuriousRank, constant, seed, control: false);

    private protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, control: false);

    private protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, control: true);

    private static CheckResult Check(TheoryInstance instance, bool control)
    {
        // (6) for equal diagonal entries: Var/(1 + |mean|), the variance M² of two points and M²/3 of the uniform law.
        double variance = instance.Spread * instance.Spread / (instance.Law == Environments.ScalarLaw.TwoPoint ? 1 : 3);
        IsometryForm form = IsometryForm.Of(instance.CreateMeasurements());
        int invariant = Math.Min(instance.InvariantRank, form.Dimension), spurious = Math.Min(instance.SpuriousRank, form.Dimension);
        return Check(form, variance / (1 + Math.Abs(instance.Mean)), invariant, spurious, 1, instance.Seed, control);
    }

    private static CheckResult Check(
        IsometryForm form, double heterogeneity, int invariantRank, int spuriousRank, double constant, ulong seed, bool control)
    {
        ArgumentNullException.ThrowIfNull(form);
        double unit = RipThresholds.AssumedDelta(heterogeneity, form.Dimension, invariantRank, spuriousRank), threshold = constant * unit;
        Guard.Positive(constant);
        int rank = RipThresholds.AssumedRank(form.Dimension, invariantRank, spuriousRank);
        RipConstant exact = RipConstants.Exact(form), bound = RipConstants.LowerBound(form, rank, seed);
        double roundOff = 32 * form.SvecLength * Math.ScaleB(1 + exact.Largest.Ratio, -52);
        string samples = threshold >= 1 ? "0"
            : threshold > 0 ? RipThresholds.RequiredSamples(form.Dimension, rank, threshold).ToString("G3", CultureInfo.InvariantCulture)
            : "beyond all numbers";
        string state = bound.Delta > threshold ? "not met" : exact.Delta > threshold ? "open between the bounds" : "met";
        return CheckResult.Judge(
            "A3-threshold",
            control ? [] : [Inequality.AtMost("δ_d ≤ C/((M2·log d)^1.5·r2^2.5·√(r1 + r2))", exact.Delta, threshold, roundOff)],
            Inequality.AtMost("largest Σ⟨X_i, M⟩²/m ≤ 1 + δ", bound.Largest.Ratio, 1 + threshold, roundOff),
            Inequality.AtLeast("smallest Σ⟨X_i, M⟩²/m ≥ 1 − δ", bound.Smallest.Ratio, 1 - threshold, roundOff)) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"M2 = {heterogeneity:G4}, s = {rank}: {state}; "
                + $"the smallest C lies between {bound.Delta / unit:G4} and {exact.Delta / unit:G4}; d·s/δ² is {samples}."),
        };
    }
}
