using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Convergence;

/// <summary>
/// The rate of (9) and (10) with δ = Θ(√(d/m)): ‖U_TU_Tᵀ − A*‖_F ∝ (d/m)^β with β near ½, measured with HeteroSGD over doublings of m at T2, outside
/// the theorem's step-size window but inside the sharp one, where the spurious part is down.
/// </summary>
/// <remarks>
/// <para>Why ½: the residual D_t = U_tU_tᵀ − A* − A^(e) never vanishes, it is about −s·vvᵀ, so that every step adds ηs·√(d/(2m)) of noise to E_t along
/// R_t while the shrinkage (24) removes the share η. In the long run ‖E_tR_t‖_F² is about η·E[s²]·d/(4m), and it enters the error twice:
/// error ≈ √(η·E[s²]/2)·√(d/m) for d ≫ r1 + r2, which the note gives beside the medians. The spurious part is fed by noise of size √(1/m) and has
/// the same power of m.</para>
/// <para>With an overlap ε1 the error ends at a floor near ε1 instead (<see cref="Theorem2Overlap"/>).</para>
/// <para>The interval is at 1 − 10⁻⁶ (order statistics of the replicas' slopes), so a β outside [0.4, 0.6] passes by chance in at most 10⁻⁶ of the series. About one
/// replica in 50 has a slope outside, and 19 of 80 on one side would let a right β fail: less than 10⁻⁶ as well.</para>
/// </remarks>
public sealed class Theorem2Rate : TheoryCheck
{
    private const int Doublings = 4;
    private const int Replicas = 80;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T2-rate",
        Statement = "HeteroSGD: ‖U_TU_Tᵀ − A*‖_F ∝ (d/m)^β with β in [0.4, 0.6]",
        Equations = "(9), (10)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-8,
        Remark =
            "Outside the theorem's window: M = 12, η = 0.05, where E log|1 + ηs| < 0. The error is √(η·E[s²]/2)·√(d/m) plus the spurious part's share.",
        ControlStatement = "the same with β in [0.6, 0.8]",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Measures β with the user's own problem.</summary>
    /// <param name="problem">The subspaces.</param>
    /// <param name="environments">s = mean ± M with equal odds, mean ≥ 0, of order r2.</param>
    /// <param name="options">The options: m is the smallest number of samples, and replica i has seed + i.</param>
    /// <param name="steps">T, 1 or more; null for T2, T1 + log(1/α)/η.</param>
    /// <param name="doublings">How often m is doubled, 3 or more.</param>
    /// <param name="replicas">The number of runs at each m, 21 to 1000.</param>
    /// <exception cref="ArgumentException">An argument is out of range, or a run diverged.</exception>
    public static CheckResult Check(
        SensingProblem problem, DiagonalEnvironments environments, TrainingOptions options, int? steps = null, int doublings = Doublings, int replicas = Replicas)
        => Check(problem, environments, options, steps, doublings, replicas, 0.4, 0.6);

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 10, Samples = 8000, Spread = 12, Overlap = 0 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 0.4, 0.6);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 0.6, 0.8);

    private static CheckResult Check(TheoryInstance instance, double low, double high) => Check(
        instance.CreateProblem(),
        (DiagonalEnvironments)instance.CreateEnvironments(),
        PaperSimulation.Options(instance),
        null,
        Doublings,
        Replicas,
        low,
        high);

    private static CheckResult Check(
        SensingProblem problem,
        DiagonalEnvironments environments,
        TrainingOptions options,
        int? steps,
        int doublings,
        int replicas,
        double low,
        double high)
    {
        ArgumentNullException.ThrowIfNull(problem);
        TwoPointWindow.Check(environments);
        ArgumentNullException.ThrowIfNull(options);
        int last = steps ?? PhaseSchedule.Create(options).ConvergenceEnd;
        Guard.AtLeast(last, 1, nameof(steps));
        ErrorScaling scaling = ErrorScaling.Measure(
            problem.Dimension,
            options,
            doublings,
            replicas,
            run => TrainedRun.Last(
                new HeteroSgd<double>(problem, environments, PaperSimulation.Measurements(problem.Dimension, run.Seed), run), last).Error);
        double rate = options.StepSize.At(last - 1) * options.GradientScale;
        double squares = (environments.Mean * environments.Mean) + (environments.Spread * environments.Spread);
        double[] ratios = [.. scaling.Medians.Select((median, j) => median / Math.Sqrt((double)problem.Dimension / (options.Samples << j)))];
        return CheckResult.Judge(Facts.Id, TwoPointWindow.Hypotheses(environments.Mean, environments.Spread, rate), scaling.Between(low, high)) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"β = {scaling.Exponent}; median error over √(d/m) from {ratios.Min():G4} to {ratios.Max():G4}, without a spurious part √(η·E[s²]/2) = {Math.Sqrt(rate * squares / 2):G4}"),
        };
    }
}
