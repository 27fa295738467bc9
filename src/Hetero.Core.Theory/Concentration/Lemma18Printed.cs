using System.Globalization;

namespace Hetero.Core.Theory.Concentration;

/// <summary>
/// Lemma 18, (100), as printed: for square A and any ε in [0, 1/2), ‖A‖ ≤ sup|⟨Ax, y⟩|/(1 − 2ε − ε²). False from ε = √2 − 1 on, where the
/// denominator is 0 or negative.
/// </summary>
/// <remarks>Nothing hangs on it: the proof of Proposition 1 uses (99) with ε = 1/4. <see cref="Lemma18"/> checks (100) below √2 − 1.</remarks>
public sealed class Lemma18Printed : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L18-printed",
        Statement = "‖A‖ ≤ sup|⟨Ax, y⟩|/(1 − 2ε − ε²) for ε-nets with ε from √2 − 1 to 1/2",
        Equations = "(100)",
        Stated = Verdict.Fails,
        Remark = "From ε = √2 − 1 on the denominator is not positive, while the lemma allows ε up to 1/2.",
        ControlStatement = "‖A‖ ≤ sup|⟨Ax, x⟩|/(1 − 2ε − ε²) for ε = 0.2 and any square A, a right-angle rotation among them",
        DefaultTrials = 10,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the printed inequality on the identity of order n.</summary>
    /// <param name="order">n, 1 to 3.</param>
    /// <param name="radius">ε, from √2 − 1 (not included) to 1/2 (not included).</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static CheckResult Check(int order, double radius)
    {
        Guard.InRange(order, 1, 3);
        Guard.InRange(radius, Math.BitIncrement(Math.Sqrt(2) - 1), Math.BitDecrement(0.5));
        return Check(Matrix.Identity(order), radius);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(Lemma18.DrawMatrix(instance, out double radius, 0.42, 0.49, square: true), radius);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        const double Radius = 0.2;
        SphereNet net = SphereNet.Create(2, Radius);
        double largest = 0;
        for (int i = 0; i < net.Count; i++)
        {
            // A(x1, x2) = (−x2, x1).
            largest = Math.Max(largest, Math.Abs((net.Points[i, 0] * -net.Points[i, 1]) + (net.Points[i, 1] * net.Points[i, 0])));
        }

        double bound = largest / (1 - (2 * Radius) - (Radius * Radius));
        return CheckResult.Judge(Facts.Id, [], Inequality.AtMost("1 = ‖A‖ ≤ sup|⟨Ax, x⟩|/(1 − 2ε − ε²)", 1, bound));
    }

    private static CheckResult Check(Matrix matrix, double radius)
    {
        SphereNet net = SphereNet.Create(matrix.Rows, radius);
        double supremum = Math.Max(Lemma18.Supremum(matrix, net, net), Lemma18.Supremum(-1 * matrix, net, net));
        return CheckResult.Judge(
            Facts.Id,
            [Inequality.AtMost("the points are an ε-net", net.CoveringRadiusBound(), radius, 1e-12), Inequality.Below("ε < 1/2", radius, 0.5)],
            Inequality.AtMost("‖A‖ ≤ sup|⟨Ax, y⟩|/(1 − 2ε − ε²)", matrix.Norm(), supremum / (1 - (2 * radius) - (radius * radius)))) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"n = {matrix.Rows}, ε = {radius:G4}: 1 − 2ε − ε² = {1 - (2 * radius) - (radius * radius):G4}."),
        };
    }
}
