using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;

namespace Hetero.Core.Theory.Quantities;

/// <summary>
/// The numbers that the theory has for a setting: M1 and M2, the windows of step sizes, the paper's and the sharp one, δ, δ*, (9), T1 and T2, and
/// for every
/// spurious direction the moments, the Lyapunov exponent and the tail.
/// </summary>
/// <remarks>
/// <para>Nothing is drawn and no problem is made: d and the ranks are numbers here. What is said of directions is exact for diagonal Σ^(e); entries
/// off the
/// diagonal mix directions, which <see cref="ProductGrowth"/> can only estimate.</para>
/// <para>Own draws of each direction change none of these numbers: they depend on the law of one direction, on the largest or smallest over
/// directions, or on bounds that add directions up, and not on how directions vary together.</para>
/// <para>With M2 = 0, where no Σ_ii varies, p is +∞, δ* is 0 and Theorem 2's window is empty. Thread-safe: immutable.</para>
/// </remarks>
public sealed class TheoryQuantities
{
    // Beyond this many steps T1 and T2 are not counted: it would take seconds.
    private const double MostSteps = 1e8;

    private TheoryQuantities(EnvironmentDistribution environments, TheoryParameters parameters)
    {
        (Environments, Parameters) = (environments, parameters);
        Regularity = SpuriousRegularity.Of(environments);
        Directions = CreateDirections(environments, parameters);
        StableStepSizes = Directions.Distinct().Select(direction => direction.StableStepSizes).Aggregate(Intersection);
        LyapunovExponent = ProductGrowth.Exact(environments, parameters.StepSize);
        if (parameters.InitialScale < 1.0 / 3)
        {
            double bound = AuxiliarySequences.EntryBound(parameters.StepSize, parameters.InitialScale);
            GrowthBound = bound;
            if (bound - (Math.Log(parameters.InitialScale) / parameters.StepSize) <= MostSteps)
            {
                Phases = PhaseSchedule.Create(parameters.StepSize, parameters.InitialScale);
            }
        }
    }

    /// <summary>Gets the distribution over environments.</summary>
    public EnvironmentDistribution Environments { get; }

    /// <summary>Gets the other parameters.</summary>
    public TheoryParameters Parameters { get; }

    /// <summary>Gets M1 and M2 of (6), the left side of (7), and Theorem 2's window (24/M2, 1/(64·M1)).</summary>
    public SpuriousRegularity Regularity { get; }

    /// <summary>Gets the quantities of the directions i = 1, …, r2; directions of one law share one object.</summary>
    public IReadOnlyList<EntryQuantities> Directions { get; }

    /// <summary>
    /// Gets the step sizes for which every direction dies out, E log|1 + ηΣ_ii| &lt; 0 for all i: the sharp window, for diagonal Σ^(e); empty if
    /// there are none.
    /// </summary>
    public IReadOnlyList<StepSizeInterval> StableStepSizes { get; }

    /// <summary>
    /// Gets the largest E log|1 + ηΣ_ii|, by which log‖Q_t‖ grows in a step while it is small; null if some Σ^(e) has entries off the diagonal.
    /// </summary>
    public double? LyapunovExponent { get; }

    /// <summary>
    /// Gets the half-widths M between which s = mean ± M, or s uniform on that range, dies out at this η: √((1 + η·mean)² ∓ 1)/η for two points.
    /// Null for a list
    /// of environments, which is no family in M, and where no M does it.
    /// </summary>
    public (double Lower, double Upper)? StableSpreads => (Environments as DiagonalEnvironments ?? (Environments as OffDiagonalEnvironments)?.Diagonal) switch
    {
        { Law: ScalarLaw.TwoPoint } points => StabilityThreshold.TwoPointSpreads(points.Mean, Parameters.StepSize),
        { } uniform => StabilityThreshold.UniformSpreads(uniform.Mean, Parameters.StepSize),
        _ => null,
    };

    /// <summary>Gets δ = √(d/m), the size to which (10) sets the RIP constant.</summary>
    public double RipConstant => Math.Sqrt((double)Parameters.Dimension / Parameters.Samples);

    /// <summary>
    /// Gets the largest δ of Assumption 3, 1/((M2·log d)^1.5·r2^2.5·√(r1 + r2)) with 1 for the constant that has no value; +∞ if M2 is 0.
    /// </summary>
    public double RipThreshold => Regularity.Heterogeneity == 0
        ? double.PositiveInfinity
        : RipThresholds.AssumedDelta(Regularity.Heterogeneity, Parameters.Dimension, Parameters.InvariantRank, Environments.Rank);

    /// <summary>Gets p = c_v/(M2·log d) of Definition 4; +∞ if M2 is 0.</summary>
    public double ViolationProbability => Regularity.Heterogeneity == 0
        ? double.PositiveInfinity
        : ControllerProcess.ViolationProbability(Parameters.ViolationConstant, Regularity.Heterogeneity, Parameters.Dimension);

    /// <summary>
    /// Gets δ* as Theorem 2 prints it, (c_v·M2·log d)^1.5·δ·r2²·√(r1 + r2). With 1/c_v of Definition 4 for this c_v it is <see cref="DeltaStar"/>.
    /// </summary>
    public double PrintedDeltaStar => TheoremBound.PrintedDeltaStar(Parameters.ViolationConstant, Regularity.Heterogeneity, Parameters.Dimension, RankFactor);

    /// <summary>Gets δ* as Definition 4 leads to it, p^−1.5·δ·r2²·√(r1 + r2): with c_v^−1.5 where the theorem prints c_v^1.5.</summary>
    public double DeltaStar => TheoremBound.DeltaStar(ViolationProbability, RankFactor);

    /// <summary>Gets the right side of (9) with C = 1 and the printed δ*, max(δ*²·√r1·M1², δ*·M1)·log² d.</summary>
    public double ErrorBound => TheoremBound.Error(PrintedDeltaStar, Regularity.Bound, Parameters.InvariantRank, Parameters.Dimension);

    /// <summary>
    /// Gets T1, the first t with R_t of (25) in (1/3 − η, 1/3), and T2 = T1 + log(1/α)/η; null if α is 1/3 or above, where there is no phase 1, or
    /// if there may be more
    /// than 10⁸ steps, which are not counted.
    /// </summary>
    public PhaseSchedule? Phases { get; }

    /// <summary>Gets a bound of T1, log(1/(3α))/log(1 + 8η/9) rounded up; null if α is 1/3 or above.</summary>
    public double? GrowthBound { get; }

    private double RankFactor => TheoremBound.RankFactor(RipConstant, Parameters.InvariantRank, Environments.Rank);

    /// <summary>Computes the quantities.</summary>
    /// <param name="environments">The distribution over environments, of order r2; its diagonal has a known law.</param>
    /// <param name="parameters">The other parameters; null for the defaults.</param>
    /// <exception cref="ArgumentException">A parameter is out of range, the ranks do not fit into the dimension, or a law is none that
    /// <see cref="EntryLaw.Of"/> knows.</exception>
    public static TheoryQuantities Of(EnvironmentDistribution environments, TheoryParameters? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(environments);
        parameters ??= new TheoryParameters();
        Guard.AtLeast(parameters.Dimension, 2, "parameters.Dimension");
        Guard.InRange(parameters.InvariantRank, 1, parameters.Dimension - 1, "parameters.InvariantRank");
        Guard.InRange(environments.Rank, 1, parameters.Dimension - parameters.InvariantRank, "environments.Rank");
        Guard.AtLeast(parameters.Samples, 1, "parameters.Samples");
        Guard.Positive(parameters.StepSize, "parameters.StepSize");
        Guard.InRange(parameters.InitialScale, AuxiliarySequences.SmallestScale, Math.BitDecrement(1.0), "parameters.InitialScale");
        Guard.InRange(parameters.Gamma, double.Epsilon, Math.BitDecrement(1.0), "parameters.Gamma");
        Guard.Positive(parameters.ViolationConstant, "parameters.ViolationConstant");
        return new TheoryQuantities(environments, parameters);
    }

    private static EntryQuantities[] CreateDirections(EnvironmentDistribution environments, TheoryParameters parameters)
    {
        EntryQuantities[] directions = new EntryQuantities[environments.Rank];
        if (environments is DiagonalEnvironments or OffDiagonalEnvironments)
        {
            Array.Fill(directions, new EntryQuantities(EntryLaw.Of(environments), parameters.StepSize, parameters.Gamma));
            return directions;
        }

        for (int i = 0; i < directions.Length; i++)
        {
            EntryLaw law = EntryLaw.Of(environments, i);
            directions[i] = Array.Find(directions[..i], earlier => IsSame(earlier.Law, law)) ?? new EntryQuantities(law, parameters.StepSize, parameters.Gamma);
        }

        return directions;
    }

    private static bool IsSame(EntryLaw one, EntryLaw other)
        => one.IsDiscrete == other.IsDiscrete && one.Values.SequenceEqual(other.Values) && one.Probabilities.SequenceEqual(other.Probabilities);

    private static IReadOnlyList<StepSizeInterval> Intersection(IReadOnlyList<StepSizeInterval> one, IReadOnlyList<StepSizeInterval> other) =>
    [
        .. from first in one
           from second in other
           let common = new StepSizeInterval(Math.Max(first.Lower, second.Lower), Math.Min(first.Upper, second.Upper))
           where common.Lower < common.Upper
           select common,
    ];
}
