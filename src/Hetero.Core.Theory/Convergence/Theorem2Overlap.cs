using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Population;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Theory.Subspaces;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Convergence;

/// <summary>
/// The hypothesis ε1 &lt; δ/2 of Theorem 2 is needed: at m = ∞, where everything else that (9) has is zero, HeteroSGD's error at T2 stays at the size of the
/// overlap. Reported is c in: the median of ‖U_TU_Tᵀ − A*‖_F is at least c·ε1.
/// </summary>
/// <remarks>
/// <para>Q_t is fed by ηU_tᵀU*U*ᵀV* of (23), ε1 of R_t at each step. Were the spurious part gone, U_t would lie across V*, along u − ε1·w with w the rest of v,
/// and its error would be √2·ε1; were it not fought at all, w would not occur. The truth is between.</para>
/// <para>So the rate √(d/m) ends where √(d/m) meets ε1. Random subspaces have ε1 near √(2/d) for r1 = r2 = 1 (Proposition 1), so more than about d²/2 samples are
/// of no use.</para>
/// <para>The dynamics are reduced to r1 + r2 dimensions (<see cref="ReducedPopulation"/>); over seeds the median is that of 400 runs.</para>
/// </remarks>
public sealed class Theorem2Overlap : TheoryCheck
{
    private const int Replicas = 400;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T2-overlap",
        Statement = "HeteroSGD at m = ∞: the median of ‖U_TU_Tᵀ − A*‖_F is at least c·ε1",
        Equations = "Theorem 2, ε1 < δ/2",
        Stated = Verdict.ImpliedConstant,
        ConstantLimit = 0.72,
        ConstantReached = 1.08,
        FalseAlarmRate = 1e-8,
        Remark = "The converse of a hypothesis: without ε1 ≲ √(d/m) the rate of (10) is out of reach. Inside the sharp window: M = 8, η = 0.05.",
        ControlStatement = "the same with √ε1",
        DefaultTrials = 3,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Reports c with the user's own subspaces.</summary>
    /// <param name="problem">The subspaces, not orthogonal.</param>
    /// <param name="environments">s = mean ± M with equal odds, mean ≥ 0, of order r2.</param>
    /// <param name="options">The options; replica i has seed + i.</param>
    /// <param name="replicas">The number of runs, 1 or more.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public static CheckResult Check(SensingProblem problem, DiagonalEnvironments environments, TrainingOptions options, int replicas = Replicas)
        => Check(problem, environments, options, replicas, 1);

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);

        // From 0.005 to 0.05.
        double overlap = 0.05 * Math.Pow(10, (instance.Seed >> 40) % 1000 / -1000.0);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 6, Spread = 8, Overlap = overlap };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 1);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 0.5);

    private static CheckResult Check(TheoryInstance instance, double power) => Check(
        instance.CreateProblem(), (DiagonalEnvironments)instance.CreateEnvironments(), PaperSimulation.Options(instance), Replicas, power);

    private static CheckResult Check(SensingProblem problem, DiagonalEnvironments environments, TrainingOptions options, int replicas, double power)
    {
        ArgumentNullException.ThrowIfNull(problem);
        TwoPointWindow.Check(environments);
        ArgumentNullException.ThrowIfNull(options);
        Guard.AtLeast(replicas, 1);
        double overlap = SubspaceOverlap.Of(problem);
        int steps = PhaseSchedule.Create(options).ConvergenceEnd;
        ReducedPopulation reduced = ReducedPopulation.FromIdentity(problem, options.InitialScale);
        double median = TrainedRun.Median(Enumerable.Range(0, replicas).Select(i =>
        {
            reduced.RunHetero(environments, options with { Seed = unchecked(options.Seed + (ulong)i) }, steps);
            return reduced.Error;
        }));
        double unit = Math.Pow(overlap, power), rate = options.StepSize.At(steps - 1) * options.GradientScale;
        return CheckResult.Imply(
            Facts.Id,
            [Inequality.Above("ε1 > 0", overlap, 1e-12), .. TwoPointWindow.Hypotheses(environments.Mean, environments.Spread, rate)],
            new ImpliedConstant("c in ≥ c·ε1", median / unit, IsSmallest: false),
            Inequality.AtLeast("median ‖U_TU_Tᵀ − A*‖_F ≥ ε1", median, unit)) with
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"ε1 = {overlap:G4}, median error {median:G4} at m = ∞"),
        };
    }
}
