namespace Hetero.Core.Theory.Sequences;

/// <summary>
/// The deterministic sequences that the singular values of R_t are compared with, from t = 0 to a last step: the reference R_{t+1} = (1 − ηR_t² + η)R_t
/// (25) and, with ε = η/(32·log(1/α)), the upper R̄_{t+1} = (1 − ηR̄_t² + η)R̄_t + εR̄_t and the lower R̲_{t+1} = (1 − ηR̲_t² + η)R̲_t − εR̄_t (31), all
/// from α.
/// </summary>
/// <remarks>
/// <para>The last term of R̲ has R̄_t, not R̲_t: the error of a step is of the size of the largest singular value. So R̲ may fall below 0.</para>
/// <para>For η ≤ 1/2 the map x ↦ (1 − ηx² + η)x rises on [0, 1] and keeps it, so R_t rises towards 1. While R_t &lt; 1/3 a step adds less than η/3, so
/// R_t cannot jump over (1/3 − η, 1/3), whatever η is.</para>
/// <para>Thread-safe: immutable.</para>
/// </remarks>
public sealed class AuxiliarySequences
{
    // Of smaller numbers a step may be nothing beside the last digit, and they would never grow.
    internal const double SmallestScale = 2.2250738585072014e-308;

    private readonly double[] _reference;
    private readonly double[] _upper;
    private readonly double[] _lower;

    /// <summary>Computes the sequences.</summary>
    /// <param name="stepSize">η, times the gradient scale if that is not 1; finite and above 0.</param>
    /// <param name="initialScale">α, a normal number above 0 and below 1: at 1 the logarithm is 0, and (31) divides by it.</param>
    /// <param name="lastStep">The last step t, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or the step size is so large that a sequence overflows.</exception>
    public AuxiliarySequences(double stepSize, double initialScale, int lastStep)
    {
        Guard.Positive(stepSize);
        Guard.InRange(initialScale, SmallestScale, Math.BitDecrement(1.0));
        Guard.InRange(lastStep, 0, Array.MaxLength - 1);
        (StepSize, InitialScale) = (stepSize, initialScale);
        _reference = new double[lastStep + 1];
        _upper = new double[lastStep + 1];
        _lower = new double[lastStep + 1];
        _reference[0] = _upper[0] = _lower[0] = initialScale;
        double drift = stepSize / (32 * -Math.Log(initialScale));
        for (int t = 0; t < lastStep; t++)
        {
            _reference[t + 1] = Advance(_reference[t], stepSize);
            _upper[t + 1] = Advance(_upper[t], stepSize) + (drift * _upper[t]);
            _lower[t + 1] = Advance(_lower[t], stepSize) - (drift * _upper[t]);
            if (!double.IsFinite(_reference[t + 1] + _upper[t + 1] + _lower[t + 1]))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(stepSize),
                    stepSize,
                    FormattableString.Invariant($"'{nameof(stepSize)}' is {stepSize}, and a sequence overflows at step {t + 1}; ")
                    + "accepted are step sizes that keep them finite, such as all up to 1/2 with α ≤ 1/2.");
            }
        }

        EntryStep = FindEntry();
    }

    /// <summary>Gets η.</summary>
    public double StepSize { get; }

    /// <summary>Gets α.</summary>
    public double InitialScale { get; }

    /// <summary>Gets the last step.</summary>
    public int LastStep => _reference.Length - 1;

    /// <summary>Gets R_0, R_1, … of (25).</summary>
    public ReadOnlySpan<double> Reference => _reference;

    /// <summary>Gets R̄_0, R̄_1, … of (31).</summary>
    public ReadOnlySpan<double> Upper => _upper;

    /// <summary>Gets R̲_0, R̲_1, … of (31).</summary>
    public ReadOnlySpan<double> Lower => _lower;

    /// <summary>
    /// Gets T1 of Lemma 5, the first t with R_t in the open interval (1/3 − η, 1/3); null if there is none up to the last step: none at all if α ≥ 1/3 and
    /// η ≤ 1/2, as R_t rises.
    /// </summary>
    public int? EntryStep { get; }

    /// <summary>Returns x after one step of (25), (1 − ηx² + η)x.</summary>
    /// <param name="value">x, finite.</param>
    /// <param name="stepSize">η, finite.</param>
    /// <returns>The next x; infinite if a term is not representable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is not finite.</exception>
    public static double Next(double value, double stepSize)
    {
        Guard.Finite(value);
        Guard.Finite(stepSize);
        return Advance(value, stepSize);
    }

    /// <summary>The same, without looking at the numbers: for loops that judge what comes out.</summary>
    internal static double Advance(double value, double stepSize) => (1 - (stepSize * value * value) + stepSize) * value;

    /// <summary>
    /// Returns a bound of T1 for α &lt; 1/3: below 1/3 a step multiplies R_t by more than 1 + 8η/9, so T1 ≤ max(0, log(1/(3α))/log(1 + 8η/9))
    /// rounded up; infinite if that is not representable.
    /// </summary>
    /// <param name="stepSize">η, finite and above 0.</param>
    /// <param name="initialScale">α, a normal number above 0 and below 1/3.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double EntryBound(double stepSize, double initialScale)
    {
        Guard.Positive(stepSize);
        Guard.InRange(initialScale, SmallestScale, Math.BitDecrement(1.0 / 3));

        // log(1 + x) by its series where 1 + x would drop x's digits.
        double x = 8 * stepSize / 9, growth = x < 1e-5 ? x * (1 - (x / 2)) : Math.Log(1 + x);
        return Math.Ceiling(-Math.Log(3 * initialScale) / growth);
    }

    private int? FindEntry()
    {
        for (int t = 0; t < _reference.Length; t++)
        {
            if (_reference[t] > (1.0 / 3) - StepSize && _reference[t] < 1.0 / 3)
            {
                return t;
            }
        }

        return null;
    }
}
