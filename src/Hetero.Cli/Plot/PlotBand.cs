using System.Globalization;
using Hetero.Charts;

namespace Hetero.Cli.Plot;

/// <summary>Median, 10 % and 90 % quantile at places; +∞ where so many runs diverged, NaN where there is no number.</summary>
/// <param name="Median">The medians.</param>
/// <param name="Low">The 10 % quantiles.</param>
/// <param name="High">The 90 % quantiles.</param>
internal sealed record PlotBand(double[] Median, double[] Low, double[] High)
{
    /// <summary>Gets what an axis must reach.</summary>
    public IEnumerable<double> Ends => [.. Low, .. High];

    /// <summary>Reads three columns.</summary>
    public static PlotBand Of(PlotSource source, string prefix)
    {
        PlotBand band = new(source.Numbers($"{prefix}median"), source.Numbers($"{prefix}q10"), source.Numbers($"{prefix}q90"));
        int crossed = Enumerable.Range(0, band.Median.Length).FirstOrDefault(row => band.Low[row] > band.Median[row] || band.Median[row] > band.High[row], -1);
        return crossed < 0
            ? band
            : throw source.Refuse(string.Create(CultureInfo.InvariantCulture, $"has a median outside of its quantiles in row {crossed + 1}"), "quantiles in their order");
    }

    /// <summary>Takes some of the places.</summary>
    public PlotBand At(IReadOnlyList<int> rows) => new([.. rows.Select(row => Median[row])], [.. rows.Select(row => Low[row])], [.. rows.Select(row => High[row])]);

    /// <summary>Draws the band and the median's line.</summary>
    public IEnumerable<Series> Lines(string? name, int slot, double[] x)
        => [new BandSeries(null, slot, x, Low, High), new LineSeries(name, slot, x, Median) { Dash = LineDash.Solid }];

    /// <summary>Draws points with whiskers.</summary>
    public PointSeries Points(string? name, int slot, double[] x) => new(name, slot, x, Median, Low, High);
}
