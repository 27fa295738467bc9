using System.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>Several observers as one, called in their order. What one of them throws ends the run, and the ones after it do not see the iterate.</summary>
/// <remarks>As thread-safe as its observers.</remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class CompositeObserver<T> : ITrainingObserver<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ITrainingObserver<T>[] _observers;

    /// <summary>Puts observers together.</summary>
    /// <param name="observers">The observers.</param>
    /// <exception cref="ArgumentNullException">One of them is null.</exception>
    public CompositeObserver(params ReadOnlySpan<ITrainingObserver<T>> observers)
    {
        foreach (ITrainingObserver<T> observer in observers)
        {
            ArgumentNullException.ThrowIfNull(observer, nameof(observers));
        }

        _observers = observers.ToArray();
    }

    /// <summary>Gets what any of them needs.</summary>
    public SnapshotParts Needs
    {
        get
        {
            SnapshotParts needs = SnapshotParts.None;
            foreach (ITrainingObserver<T> observer in _observers)
            {
                needs |= observer.Needs;
            }

            return needs;
        }
    }

    /// <inheritdoc/>
    public Int128 BufferBytes(in RunSizes sizes)
    {
        Int128 bytes = 0;
        foreach (ITrainingObserver<T> observer in _observers)
        {
            bytes += observer.BufferBytes(in sizes);
        }

        return bytes;
    }

    /// <inheritdoc/>
    public void Observe(in TrainingSnapshot<T> snapshot)
    {
        foreach (ITrainingObserver<T> observer in _observers)
        {
            observer.Observe(in snapshot);
        }
    }
}
