using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <content>Saving and restoring.</content>
public partial class Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private PartDescription? _description;

    /// <summary>Writes the state: a run restored from it continues with the same bits. An observer of the run may call it too.</summary>
    /// <param name="destination">Where the state goes; left open.</param>
    /// <exception cref="InvalidOperationException">
    /// The trainer is at work on another thread, has failed, or its parts say more of themselves than a saved state can hold; the message names the part.
    /// </exception>
    public void Save(Stream destination)
    {
        if (_showing == Thread.CurrentThread)
        {
            Checkpoint.Write<T>(destination, Description, Step, _parameters, _state);
            return;
        }

        using ExclusiveUse.Scope use = Enter();
        RefuseHalfMade();
        Checkpoint.Write<T>(destination, Description, Step, _parameters, _state);
    }

    /// <summary>Continues from a saved state.</summary>
    /// <param name="source">A stream that <see cref="Save"/> wrote for a trainer of the same kind and with the same arguments; left open.</param>
    /// <exception cref="InvalidDataException">
    /// The data are torn or damaged, or come from another version of the streams or of the arithmetic; the message says what was found.
    /// </exception>
    /// <exception cref="RunMismatchException">The data belong to another run; the exception names what differs.</exception>
    /// <exception cref="InvalidOperationException">The trainer is at work already.</exception>
    public void Restore(Stream source)
    {
        using ExclusiveUse.Scope use = Enter();
        int step = Checkpoint.Read<T>(source, Description, _parameters, _state);
        HasFailed = true;
        HasDiverged = !_work.SetEstimate(_parameters, IsOutOfBounds(_parameters));
        (Step, _startShownTo, HasFailed) = (step, null, false);
    }

    // Nothing in it changes, and hashing stored measurements is a pass over all of them.
    private PartDescription Description => _description ??= RunDescription.Of(Algorithm, _model, Options, _rule, _batch, Rounds);
}
