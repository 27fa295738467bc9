using System.Globalization;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Assumption 3: the RIP at rank s = 4(r1 + r2) with δ ≤ C/((M2·log d)^1.5·r2^2.5·√(r1 + r2)). The hypothesis is the sufficient δ_d ≤ that; then
/// (8) holds with that δ for every symmetric M.
/// </summary>
/// <remarks>
/// The constant C has no value in the paper; the note gives the two values between which the smallest C lies for which the measurements would do,
/// and the number of Gaussian measurements C'·d·s/δ² (Candès and Plan) for C = C' = 1. With M2 = 18 (M = 6, mean 1), d = 100 and r1 = r2 = 1 that
/// is δ ≤ 0.00094 and m ≥ 9·10⁸; the paper's simulations have m = 8000. So instances take near isometries, whose δ_1 is 0.99 of the threshold (0.9 at most): they
/// meet the assumption, and not the one with 0.75 of it.
/// </remarks>
public sealed class Assumption3Threshold : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "A3-threshold",
        Statement = "(8) at rank 4(r1 + r2) with δ = C/((M2·log d)^1.5·r2^2.5·√(r1 + r2)), C = 1",
        Equations = "(8), Assumption 3",
        Kind = StatementKind.Definition,
        Stated = Verdict.Holds,
        Remark =
            "Near isometries made to meet it do; no affordable number of Gaussian measurements does: m grows like M2³·log³d·r2⁵·(r1 + r2)²·d.",
        ControlStatement = "(8) with 0.75 of that δ",
        DefaultTrials = 10,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with { Dimension = Math.Min(instance.Dimension, 7) };
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
        => Check(form, heterogeneity, invariantRank, spuriousRank, constant, seed, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 0.75);

    private static CheckResult Check(TheoryInstance instance, double share)
    {
        // (6) for equal diagonal entries: Var/(1 + |mean|), the variance M² of two points and M²/3 of the uniform law.
        double variance = instance.Spread * instance.Spread / (instance.Law == Environments.ScalarLaw.TwoPoint ? 1 : 3);
        double heterogeneity = variance / (1 + Math.Abs(instance.Mean));
        int d = instance.Dimension, r1 = Math.Min(instance.InvariantRank, d), r2 = Math.Min(instance.SpuriousRank, d);
        double threshold = RipThresholds.AssumedDelta(heterogeneity, d, r1, r2), delta = 0.99 * Math.Min(threshold, 0.9);
        Matrix direction = new(instance.CreateSymmetric(1, 1), d, d), column = new(direction.ToSvec(), Svec.Length(d), 1);
        IsometryForm form = IsometryForm.OfGram(d, (Matrix.Identity(column.Rows) + (delta * NearIsometry.Along(column))).Span);
        CheckResult result = Check(form, heterogeneity, r1, r2, 1, instance.Seed, share);
        double logarithm = (1.5 * Math.Log(heterogeneity)) + (1.5 * Math.Log(Math.Log(d))) + (2.5 * Math.Log(r2)) + (0.5 * Math.Log(r1 + r2));
        double roundOff = Math.ScaleB(column.Rows, -46);
        return CheckResult.Judge(
            Facts.Id,
            result.Hypotheses,
            [
                .. result.Claims,
                Inequality.AtMost("|log δ + log((M2·log d)^1.5·r2^2.5·√(r1 + r2))| ≤ 0", Math.Abs(Math.Log(threshold) + logarithm), 0, 1e-12 * (1 + Math.Abs(logarithm))),
                Inequality.AtMost("|s − 4(r1 + r2)| ≤ 0 at d = 100", Math.Abs(RipThresholds.AssumedRank(100, r1, r2) - (4 * (r1 + r2))), 0),
                Inequality.AtMost("|m·δ²/(d·s) − 1| ≤ 0 for d·s/δ² at d = 100, δ = 0.01", Math.Abs((RipThresholds.RequiredSamples(100, 3, 0.01) / 3e6) - 1), 0, 1e-6),
                Inequality.AtLeast("largest Σ⟨X_i, M⟩²/m at rank 1 ≥ 1 + 0.99δ", form.Ratio(column.Entries), 1 + (share * delta), roundOff),
            ]) with
        {
            Note = result.Note,
        };
    }

    private static CheckResult Check(
        IsometryForm form, double heterogeneity, int invariantRank, int spuriousRank, double constant, ulong seed, double share)
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
            Facts.Id,
            [Inequality.AtMost("δ_d ≤ C/((M2·log d)^1.5·r2^2.5·√(r1 + r2))", exact.Delta, threshold, roundOff)],
            Inequality.AtMost("largest Σ⟨X_i, M⟩²/m ≤ 1 + δ", bound.Largest.Ratio, 1 + (share * threshold), roundOff),
            Inequality.AtLeast("smallest Σ⟨X_i, M⟩²/m ≥ 1 − δ", bound.Smallest.Ratio, 1 - (share * threshold), roundOff)) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"M2 = {heterogeneity:G4}, s = {rank}: {state}; "
                + $"the smallest C lies between {bound.Delta / unit:G4} and {exact.Delta / unit:G4}; d·s/δ² is {samples}."),
        };
    }
}
