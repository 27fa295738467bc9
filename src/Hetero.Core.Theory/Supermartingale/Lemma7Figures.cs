using Hetero.Core.Environments;
using Hetero.Core.Theory.Multipliers;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// Lemma 7 at the parameters of the paper's simulations, s = 1 ± M with M from 1 to 10 and η = 0.05: its window is empty there, and the
/// expectation E(1 + ηΣ + 2η)^{2/3} is above 1 up to M = 18.3, so that not only the hypothesis but the conclusion is missing.
/// </summary>
/// <remarks>The simulations work for a sharper reason: E log|1 + ηs| &lt; 0, see <see cref="Lemma7Threshold"/>.</remarks>
public sealed class Lemma7Figures : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L7-figures",
        Statement = "E(1 + ηΣ_ii + 2η)^{2/3} ≤ 1 at the simulations' parameters, η = 0.05, s = 1 ± M, M ≤ 10",
        Equations = "(42), section 5",
        Stated = Verdict.HypothesisNotMet,
        Remark = "Theorem 2's window is empty below M = 3073; at these parameters the expectation itself is above 1.",
        ControlStatement = "the expectation is at most 1 there all the same",
        DefaultTrials = 20,
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with
        {
            StepSize = 0.05,
            Mean = 1,
            Spread = 1 + (9 * Math.Log(instance.Spread / 0.1) / Math.Log(300)),
            Law = ScalarLaw.TwoPoint,
            OffDiagonal = 0,
        };
    }

    /// <summary>Checks the expectation with the window's being open as a further hypothesis.</summary>
    /// <param name="environments">The distribution over environments.</param>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step size is out of range.</exception>
    public static CheckResult Check(EnvironmentDistribution environments, double stepSize)
    {
        StepSizeInterval window = SpuriousRegularity.Of(environments).Window;
        CheckResult lemma = Lemma7.Check(environments, stepSize);
        Inequality open = Inequality.Below("24/M2 < 1/(64·M1)", window.Lower, window.Upper);
        return CheckResult.Judge(Facts.Id, [open, .. lemma.Hypotheses], lemma.Claims) with { Note = lemma.Note };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance.CreateEnvironments(), instance.StepSize);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => CheckResult.Judge(Id, [], Lemma7.Check(instance.CreateEnvironments(), instance.StepSize).Claims);
}
