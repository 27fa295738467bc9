using System.Numerics;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Core.Numerics;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Run;

/// <summary>Trains once and writes what came of it, however it ended.</summary>
internal static class RunExecution
{
    public static void Execute<T>(RunRequest request, CommandContext context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RunOutputs outputs = RunOutputs.Open(request, context);
        using WorkerTeam? team = request.Recipe.Threads > 1 ? new WorkerTeam(request.Recipe.Threads) : null;
        RecipeTrainer<T> training = Runner.Create<T>(request.Recipe, team, context.Cancellation);
        int savedStep = request.Resume is { } resume
            ? SavedState.Restore(training.Trainer, resume, request.Recipe.Steps, context.Cancellation)
            : -1;
        string? warning = null;
        ProgressLine? progress = null;
        void SaveOnTheWay(Trajectory rows)
        {
            if (outputs.SaveOnTheWay(rows, training.Trainer) is { } failure && failure != warning)
            {
                progress?.Clear();
                context.Warn($"after step {training.Trainer.Step}: {failure} The run goes on.");
                warning = failure;
            }
        }

        RecordedRun run;
        using (progress = ProgressLine.Start(context, "step", training.Trainer.Step, request.Recipe.Steps))
        {
            PeriodicSave? periodic = request.CheckpointEvery is { } every ? new PeriodicSave(every, SaveOnTheWay) : null;
            run = training.Record(progress, savedStep, periodic, context.Cancellation);
        }

        // A diverged iterate is nothing to continue from, and a half-made one is none.
        bool areRowsKept = outputs.WriteRowsAndState(
            run.Trajectory, run.Outcome.Status == TrainingStatus.Diverged || training.Trainer.HasFailed ? null : training.Trainer);
        outputs.WriteManifest(json => RunManifest.Write(json, request, run));
        outputs.ThrowIfFailed(Ending(request, run, areRowsKept));
    }

    private static string? Ending(RunRequest request, RecordedRun run, bool areRowsKept)
    {
        string kept = run.Trajectory.Count == 0 ? "no row was recorded"
            : areRowsKept ? $"the rows up to step {run.Trajectory.Rows[^1].Step} are kept"
            : "its rows are lost";
        if (run.Failure is { } failure)
        {
            string reason = failure is ArgumentException argument ? ArgumentText.Of(argument) : failure.Message;
            return $"the run broke off after step {run.Outcome.Step} ({reason.TrimEnd('.')}); {kept}.";
        }

        switch (run.Outcome.Status)
        {
            case TrainingStatus.Diverged:
                string noState = request.Checkpoint is null ? "" : $", and no {(request.CheckpointEvery is null ? "" : "later ")}checkpoint is written";
                string shrinkage = request.Recipe.Model == ModelKind.QuadraticNetwork
                    ? "the denominator of the shrinkage, 1 - eta*(||U||^2 - tau), was not above 0, or " : "";
                return $"the run diverged at step {run.Outcome.Step}: {shrinkage}an entry of the parameters or of their matrix is not finite, or the parameters' squared norm is above "
                    + $"{Texts.Of(Trainer<double>.DivergenceThreshold)}; {kept}{noState}.";
            case TrainingStatus.Cancelled:
                return $"cancelled after step {run.Outcome.Step} of {request.Recipe.Steps}; {kept}.";
            default:
                return null;
        }
    }
}
