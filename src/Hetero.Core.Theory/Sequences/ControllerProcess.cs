namespace Hetero.Core.Theory.Sequences;

/// <summary>
/// The controller q_i^t of Definition 4 for one direction i, with reflection at L_t and absorption at p^{−1.5}r2^{1.5}·L_t, and the processes X_{k,t} of
/// (40) along which it runs: q^0 = α and q^{t+1} = (1 + ηΣ_ii + 2η)q^t ∨ L_{t+1} until q^τ ≥ p^{−1.5}r2^{1.5}·L_τ for some τ ≤ t; then it stays.
/// </summary>
/// <remarks>
/// <para>The step from t to t + 1 takes Σ_t, the environment of training's step t, as (23), (42) and the filtration do. Definition 4 prints Σ^(t+1), and (40)
/// Σ^(e_t) for the step from t − 1 to t: a shift of the index that changes no law, but the coupling with Q_t if taken literally.</para>
/// <para>(41), q^t = X_{k,t} for some k, holds up to the step of absorption. From then on q stands still and X_{k,t} does not. At t = 0 it needs
/// L_0 = α, that is <see cref="CalibrationLine.Slope"/> ≤ 1; otherwise X_{0,0} = L_0 > q^0. The row k is the last step of reflection.</para>
/// <para>X_{k,t} is non-negative only if 1 + ηΣ_ii + 2η ≥ 0, which η·M1 &lt; 1/64 gives; q^t is above 0 in any case.</para>
/// <para>Not thread-safe: a state. A step allocates nothing.</para>
/// </remarks>
public sealed class ControllerProcess
{
    /// <summary>Starts the process at q^0 = α.</summary>
    /// <param name="line">L_t, with η and α.</param>
    /// <param name="violationProbability">p, above 0; Definition 4 has c_v/(M2·log d), see <see cref="ViolationProbability"/>.</param>
    /// <param name="spuriousRank">r2, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public ControllerProcess(CalibrationLine line, double violationProbability, int spuriousRank)
    {
        ArgumentNullException.ThrowIfNull(line);
        Line = line;
        BarrierFactor = GetBarrierFactor(violationProbability, spuriousRank);
        Reset();
    }

    /// <summary>Gets the calibration line.</summary>
    public CalibrationLine Line { get; }

    /// <summary>Gets p^{−1.5}r2^{1.5}.</summary>
    public double BarrierFactor { get; }

    /// <summary>Gets the step t.</summary>
    public int Step { get; private set; }

    /// <summary>Gets q^t.</summary>
    public double Value { get; private set; }

    /// <summary>Gets the first τ ≤ t with q^τ ≥ p^{−1.5}r2^{1.5}·L_τ; null if there is none.</summary>
    public int? AbsorptionStep { get; private set; }

    /// <summary>
    /// Gets the k for which q^t = X_{k,t} (41), the same number bit for bit; the row that it ran along when it was absorbed, if it was; null before the first
    /// reflection if L_0 is not α.
    /// </summary>
    public int? Row { get; private set; }

    /// <summary>Returns p = c_v/(M2·log d) of Definition 4; infinite, or 0, if it is not representable.</summary>
    /// <param name="constant">c_v, above 0; the paper gives it no value.</param>
    /// <param name="heterogeneity">M2 of (6), above 0.</param>
    /// <param name="dimension">d, 2 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double ViolationProbability(double constant, double heterogeneity, int dimension)
    {
        Guard.Positive(constant);
        Guard.Positive(heterogeneity);
        Guard.AtLeast(dimension, 2);
        return constant / (heterogeneity * Math.Log(dimension));
    }

    /// <summary>Returns p^{−1.5}r2^{1.5}, the height of the absorbing barrier above L_t.</summary>
    /// <param name="violationProbability">p, above 0.</param>
    /// <param name="spuriousRank">r2, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or the factor overflows.</exception>
    public static double GetBarrierFactor(double violationProbability, int spuriousRank)
    {
        Guard.Positive(violationProbability);
        Guard.AtLeast(spuriousRank, 1);
        double factor = Math.Pow(spuriousRank / violationProbability, 1.5);
        if (!(double.IsFinite(factor) && factor > 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(violationProbability),
                violationProbability,
                FormattableString.Invariant($"'{nameof(violationProbability)}' is {violationProbability}, and (r2/p)^1.5 is {factor}; ")
                + "accepted are numbers for which that is finite and above 0.");
        }

        return factor;
    }

    /// <summary>Returns 1 + ηΣ_ii + 2η, what a step multiplies by.</summary>
    /// <param name="stepSize">η, finite.</param>
    /// <param name="sigma">Σ_ii, finite.</param>
    /// <returns>The multiplier; infinite if it is not representable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite.</exception>
    public static double Multiplier(double stepSize, double sigma)
    {
        Guard.Finite(stepSize);
        Guard.Finite(sigma);
        double multiplier = 1 + (stepSize * sigma) + (2 * stepSize);

        // The two products may leave the range where their sum does not.
        return double.IsFinite(multiplier) ? multiplier : 1 + (stepSize * (sigma + 2));
    }

    /// <summary>Goes back to q^0 = α.</summary>
    public void Reset()
    {
        Step = 0;
        Value = Line.Sequences.InitialScale;
        Row = Value == Line.Values[0] ? 0 : null;
        AbsorptionStep = IsAtBarrier ? 0 : null;
    }

    /// <summary>Makes the step from t to t + 1.</summary>
    /// <param name="sigma">Σ_ii of the environment of step t, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">Σ_ii is not finite.</exception>
    /// <exception cref="InvalidOperationException">The line has no further step.</exception>
    public void Advance(double sigma)
    {
        Guard.Finite(sigma);
        if (Step == Line.LastStep)
        {
            throw new InvalidOperationException($"The calibration line ends at step {Line.LastStep}; make it longer to advance beyond.");
        }

        Step++;
        if (AbsorptionStep is not null)
        {
            return;
        }

        double moved = Multiplier(Line.Sequences.StepSize, sigma) * Value;
        (Value, Row) = moved >= Line.Values[Step] ? (moved, Row) : (Line.Values[Step], Step);
        AbsorptionStep = IsAtBarrier ? Step : null;
    }

    /// <summary>Writes a row X_{k,0}, X_{k,1}, … of (40): L_t up to t = k, then products of the multipliers.</summary>
    /// <param name="line">L_t.</param>
    /// <param name="row">k, 0 to the line's last step.</param>
    /// <param name="sigmas">Σ_ii of the environments of steps 0, 1, …, finite: as many as the destination has entries, less one.</param>
    /// <param name="destination">Receives X_{k,t}, t = 0, 1, …; at most as many as the line has steps. Shares no memory with the sigmas.</param>
    /// <exception cref="ArgumentException">A length does not fit, the row is out of range, or memory is shared.</exception>
    public static void CopyRow(CalibrationLine line, int row, ReadOnlySpan<double> sigmas, Span<double> destination)
    {
        ArgumentNullException.ThrowIfNull(line);
        Guard.InRange(row, 0, line.LastStep);
        Guard.InRange(destination.Length, 1, line.LastStep + 1, "destination.Length");
        Guard.Length(sigmas.Length, destination.Length - 1, nameof(sigmas));
        Guard.AllFinite(sigmas, nameof(sigmas));
        Guard.NoOverlap(sigmas, destination, nameof(sigmas), nameof(destination));
        for (int t = 0; t < destination.Length; t++)
        {
            destination[t] = t <= row ? line.Values[t] : Multiplier(line.Sequences.StepSize, sigmas[t - 1]) * destination[t - 1];
        }
    }

    private bool IsAtBarrier => Value >= BarrierFactor * Line.Values[Step];
}
