using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>
/// Adam (Kingma, Ba, 2015): a ← β1·a + (1 − β1)·D, b ← β2·b + (1 − β2)·D², θ ← θ − η·â/(√b̂ + ε) entry by entry, with â = a/(1 − β1^{t+1}), b̂ = b/(1 − β2^{t+1}), from a = b = 0.
/// </summary>
/// <remarks>
/// Keeps a and b, twice as long as the parameters. A step is about η in each entry however small the direction is, until √b̂ comes near ε: a constant factor on the gradient
/// changes nothing else. A direction whose square leaves the range of the precision ends a run as diverged; one whose
/// square is below it counts as 0 against ε, which is larger by far for the default: so that no step is larger than with exact squares, ε must be
/// √(least/(1 − β2)) at least, least the smallest normal number. Immutable and thread-safe.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Adam<T> : UpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _firstDecay;
    private readonly double _secondDecay;
    private readonly double _epsilon;

    /// <summary>Creates the rule.</summary>
    /// <param name="firstDecay">β1, 0 or a normal number of the precision, below 1.</param>
    /// <param name="secondDecay">β2, 0 or a normal number of the precision, below 1.</param>
    /// <param name="epsilon">ε, from √(least/(1 − β2)), least the smallest normal number of the precision: about 3.5e-18 for float and the default β2, 5e-153 for double.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public Adam(double firstDecay = 0.9, double secondDecay = 0.999, double epsilon = 1e-8)
    {
        Momentum<T>.Check(firstDecay, nameof(firstDecay));
        Momentum<T>.Check(secondDecay, nameof(secondDecay));
        (double smallest, double largest) = typeof(T) == typeof(float) ? (1.17549435E-38, float.MaxValue) : (2.2250738585072014E-308, double.MaxValue);

        // Squares below would be lost, and √b̂ with them: the step would be divided by ε alone, as often larger than η as √b̂ is than ε.
        double least = Math.Sqrt(smallest / (1 - double.CreateChecked(T.CreateTruncating(secondDecay))));
        Guard.InRange(epsilon, least, largest);
        (_firstDecay, _secondDecay, _epsilon) = (firstDecay, secondDecay, epsilon);
    }

    /// <inheritdoc/>
    public override int StateLength(ReadOnlySpan<MatrixShape> shapes) => PerParameter(2, shapes);

    /// <inheritdoc/>
    public override void Apply(in UpdateStep<T> step)
    {
        Check(in step);
        int length = step.Parameters.Length;
        Span<T> first = step.State[..length], second = step.State.Slice(length, length);
        T beta1 = T.CreateTruncating(_firstDecay), beta2 = T.CreateTruncating(_secondDecay), epsilon = T.CreateTruncating(_epsilon);

        // Of the decays as they are rounded: in float precision 1 − β2 is off by 1e-5 else, and so were the first steps.
        T correction1 = T.CreateTruncating(1 - IntegerPower.Of(double.CreateChecked(beta1), step.Step + 1L));
        T correction2 = T.CreateTruncating(1 - IntegerPower.Of(double.CreateChecked(beta2), step.Step + 1L));
        ReadOnlySpan<T> direction = step.Direction;
        Span<T> parameters = step.Parameters;
        for (int i = 0; i < parameters.Length; i++)
        {
            T d = direction[i];
            T a = T.FusedMultiplyAdd(beta1, first[i], (T.One - beta1) * d);
            T b = T.FusedMultiplyAdd(beta2, second[i], (T.One - beta2) * d * d);
            (first[i], second[i]) = (a, b);
            T size = T.Sqrt(b / correction2) + epsilon;

            // b̂ beyond the range of the precision would hold the entry still: the run is to end as diverged. b itself is smaller, by 1 − β2 in the first step.
            parameters[i] = T.IsFinite(size) ? T.FusedMultiplyAdd(-step.StepSize, a / correction1 / size, parameters[i]) : T.NaN;
        }
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("updateRule", "adam");
        description.Add("firstDecay", _firstDecay);
        description.Add("secondDecay", _secondDecay);
        description.Add("epsilon", _epsilon);
    }
}
