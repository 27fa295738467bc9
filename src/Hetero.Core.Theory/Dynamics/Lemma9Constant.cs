namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// The last line of (56), √r2·M1 + 1 + 3√r1 + 4√r2 + 8(√r1 + √r2) + 8√r1 ≤ 2M1·√(r1 + r2), presumes a large M1: it closes from
/// M1 = (1 + 19√r1 + 12√r2)/(2√(r1 + r2) − √r2) on.
/// </summary>
/// <remarks>
/// <para>That is 17.5 at r1 = r2 = 1 and largest, 18.04, at r1 = 1, r2 = 2; it tends to 9.5 for r1 → ∞ alone and to 12 for r2 → ∞ alone. The paper's
/// simulations have M1 of about 7. With the sharp values of its terms under the bound 1.1, which are 1, √r1, 1.21√r2, 2.42(√r1 + √r2) and 2.42·√(r1 ∧ r2),
/// in place of 1, 3√r1, … it would close from 5.9 on.</para>
/// </remarks>
public sealed class Lemma9Constant : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L9-constant",
        Statement = "the last line of (56) holds: √r2·M1 + 1 + 3√r1 + 4√r2 + 8(√r1 + √r2) + 8√r1 ≤ 2M1·√(r1 + r2)",
        Equations = "(56)",
        Kind = StatementKind.Arithmetic,
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 18.04,
        ConstantReached = 17.9,
        FalseAlarmRate = 2e-10,
        Remark = "Exact arithmetic: M1 ≥ (1 + 19√r1 + 12√r2)/(2√(r1 + r2) − √r2), at most 18.04 over all ranks.",
        ControlStatement = "the same with √(r1 + r2) for 2·√(r1 + r2)",
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Finds the smallest M1 for two ranks.</summary>
    /// <param name="invariantRank">r1, 1 or more.</param>
    /// <param name="spuriousRank">r2, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rank is below 1.</exception>
    public static CheckResult Check(int invariantRank, int spuriousRank)
    {
        Guard.AtLeast(invariantRank, 1);
        Guard.AtLeast(spuriousRank, 1);
        return Check(invariantRank, spuriousRank, 2);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance.InvariantRank, instance.SpuriousRank, 2);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance.InvariantRank, instance.SpuriousRank, 1);

    private static CheckResult Check(int r1, int r2, double factor)
    {
        double a = Math.Sqrt(r1), b = Math.Sqrt(r2), c = Math.Sqrt((double)r1 + r2), rest = 1 + (3 * a) + (4 * b) + (8 * (a + b)) + (8 * a);
        double sharp = (1 + a + (1.21 * b) + (2.42 * (a + b)) + (2.42 * Math.Min(a, b))) / ((2 * c) - b);

        // The terms added up are the closed form, or no M1 is right.
        double added = rest / ((factor * c) - b), closed = TheoremAssumptions.ClosingBound(r1, r2) * ((2 * c) - b) / ((factor * c) - b);
        return CheckResult.Imply(
            Facts.Id,
            [],
            new ImpliedConstant("M1 in (56)", Math.Abs((added / closed) - 1) < 1e-12 ? added : double.NaN, IsSmallest: true),
            Inequality.AtMost("the last line of (56) with M1 = 1", b + rest, factor * c)) with
        {
            Note = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"r1 = {r1}, r2 = {r2}; with sharp terms M1 ≥ {sharp:G4}"),
        };
    }
}
