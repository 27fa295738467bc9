using System.Globalization;
using Hetero.Core.Environments;

namespace Hetero.Core.FsCheck.Tests.Supermartingale;

/// <summary>
/// A law of s, described by numbers, and its plain moments: finite sums over the values, or the antiderivative of |x|^p, without the library.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="Mean">The mean of two points or of the uniform law; added to every listed value.</param>
/// <param name="Spread">The half-width M, above 0; listed values are multiples of it.</param>
/// <param name="Places">The listed values before scaling, from −1 to 1; empty for the other kinds.</param>
/// <param name="Weights">Their probabilities up to a common factor, 1 or more.</param>
public sealed record LawCase(LawKind Kind, double Mean, double Spread, IReadOnlyList<double> Places, IReadOnlyList<int> Weights)
{
    /// <summary>The values; of a uniform law its two ends.</summary>
    public double[] Values => Kind == LawKind.Listed ? [.. Places.Select(place => Mean + (Spread * place))] : [Mean - Spread, Mean + Spread];

    /// <summary>The values' probabilities.</summary>
    public double[] Probabilities => Kind == LawKind.Listed ? [.. Weights.Select(weight => weight / (double)Weights.Sum())] : [0.5, 0.5];

    /// <summary>The distribution over environments, r2 = 1.</summary>
    public EnvironmentDistribution Create() => Kind switch
    {
        LawKind.TwoPoint => DiagonalEnvironments.TwoPoint(1, Mean, Spread),
        LawKind.Uniform => DiagonalEnvironments.Uniform(1, Mean, Spread),
        _ => new FiniteEnvironments(1, [.. Values.Select(value => new[] { value })], Probabilities),
    };

    /// <summary>E|1 + η(s + shift)|^p by its definition.</summary>
    public double Moment(double stepSize, double shift, double power) => MomentOf(s => 1 + (stepSize * (s + shift)), power);

    /// <summary>E|f(s)|^p for a linear f.</summary>
    public double MomentOf(Func<double, double> linear, double power)
    {
        double[] images = [.. Values.Select(linear)];
        if (Kind != LawKind.Uniform)
        {
            return images.Zip(Probabilities, (image, probability) => probability * Math.Pow(Math.Abs(image), power)).Sum();
        }

        // On a narrow range the difference of antiderivatives has few digits left, and Simpson's rule all.
        double width = images[1] - images[0], middle = images[0] + (width / 2);
        return Math.Abs(width) < 0.1 * Math.Abs(middle) ? Simpson(images[0], width, power)
            : (Antiderivative(images[1], power) - Antiderivative(images[0], power)) / width;
    }

    /// <summary>The value below which a share of the law lies.</summary>
    public double Quantile(double share)
    {
        if (Kind == LawKind.Uniform)
        {
            return Mean + (Spread * ((2 * share) - 1));
        }

        int index = 0;
        for (double left = share; index < Values.Length - 1 && left >= Probabilities[index]; index++)
        {
            left -= Probabilities[index];
        }

        return Values[index];
    }

    public bool Equals(LawCase? other)
        => other is not null
            && (Kind, Mean, Spread) == (other.Kind, other.Mean, other.Spread)
            && Places.SequenceEqual(other.Places)
            && Weights.SequenceEqual(other.Weights);

    public override int GetHashCode() => HashCode.Combine(Kind, Mean, Spread, Places.Count);

    public override string ToString() => Kind == LawKind.Listed
        ? $"s in {{{string.Join(", ", Values.Zip(Weights, (value, weight) => string.Create(CultureInfo.InvariantCulture, $"{value:R}:{weight}")))}}}"
        : string.Create(CultureInfo.InvariantCulture, $"{Kind} mean={Mean:R} M={Spread:R}");

    private static double Simpson(double low, double width, double power)
    {
        const int Panels = 100;
        double sum = 0;
        for (int i = 0; i <= 2 * Panels; i++)
        {
            double weight = i is 0 or 2 * Panels ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.Pow(Math.Abs(low + (width * i / (2 * Panels))), power);
        }

        return sum / (6 * Panels);
    }

    private static double Antiderivative(double x, double power) => Math.Sign(x) * Math.Pow(Math.Abs(x), power + 1) / (power + 1);
}
