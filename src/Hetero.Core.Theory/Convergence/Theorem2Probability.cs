using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Isometry;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Convergence;

/// <summary>
/// What the probability in (10) does at fixed d: the chance of an error above a multiple of √(d/m) at T2 does not fall with m, as (d/m)^{2/5} would, and at m = 10⁹ the
/// chance of one above 10·log d·√(d/m) is some ten times what (10) leaves with C1 = 10.
/// </summary>
/// <remarks>
/// <para>Why: once true and spurious part are of their final order, Q_t obeys a linear recursion with random factors 1 + ηs and is fed by noise of
/// size ∝ √(1/m); so for m → ∞ the law of error/√(d/m) at a given step has a limit that does not depend on m. Every multiple has a fixed chance
/// of being exceeded, which (10) would have vanish. It is the chance that a run of large factors occurs between T1 and T2, so it vanishes with
/// d (by the log d·√d between the two scales), not with m. (11), that the error itself vanishes, is not touched.</para>
/// <para>The argument does not use the step-size window, but what is measured is measured outside it, inside the sharp one; so this refutes no theorem of the paper.
/// <see cref="Theorem2ProbabilityPrinted"/> has (10) where its hypotheses are met.</para>
/// <para>Compared are Clopper–Pearson bounds, each wrong with probability at most 5·10⁻⁷. At d = 4, M = 8 the chances at m = 2000 and 128,000 are both 0.5, and
/// 0.055 at m = 10⁹ against 0.005: 400 and 1500 runs miss that with chances below 10⁻⁹.</para>
/// </remarks>
public sealed class Theorem2Probability : TheoryCheck
{
    private const int Growth = 64;
    private const int Replicas = 400;
    private const double Multiple = 1.5;
    private const long LargeSamples = 1_000_000_000;
    private const int LargeReplicas = 1500;
    private const double Constant = 10;

    private static readonly StatementInfo Facts = new()
    {
        Id = "T2-probability",
        Statement =
            "HeteroSGD at d = 4: P(‖U_TU_Tᵀ − A*‖_F > 1.5√(d/m)) does not fall from m to 64m, and P(… > 10·log d·√(d/m)) > 10(d·log d/m)^{2/5} at m = 10⁹",
        Equations = "(10)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-9,
        Remark =
            "At fixed d the law of error/√(d/m) has a limit, so that no multiple's chance vanishes: 0.055 against 0.005. Outside the theorem's window, inside the sharp one.",
        ControlStatement = "the chance at 64m is at most 64^{−2/5} times that at m, as (10) has it",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Compares the chances at m and at a multiple of m.</summary>
    /// <param name="problem">The subspaces.</param>
    /// <param name="environments">s = mean ± M with equal odds, mean ≥ 0, of order r2.</param>
    /// <param name="options">The options: m is the smaller number of samples, and replica i has seed + i.</param>
    /// <param name="growth">By how much m grows, 2 or more.</param>
    /// <param name="multiple">The multiple of √(d/m), above 0.</param>
    /// <param name="replicas">The number of runs at each m, 1 or more.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public static CheckResult Check(
        SensingProblem problem,
        DiagonalEnvironments environments,
        TrainingOptions options,
        int growth = Growth,
        double multiple = Multiple,
        int replicas = Replicas)
    {
        (ConfidenceInterval few, ConfidenceInterval many) = Compare(problem, environments, options, growth, multiple, replicas);
        return Judge(environments, options, Steady(growth, few, many)) with { Note = Text(few, growth, many) };
    }

    /// <summary>Compares the chance of an error above C1·log d·√(d/m) with C1(d·log d/m)^{2/5} of (10).</summary>
    /// <param name="problem">The subspaces.</param>
    /// <param name="environments">s = mean ± M with equal odds, mean ≥ 0, of order r2.</param>
    /// <param name="options">The options: replica i has seed + i.</param>
    /// <param name="constant">C1, above 0.</param>
    /// <param name="replicas">The number of runs, 1 or more.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public static CheckResult CheckBound(
        SensingProblem problem, DiagonalEnvironments environments, TrainingOptions options, double constant = Constant, int replicas = LargeReplicas)
    {
        ArgumentNullException.ThrowIfNull(problem);
        TwoPointWindow.Check(environments);
        ArgumentNullException.ThrowIfNull(options);
        Guard.Positive(constant);
        Guard.AtLeast(replicas, 1);
        double logarithm = Math.Log(problem.Dimension), bound = constant * Math.Pow(problem.Dimension * logarithm / options.Samples, 0.4);
        ConfidenceInterval chance = Exceeds(problem, environments, options, options.Samples, constant * logarithm, replicas);
        return Judge(
            environments,
            options,
            Inequality.Above(
                string.Create(CultureInfo.InvariantCulture, $"P(error > {constant:G4}·log d·√(d/m)), lower bound > {constant:G4}(d·log d/m)^(2/5)"),
                chance.Lower,
                bound)) with
        {
            Note = string.Create(CultureInfo.InvariantCulture, $"P at m = {options.Samples:G4}: {chance} against {bound:G4}"),
        };
    }

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new TheoryInstance { Seed = instance.Seed, Dimension = 4, Samples = 2000, Spread = 8, Overlap = 0 };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance)
    {
        SensingProblem problem = instance.CreateProblem();
        DiagonalEnvironments environments = (DiagonalEnvironments)instance.CreateEnvironments();
        TrainingOptions options = PaperSimulation.Options(instance);
        CheckResult one = Check(problem, environments, options), other = CheckBound(problem, environments, options with { Samples = LargeSamples });
        return RipLemma.Decisive([one, other]) with { Note = $"{one.Note}; {other.Note}" };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance)
    {
        TrainingOptions options = PaperSimulation.Options(instance);
        DiagonalEnvironments environments = (DiagonalEnvironments)instance.CreateEnvironments();
        (ConfidenceInterval few, ConfidenceInterval many) = Compare(instance.CreateProblem(), environments, options, Growth, Multiple, Replicas);
        return Judge(
            environments,
            options,
            Inequality.AtMost($"P at {Growth}m, lower bound ≤ {Growth}^−0.4 · P at m, upper bound", many.Lower, Math.Pow(Growth, -0.4) * few.Upper));
    }

    private static CheckResult Judge(DiagonalEnvironments environments, TrainingOptions options, Inequality claim)
        => CheckResult.Judge(
            Facts.Id,
            TwoPointWindow.Hypotheses(environments.Mean, environments.Spread, options.StepSize.At(0) * options.GradientScale),
            claim);

    private static Inequality Steady(int growth, ConfidenceInterval few, ConfidenceInterval many)
        => Inequality.AtLeast(string.Create(CultureInfo.InvariantCulture, $"P at {growth}m, upper bound ≥ P at m, lower bound"), many.Upper, few.Lower);

    private static string Text(ConfidenceInterval few, int growth, ConfidenceInterval many)
        => string.Create(CultureInfo.InvariantCulture, $"P at m: {few}, at {growth}m: {many}");

    private static (ConfidenceInterval Few, ConfidenceInterval Many) Compare(
        SensingProblem problem, DiagonalEnvironments environments, TrainingOptions options, int growth, double multiple, int replicas)
    {
        ArgumentNullException.ThrowIfNull(problem);
        TwoPointWindow.Check(environments);
        ArgumentNullException.ThrowIfNull(options);
        Guard.AtLeast(growth, 2);
        Guard.InRange(options.Samples, 1, long.MaxValue / growth, "options.Samples");
        Guard.Positive(multiple);
        Guard.AtLeast(replicas, 1);
        return (
            Exceeds(problem, environments, options, options.Samples, multiple, replicas),
            Exceeds(problem, environments, options, options.Samples * growth, multiple, replicas));
    }

    private static ConfidenceInterval Exceeds(
        SensingProblem problem, DiagonalEnvironments environments, TrainingOptions options, long samples, double multiple, int replicas)
    {
        int steps = PhaseSchedule.Create(options).ConvergenceEnd;
        return TrainedRun.Chance(
            options,
            samples,
            replicas,
            run => TrainedRun.Last(
                new HeteroSgd<double>(problem, environments, PaperSimulation.Measurements(problem.Dimension, run.Seed), run), steps).Error
                > multiple * Math.Sqrt((double)problem.Dimension / samples));
    }
}
