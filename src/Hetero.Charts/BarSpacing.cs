namespace Hetero.Charts;

/// <summary>The room for one group of bars: the smallest distance between positions, as a ratio on a logarithmic axis.</summary>
internal static class BarSpacing
{
    public static double Of(Panel panel)
    {
        double[] positions =
        [
            .. panel.Series.OfType<BarSeries>().SelectMany(b => b.X).Where(x => Extent.IsUsable(x, panel.X)).Distinct().Order(),
        ];
        bool isLog = panel.X.Scale == AxisScale.Log10;
        return positions.Length < 2
            ? isLog ? 10 : 1
            : positions.Zip(positions.Skip(1), (a, b) => isLog ? b / a : b - a).Min();
    }
}
