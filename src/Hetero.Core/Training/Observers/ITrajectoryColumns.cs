using System.Numerics;

namespace Hetero.Core.Training;

/// <summary>Columns that a trajectory has beside its own: numbers of an iterate, such as the weights of neurons.</summary>
/// <remarks>Belongs to one recorder; need not be thread-safe. Computing should allocate nothing.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public interface ITrajectoryColumns<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the names of the columns, as a header has them.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>
    /// Gets what the columns need of every snapshot, which a run is held against before its first step; the estimate and the gradient unless they say otherwise. Columns that say
    /// <see cref="SnapshotParts.None"/> are recorded of runs in factored form too.
    /// </summary>
    SnapshotParts Needs => SnapshotParts.Estimate | SnapshotParts.Gradient;

    /// <summary>Computes the numbers of a row.</summary>
    /// <param name="snapshot">The iterate.</param>
    /// <param name="values">Receives a number for each name.</param>
    void Compute(in TrainingSnapshot<T> snapshot, Span<double> values);
}
