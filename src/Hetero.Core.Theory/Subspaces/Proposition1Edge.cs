using System.Globalization;

namespace Hetero.Core.Theory.Subspaces;

/// <summary>
/// The sharp form of Proposition 1: the largest cosine ε1 of two independent random subspaces is at √(a(1−b)) + √(b(1−a)) with a = r1/d, b = r2/d,
/// and around it logit(ε1²) has Johnstone's centre and scale and the Tracy–Widom law (<see cref="JacobiEdge"/>). It is what Assumption 1 (d) finds
/// for random subspaces.
/// </summary>
/// <remarks>
/// The claim is that the mean of (logit(ε1²) − centre)/scale over n = 200 draws is that of the Tracy–Widom law, −1.2065, within 1. Its standard
/// deviation is 1.268/√n = 0.09, and the law's error at rank 4 about 0.3: a false alarm would be seven standard deviations off.
/// </remarks>
public sealed class Proposition1Edge : TheoryCheck
{
    private const int Draws = 200;
    private const double TracyWidomMean = -1.2065;
    private const double Tolerance = 1;

    private static readonly StatementInfo Facts = new()
    {
        Id = "P1-edge",
        Statement = "‖U1ᵀU2‖ is at √(a(1−b)) + √(b(1−a)): mean of (logit ‖U1ᵀU2‖² − centre)/scale within 1 of −1.2065",
        Equations = "(5)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 5e-8,
        Remark = "The edge of the Jacobi ensemble, up to √2 times the printed √((r1 + r2)/d), with its finite-size law.",
        ControlStatement = "the same around √((r1 + r2)/d)",
        DefaultTrials = 10,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Simulates the statement.</summary>
    /// <param name="dimension">The dimension d, above r1 + r2.</param>
    /// <param name="invariantRank">The rank r1, 1 or more.</param>
    /// <param name="spuriousRank">The rank r2, 1 or more.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="draws">The number of draws, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(int dimension, int invariantRank, int spuriousRank, ulong seed, int draws = Draws)
        => Check(new TheoryInstance { Seed = seed }, dimension, invariantRank, spuriousRank, draws, printed: false);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, printed: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, printed: true);

    // Edges show in large dimensions: ten times the instance's, with ranks of 4 to 12.
    private static CheckResult Check(TheoryInstance instance, bool printed)
        => Check(instance, Math.Max(60, 10 * instance.Dimension), 4 * instance.InvariantRank, 4 * instance.SpuriousRank, Draws, printed);

    private static CheckResult Check(TheoryInstance instance, int dimension, int invariantRank, int spuriousRank, int draws, bool printed)
    {
        Guard.AtLeast(draws, 1);
        (double center, double scale) = JacobiEdge.LogitLaw(dimension, invariantRank, spuriousRank);
        double share = (double)(invariantRank + spuriousRank) / dimension, around = printed ? Logit(share) : center;
        double[] overlaps = SubspaceOverlaps.Draw(instance, 1, dimension, invariantRank, spuriousRank, draws);
        double mean = overlaps.Average(overlap => (Logit(overlap * overlap) - around) / scale);
        return CheckResult.Judge(
            Facts.Id,
            [],
            Inequality.AtMost(
                $"|mean of (logit ‖U1ᵀU2‖² − {(printed ? "logit (r1 + r2)/d" : "centre")})/scale + 1.2065| ≤ {Tolerance}",
                Math.Abs(mean - TracyWidomMean),
                Tolerance),
            Inequality.AtMost(
                "|edge − sin(arcsin √(r1/d) + arcsin √(r2/d))| ≤ 0",
                Math.Abs(JacobiEdge.LargestCosine(dimension, invariantRank, spuriousRank) - LargestSine(dimension, invariantRank, spuriousRank)),
                0,
                1e-12)) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"d = {dimension}, r1 = {invariantRank}, r2 = {spuriousRank}: mean of ‖U1ᵀU2‖ {overlaps.Average():G4}, "
                + $"edge {JacobiEdge.LargestCosine(dimension, invariantRank, spuriousRank):G4}, "
                + $"√((r1 + r2)/d) = {Math.Sqrt(share):G4}; standardized mean {mean:G4}."),
        };
    }

    /// <summary>The edge by angles: 1 from a right angle on.</summary>
    private static double LargestSine(double dimension, double first, double second)
        => first + second >= dimension ? 1 : Math.Sin(Math.Asin(Math.Sqrt(first / dimension)) + Math.Asin(Math.Sqrt(second / dimension)));

    private static double Logit(double share) => Math.Log(share / (1 - share));
}
