using System.Numerics;

namespace Hetero.Experiments.Data;

/// <summary>The measurements of an environment, row by row, as they stand.</summary>
internal readonly struct DataRows<T>(DataSet<T> data, int environment)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory<T> _all = data.Environments[environment].Measurements;

    /// <summary>Gets the number of rows.</summary>
    public int Count { get; } = data.Environments[environment].Responses.Length;

    /// <summary>Gets the numbers of a row.</summary>
    public int Length => _all.Length / Count;

    /// <summary>Returns a row.</summary>
    public ReadOnlySpan<T> Row(int index) => _all.Span.Slice(index * Length, Length);
}
