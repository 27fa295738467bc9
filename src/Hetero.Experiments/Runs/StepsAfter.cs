using System.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Experiments.Runs;

/// <summary>Passes on what comes after a saved step: a run that was saved before its first step has recorded the start already.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class StepsAfter<T>(int saved, ITrainingObserver<T> observer) : ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public SnapshotParts Needs => observer.Needs;

    public Int128 BufferBytes(in RunSizes sizes) => observer.BufferBytes(in sizes);

    public void Observe(in TrainingSnapshot<T> snapshot)
    {
        if (snapshot.Step > saved)
        {
            observer.Observe(in snapshot);
        }
    }
}
