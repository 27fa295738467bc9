namespace Hetero.Charts;

/// <summary>A matrix of values as coloured cells, with the colour scale beside the plot.</summary>
internal sealed class HeatMap : Series
{
    /// <param name="x">Centres of the columns, increasing.</param>
    /// <param name="y">Centres of the rows, increasing.</param>
    /// <param name="values">One row for each y, one column for each x.</param>
    /// <param name="colors">Label, spacing and range of the colour scale; values outside take the end colours.</param>
    public HeatMap(IReadOnlyList<double> x, IReadOnlyList<double> y, double[,] values, Axis colors)
        : base(null, 0)
    {
        X = Centres(x, nameof(x));
        Y = Centres(y, nameof(y));
        Colors = Guard.NotNull(colors, nameof(colors));
        if (values is null)
        {
            throw new ArgumentNullException(nameof(values), "values is null; accepted: a matrix.");
        }

        if (values.GetLength(0) != Y.Length || values.GetLength(1) != X.Length)
        {
            throw new ArgumentException(
                Guard.Invariant($"values is {values.GetLength(0)}×{values.GetLength(1)}; accepted: {Y.Length}×{X.Length} (y by x)."),
                nameof(values));
        }

        if (colors.Scale == AxisScale.Categories)
        {
            throw new ArgumentException("colors has the scale Categories; accepted: Linear, Log10.", nameof(colors));
        }

        Values = (double[,])values.Clone();
    }

    public double[] X { get; }

    public double[] Y { get; }

    public double[,] Values { get; }

    public Axis Colors { get; }

    /// <summary>What the legend calls cells without a value.</summary>
    public string MissingName
    {
        get;
        init => field = Guard.Text(value, nameof(MissingName));
    } = "no data";

    private static double[] Centres(IReadOnlyList<double> values, string argument)
    {
        double[] centres = Guard.Copy(values, argument);
        if (centres.Length == 0)
        {
            throw new ArgumentException($"{argument} has 0 values; accepted: 1 or more.", argument);
        }

        for (int i = 0; i < centres.Length; i++)
        {
            if (!Guard.IsDrawable(centres[i]) || (i > 0 && centres[i] <= centres[i - 1]))
            {
                throw new ArgumentException(
                    Guard.Invariant($"{argument}[{i}] is {centres[i]}; accepted: finite numbers in increasing order."), argument);
            }
        }

        return centres;
    }
}
