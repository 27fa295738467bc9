using System.Numerics;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Cli.Training;
using Hetero.Core.Numerics;
using Hetero.Core.Training;

namespace Hetero.Cli.Run;

/// <summary>Trains once and writes what came of it, however it ended.</summary>
internal static class RunExecution
{
    public static void Execute<T>(RunRequest request, CommandContext context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using RunOutputs outputs = RunOutputs.Open(request.Out, request.Json, request.Checkpoint);
        using WorkerTeam? team = request.Settings.Threads > 1 ? new WorkerTeam(request.Settings.Threads) : null;
        TrainingRun<T> training = TrainingSetup.Create<T>(request.Settings, team);
        int savedStep = request.Resume is { } resume ? SavedState.Restore(training.Trainer, resume, request.Settings.Steps) : -1;

        RecordedRun run;
        using (ProgressLine? progress = ProgressLine.Start(context, "step", training.Trainer.Step, request.Settings.Steps))
        {
            run = training.Record(progress, context.Cancellation, savedStep);
        }

        WriteRows(outputs, run.Trajectory, context);

        // A diverged iterate is nothing to continue from.
        if (outputs.Checkpoint is { } checkpoint && run.Outcome.Status != TrainingStatus.Diverged)
        {
            training.Trainer.Save(checkpoint.Stream);
            checkpoint.Commit();
        }

        if (outputs.Manifest is { } manifest)
        {
            JsonText.WriteObject(manifest.Stream, json => RunManifest.Write(json, request, run));
            manifest.Commit();
        }

        ThrowIfUnfinished(request, run);
    }

    private static void WriteRows(RunOutputs outputs, Trajectory trajectory, CommandContext context)
    {
        if (outputs.Trajectory is { } file)
        {
            file.WriteText(writer => TrajectoryCsv.Write(trajectory, writer));
            file.Commit();
        }
        else
        {
            TrajectoryCsv.Write(trajectory, context.Output);
            context.Output.Flush();
        }
    }

    private static void ThrowIfUnfinished(RunRequest request, RecordedRun run)
    {
        string kept = run.Trajectory.Count == 0
            ? "no row was recorded"
            : $"the rows up to step {run.Trajectory.Rows[^1].Step} are kept";
        if (run.Failure is { } failure)
        {
            throw new FailedException($"the run broke off after step {run.Outcome.Step} ({failure.Message.TrimEnd('.')}); {kept}.");
        }

        switch (run.Outcome.Status)
        {
            case TrainingStatus.Diverged:
                string noState = request.Checkpoint is null ? "" : ", and no checkpoint is written";
                throw new FailedException(
                    $"the run diverged at step {run.Outcome.Step}: an entry of U is not finite, or its squared norm is above "
                    + $"{Texts.Of(Trainer<double>.DivergenceThreshold)}; {kept}{noState}.");
            case TrainingStatus.Cancelled:
                throw new FailedException($"cancelled after step {run.Outcome.Step} of {request.Settings.Steps}; {kept}.");
        }
    }
}
