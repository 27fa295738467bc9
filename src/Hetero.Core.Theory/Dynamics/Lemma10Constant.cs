using Hetero.Core.Sensing;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// The constant c that Assumption 3, δ ≤ c·(M2·log d)^{−1.5}r2^{−2.5}(r1 + r2)^{−1/2}, needs for the conditions (b), (c), (d) of Lemma 10 to follow from
/// it with p = c_v/(M2·log d): the largest is c = c_v^{1.5}·√r2/(576·M1·log(1/α)).
/// </summary>
/// <remarks>
/// <para>So no absolute constant will do: δ must be smaller by the factor M1·log(1/α) than Assumption 3 has it. (b) brings M1, as p^{−1.5} uses up all of
/// M2's power, and (d) the logarithm, at t = 0, where L_t = R_t = α. The proof says "from the assumption on δ".</para>
/// <para>Reported is c·M1·log(1/α)/c_v^{1.5}. p ≤ 1/4 is presumed (it is a small probability); then (c) asks for no less than (d).</para>
/// </remarks>
public sealed class Lemma10Constant : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L10-constant",
        Statement = "(b), (c), (d) of Lemma 10 follow from Assumption 3 with the constant c = C·c_v^{1.5}/(M1·log(1/α))",
        Equations = "(60), Assumption 3",
        Kind = StatementKind.Arithmetic,
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 0.0017,
        ConstantReached = 0.00175,
        FalseAlarmRate = 1e-26,
        Remark = "Exact arithmetic: C ≤ √r2/576, so c cannot be an absolute constant: Assumption 3 lacks the factor M1·log(1/α).",
        ControlStatement = "c = C·c_v^{1.5}: an absolute constant does",
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Finds the largest C.</summary>
    /// <param name="dimension">d, 2 or more.</param>
    /// <param name="invariantRank">r1, 1 or more.</param>
    /// <param name="spuriousRank">r2, 1 or more.</param>
    /// <param name="constants">M1, M2, α and p; δ is not used.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static CheckResult Check(int dimension, int invariantRank, int spuriousRank, AnalysisConstants constants)
        => Check(dimension, invariantRank, spuriousRank, constants, control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
        => Check(instance.Dimension, instance.InvariantRank, instance.SpuriousRank, Constants(instance), control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => Check(instance.Dimension, instance.InvariantRank, instance.SpuriousRank, Constants(instance), control: true);

    private static AnalysisConstants Constants(TheoryInstance instance)
    {
        AnalysisConstants constants = ConstructedStep.ConstantsOf(instance);
        return constants with { ViolationProbability = constants.ViolationProbability / 4 };
    }

    private static CheckResult Check(int dimension, int r1, int r2, AnalysisConstants constants, bool control)
    {
        ArgumentNullException.ThrowIfNull(constants);
        constants.CheckValues();
        Guard.AtLeast(dimension, 2);
        Guard.AtLeast(r1, 1);
        Guard.AtLeast(r2, 1);
        double p = constants.ViolationProbability, height = ControllerProcess.GetBarrierFactor(p, r2), log = constants.Logarithm;
        double small = Math.Pow(p * constants.Heterogeneity * Math.Log(dimension), 1.5), scale = control ? small : small / (constants.Bound * log);

        // The three conditions are linear in δ: each left side at C = 1.
        double allowed = RipThresholds.AssumedDelta(constants.Heterogeneity, dimension, r1, r2);
        double unit = scale * allowed * constants.Bound * Math.Sqrt((double)r1 + r2);
        double share = 5.0 / 1152 / log, spurious = 2.5 * unit * Math.Sqrt(r2) * height;
        double largest = Math.Min(0.5 / spurious, Math.Min(share / (20 * unit), share / spurious));
        return CheckResult.Imply(
            Facts.Id,
            [Inequality.AtMost("p ≤ 1/4", p, 0.25)],
            new ImpliedConstant("C in Assumption 3's c = C·c_v^1.5/(M1·log(1/α))", largest, IsSmallest: false),
            Inequality.AtMost("(b) with C = 1", spurious, 0.5),
            Inequality.AtMost("(c) with C = 1", 20 * unit, share),
            Inequality.AtMost("(d) with C = 1 and L_t = R_t", spurious, share));
    }
}
