using System.Numerics.Tensors;

namespace Hetero.Core.Theory.Sequences;

/// <summary>
/// The calibration line (38), L_t = α ∨ 40·M1·δ·√(r1 + r2)·R_t with R_t of (25): the floor of the controller, and the scale of all error terms.
/// </summary>
/// <remarks>
/// <para>(38) prints M; its M1 of Assumption 2 is meant, as (83) and (85) use it. With δ = 0 the line is α.</para>
/// <para>L_0 = α only if 40·M1·δ·√(r1 + r2) ≤ 1; the paper's δ makes it much smaller. Then L_t ≤ R_t too, which Lemma 10 uses. Thread-safe: immutable.</para>
/// </remarks>
public sealed class CalibrationLine
{
    private readonly double[] _values;

    /// <summary>Computes the line at the steps of the sequences.</summary>
    /// <param name="sequences">R_t, with η and α.</param>
    /// <param name="bound">M1, the bound on |Σ_ii|; finite, 0 or above.</param>
    /// <param name="ripConstant">δ; finite, 0 or above.</param>
    /// <param name="invariantRank">r1, 1 or more.</param>
    /// <param name="spuriousRank">r2, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or the line overflows.</exception>
    public CalibrationLine(AuxiliarySequences sequences, double bound, double ripConstant, int invariantRank, int spuriousRank)
    {
        ArgumentNullException.ThrowIfNull(sequences);
        Guard.NotNegative(bound);
        Guard.NotNegative(ripConstant);
        Guard.AtLeast(invariantRank, 1);
        Guard.AtLeast(spuriousRank, 1);
        Sequences = sequences;
        Slope = ripConstant == 0 ? 0 : 40 * bound * ripConstant * Math.Sqrt((double)invariantRank + spuriousRank);
        double largest = TensorPrimitives.Max(sequences.Reference);
        if (!double.IsFinite(Slope * Math.Max(largest, 1)))
        {
            throw new ArgumentOutOfRangeException(
                nameof(bound),
                bound,
                FormattableString.Invariant($"'{nameof(bound)}' is {bound} with '{nameof(ripConstant)}' {ripConstant} and R_t up to {largest}; ")
                + "accepted are numbers with a finite 40·M1·δ·√(r1 + r2)·R_t.");
        }

        _values = new double[sequences.LastStep + 1];
        for (int t = 0; t < _values.Length; t++)
        {
            _values[t] = Math.Max(sequences.InitialScale, Slope * sequences.Reference[t]);
        }
    }

    /// <summary>Gets the sequences that the line was made from.</summary>
    public AuxiliarySequences Sequences { get; }

    /// <summary>Gets 40·M1·δ·√(r1 + r2), the factor on R_t.</summary>
    public double Slope { get; }

    /// <summary>Gets the last step.</summary>
    public int LastStep => _values.Length - 1;

    /// <summary>Gets L_0, L_1, ….</summary>
    public ReadOnlySpan<double> Values => _values;
}
