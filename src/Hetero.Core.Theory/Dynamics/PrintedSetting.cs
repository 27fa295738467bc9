using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>
/// Where Lemmas 10, 11, 12 and 14 are refuted as printed: parameters that meet every hypothesis of Theorem 2 with all constants 1, at d = 2 or at d = 10⁵, the
/// dimensions that Assumption 1 (a) admits, with s = mean ± M, c_v = 1 and δ at the limit of Assumption 3.
/// </summary>
internal sealed class PrintedSetting
{
    private const int LargeDimension = 100_000;
    private const int LargeRank = 17_600;

    private PrintedSetting(TheoryInstance instance, double share)
    {
        (Instance, Share) = (instance, share);
        double heterogeneity = (1 - 1e-9) * instance.Spread * instance.Spread / (1 + instance.Mean);
        Constants = new AnalysisConstants
        {
            Bound = (1 + 1e-9) * (instance.Mean + instance.Spread),
            Heterogeneity = heterogeneity,
            RipConstant = RipThresholds.AssumedDelta(heterogeneity, instance.Dimension, instance.InvariantRank, instance.SpuriousRank),
            InitialScale = instance.InitialScale,
            ViolationProbability = ControllerProcess.ViolationProbability(1, heterogeneity, instance.Dimension),
        };
        Line = new CalibrationLine(
            new AuxiliarySequences(instance.StepSize, instance.InitialScale, Time + 1),
            Constants.Bound,
            Constants.RipConstant,
            instance.InvariantRank,
            instance.SpuriousRank);
    }

    public TheoryInstance Instance { get; }

    /// <summary>Gets a number from 0 to 1 that varies from instance to instance.</summary>
    public double Share { get; }

    public double StepSize => Instance.StepSize;

    public AnalysisConstants Constants { get; }

    public CalibrationLine Line { get; }

    /// <summary>Gets t: not the start, at which U_t is αI.</summary>
    public int Time => 1000;

    /// <summary>Gets the largest ‖Q_t‖ that Lemma 10 allows, √r2·p^−1.5·r2^1.5·L_t.</summary>
    public double LargestSpurious => Math.Sqrt(Instance.SpuriousRank)
        * ControllerProcess.GetBarrierFactor(Constants.ViolationProbability, Instance.SpuriousRank) * Line.Values[Time];

    /// <summary>
    /// d = 2, r1 = r2 = 1, s = mean ± M, with the instance's own mean, M, η and α, which a check has put by <see cref="WindowInstance.Place(TheoryInstance)"/> where the
    /// hypotheses hold.
    /// </summary>
    public static PrintedSetting Small(TheoryInstance instance) => new(
        instance with { Dimension = 2, InvariantRank = 1, SpuriousRank = 1, Columns = null, Overlap = 0 }, ShareOf(instance));

    /// <summary>d = 10⁵, r1 = r2 = 17,600, s = 1 ± M with M near 3200, α = d^−power.</summary>
    public static PrintedSetting Large(TheoryInstance instance, double power = 3.99)
    {
        double share = ShareOf(instance), spread = 3200 * (1 + (0.02 * share));
        double lower = 24 * 2 / (spread * spread), upper = 1 / (64 * (1 + spread));
        return new PrintedSetting(
            new TheoryInstance
            {
                Seed = instance.Seed,
                Dimension = LargeDimension,
                InvariantRank = LargeRank,
                SpuriousRank = LargeRank,
                Mean = 1,
                Spread = spread,
                StepSize = lower + ((upper - lower) * (0.1 + (0.8 * share))),
                InitialScale = Math.Pow(LargeDimension, -power),
                Overlap = 0,
            },
            share);
    }

    /// <summary>U_t = diag(R_t, q) at d = 2, U* = e1, V* = e2 and m = ∞: R_t of (25) for ‖R_t‖, and E_t = 0.</summary>
    public AnalyzedStep Diagonal(double spurious)
    {
        SensingProblem problem = new(new([1, 0], 2, 1), new([0, 1], 2, 1));
        Matrix factor = new([Line.Sequences.Reference[Time], 0, 0, spurious], 2, 2);
        double[] sigma = [Instance.Mean + Instance.Spread];
        return new AnalyzedStep(problem, factor.Span, StepSize, sigma, AnalyzedStep.Residual(problem, factor, sigma));
    }

    /// <summary>The aligned state with ‖R_t‖ = R_t and a given norm of Q_t without its column i, which is 0, in the environment s = mean + M.</summary>
    public AlignedState Aligned(double others) => new()
    {
        Dimension = Instance.Dimension,
        InvariantRank = Instance.InvariantRank,
        SpuriousRank = Instance.SpuriousRank,
        StepSize = StepSize,
        Sigma = Instance.Mean + Instance.Spread,
        Invariant = Line.Sequences.Reference[Time],
        Others = others,
        RipConstant = Constants.RipConstant,
    };

    private static double ShareOf(TheoryInstance instance) => (instance.Seed >> 20) % 1000 / 1000.0;
}
