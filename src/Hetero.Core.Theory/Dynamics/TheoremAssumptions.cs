using System.Globalization;
using Hetero.Core.Sensing;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// "Under the assumptions of Theorem 2", on one step: Assumptions 1 to 3, ε1 &lt; δ/2 and the windows of η and α. Constants that the paper calls absolute
/// without a value (C, C_0, c_o, that of δ ≲ …) are 1 unless given.
/// </summary>
internal static class TheoremAssumptions
{
    public static List<Inequality> Of(AnalyzedStep step, AnalysisConstants constants, TheoremConstants? assumed = null)
        => Of(StateSizes.Of(step), constants, assumed);

    public static List<Inequality> Of(StateSizes sizes, AnalysisConstants constants, TheoremConstants? assumed = null)
    {
        assumed ??= new TheoremConstants();
        int d = sizes.Dimension, r1 = sizes.InvariantRank, r2 = sizes.SpuriousRank;
        double m1 = constants.Bound, m2 = constants.Heterogeneity, delta = constants.RipConstant, log = Math.Log(d);
        return
        [
            Inequality.AtMost(
                $"C·log⁴ d ≤ r1 ∧ r2, Assumption 1 (a) with C = {Text(assumed.RankConstant)}", assumed.RankConstant * Math.Pow(log, 4), Math.Min(r1, r2), 1e-12),
            Inequality.AtLeast("d ≥ (r1 + r2)^C", d, Math.Pow((double)r1 + r2, assumed.RankConstant), 1e-12 * d),
            Inequality.Below($"M1 < C_0·M2, Assumption 2 with C_0 = {Text(assumed.HeterogeneityConstant)}", m1, assumed.HeterogeneityConstant * m2),
            Inequality.AtMost(
                $"r2²·max_i Σ_{{j≠i}}|Σ_ij| ≤ c_o·M2^{{−1.5}}, (7) with c_o = {Text(assumed.OffDiagonalConstant)}",
                (double)r2 * r2 * sizes.OffDiagonal,
                assumed.OffDiagonalConstant * Math.Pow(m2, -1.5)),
            Inequality.AtMost(
                $"δ ≤ c·(M2·log d)^{{−1.5}}r2^{{−2.5}}(r1 + r2)^{{−1/2}}, Assumption 3 with c = {Text(assumed.RipConstant)}",
                delta,
                RipThresholds.AssumedDelta(m2, d, r1, r2, assumed.RipConstant)),
            Inequality.Below("ε1 < δ/2", sizes.Overlap, delta / 2),
            Inequality.Below("24/M2 < η", 24 / m2, sizes.StepSize),
            Inequality.Below("η < 1/(64·M1)", sizes.StepSize, 1 / (64 * m1)),
            Inequality.Below("d^{−4} < α", Math.Pow(d, -4), constants.InitialScale),
            Inequality.Below("α < d^{−2}", constants.InitialScale, Math.Pow(d, -2)),
        ];
    }

    /// <summary>
    /// Returns the constant of Assumption 3 for which (b), (c) and (d) of Lemma 10 follow, √r2·c_v^{1.5}/(576·M1·log(1/α)): no absolute one, see
    /// <see cref="Lemma10Constant"/>.
    /// </summary>
    public static double ClosingRipConstant(int dimension, int spuriousRank, AnalysisConstants constants)
    {
        double violation = constants.ViolationProbability * constants.Heterogeneity * Math.Log(dimension);
        return Math.Sqrt(spuriousRank) * Math.Pow(violation, 1.5) / (576 * constants.Bound * constants.Logarithm);
    }

    /// <summary>
    /// Accepts a line that reaches t + 1 and is made of the step's η and ranks and the constants' α, M1 and δ: another would judge a lemma by numbers
    /// that are not its own.
    /// </summary>
    public static void CheckArguments(AnalyzedStep step, AnalysisConstants constants, CalibrationLine line, int time)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(constants);
        ArgumentNullException.ThrowIfNull(line);
        constants.CheckValues();
        Guard.InRange(time, 0, line.LastStep - 1);
        Agree("step size", line.Sequences.StepSize, step.StepSize);
        Agree("start", line.Sequences.InitialScale, constants.InitialScale);
        Agree("slope 40·M1·δ·√(r1 + r2)", line.Slope, 40 * constants.Bound * constants.RipConstant * step.RootRank);

        static void Agree(string what, double value, double expected)
        {
            if (!(Math.Abs(value - expected) <= 1e-12 * Math.Abs(expected)))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"'{nameof(line)}' has the {what} {value}; accepted is {expected}, that of the step and the constants."),
                    nameof(line));
            }
        }
    }

    /// <summary>Adds the sides of the claim that comes closest to failing if the hypotheses are not met: they are worth knowing.</summary>
    public static CheckResult WithSides(CheckResult result)
        => result.Verdict == Verdict.HypothesisNotMet ? result with { Note = $"measured all the same: {result.Claim}" } : result;

    /// <summary>Returns the M1 from which on the last line of (56) closes, (1 + 19√r1 + 12√r2)/(2√(r1 + r2) − √r2).</summary>
    public static double ClosingBound(int invariantRank, int spuriousRank)
        => (1 + (19 * Math.Sqrt(invariantRank)) + (12 * Math.Sqrt(spuriousRank)))
            / ((2 * Math.Sqrt((double)invariantRank + spuriousRank)) - Math.Sqrt(spuriousRank));

    private static string Text(double constant) => constant.ToString("G4", CultureInfo.InvariantCulture);
}
