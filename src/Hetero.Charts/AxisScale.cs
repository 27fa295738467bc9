namespace Hetero.Charts;

/// <summary>How an axis maps values to lengths.</summary>
internal enum AxisScale
{
    Linear,
    Log10,

    /// <summary>Names at the positions 0, 1, 2, …</summary>
    Categories,
}
