using Hetero.Core.Environments;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// Lemma 7, (42)–(46), from t = k on: for η in (24/M2, 1/(64·M1)) the process X_{k,t}^{2/3}, t ≥ k, is a supermartingale, E(1 + ηΣ_ii + 2η)^{2/3} ≤ 1 (Σ_ii of
/// any direction), and (44) on the way to it.
/// </summary>
/// <remarks>
/// <para>Before k, where X_{k,t} = L_t, it is not one: see <see cref="Lemma7Printed"/>. Lemma 6 needs t ≥ k alone.</para>
/// <para>The expectation is exact: see <see cref="MultiplierGrowth"/>. (42) prints η(Σ + 2η) for ηΣ + 2η, which (40) and (44) have.</para>
/// <para>The window is empty unless M2 &gt; 1536·M1: instances are moved to M beyond 3073. Everywhere else the verdict is that a hypothesis
/// is not met, with the sides given all the same. Inside it the expectation has room: its own threshold is η ≈ 6(2 + mean)/Var, a quarter
/// to a half of the window's lower end, and its upper one is of the order 1/M1, not 1/(64·M1): the note gives the exact set.</para>
/// </remarks>
public sealed class Lemma7 : TheoryCheck
{
    // Half of the largest mean of a drawn instance.
    private const double LargestMean = 1;

    private static readonly StatementInfo Facts = new()
    {
        Id = "L7",
        Statement = "for η in (24/M2, 1/(64·M1)) and t ≥ k: E(1 + ηΣ_ii + 2η)^{2/3} ≤ 1",
        Equations = "(42), (44)–(46)",
        Stated = Verdict.Holds,
        Remark =
            "Inside the window, which needs M1 > 1536; outside it the expectation decides by itself. For t < k the process rises (L7-printed).",
        ControlStatement = "the same from a quarter of the window's lower end on, η = 6/M2",
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Adapt(instance, moved => moved);
    }

    /// <summary>Checks the lemma for every direction of the environments.</summary>
    /// <param name="environments">The distribution over environments.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step size is out of range.</exception>
    public static CheckResult Check(EnvironmentDistribution environments, double stepSize)
    {
        Guard.Positive(stepSize);
        StepSizeInterval window = SpuriousRegularity.Of(environments).Window;
        return Check(
            environments,
            stepSize,
            Inequality.Above("η > 24/M2", stepSize, window.Lower),
            Inequality.Below("η < 1/(64·M1)", stepSize, window.Upper));
    }

    /// <summary>Judges the expectation under hypotheses that the caller states.</summary>
    internal static CheckResult Check(EnvironmentDistribution environments, double stepSize, params IReadOnlyList<Inequality> hypotheses)
    {
        List<Inequality> claims = [];
        string sets = "";
        for (int i = 0; i < environments.Rank; i++)
        {
            EntryLaw law = EntryLaw.Of(environments, i);
            double excess = MultiplierGrowth.MomentExcess(law.Shifted(2), stepSize, 2.0 / 3);
            double taylor = (stepSize * 2 / 3 * (2 + law.Mean)) - (stepSize * stepSize / 18 * law.Variance);
            claims.Add(Inequality.AtMost("E(1 + ηΣ_ii + 2η)^{2/3} − 1 ≤ 0", excess, 0));
            if (stepSize * (law.Bound + 2) < 1.0 / 16)
            {
                claims.Add(Inequality.AtMost("E(1 + ηΣ_ii + 2η)^{2/3} − 1 ≤ (2/3)η(2 + EΣ_ii) − η²Var/18", excess, taylor, 1e-15));
            }

            if (i == 0)
            {
                IReadOnlyList<StepSizeInterval> set = StepSizeSets.Supermartingale(law.Shifted(2), 2.0 / 3);
                sets = $"E ≤ 1 for {(set.Count == 0 ? "no η" : "η in " + string.Join(", ", set))}; window {SpuriousRegularity.Of(environments).Window}";
            }
        }

        return CheckResult.Judge(Facts.Id, hypotheses, claims) with { Note = sets };
    }

    /// <inheritdoc/>
    protected override TheoryInstance AdaptChosen(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        return Adapt(choice(instance), choice);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance.CreateEnvironments(), instance.StepSize);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        EnvironmentDistribution environments = instance.CreateEnvironments();
        return Check(environments, SpuriousRegularity.Of(environments).Window.Lower / 4, []);
    }

    private static TheoryInstance Adapt(TheoryInstance instance, Func<TheoryInstance, TheoryInstance> choice)
    {
        // M over one decade above what opens the window, and η log-uniform in it; from η in [0.003, 0.3].
        TheoryInstance moved = choice(instance with { Mean = Math.Abs(instance.Mean) / 2, OffDiagonal = 0 });
        double opening = (moved.Law == ScalarLaw.TwoPoint ? 3500 : 10500) * WindowOpening.Factor(moved, LargestMean, moved.Law);
        moved = WindowOpening.Fit(choice(moved with { Spread = opening * Math.Pow(instance.Spread / 0.1, 0.4) }), choice);
        StepSizeInterval window = SpuriousRegularity.Of(moved.CreateEnvironments()).Window;
        double place = 0.001 + (0.998 * Math.Log(instance.StepSize / 0.003) / Math.Log(100));
        return moved with { StepSize = WindowInstance.StepSizeOf(moved, window, place) };
    }
}
