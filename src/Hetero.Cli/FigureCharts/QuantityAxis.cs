using Hetero.Charts;
using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.FigureCharts;

/// <summary>The axis of a quantity of runs, and what it is called.</summary>
internal static class QuantityAxis
{
    /// <summary>Says a quantity in words.</summary>
    public static string TitleOf(RowQuantity quantity)
        => quantity == RowQuantity.Signal ? "true share"
            : quantity == RowQuantity.Spurious ? "spurious share"
            : quantity == RowQuantity.Residual ? "residual"
            : quantity == RowQuantity.Error ? "error to A*"
            : "error to A* + Ā";

    /// <summary>
    /// Shares that die out are told apart on a logarithmic axis alone; those with a sign have no place on it. A run on its way to infinity leaves the picture: it would press
    /// all others flat.
    /// </summary>
    /// <param name="label">What the axis shows; empty for nothing.</param>
    /// <param name="quantity">What is drawn.</param>
    /// <param name="values">All values that are drawn; those that are not finite do not count.</param>
    /// <param name="isLogarithmic">How the axis is spaced; null for what suits the values.</param>
    public static Axis Of(string label, RowQuantity quantity, IEnumerable<double> values, bool? isLogarithmic = null)
    {
        double[] drawn = [.. values.Where(double.IsFinite)];
        double least = drawn.DefaultIfEmpty(0).Min(), most = drawn.DefaultIfEmpty(1).Max();
        return isLogarithmic ?? (quantity != RowQuantity.Signal && least >= 0)
            ? Axis.Log(label).From(Math.Clamp(least, 1e-8, 0.1), Math.Clamp(3 * most, 1, 100)) with { NonPositive = NonPositive.Floor }
            : Axis.Linear(label).From(Math.Min(0, Math.Max(least, -3)), Math.Clamp(1.05 * most, 1.1, 3));
    }
}
