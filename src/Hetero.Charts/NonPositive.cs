namespace Hetero.Charts;

/// <summary>What a logarithmic axis does with values that have no logarithm.</summary>
internal enum NonPositive
{
    /// <summary>Leave them out: a line is broken there.</summary>
    Gap,

    /// <summary>Draw them on the lower end of the axis. Right for shares that underflow to zero, wrong for missing values.</summary>
    Floor,
}
