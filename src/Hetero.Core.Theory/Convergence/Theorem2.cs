using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Convergence;

/// <summary>
/// Theorem 2, (9)–(11), on the paper's own simulation: d = 100, r1 = r2 = 1, m = 8000, η = 0.05, mean 1, M = 6, α = 10⁻³, with δ = √(d/m) as for (10). Every
/// hypothesis is reported with its margin, and beside them C of (9) as measured at T2.
/// </summary>
/// <remarks>
/// The step-size window (24/M2, 1/(64·M1)) is empty here: M2 = 18 and M1 = 7 make it (1.33, 0.0022). It is not empty only if M2 &gt; 1536·M1, and as
/// Var ≤ M1² that needs M1 &gt; 1536. The sharp threshold for m = ∞ and orthogonal subspaces, E log|1 + ηs| &lt; 0, does hold for η from 0.0571 to 0.269.
/// </remarks>
public sealed class Theorem2 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "T2",
        Statement = "HeteroSGD: ‖U_TU_Tᵀ − A*‖_F ≤ C·max(δ*²√r1·M1², δ*M1)·log² d after T = Θ(log(1/α)/η) steps",
        Equations = "(9)–(11)",
        Stated = Verdict.HypothesisNotMet,
        Remark =
            "The window for η is empty unless M1 > 1536, and the paper's simulations have M1 = 7; T2-rate, T2-time and T2-population check what can be.",
        ControlStatement = "the paper's simulation meets every hypothesis",
        DefaultTrials = 1,
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the theorem on an error that was measured in the user's own run.</summary>
    /// <param name="setting">Problem, environments, δ, η, α and the constants.</param>
    /// <param name="error">‖U_TU_Tᵀ − A*‖_F, finite and not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">The error is out of range.</exception>
    public static CheckResult Check(TheoremSetting setting, double error)
    {
        ArgumentNullException.ThrowIfNull(setting);
        Guard.NotNegative(error);
        double bound = setting.ErrorBound;
        (double lower, double upper) = setting.StepSizeWindow;
        return CheckResult.Imply(
            Facts.Id,
            setting.Hypotheses(),
            new ImpliedConstant("C of (9)", setting.Constants.ErrorConstant * error / bound, IsSmallest: true),
            Inequality.AtMost("‖U_TU_Tᵀ − A*‖_F ≤ C·max(δ*²√r1·M1², δ*M1)·log² d", error, bound)) with
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"error {error:G4} at T, right side {bound:G4}; window (24/M2, 1/(64·M1)) = ({lower:G4}, {upper:G4}){Sharp(setting)}"),
        };
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 100, Samples = 8000 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        HeteroSgd<double> trainer = PaperSimulation.Hetero(instance);
        int steps = PhaseSchedule.Create(trainer.Options).ConvergenceEnd;
        return Check(TheoremSetting.Of(trainer), TrainedRun.Last(trainer, steps).Error);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => CheckResult.Judge(Facts.Id, [], TheoremSetting.Of(PaperSimulation.Hetero(instance)).Hypotheses());

    private static string Sharp(TheoremSetting setting)
    {
        if (setting.Environments is not DiagonalEnvironments { Law: ScalarLaw.TwoPoint } environments)
        {
            return "";
        }

        string window = environments.Mean >= 0 && StabilityThreshold.TwoPointStepSizes(environments.Mean, environments.Spread) is { } sharp
            ? sharp.ToString()
            : "none";
        return $"; sharp at m = ∞ with orthogonal subspaces: {window}";
    }
}
