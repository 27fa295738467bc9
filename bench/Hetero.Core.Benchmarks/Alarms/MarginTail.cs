using Hetero.Core.Statistics;

namespace Hetero.Core.Benchmarks.Alarms;

/// <summary>
/// The chance that a margin falls below 0, from a sample of margins that seldom or never do: that of a normal law with the sample's mean and
/// deviation, or of Pearson's type III, a shifted gamma law, with its skewness too if the long tail points to 0. A skewness the other way is not
/// made use of.
/// </summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation.</param>
/// <param name="Skewness">The skewness.</param>
/// <param name="Smallest">The smallest margin.</param>
/// <param name="Chance">The chance.</param>
internal sealed record MarginTail(double Mean, double Deviation, double Skewness, double Smallest, double Chance)
{
    /// <summary>Fits the law to two or more finite margins.</summary>
    public static MarginTail Of(IReadOnlyList<double> margins)
    {
        double mean = margins.Average(), squares = 0, cubes = 0;
        foreach (double margin in margins)
        {
            double difference = margin - mean;
            squares += difference * difference;
            cubes += difference * difference * difference;
        }

        double deviation = Math.Sqrt(squares / (margins.Count - 1)), smallest = margins.Min();
        if (!(deviation > 0))
        {
            return new MarginTail(mean, deviation, 0, smallest, mean > 0 ? 0 : 1);
        }

        double skewness = cubes / margins.Count / Math.Pow(squares / margins.Count, 1.5), distance = mean / deviation;
        return new MarginTail(mean, deviation, skewness, smallest, distance <= 0 ? 1 : Below(distance, skewness));
    }

    // With G ~ Gamma(k), k = 4/g², (G − k)/√k has mean 0, variance 1 and skewness |g|.
    private static double Below(double distance, double skewness)
    {
        double shape = 4 / (skewness * skewness);
        return skewness >= 0 || shape > 1e6
            ? 0.5 * IncompleteGamma.Upper(0.5, distance * distance / 2)
            : IncompleteGamma.Upper(shape, shape + (distance * Math.Sqrt(shape)));
    }
}
