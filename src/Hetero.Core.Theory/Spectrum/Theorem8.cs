using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Spectrum;

/// <summary>
/// Theorem 8, (126), in a simulation: κ = 10, d = 100, r1 = 3, r2 = 1, m = 32,000, s = 1 ± 8, η = 0.05, α = 10⁻³, 1600 steps. Every hypothesis is
/// reported with its margin, and beside them the error.
/// </summary>
/// <remarks>As for Theorem 2 the window (24/M2, 1/(64·M1) ∧ 1/r²) is empty unless M1 &gt; 1536; o(1) and the polynomial in front of δ have no
/// value.</remarks>
public sealed class Theorem8 : TheoryCheck
{
    private const double ConditionNumber = 10;
    private const int Steps = 1600;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T8",
        Statement = "κ(A*) > 1: ‖U_TU_Tᵀ − A*‖_F ≤ o(1), here ‖A*‖_F/10",
        Equations = "(126)",
        Stated = Verdict.HypothesisNotMet,
        Remark = "The window for η is empty unless M1 > 1536, here M1 = 9; T8-printed, T8-population and T8-angle check what can be.",
        ControlStatement = "the simulation meets every hypothesis",
        DefaultTrials = 1,
        TakesAnyInstance = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the theorem on an error that was measured in the user's own run.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="environments">The distribution over environments.</param>
    /// <param name="options">m, a constant η, α.</param>
    /// <param name="error">‖U_TU_Tᵀ − A*‖_F, not negative.</param>
    /// <exception cref="ArgumentException">The step size changes, or a number is out of range.</exception>
    public static CheckResult Check(SensingProblem problem, EnvironmentDistribution environments, TrainingOptions options, double error)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(environments);
        ArgumentNullException.ThrowIfNull(options);
        Guard.ConstantStepSize(options.StepSize.IsConstant, options.StepSize, "options.StepSize");
        Guard.NotNegative(error);
        double squares = 0;
        foreach (double eigenvalue in problem.Eigenvalues)
        {
            squares += eigenvalue * eigenvalue;
        }

        double norm = Math.Sqrt(squares);
        return CheckResult.Judge(Facts.Id, Hypotheses(problem, environments, options), Inequality.AtMost("‖U_TU_Tᵀ − A*‖_F ≤ ‖A*‖_F/10", error, norm / 10)) with
        {
            Note = FormattableString.Invariant($"relative error {error / norm:G4} at T"),
        };
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 100, InvariantRank = 3, Samples = 32_000, Spread = 8 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        SensingProblem problem = ProblemOf(instance);
        EnvironmentDistribution environments = instance.CreateEnvironments();
        TrainingOptions options = PaperSimulation.Options(instance);
        HeteroSgd<double> trainer = new(problem, environments, PaperSimulation.Measurements(instance.Dimension, instance.Seed), options);
        return Check(problem, environments, options, TrainedRun.Last(trainer, Steps).Error);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
        => CheckResult.Judge(Facts.Id, [], Hypotheses(ProblemOf(instance), instance.CreateEnvironments(), PaperSimulation.Options(instance)));

    private static SensingProblem ProblemOf(TheoryInstance instance)
        => Theorem8Setting.CreateProblem(instance.Dimension, instance.InvariantRank, instance.SpuriousRank, ConditionNumber, instance.Seed);

    private static IReadOnlyList<Inequality> Hypotheses(SensingProblem problem, EnvironmentDistribution environments, TrainingOptions options)
        => Theorem8Setting.Hypotheses(
            problem, environments, Math.Sqrt((double)problem.Dimension / options.Samples), options.StepSize.At(0) * options.GradientScale, options.InitialScale);
}
