using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.EndToEnd;
using Hetero.Core.Theory.Statistics;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// The probability in (10): the chance of an error above a multiple of √(d/m) at T2 should fall with m like (d/m)^{2/5}. At fixed d it does not fall
/// at all.
/// </summary>
/// <remarks>
/// <para>Why: once true and spurious part are of their final order, Q_t obeys a linear recursion with random factors 1 + ηs and is fed by noise of
/// size ∝ √(1/m); so for m → ∞ the law of error/√(d/m) at a given step has a limit that does not depend on m. Every multiple has a fixed chance
/// of being exceeded, which (10) would have vanish. It is the chance that a run of large factors occurs between T1 and T2, so it vanishes with
/// d (by the log d·√d between the two scales), not with m; nothing in this depends on the step-size window. (11), that the error itself
/// vanishes, is not touched.</para>
/// <para>Compared are Clopper–Pearson bounds, each wrong with probability at most 5·10⁻⁷: the claim is called false by chance in at most 10⁻⁶ of the
/// series.</para>
/// </remarks>
public sealed class Theorem2Probability : TheoryCheck
{
    private const int Growth = 64;
    private const int Replicas = 400;
    private const double Multiple = 1.5;

    /// <inheritdoc/>
    public override string Id => "T2-probability";

    /// <inheritdoc/>
    public override string Statement => "HeteroSGD: P(‖U_TU_Tᵀ − A*‖_F > 1.5√(d/m)) falls with m like (d/m)^{2/5}";

    /// <inheritdoc/>
    public override string Equations => "(10)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.Fails;

    /// <inheritdoc/>
    public override string Remark
        => "At fixed d the law of error/√(d/m) has a limit, so the chance of exceeding a multiple of √(d/m) does not fall; measured outside the step-size window, which the argument does not use.";

    /// <inheritdoc/>
    public override string ControlStatement => "the same with the power 1/5";

    /// <inheritdoc/>
    public override int DefaultTrials => 1;

    /// <summary>Compares the chances at m and at a multiple of m.</summary>
    /// <param name="problem">The subspaces.</param>
    /// <param name="environments">The distribution over environments, of order r2.</param>
    /// <param name="options">The options: m is the smaller number of samples, and replica i has seed + i.</param>
    /// <param name="growth">By how much m grows, 2 or more.</param>
    /// <param name="multiple">The multiple of √(d/m), above 0.</param>
    /// <param name="replicas">The number of runs at each m, 1 or more.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public static CheckResult Check(
        SensingProblem problem,
        EnvironmentDistribution environments,
        TrainingOptions options,
        int growth = Growth,
        double multiple = Multiple,
        int replicas = Replicas)
        => Check(problem, environments, options, growth, multiple, replicas, 0.4);

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 4, Samples = 2000, Spread = 8, Overlap = 0 };
    }

    private protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 0.4);

    private protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, 0.2);

    private static CheckResult Check(TheoryInstance instance, double power) => Check(
        instance.CreateProblem(), instance.CreateEnvironments(), PaperSimulation.Options(instance), Growth, Multiple, Replicas, power);

    private static CheckResult Check(
        SensingProblem problem,
        EnvironmentDistribution environments,
        TrainingOptions options,
        int growth,
        double multiple,
        int replicas,
        double power)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(environments);
        ArgumentNullException.ThrowIfNull(options);
        Guard.AtLeast(growth, 2);
        Guard.InRange(options.Samples, 1, long.MaxValue / growth, "options.Samples");
        Guard.Positive(multiple);
        Guard.AtLeast(replicas, 1);
        int steps = PhaseSchedule.Create(options).ConvergenceEnd;
        ConfidenceInterval few = Exceeds(options.Samples), many = Exceeds(options.Samples * growth);
        double factor = Math.Pow(growth, -power);
        return CheckResult.Judge(
            "T2-probability",
            [],
            Inequality.AtMost(
                string.Create(CultureInfo.InvariantCulture, $"P at {growth}m, lower bound ≤ {growth}^−{power} · P at m, upper bound"),
                many.Lower,
                factor * few.Upper)) with
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"P at m: {few}; at {growth}m: {many}"),
        };

        ConfidenceInterval Exceeds(long samples) => TrainedRun.Chance(
            options,
            samples,
            replicas,
            run => TrainedRun.Last(
                new HeteroSgd<double>(problem, environments, PaperSimulation.Measurements(problem.Dimension, run.Seed), run), steps).Error
                > multiple * Math.Sqrt((double)problem.Dimension / samples));
    }
}
