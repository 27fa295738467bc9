using Hetero.Core.Environments;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Supermartingale;

/// <summary>
/// The tail of <see cref="Lemma7Tail"/> in real runs of HeteroSGD at m = 8000: the part of q_t = U_tᵀv orthogonal to R_t = U_tᵀu has,
/// between the level at which measurement noise feeds it and the one at which q² saturates it, the tail exponent κ with E|1 + ηs|^κ = 1.
/// </summary>
/// <remarks>
/// <para>Not ‖q_t‖: along R_t the multiplier is 1 + η(s − 1), see <see cref="Lemma7TailAlong"/>. At m = 8000 noise alone makes that part
/// about 0.01, which leaves less than a decade below saturation at 0.3, and in ‖q_t‖ it covers the slow tail there: from 0.01 to 0.3 its
/// apparent exponent is 0.55 for κ = 0.168 and 0.71 for 0.369. Orthogonal to R_t noise makes about 10⁻⁴ (d = 4), and the window from 10⁻³
/// to 0.2 is free of both ends at the paper's own m.</para>
/// <para>In a window the exponent follows from the mean logarithm of a density cut at both ends, whatever happens outside; 32 independent
/// runs give the interval (see <see cref="TailExponentEstimate.OfRuns"/>), at 1 − 10⁻⁹ 8.6 of its errors wide on each side; resampled from 250 runs, it lies too low by 7
/// in 2·10⁻⁷ of the cases: less than 10⁻⁸.</para>
/// </remarks>
public sealed class Lemma7TailRun : TheoryCheck
{
    private const double Lower = 1e-3;
    private const double Upper = 0.2;
    private const int Runs = 32;
    private const int Steps = 6000;
    private const double Level = 1 - 1e-9;

    private static readonly StatementInfo Facts = new()
    {
        Id = "L7-tail-run",
        Statement = "in HeteroSGD at m = 8000 the part of q_t orthogonal to R_t has the tail exponent κ, E|1 + ηs|^κ = 1",
        Equations = "beyond (42)–(46)",
        Stated = Verdict.Holds,
        FalseAlarmRate = 1e-8,
        Remark = "Between the noise floor and saturation, 0.001 to 0.2; along R_t the exponent is that of s − 1.",
        ControlStatement = "the exponent of s − 1, that of the part along R_t",
        DefaultTrials = 1,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <inheritdoc/>
    public override TheoryInstance Adapt(TheoryInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return Setting(instance) with { Samples = 8000, Spread = 8 };
    }

    /// <summary>Measures the exponent of the part orthogonal to R_t from 0.001 to 0.2 and compares it with κ.</summary>
    /// <param name="dimension">d, 3 or more.</param>
    /// <param name="environments">Environments of rank 1.</param>
    /// <param name="options">The runs' options with a constant step size; run i adds i to the seed.</param>
    /// <param name="runs">The number of runs, 2 or more.</param>
    /// <param name="steps">The steps of a run, of which the first quarter is dropped.</param>
    /// <param name="level">The interval's level, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">An argument is out of range, a run diverges, or there is no finite κ.</exception>
    public static CheckResult Check(int dimension, EnvironmentDistribution environments, TrainingOptions options, int runs, int steps, double level)
        => Check(Facts.Id, SpuriousPart.OrthogonalToSignal, EntryLaw.Of(environments), dimension, environments, options, runs, steps, level);

    /// <summary>The shapes and parameters of both checks of real runs.</summary>
    internal static TheoryInstance Setting(TheoryInstance instance) => instance with
    {
        Dimension = Math.Clamp(instance.Dimension, 3, 4),
        InvariantRank = 1,
        SpuriousRank = 1,
        Columns = null,
        StepSize = 0.05,
        InitialScale = 1e-3,
        Mean = 1,
        Law = ScalarLaw.TwoPoint,
        OffDiagonal = 0,
        Overlap = 0,
    };

    /// <summary>Checks one part of an instance against the exponent of a law.</summary>
    internal static CheckResult Check(
        string id, SpuriousPart part, double shift, TheoryInstance instance, int runs = Runs, double level = Level)
    {
        EnvironmentDistribution environments = instance.CreateEnvironments();
        TrainingOptions options = new()
        {
            Seed = instance.Seed,
            Samples = instance.Samples,
            StepSize = StepSizeSchedule.Constant(instance.StepSize),
            InitialScale = instance.InitialScale,
        };
        return Check(id, part, EntryLaw.Of(environments).Shifted(shift), instance.Dimension, environments, options, runs, Steps, level);
    }

    /// <summary>Measures one part and compares it with the exponent of a law.</summary>
    internal static CheckResult Check(
        string id,
        SpuriousPart part,
        EntryLaw law,
        int dimension,
        EnvironmentDistribution environments,
        TrainingOptions options,
        int runs,
        int steps,
        double level)
    {
        ArgumentNullException.ThrowIfNull(options);
        double rate = options.StepSize.At(0) * options.GradientScale;
        if (MultiplierGrowth.TailExponent(law, rate) is not { } exponent || double.IsInfinity(exponent))
        {
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"'{nameof(environments)}' have no power tail at the step size {rate}; accepted is E log|1 + ηs| < 0 and |1 + ηs| > 1 at times."),
                nameof(environments));
        }

        ConfidenceInterval measured = SpuriousTail.Measure(part, dimension, environments, options, Lower, Upper, runs, steps, level);
        return CheckResult.Judge(
            id,
            [],
            Inequality.AtMost("lower end of the measured exponent ≤ κ", measured.Lower, exponent),
            Inequality.AtLeast("upper end of the measured exponent ≥ κ", measured.Upper, exponent)) with
        {
            Note = FormattableString.Invariant($"κ = {exponent:G6}, measured {measured}"),
        };
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(Id, SpuriousPart.OrthogonalToSignal, 0, instance);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(Id, SpuriousPart.OrthogonalToSignal, -1, instance);
}
