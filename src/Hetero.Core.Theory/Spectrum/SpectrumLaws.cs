namespace Hetero.Core.Theory.Spectrum;

/// <summary>
/// When the eigenvalues of A* are learned at m = ∞ from U_0 = αI, and what becomes of the angle of the adaptive subspace at finite m, both to the
/// leading order in η (<c>docs/spectrum.md</c> derives them).
/// </summary>
public static class SpectrumLaws
{
    // From here down two terms of the law cancel to twelve digits, and the next term of its series is below e⁻⁸ of this one.
    private const double Early = -8;

    // From here down 1 − e⁻²ˣ has lost half of its digits, and the next term of its series is below round-off.
    private const double Small = 1e-8;

    // From here up e⁻ᶻ is no number beside z.
    private const double Late = 1000;

    /// <summary>
    /// Returns log(√λ/α)/log(1 + ηλ), the step at which α(1 + ηλ)^t is √λ. There u ← (1 + η(λ − u²))u, whose solution in continuous time is logistic,
    /// has about λ/2 in u²; in a few tenths of a step less, see <see cref="HalfTime"/>.
    /// </summary>
    /// <param name="eigenvalue">λ, positive.</param>
    /// <param name="stepSize">η, positive.</param>
    /// <param name="initialScale">α, positive.</param>
    /// <exception cref="ArgumentException">A number is not positive and finite, or ηλ is not from 1e-100 to 1e100.</exception>
    public static double ExponentialTime(double eigenvalue, double stepSize, double initialScale)
    {
        double rate = Rate(eigenvalue, stepSize);
        Guard.Positive(initialScale);

        // α may be so small that only its logarithm is a number; and 1 + ηλ may be 1.
        double ratio = Math.Sqrt(eigenvalue) / initialScale;
        double distance = double.IsFinite(ratio) && ratio > 0 ? Math.Log(ratio) : Math.Log(Math.Sqrt(eigenvalue)) - Math.Log(initialScale);
        return distance / (rate < 1e-8 ? rate * (1 - (rate / 2)) : Math.Log(1 + rate));
    }

    /// <summary>
    /// Returns when half of λ is learned, u² = λ/2: <see cref="ExponentialTime"/> − ¾·log 2, which is what steps instead of a flow take off, to first
    /// order in η.
    /// </summary>
    /// <param name="eigenvalue">λ, positive.</param>
    /// <param name="stepSize">η, positive.</param>
    /// <param name="initialScale">α, positive.</param>
    /// <exception cref="ArgumentException">A number is not positive and finite, or ηλ is not from 1e-100 to 1e100.</exception>
    public static double HalfTime(double eigenvalue, double stepSize, double initialScale)
        => ExponentialTime(eigenvalue, stepSize, initialScale) - (0.75 * Math.Log(2));

    /// <summary>Returns g = η²·E[s²]·(d − r1)/(2m), by which the noise of A^(e) in the gradient spreads an eigenvector's ratio to its eigenvalue's
    /// root in a step, summed over the directions outside of U*.</summary>
    /// <param name="stepSize">η, positive.</param>
    /// <param name="squaredScalar">E[s²], summed over the spurious directions, not negative.</param>
    /// <param name="codimension">d − r1, 0 or more.</param>
    /// <param name="samples">m, 1 or more.</param>
    /// <exception cref="ArgumentException">A number is out of range, or g is.</exception>
    public static double Diffusion(double stepSize, double squaredScalar, int codimension, long samples)
    {
        Guard.Positive(stepSize);
        Guard.NotNegative(squaredScalar);
        Guard.AtLeast(codimension, 0);
        Guard.InRange(samples, 1, long.MaxValue);
        double diffusion = stepSize * stepSize * squaredScalar * codimension / (2.0 * samples);
        Guard.Accepted(stepSize, double.IsFinite(diffusion) ? null : "one with which g is finite", nameof(stepSize));
        return diffusion;
    }

    /// <summary>
    /// Returns for how many steps S_t has diffused along λ's eigenvector: τ = F(z)/(2ηλ) with z = 2ηλ(t − t_1), F(z) = (1 + e^{−z})·log(1 + e^z) + 1 −
    /// 4w/(1 + w), w = √(1 + e^z). Long before t_1 it is e^{2z}/(24ηλ), long after it t − t_1 − 3/(2ηλ).
    /// </summary>
    /// <param name="eigenvalue">λ, positive.</param>
    /// <param name="stepSize">η, positive.</param>
    /// <param name="time">t − t_1, t_1 being the <see cref="HalfTime"/> of λ; of either sign.</param>
    /// <exception cref="ArgumentException">A number is not positive, or not finite, or ηλ is not from 1e-100 to 1e100.</exception>
    public static double DiffusedSteps(double eigenvalue, double stepSize, double time)
    {
        Guard.Finite(time);
        double rate = 2 * Rate(eigenvalue, stepSize), z = rate * time;
        if (z < Early)
        {
            return Math.Exp(2 * z) / (12 * rate);
        }

        if (z > Late)
        {
            return time - (3 / rate);
        }

        double inverse = Math.Exp(-z), logarithm = z + Math.Log(1 + inverse), root = Math.Sqrt(inverse / (1 + inverse));
        return (((1 + inverse) * logarithm) + 1 - (4 / (1 + root))) / rate;
    }

    /// <summary>Returns tan θ of S_t and col(U*), by tan²θ = ½(1 − e^{−2gτ}): diffusion as long as gτ is small, and never beyond 1/√2.</summary>
    /// <param name="diffusion">g, see <see cref="Diffusion"/>, not negative.</param>
    /// <param name="diffusedSteps">τ, see <see cref="DiffusedSteps"/>, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative.</exception>
    public static double AngleTangent(double diffusion, double diffusedSteps)
    {
        Guard.NotNegative(diffusion);
        Guard.NotNegative(diffusedSteps);
        double angle = diffusion * diffusedSteps;
        return Math.Sqrt(angle < Small ? angle * (1 - angle) : (1 - Math.Exp(-2 * angle)) / 2);
    }

    private static double Rate(double eigenvalue, double stepSize)
    {
        Guard.Positive(eigenvalue);
        Guard.Positive(stepSize);
        double rate = stepSize * eigenvalue;
        Guard.Accepted(stepSize, rate is >= 1e-100 and <= 1e100 ? null : "one whose product with the eigenvalue is from 1e-100 to 1e100", nameof(stepSize));
        return rate;
    }
}
