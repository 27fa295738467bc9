using System.Globalization;
using Hetero.Core.Statistics;

namespace Hetero.Core.Theory.Subspaces;

/// <summary>
/// Proposition 1, (5), as printed: for every t and some universal C1, ‖U1ᵀU2‖ ≤ t√((r1 + r2)/d) with probability at least 1 − 4exp(−d/C1) −
/// 2exp(−(r1 + r2)t²/C1). False for t below √2 whatever C1 is.
/// </summary>
/// <remarks>
/// For r1 = r2 = r and r/d → 0, ‖U1ᵀU2‖ concentrates at <see cref="JacobiEdge"/>, 2√(r/d) = √2·√((r1 + r2)/d). So at t = 1.2 the probability tends
/// to 0 as r grows, while the printed bound tends to 1. The check takes C1 = 8 and the r and d at which the bound is about 0.9; for a larger C1
/// both grow in proportion. The union bound's factor 9^(r1+r2), present in (105) and missing in (108), is what makes t ≥ const necessary.
/// </remarks>
public sealed class Proposition1Printed : TheoryCheck
{
    private const int Draws = 200;
    private const double Level = 1e-12;

    private static readonly StatementInfo Facts = new()
    {
        Id = "P1-printed",
        Statement = "(5) at t = 1.2 with C1 = 8: for every given C1 there are such d and ranks",
        Equations = "(5)",
        Stated = Verdict.Fails,
        FalseAlarmRate = 1e-9,
        Remark = "The largest cosine sits at √2·√((r1 + r2)/d) for r1 = r2 ≪ d: for smaller t the printed probability is wrong for large ranks.",
        ControlStatement = "the same with C1 = 7",
        DefaultTrials = 2,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Simulates the printed proposition for a given constant, at ranks r1 = r2 that make its bound say something.</summary>
    /// <param name="constant">C1, 0.5 to 30.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="draws">The number of draws, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(double constant, ulong seed, int draws = Draws) => Check(new TheoryInstance { Seed = seed }, constant, draws);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 8, Draws);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 7, Draws);

    private static CheckResult Check(TheoryInstance instance, double constant, int draws)
    {
        const double T = 1.2;
        Guard.InRange(constant, 0.5, 30);
        Guard.AtLeast(draws, 1);

        // 2exp(−2r·t²/C1) ≤ 0.1, and d = 10r keeps the edge, 2√(0.1·0.9) = 1.34·√0.2, clear of t.
        int rank = (int)Math.Ceiling(constant * Math.Log(20) / (2 * T * T)), dimension = 10 * rank;
        double width = T * Math.Sqrt(2.0 * rank / dimension);
        double[] overlaps = SubspaceOverlaps.Draw(instance, 1, dimension, rank, rank, draws);
        double bound = (4 * Math.Exp(-dimension / constant)) + (2 * Math.Exp(-2 * rank * T * T / constant));
        return CheckResult.Judge(
            Facts.Id,
            [],
            Inequality.AtMost(
                "P(‖U1ᵀU2‖ > t√((r1 + r2)/d)) ≤ 4exp(−d/C1) + 2exp(−(r1 + r2)t²/C1)",
                ChernoffBound.LowerConfidence(overlaps.Count(overlap => overlap > width), draws, Level),
                bound)) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"d = {dimension}, r1 = r2 = {rank}, t = {T}, C1 = {constant}: mean ‖U1ᵀU2‖ {overlaps.Average():G4}, "
                + $"edge {JacobiEdge.LargestCosine(dimension, rank, rank):G4}, t√((r1 + r2)/d) = {width:G4}."),
        };
    }
}
