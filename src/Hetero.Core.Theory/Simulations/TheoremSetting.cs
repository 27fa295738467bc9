using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Theory.Dynamics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Subspaces;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Simulations;

/// <summary>
/// A problem with environments, δ, η and α as Theorem 2 sees it: the numbers in its hypotheses, each hypothesis with its margin, and the bound (9).
/// </summary>
/// <remarks>
/// <para>M1 and M2 are the extreme values that (6) leaves room for, sup |Σ_ii| and min Var/(1 + |mean|); any admissible pair is worse. As
/// Var ≤ M1², the step-size window (24/M2, 1/(64·M1)) is empty unless M1 > 1536, which no simulation of the paper comes near.</para>
/// <para>Between the hypotheses there is little room. C = 1 in Assumption 1 (a), log⁴ d ≤ r1 ∧ r2 with r1 + r2 ≤ d, is met for d = 2 and then not before
/// d ≈ 20,000. And the proof drops the start by dα² &lt; 1/d ≪ δ²·r^1.5, while Assumption 3 has δ ≲ (M2·log d)^−1.5 with M2 > 2·10⁶ inside the
/// window: d would have to exceed 10¹⁹. Without that, (9) has no term for α: see <see cref="Convergence.Theorem2Printed"/>.</para>
/// <para>Thread-safe: immutable.</para>
/// </remarks>
public sealed class TheoremSetting
{
    private readonly SpuriousRegularity _regularity;
    private readonly double _overlap;

    /// <summary>Puts a setting together.</summary>
    /// <param name="problem">The subspaces, d of 2 or more, all eigenvalues of A* being 1 (Assumption 1 (b)).</param>
    /// <param name="environments">The distribution over environments, of order r2, with some variance in every Σ_ii.</param>
    /// <param name="ripConstant">δ of Assumption 3, above 0.</param>
    /// <param name="stepSize">η, above 0.</param>
    /// <param name="initialScale">α, above 0 and below 1.</param>
    /// <param name="constants">The constants without a value; null for all 1.</param>
    /// <exception cref="ArgumentException">An argument is out of range, or the parts do not fit each other.</exception>
    public TheoremSetting(
        SensingProblem problem,
        EnvironmentDistribution environments,
        double ripConstant,
        double stepSize,
        double initialScale,
        TheoremConstants? constants = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(environments);
        Guard.Agree(environments.Rank, problem.SpuriousRank, "rank", nameof(environments));
        Guard.AtLeast(problem.Dimension, 2, "problem.Dimension");
        Guard.Positive(ripConstant);
        Guard.Positive(stepSize);
        Guard.InRange(initialScale, AuxiliarySequences.SmallestScale, Math.BitDecrement(1.0));
        Constants = constants ?? new TheoremConstants();
        Guard.Positive(Constants.RankConstant, "constants.RankConstant");
        Guard.Positive(Constants.HeterogeneityConstant, "constants.HeterogeneityConstant");
        Guard.Positive(Constants.OffDiagonalConstant, "constants.OffDiagonalConstant");
        Guard.Positive(Constants.RipConstant, "constants.RipConstant");
        Guard.Positive(Constants.ViolationConstant, "constants.ViolationConstant");
        Guard.Positive(Constants.ErrorConstant, "constants.ErrorConstant");
        (Problem, Environments, RipConstant, StepSize, InitialScale) = (problem, environments, ripConstant, stepSize, initialScale);
        _regularity = SpuriousRegularity.Of(environments);
        if (!(_regularity.Heterogeneity > 0 && double.IsFinite(_regularity.Heterogeneity)))
        {
            throw new ArgumentException(
                FormattableString.Invariant($"'{nameof(environments)}' have a smallest Var/(1 + |mean|) of {_regularity.Heterogeneity}; ")
                + "accepted is a finite number above 0.",
                nameof(environments));
        }

        _overlap = SubspaceOverlap.Of(problem);
    }

    /// <summary>Gets the problem.</summary>
    public SensingProblem Problem { get; }

    /// <summary>Gets the distribution over environments.</summary>
    public EnvironmentDistribution Environments { get; }

    /// <summary>Gets δ.</summary>
    public double RipConstant { get; }

    /// <summary>Gets η.</summary>
    public double StepSize { get; }

    /// <summary>Gets α.</summary>
    public double InitialScale { get; }

    /// <summary>Gets the constants.</summary>
    public TheoremConstants Constants { get; }

    /// <summary>Gets M1: sup |Σ_ii|.</summary>
    public double Bound => _regularity.Bound;

    /// <summary>Gets M2: min Var[Σ_ii]/(1 + |E[Σ_ii]|).</summary>
    public double Heterogeneity => _regularity.Heterogeneity;

    /// <summary>Gets p = c_v/(M2·log d) of Definition 4.</summary>
    public double ViolationProbability
        => ControllerProcess.ViolationProbability(Constants.ViolationConstant, Heterogeneity, Problem.Dimension);

    /// <summary>
    /// Gets δ* as Theorem 2 prints it, (c_v·M2·log d)^1.5·δ·r2²·√(r1 + r2). With 1/c_v of Definition 4 for this c_v, which the theorem calls "some" constant, it is
    /// <see cref="DeltaStar"/>.
    /// </summary>
    public double PrintedDeltaStar => TheoremBound.PrintedDeltaStar(Constants.ViolationConstant, Heterogeneity, Problem.Dimension, RankFactor);

    /// <summary>
    /// Gets δ* as Definition 4 leads to it, p^−1.5·δ·r2²·√(r1 + r2) with c_v^−1.5: the δ* for which Theorem 5's ‖Q_t‖_F ≤ 40·M1·δ* is its own chain.
    /// </summary>
    public double DeltaStar => TheoremBound.DeltaStar(ViolationProbability, RankFactor);

    /// <summary>Gets the interval of η, (24/M2, 1/(64·M1)); it is empty if the first number is not below the second.</summary>
    public StepSizeInterval StepSizeWindow => _regularity.Window;

    /// <summary>Gets the largest δ of Assumption 3.</summary>
    public double RipThreshold => RipThresholds.AssumedDelta(
        Heterogeneity, Problem.Dimension, Problem.InvariantRank, Problem.SpuriousRank, Constants.RipConstant);

    /// <summary>
    /// Gets the right side of (9), C·max(δ*²·√r1·M1², δ*·M1)·log² d, with the printed δ*. Like δ* itself infinite if it is not representable.
    /// </summary>
    public double ErrorBound
        => Constants.ErrorConstant * TheoremBound.Error(PrintedDeltaStar, Bound, Problem.InvariantRank, Problem.Dimension);

    /// <summary>Puts the setting of a run together: its problem, environments, η and α.</summary>
    /// <param name="trainer">The run; its step size is constant.</param>
    /// <param name="ripConstant">δ, above 0; null for √(d/m), the size to which (10) sets it.</param>
    /// <param name="constants">The constants without a value; null for all 1.</param>
    /// <exception cref="ArgumentException">The step size changes, or a number is out of range.</exception>
    public static TheoremSetting Of(Trainer<double> trainer, double? ripConstant = null, TheoremConstants? constants = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        TrainingOptions options = trainer.Options;
        Guard.ConstantStepSize(options.StepSize.IsConstant, options.StepSize, "trainer.Options.StepSize");
        SensingProblem problem = trainer.Signals.Problem;
        return new TheoremSetting(
            problem,
            trainer.Environments,
            ripConstant ?? Math.Sqrt((double)problem.Dimension / options.Samples),
            options.StepSize.At(0) * options.GradientScale,
            options.InitialScale,
            constants);
    }

    /// <summary>Returns L_0, …, L_t of (38) with this η, α, M1 and δ.</summary>
    internal CalibrationLine Line(int lastStep) => new(
        new AuxiliarySequences(StepSize, InitialScale, lastStep), Bound, RipConstant, Problem.InvariantRank, Problem.SpuriousRank);

    private double RankFactor => TheoremBound.RankFactor(RipConstant, Problem.InvariantRank, Problem.SpuriousRank);

    /// <summary>Returns every hypothesis of Theorem 2 with its numbers: Assumptions 1, 2 and 3 and those of the theorem.</summary>
    public IReadOnlyList<Inequality> Hypotheses()
    {
        double d = Problem.Dimension, m1 = Bound, m2 = Heterogeneity;
        int r1 = Problem.InvariantRank, r2 = Problem.SpuriousRank;
        (double lower, double upper) = StepSizeWindow;
        double least = double.PositiveInfinity, largest = 0;
        foreach (double eigenvalue in Problem.Eigenvalues)
        {
            (least, largest) = (Math.Min(least, eigenvalue), Math.Max(largest, eigenvalue));
        }

        return
        [
            Inequality.AtMost("Assumption 1 (a): C·log⁴ d ≤ r1 ∧ r2", Constants.RankConstant * Math.Pow(Math.Log(d), 4), Math.Min(r1, r2)),
            Inequality.AtLeast("Assumption 1 (a): d ≥ (r1 + r2)^C", d, Math.Pow(r1 + r2, Constants.RankConstant)),
            Inequality.AtMost("Assumption 1 (b): all eigenvalues of A* are 1", Math.Max(Math.Abs(least - 1), Math.Abs(largest - 1)), 0),
            Inequality.Below("Assumption 2: M1 < C_0·M2", m1, Constants.HeterogeneityConstant * m2),
            Inequality.AtMost("(7): r2²·Σ_{j≠i}|Σ_ij| ≤ c_o/M2^1.5", _regularity.OffDiagonal, Constants.OffDiagonalConstant / Math.Pow(m2, 1.5)),
            Inequality.AtMost("Assumption 3: δ ≤ c/((M2·log d)^1.5·r2^2.5·√(r1 + r2))", RipConstant, RipThreshold),
            Inequality.Below("ε1 < δ/2", _overlap, RipConstant / 2, 8 * d * Math.ScaleB(1, -52)),
            Inequality.Above("η > 24/M2", StepSize, lower),
            Inequality.Below("η < 1/(64·M1)", StepSize, upper),
            Inequality.Above("α > 1/d⁴", InitialScale, Math.Pow(d, -4)),
            Inequality.Below("α < 1/d²", InitialScale, Math.Pow(d, -2)),
        ];
    }
}
