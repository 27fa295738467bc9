namespace Hetero.Charts;

/// <summary>Tick positions on a logarithmic axis: decades where there are enough of them, round numbers in between otherwise.</summary>
internal static class LogTicks
{
    private static readonly int[] Strides = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500];

    private static readonly int[][] Multiples = [[1, 2, 5], [1, 3], [1, 2, 3, 5, 7], [1, 2, 3, 4, 5, 6, 7, 8, 9]];

    /// <summary>The ticks inside [low, high], those with a label first.</summary>
    public static Tick[] Within(double low, double high, int most)
    {
        int first = PowerOfTen.Floor(low);
        int last = PowerOfTen.Floor(high);
        int firstInside = PowerOfTen.Of(first) >= low ? first : first + 1;
        if (last - firstInside + 1 >= 3)
        {
            return Decades(low, high, first, last, most);
        }

        double[] values = Multiples
            .Select(set => Between(low, high, first, last, set))
            .FirstOrDefault(v => v.Length >= 3 && v.Length <= most)
            ?? [.. Linear(low, high, most)];
        IEnumerable<double> minor = Between(low, high, first, last, Multiples[^1]).Except(values);
        return [.. TickLabels.Plain(values), .. minor.Select(v => new Tick(v, null))];
    }

    private static Tick[] Decades(double low, double high, int first, int last, int most)
    {
        int[] inside = [.. Enumerable.Range(first, last - first + 1).Where(k => PowerOfTen.Of(k) >= low)];
        int stride = Strides.First(s => inside.Count(k => k % s == 0) <= most);
        IEnumerable<Tick> labelled = inside.Where(k => k % stride == 0).Select(k => new Tick(PowerOfTen.Of(k), TickLabels.Decade(k)));

        // Between labelled decades: the digits 2 to 9 while they can be told apart, the unlabelled decades beyond that.
        IEnumerable<double> minor = stride == 1
            ? Between(low, high, first, last, Multiples[^1]).Except(inside.Select(PowerOfTen.Of))
            : stride <= 10 ? inside.Where(k => k % stride != 0).Select(PowerOfTen.Of) : [];
        return [.. labelled, .. minor.Select(v => new Tick(v, null))];
    }

    private static double[] Between(double low, double high, int first, int last, int[] digits) =>
    [
        .. Enumerable.Range(first, last - first + 1)
            .SelectMany(k => digits.Select(d => k >= 0 ? d * PowerOfTen.Of(k) : d / PowerOfTen.Of(-k)))
            .Where(v => v >= low && v <= high),
    ];

    private static IEnumerable<double> Linear(double low, double high, int most) =>
        NiceTicks.Values(NiceTicks.Within(low, high, most), low, high).Where(v => v > 0);
}
