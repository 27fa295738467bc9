using Hetero.Core.FsCheck;
using Hetero.Core.Numerics;
using Hetero.Core.Training;
using YourParts;

// Each part by itself, then in a run: its bits, its saved states and its memory.
List<string> faults = [];
foreach ((string part, Func<WorkerTeam?, Trainer<double>> create) in OwnRuns.All)
{
    Report(part, create(null), null, [.. OwnChecks.Faults(part), .. PartChecks.FaultsOfTrainer(create)]);
}

// An observer sees the iterates, and may end the run.
TrainingOutcome outcome = OwnRuns.CreateStill().Run(100_000, new StopWhenStill(1e-6));
Report(
    $"{nameof(StopWhenStill)}, which ended a run at step {outcome.Step}",
    OwnRuns.CreateStill(),
    new StopWhenStill(1e-6),
    outcome.Status == TrainingStatus.Stopped ? [] : ["The observer did not end the run."]);

IReadOnlyList<string> refuted = OwnChecks.Faults(nameof(DrawnNorm));
faults.AddRange(refuted);
Console.WriteLine($"{nameof(DrawnNorm)}: {(refuted.Count == 0 ? "agrees on all drawn instances" : string.Join(' ', refuted))}");
return faults.Count == 0 ? 0 : 1;

void Report(string part, Trainer<double> trainer, ITrainingObserver<double>? observer, IReadOnlyList<string> found)
{
    double bytes = PartChecks.BytesPerStep(trainer, observer: observer);
    if (bytes != 0 || trainer.HasDiverged)
    {
        found = [.. found, $"The measured run allocates {bytes} bytes a step{(trainer.HasDiverged ? ", and diverged" : "")}."];
    }

    faults.AddRange(found);
    Console.WriteLine($"{part}: {trainer.Algorithm}, {trainer.Step} steps, {bytes} bytes a step, {(found.Count == 0 ? "no fault" : string.Join(' ', found))}");
}
