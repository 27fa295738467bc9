using System.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>The data of one environment: measurements X_1, …, X_n and their responses y_1, …, y_n.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Measurements">X_1, X_2, …, one after another, in the layout that <see cref="MeasuredData{T}"/> is told.</param>
/// <param name="Responses">y_1, …, y_n.</param>
public readonly record struct EnvironmentSamples<T>(ReadOnlyMemory<T> Measurements, ReadOnlyMemory<T> Responses)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Gets which of <see cref="Measurements"/> belongs to each response, counted from 0; empty where y_i belongs to the i-th of all. So rows that are left out stay where they are, in a file that is
    /// mapped for example, and the bits are those of a copy of the others.
    /// </summary>
    /// <remarks>In ascending order they are read the fastest: rows beside each other are not copied before they are used.</remarks>
    public ReadOnlyMemory<int> Rows { get; init; }
}
