using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Training;

namespace Hetero.Core.FsCheck;

/// <summary>The checks of a whole trainer.</summary>
internal sealed class TrainerFaults<T>(Func<WorkerTeam?, Trainer<T>> create, int steps)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly FaultList _faults = new();
    private readonly List<T[]> _iterates = [];
    private readonly List<(int Step, byte[] State)> _states = [];

    public IReadOnlyList<string> Find()
    {
        Trainer<T>? first = null;
        if (!_faults.Try("The run", () => first = Follow()) || first is null || _iterates.Count <= steps)
        {
            return _faults.Sentences;
        }

        _faults.Try("A second run", () =>
        {
            Trainer<T> second = create(null);
            if (_faults.Require(!ReferenceEquals(first, second), $"The function returned the same trainer twice; accepted is a fresh one from each call."))
            {
                Compare(second, "A second run has other bits than the first; a part draws numbers that are no function of seed and step, or keeps something outside of its trainer");
            }
        });
        _faults.Try("A run on a team", () => TeamRuns.ForEach(team => Compare(
            create(team), $"A run on a team of {team.Degree} has other bits than one on the calling thread; the order of a sum depends on the threads")));
        foreach ((int step, byte[] state) in _states)
        {
            _faults.Try($"A run that is continued from step {step}", () => Continue(create(null), step, state, "a fresh trainer"));
            _faults.Try($"A run that is continued from step {step}", () => Continue(first, step, state, "a trainer that made other steps before"));
        }

        _faults.Try("The measured run", Measure);
        return _faults.Sentences;
    }

    /// <summary>Makes the run that all others are held against, and keeps its iterates and some states.</summary>
    private Trainer<T> Follow()
    {
        Trainer<T> trainer = create(null);
        if (!_faults.Require(trainer.Step == 0, $"The function returned a trainer at step {trainer.Step}; accepted is a fresh one from each call."))
        {
            return trainer;
        }

        const double Limit = Trainer<T>.DivergenceThreshold;
        _iterates.Add(trainer.Parameters.ToArray());
        for (int step = 0; step < steps; step++)
        {
            if (step == 0 || step == 1 || step == steps / 2 || step == steps - 1)
            {
                using MemoryStream stream = new();
                trainer.Save(stream);
                _states.Add((step, stream.ToArray()));
            }

            if (!_faults.Require(
                    trainer.Advance() == TrainingStatus.Completed,
                    $"The run diverged in step {trainer.Step}: parameters are not finite, or their squared norm is above {Limit}. Take a smaller step size if the parts are right.")
                || !_faults.Finite(trainer.Model.Space.IsFactored ? trainer.Parameters : trainer.Estimate, $"After step {trainer.Step} the estimate is"))
            {
                return trainer;
            }

            _iterates.Add(trainer.Parameters.ToArray());
        }

        return trainer;
    }

    private void Compare(Trainer<T> trainer, string sentence)
    {
        for (int step = trainer.Step; ; step++)
        {
            if (!_faults.SameBits<T>(_iterates[step], trainer.Parameters, $"{sentence}: after step {step}") || step == steps)
            {
                return;
            }

            trainer.Advance();
        }
    }

    private void Continue(Trainer<T> trainer, int step, byte[] state, string of)
    {
        using MemoryStream stream = new(state);
        try
        {
            trainer.Restore(stream);
        }
        catch (RunMismatchException exception)
        {
            _faults.Add($"A state of step {step} is refused by {of} of the same arguments: {exception.Message} A description must say the same whenever it is asked for.");
            return;
        }

        Compare(
            trainer,
            $"A run that is continued from step {step} by {of} has other bits; what a part keeps from step to step belongs into the state of the update rule, "
            + "or must follow from the step");
    }

    private void Measure()
    {
        Trainer<T> trainer = create(null);
        double bytes = BytesPerStep(trainer, steps, steps);
        if (_faults.Require(!trainer.HasDiverged, $"The run diverged in step {trainer.Step}, before its memory was measured. Take a smaller step size if the parts are right."))
        {
            _faults.Require(bytes == 0, $"A step allocates {bytes} bytes on average, after the first {steps}; it must allocate nothing.");
        }
    }

    public static double BytesPerStep(Trainer<T> trainer, int warmUp, int steps, ITrainingObserver<T>? observer = null)
    {
        for (int i = 0; i < warmUp; i++)
        {
            Step();
        }

        return (double)Allocated.Bytes(steps, Step) / steps;

        void Step()
        {
            if (observer is null)
            {
                trainer.Advance();
            }
            else
            {
                trainer.Run(1, observer);
            }
        }
    }
}
