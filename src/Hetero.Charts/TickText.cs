namespace Hetero.Charts;

/// <summary>The labels below an x axis, fitted to its length: fewer ticks first, then broken names, then slanted ones.</summary>
internal sealed record TickText(ResolvedAxis Axis, IReadOnlyList<(Tick Tick, IReadOnlyList<string> Lines)> Labels, bool IsSlanted)
{
    /// <summary>Degrees by which slanted names rise.</summary>
    public const int Slant = 38;

    private const double Gap = 12;
    private const int FewestTicks = 3;
    private const double LongestSlanted = 220;

    // Sine and cosine of the slant as literals: no library bits in the layout.
    private const double Sine = 0.6157;
    private const double Cosine = 0.788;

    /// <summary>How far the labels reach below their top.</summary>
    public double Height
    {
        get
        {
            double line = TextStyle.TickLabel.LineHeight;
            return Labels.Count == 0 ? 0
                : IsSlanted ? (Labels.Max(l => TextWidth.Of(l.Lines[0], TextStyle.TickLabel)) * Sine) + line
                : Labels.Max(l => l.Lines.Count) * line;
        }
    }

    public static TickText Fit(Axis axis, Extent extent, double length)
    {
        if (axis.Scale == AxisScale.Categories)
        {
            return FitNames(ResolvedAxis.Of(axis, extent, ResolvedAxis.MostAsked), length);
        }

        ResolvedAxis resolved;
        int most = Math.Clamp((int)(length / 45), FewestTicks, ResolvedAxis.MostAsked);
        do
        {
            resolved = ResolvedAxis.Of(axis, extent, most--);
        }
        while (most >= FewestTicks && !Fits(resolved, length, 1));

        // Long labels on a short axis: keep the marks and write only every n-th number.
        int every = Enumerable.Range(1, 9).First(n => n == 9 || Fits(resolved, length, n));
        return new(
            resolved,
            [.. Labelled(resolved).Where((_, i) => i % every == 0).Select(t => (t, (IReadOnlyList<string>)[t.Label!]))],
            false);
    }

    /// <summary>How far labels reach to the left and right beyond the ends of the axis.</summary>
    public (double Left, double Right) Overhang(double length)
    {
        AxisMap map = new(Axis, 0, length);
        double left = 0;
        double right = 0;
        foreach ((Tick tick, IReadOnlyList<string> lines) in Labels)
        {
            double width = lines.Max(l => TextWidth.Of(l, TextStyle.TickLabel));
            left = Math.Max(left, (IsSlanted ? (width * Cosine) + (TextStyle.TickLabel.Size * Sine) : width / 2) - map[tick.Value]);
            right = Math.Max(right, (IsSlanted ? TextStyle.TickLabel.Size : width / 2) + map[tick.Value] - length);
        }

        return (left, right);
    }

    private static TickText FitNames(ResolvedAxis axis, double length)
    {
        double room = Math.Max((length / axis.Ticks.Count) - 8, 1);
        bool hasLongWord = axis.Labels
            .SelectMany(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Any(word => TextWidth.Of(word, TextStyle.TickLabel) > room);
        List<(Tick Tick, IReadOnlyList<string> Lines)> wrapped =
            [.. axis.Ticks.Select(t => (t, TextWrap.Lines(t.Label, TextStyle.TickLabel, room)))];
        return !hasLongWord && wrapped.All(w => w.Lines.Count <= 3)
            ? new(axis, wrapped, false)
            : new(axis, [.. axis.Ticks.Select(t => (t, (IReadOnlyList<string>)[Shorten(t.Label!)]))], true);
    }

    private static string Shorten(string name) => TextWidth.Of(name, TextStyle.TickLabel) <= LongestSlanted
        ? name
        : TextWrap.Lines(name.Replace(' ', '\u00a0'), TextStyle.TickLabel, LongestSlanted - 14)[0] + "…";

    private static List<Tick> Labelled(ResolvedAxis axis) => [.. axis.Ticks.Where(t => t.Label is not null)];

    private static bool Fits(ResolvedAxis axis, double length, int every)
    {
        AxisMap map = new(axis, 0, length);
        double end = double.NegativeInfinity;
        foreach (Tick tick in Labelled(axis).Where((_, i) => i % every == 0))
        {
            double half = TextWidth.Of(tick.Label!, TextStyle.TickLabel) / 2;
            if (map[tick.Value] - half < end + Gap)
            {
                return false;
            }

            end = map[tick.Value] + half;
        }

        return true;
    }
}
