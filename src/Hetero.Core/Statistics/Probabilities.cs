using System.Globalization;

namespace Hetero.Core.Statistics;

/// <summary>Lists of probabilities as users give them. Thread-safe: no state.</summary>
internal static class Probabilities
{
    /// <summary>How far their sum may be from 1.</summary>
    public const double Tolerance = 1e-9;

    // Probabilities divided by their sum, the sum and the sum of the quotients are each rounded once: that makes 2⁻⁵³ three times. What is as near
    // to 1 is left as it is, so that dividing a second time changes nothing.
    private const double RoundOff = 4.0 / (1L << 53);

    /// <summary>Returns probabilities with a sum of 1; equal ones for an empty list.</summary>
    public static double[] Checked(ReadOnlySpan<double> probabilities, int count, string name)
    {
        double[] checkedProbabilities = new double[count];
        Array.Fill(checkedProbabilities, 1.0 / count);
        if (probabilities.IsEmpty)
        {
            return checkedProbabilities;
        }

        Guard.Length(probabilities.Length, count, name);
        for (int e = 0; e < count; e++)
        {
            if (!(probabilities[e] > 0 && double.IsFinite(probabilities[e])))
            {
                throw new ArgumentOutOfRangeException(
                    name, probabilities[e], FormattableString.Invariant($"'{name}[{e}]' is {probabilities[e]}; accepted is a finite number above 0."));
            }
        }

        double sum = Sum(probabilities), deviation = Math.Abs(sum - 1);
        if (!(deviation <= Tolerance))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{name}' has the sum {sum}; accepted is 1 within {Tolerance}."),
                name);
        }

        for (int e = 0; e < count; e++)
        {
            checkedProbabilities[e] = deviation <= RoundOff ? probabilities[e] : probabilities[e] / sum;
        }

        return checkedProbabilities;
    }

    /// <summary>Returns the index that a number uniform on [0, 1) picks: shares of the interval, one after another.</summary>
    public static int IndexOf(ReadOnlySpan<double> probabilities, double uniform)
    {
        int index = 0;
        while (index < probabilities.Length - 1 && uniform >= probabilities[index])
        {
            uniform -= probabilities[index++];
        }

        return index;
    }

    /// <summary>The sum with one rounding error, however many numbers there are (Neumaier, 1974).</summary>
    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0, lost = 0;
        foreach (double value in values)
        {
            double next = sum + value;
            lost += sum >= value ? sum - next + value : value - next + sum;
            sum = next;
        }

        return double.IsFinite(sum) ? sum + lost : sum;
    }
}
