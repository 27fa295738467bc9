using System.Globalization;

namespace Hetero.Core.Theory.Concentration;

/// <summary>
/// Lemma 16, (97): the covering number of the unit sphere S^(n−1) is at most (2/ε + 1)^n, for any ε > 0. Checked for n = 1, 2, 3 by nets that are
/// constructed and whose covering radius is then bounded independently.
/// </summary>
/// <remarks>A net of N points shows that the covering number is at most N; for n ≤ 2 the nets are smallest ones.</remarks>
public sealed class Lemma16 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L16",
        Statement = "N(S^(n−1), ε) ≤ (2/ε + 1)^n",
        Equations = "(97)",
        Stated = Verdict.Holds,
        Remark = "Nets for n = 1, 2, 3 and ε from 0.15 to 3, each proved to cover by a second grid.",
        ControlStatement = "the same with the power n − 1",
        DefaultTrials = 30,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the lemma on a net.</summary>
    /// <param name="net">Points that are claimed to be an ε-net; the hypothesis is that they are.</param>
    public static CheckResult Check(SphereNet net) => Check(net, 0);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(Net(instance), 0);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(Net(instance), 1);

    private static SphereNet Net(TheoryInstance instance)
    {
        double[] uniform = new double[1];
        instance.Stream(1).FillUniform(0, uniform.AsSpan());
        return SphereNet.Create(1 + (int)(instance.Seed % 3), 0.15 * Math.Pow(20, uniform[0]));
    }

    private static CheckResult Check(SphereNet net, int less)
    {
        ArgumentNullException.ThrowIfNull(net);
        double covering = net.CoveringRadiusBound();
        return CheckResult.Judge(
            Facts.Id,
            [Inequality.AtMost("every point is within ε of the net", covering, net.Radius, 1e-12)],
            Inequality.AtMost(
                less == 0 ? "N ≤ (2/ε + 1)^n" : "N ≤ (2/ε + 1)^(n−1)", net.Count, Math.Pow((2 / net.Radius) + 1, net.Dimension - less))) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"n = {net.Dimension}, ε = {net.Radius:G4}: {net.Count} points, covering radius at most {covering:G4}."),
        };
    }
}
