using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Theory.Stability;
using Hetero.Core.Theory.Statistics;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Checks;

/// <summary>
/// The tail of <see cref="Lemma7Tail"/> in real runs of HeteroSGD at finite m (r1 = r2 = 1, orthogonal subspaces): the part of q_t = U_tᵀv
/// orthogonal to R_t = U_tᵀu has, between the level at which measurement noise feeds it and the one at which q² saturates it, the tail
/// exponent κ with E|1 + ηs|^κ = 1.
/// </summary>
/// <remarks>
/// <para>The part of q along R_t is another matter: the learned signal ‖R_t‖ = 1 makes its multiplier 1 + η(s − 1), whose exponent is 1 for
/// mean 1, and it is fed by noise times ‖R_t‖, at m = 8000 up to 0.01. In ‖q‖ it hides the slower tail below about 0.03, and saturation
/// begins at 0.3: less than a decade. Orthogonal to R_t the feed is noise times the residual E_t, some 10⁻⁴ at d = 4, and the window from
/// 10⁻³ to 0.2 holds two decades and more at the paper's m.</para>
/// <para>In a window the exponent follows from the mean logarithm of a density cut at both ends, whatever happens outside; 32 independent
/// runs give the interval (see <see cref="TailExponentEstimate.OfRuns"/>). Level 1 − 1e-6; the residual curvature at the ends of the window
/// is below the interval's width.</para>
/// </remarks>
public sealed class Lemma7TailRun : TheoryCheck
{
    private const int Runs = 32;
    private const int Steps = 6000;
    private const double Level = 1 - 1e-6;

    /// <inheritdoc/>
    public override string Id => "L7-tail-run";

    /// <inheritdoc/>
    public override string Statement => "in HeteroSGD at m = 8000 the part of q_t orthogonal to R_t has the tail exponent κ, E|1 + ηs|^κ = 1";

    /// <inheritdoc/>
    public override string Equations => "beyond (42)–(46)";

    /// <inheritdoc/>
    public override Verdict Stated => Verdict.Holds;

    /// <inheritdoc/>
    public override string Remark => "Between the noise floor and saturation, 0.001 to 0.2; along R_t the exponent is that of s − 1.";

    /// <inheritdoc/>
    public override string ControlStatement => "the exponent of s − 1, that of the part along R_t";

    /// <inheritdoc/>
    public override int DefaultTrials => 1;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return instance with
        {
            Dimension = Math.Min(4, Math.Max(3, instance.Dimension)),
            InvariantRank = 1,
            SpuriousRank = 1,
            Columns = null,
            Samples = 8000,
            StepSize = 0.05,
            InitialScale = 1e-3,
            Mean = 1,
            Spread = 8,
            Law = ScalarLaw.TwoPoint,
            OffDiagonal = 0,
            Overlap = 0,
        };
    }

    /// <summary>Measures the tail exponent over independent runs.</summary>
    /// <param name="dimension">d, 3 or more: with d = 2 nothing feeds the part orthogonal to R_t.</param>
    /// <param name="environments">Environments of rank 1.</param>
    /// <param name="options">The runs' options; run i adds i to the seed.</param>
    /// <param name="runs">The number of runs, 2 or more.</param>
    /// <param name="steps">The steps of a run, of which the first quarter is dropped, and then every 20th counts.</param>
    /// <param name="level">The interval's level, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">An argument is out of range, a run diverges, or there is no finite κ.</exception>
    public static CheckResult Check(int dimension, EnvironmentDistribution environments, TrainingOptions options, int runs, int steps, double level)
    {
        ArgumentNullException.ThrowIfNull(environments);
        return Check(dimension, environments, EntryLaw.Of(environments), options, runs, steps, level);
    }

    private protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, 0);

    private protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, -1);

    private static CheckResult Check(TheoryInstance instance, double shift)
    {
        EnvironmentDistribution environments = instance.CreateEnvironments();
        TrainingOptions options = new()
        {
            Seed = instance.Seed,
            Samples = instance.Samples,
            StepSize = StepSizeSchedule.Constant(instance.StepSize),
            InitialScale = instance.InitialScale,
        };
        return Check(instance.Dimension, environments, EntryLaw.Of(environments).Shifted(shift), options, Runs, Steps, Level);
    }

    private static CheckResult Check(
        int dimension, EnvironmentDistribution environments, EntryLaw claimed, TrainingOptions options, int runs, int steps, double level)
    {
        ArgumentNullException.ThrowIfNull(options);
        Guard.AtLeast(dimension, 3);
        Guard.Length(environments.Rank, 1, nameof(environments));
        Guard.AtLeast(runs, 2);
        double rate = options.StepSize.At(0) * options.GradientScale;
        if (MultiplierGrowth.TailExponent(claimed, rate) is not { } exponent || double.IsInfinity(exponent))
        {
            throw new ArgumentException(
                $"'{nameof(environments)}' have no power tail at the step size {rate}; accepted is E log|1 + ηs| < 0 and |1 + ηs| > 1 at times.",
                nameof(environments));
        }

        TailWindow[] windows = new TailWindow[runs];
        for (int run = 0; run < runs; run++)
        {
            ulong seed = unchecked(options.Seed + (ulong)run);
            SensingProblem problem = SensingProblem.Create(dimension, 1, 1, seed, SubspaceLayout.PrescribedOverlap, 0);
            HeteroSgd<double> trainer = new(problem, environments, new ExactLawMeasurements<double>(dimension, seed), options with { Seed = seed });
            Decomposition<double> parts = new(problem, trainer.Factor.Columns);
            TailWindow window = windows[run] = new TailWindow(1e-3, 0.2);
            for (int t = 1; t <= steps; t++)
            {
                if (trainer.Advance() == TrainingStatus.Diverged)
                {
                    throw new ArgumentException(
                        $"'{nameof(options)}' make run {run} diverge at step {t}; accepted are step sizes that keep the runs bounded.", nameof(options));
                }

                if (t > steps / 4 && t % 20 == 0)
                {
                    parts.Compute(trainer.Factor.Matrix, trainer.Signals);
                    window.Add(Orthogonal(parts));
                }
            }
        }

        ConfidenceInterval measured = TailExponentEstimate.OfRuns(windows, level);
        return CheckResult.Judge(
            "L7-tail-run",
            [],
            Inequality.AtMost("lower end of the measured exponent ≤ κ", measured.Lower, exponent),
            Inequality.AtLeast("upper end of the measured exponent ≥ κ", measured.Upper, exponent)) with
        {
            Note = FormattableString.Invariant($"κ = {exponent:G6}, measured {measured}"),
        };
    }

    /// <summary>The length of q less its part along R.</summary>
    private static double Orthogonal(Decomposition<double> parts)
    {
        double along = 0, square = 0;
        for (int k = 0; k < parts.Spurious.Rows; k++)
        {
            along += parts.Spurious[k, 0] * parts.Invariant[k, 0];
            square += parts.Invariant[k, 0] * parts.Invariant[k, 0];
        }

        double rest = 0;
        for (int k = 0; k < parts.Spurious.Rows; k++)
        {
            double part = parts.Spurious[k, 0] - (along / square * parts.Invariant[k, 0]);
            rest += part * part;
        }

        return Math.Sqrt(rest);
    }
}
