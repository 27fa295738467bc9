using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <content>What the samples of a step say of A* alone, for observers that ask for it.</content>
public partial class Trainer<T>
{
    private bool _wantsInvariantGradient;

    /// <summary>
    /// Has every step from here on also make (1/m) Σ ⟨X_i, M_t − A*⟩X_i from its own X_i, which observers see as
    /// <see cref="TrainingSnapshot{T}.InvariantGradient"/>. An observer that needs it asks before the run. The iterates keep their bits. Measuring
    /// takes up to twice its time, and memory: 5·p numbers, p = d(d+1)/2, and what the source needs for two matrices, all of it in <see cref="BufferBytes"/> from here on.
    /// </summary>
    /// <exception cref="InvalidOperationException">The batch cannot make it (<see cref="Batch{T}.HasInvariantGradient"/>), a step is a federated round, or the trainer is at
    /// work.</exception>
    public void RequestInvariantGradient()
    {
        using ExclusiveUse.Scope use = Enter();
        if (!_batch.HasInvariantGradient)
        {
            throw new InvalidOperationException(
                $"{Algorithm} cannot measure M − A* with a step's own samples here; accepted is a batch of one environment of known signals in coordinates, without truncation and pooled share.");
        }

        if (_round is not null)
        {
            throw new InvalidOperationException($"A step of the trainer is a federated round of {Rounds}, which is no step of one gradient; accepted is a trainer without rounds.");
        }

        _work.RequestInvariantGradient();
        _wantsInvariantGradient = true;
    }
}
