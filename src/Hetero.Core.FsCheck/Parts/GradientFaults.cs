namespace Hetero.Core.FsCheck;

/// <summary>The checks of any function and its gradient.</summary>
internal static class GradientFaults
{
    private const int Directions = 8;

    public static IReadOnlyList<string> Find(
        double[] point, Func<ReadOnlySpan<double>, double> value, Action<ReadOnlySpan<double>, Span<double>> gradient, double scale, ulong seed)
    {
        FaultList faults = new();
        double[] first = Numbers.Filled(point.Length, double.NaN), second = Numbers.Filled(point.Length, 1.0);
        faults.Try("The gradient", () =>
        {
            gradient(point, first);
            if (!faults.Finite<double>(first, $"The gradient leaves NaN that stood there before, or writes what is"))
            {
                return;
            }

            gradient(point, second);
            if (faults.SameBits<double>(first, second, $"The gradient leaves entries as they were, adds to them, or is not the same twice"))
            {
                GradientLine.Check<double>([.. Enumerable.Range(0, Directions).Select(Line)], 1, "The gradient of the function", faults);
            }
        });
        return faults.Sentences;

        GradientLine Line(int k)
        {
            double[] line = Numbers.Gaussian<double>(seed, k, point.Length, scale / Math.Sqrt(point.Length));
            return new($"along line {k}", h => value(Numbers.Along(point, h, line)), Numbers.Dot<double>(first, line));
        }
    }
}
