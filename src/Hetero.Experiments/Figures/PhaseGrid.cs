namespace Hetero.Experiments.Figures;

/// <summary>Cells over step sizes and M.</summary>
/// <param name="StepSizes">The step size of each row, ascending.</param>
/// <param name="Spreads">The M of each column, ascending.</param>
/// <param name="Cells">Row after row.</param>
internal sealed record PhaseGrid(IReadOnlyList<double> StepSizes, IReadOnlyList<double> Spreads, IReadOnlyList<PhaseCell> Cells)
{
    /// <summary>Returns a row, ascending in M.</summary>
    public IReadOnlyList<PhaseCell> Row(int row) => [.. Cells.Skip(row * Spreads.Count).Take(Spreads.Count)];

    /// <summary>Returns the M at which a row's median falls below 0.001, interpolated in its logarithm; null if it does not.</summary>
    public double? Lower(int row) => MomentumCase.Crossing(Spreads, [.. Row(row).Select(cell => cell.Median)]);

    /// <summary>Returns the M from which on a row's median is 0.001 or more again, halfway between two columns; null if there is none.</summary>
    public double? Upper(int row)
    {
        IReadOnlyList<PhaseCell> cells = Row(row);
        int last = cells.Count - 1;
        while (last >= 0 && cells[last].Median >= MomentumCase.Gone)
        {
            last--;
        }

        return last >= 0 && last + 1 < cells.Count ? Math.Sqrt(Spreads[last] * Spreads[last + 1]) : null;
    }
}
