using System.Diagnostics;
using System.Numerics;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Core.Numerics;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Run;

/// <summary>Says what a run will take: memory from its sizes, time from a few real steps. Files that a run would refuse are refused here too.</summary>
internal static class DryRun
{
    private const int MostSteps = 20;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(0.5);

    public static void Execute<T>(RunRequest request, CommandContext context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RunRecipe recipe = request.Recipe;
        MemoryEstimate memory = MemoryEstimate.Of(recipe);
        string estimate = $"memory: {ByteSize.Of(memory.Total)} (measurements {ByteSize.Of(memory.Measurements)}, "
            + $"matrices {ByteSize.Of(memory.Matrices)}, rows {ByteSize.Of(memory.Rows)})";
        try
        {
            Runner.Check(recipe);
        }
        catch (RecipeException exception)
        {
            // A line that is refused writes nothing but its refusal.
            throw exception.With(estimate);
        }

        using RunOutputs outputs = RunOutputs.Open(request, context);
        using WorkerTeam? team = recipe.Threads > 1 ? new WorkerTeam(recipe.Threads) : null;
        long start = Stopwatch.GetTimestamp();
        RecipeTrainer<T> run = Runner.Create<T>(recipe, team, context.Cancellation);
        int left = recipe.Steps
            - (request.Resume is { } resume ? SavedState.Restore(run.Trainer, resume, recipe.Steps, context.Cancellation) : 0);
        context.Output.WriteLine(estimate);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;

        // The first step compiles the kernels and touches the memory for the first time; it does not count.
        Advance(run.Trainer, context.Cancellation);
        start = Stopwatch.GetTimestamp();
        int steps = 0;
        do
        {
            Advance(run.Trainer, context.Cancellation);
            steps++;
        }
        while (steps < MostSteps && Stopwatch.GetElapsedTime(start) < Enough);

        double step = Stopwatch.GetElapsedTime(start).TotalSeconds / steps;
        context.Output.WriteLine(
            $"time: about {Duration.Of(seconds + (step * left))} "
            + $"({Duration.Of(seconds)} to prepare, {left} steps of {Duration.Of(step)})");
    }

    private static void Advance<T>(Trainer<T> trainer, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (trainer.Run(1, cancellation: cancellation).Status == TrainingStatus.Cancelled)
        {
            throw new OperationCanceledException(cancellation);
        }
    }
}
