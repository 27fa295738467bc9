using System.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>The data of one environment: measurements X_1, …, X_n and their responses y_1, …, y_n.</summary>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="Measurements">X_1, X_2, …, one after another, in the layout that <see cref="MeasuredData{T}"/> is told.</param>
/// <param name="Responses">y_1, …, y_n.</param>
public readonly record struct EnvironmentSamples<T>(ReadOnlyMemory<T> Measurements, ReadOnlyMemory<T> Responses)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>;
