using System.Numerics;

namespace Hetero.Experiments.Data;

/// <summary>Responses that are far from all others of their environment, as a wrong unit or a broken instrument leaves them.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Row">The farthest one.</param>
/// <param name="Value">Its value.</param>
/// <param name="Median">The median of the environment, of a part of its rows evenly spread where they are many.</param>
internal readonly record struct ResponseOutliers(int Count, int Row, double Value, double Median)
{
    /// <summary>
    /// How many median deviations from the median count as far. Of Gaussian responses none ever is (67 standard deviations); of a row in ten thousand with tails like t⁻³ one can be.
    /// </summary>
    private const double Far = 100;

    private const int Sampled = 100_001;

    /// <summary>Looks for them.</summary>
    /// <param name="responses">y of an environment, finite.</param>
    public static ResponseOutliers In<T>(ReadOnlySpan<T> responses)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = Math.Max(1, responses.Length / Sampled);
        double[] values = new double[(responses.Length + stride - 1) / stride];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = double.CreateTruncating(responses[i * stride]);
        }

        double median = Middle(values);
        double deviation = Middle([.. values.Select(value => Math.Abs(value - median))]);
        (int count, int row, double largest) = (0, 0, Far * deviation);

        // Where most responses are one number, none of the others is far by this measure.
        for (int i = 0; i < responses.Length && deviation > 0; i++)
        {
            double distance = Math.Abs(double.CreateTruncating(responses[i]) - median);
            count += distance > Far * deviation ? 1 : 0;
            (row, largest) = distance > largest ? (i, distance) : (row, largest);
        }

        return new(count, row, double.CreateTruncating(responses[row]), median);
    }

    private static double Middle(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
