using System.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>Explicit measurements as rows of svec(X_i), handed out a panel at a time. Called by several threads at once.</summary>
internal interface ISampleRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets whether the rows are made on demand and need memory to be written to.</summary>
    bool NeedsPanel { get; }

    /// <summary>Returns the rows of samples <paramref name="first"/>, <paramref name="first"/> + 1, … .</summary>
    /// <param name="group">The group whose measurement set and step are meant.</param>
    /// <param name="first">The first sample, counted in its measurement set.</param>
    /// <param name="rows">The number of rows wanted; on return the number given, at least 1.</param>
    /// <param name="panel">Memory for the rows, if they need any.</param>
    ReadOnlySpan<T> Get(scoped in SampleGroup<T> group, long first, scoped ref int rows, Span<T> panel);
}
