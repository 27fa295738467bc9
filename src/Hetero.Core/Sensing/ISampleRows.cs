using System.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>Explicit measurements as rows of svec(X_i), handed out a panel at a time. Called by several threads at once.</summary>
internal interface ISampleRows<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Says whether a group's rows are made on demand, or gathered, and need memory to be written to.</summary>
    /// <param name="group">The group.</param>
    bool NeedsPanel(in SampleGroup<T> group);

    /// <summary>Returns the rows of samples <paramref name="first"/>, <paramref name="first"/> + 1, … .</summary>
    /// <param name="group">The group whose measurement set and step are meant.</param>
    /// <param name="first">The first sample, counted as the group counts: in its measurement set, or its batch.</param>
    /// <param name="rows">The number of rows wanted; on return the number given, at least 1.</param>
    /// <param name="panel">Memory for the rows, if they need any.</param>
    ReadOnlySpan<T> Get(scoped in SampleGroup<T> group, long first, scoped ref int rows, Span<T> panel);

    /// <summary>Gets whether the samples have responses y_i of their own, which are taken from their products with the first matrix.</summary>
    bool HasResponses => false;

    /// <summary>Writes the responses of samples <paramref name="first"/>, <paramref name="first"/> + 1, … .</summary>
    /// <param name="group">The group.</param>
    /// <param name="first">The first sample, counted as in <see cref="Get"/>.</param>
    /// <param name="responses">Receives a response for each sample.</param>
    void CopyResponses(in SampleGroup<T> group, long first, Span<T> responses) => responses.Clear();

    /// <summary>Returns the entry of the noise stream that belongs to a sample.</summary>
    /// <param name="group">The group.</param>
    /// <param name="sample">The sample, counted as in <see cref="Get"/>.</param>
    long NoiseEntry(in SampleGroup<T> group, long sample);
}
