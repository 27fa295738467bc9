namespace Hetero.Charts;

/// <summary>Bars from zero (on a logarithmic axis: from its lower end). Several series in a panel stand side by side.</summary>
internal sealed class BarSeries(
    string? name,
    int slot,
    IReadOnlyList<double> x,
    IReadOnlyList<double> y,
    IReadOnlyList<double>? low = null,
    IReadOnlyList<double>? high = null) : WhiskeredSeries(name, slot, x, y, low, high);
