using System.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>Looks at the iterate U_0 and at every iterate that a step leads to. Called on the training thread; what it does not copy is gone.</summary>
/// <typeparam name="T">float or double.</typeparam>
public interface ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Gets what the observer needs of every snapshot, which a run is held against before its first step; the estimate and the gradient unless it says otherwise. One that says
    /// <see cref="SnapshotParts.None"/> observes runs in factored form too.
    /// </summary>
    SnapshotParts Needs => SnapshotParts.Estimate | SnapshotParts.Gradient;

    /// <summary>Returns the bytes of the observer's buffers; 0 unless it says otherwise.</summary>
    /// <param name="sizes">The sizes of the run, <see cref="Trainer{T}.Sizes"/>.</param>
    Int128 BufferBytes(in RunSizes sizes) => 0;

    /// <summary>Looks at one iterate.</summary>
    /// <param name="snapshot">The iterate and the step that led to it.</param>
    void Observe(in TrainingSnapshot<T> snapshot);
}
