using System.Globalization;
using System.Numerics;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Cli.Run;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Fit;

/// <summary>Fits and writes what came of it.</summary>
internal static class FitExecution
{
    public static void Execute<T>(FitRequest request, CommandContext context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using DataSet<T> data = DataFile.Open<T>(request.Data, context.Cancellation);
        if (data.AsymmetricMatrices > 0)
        {
            context.Warn(FormattableString.Invariant($"{data.AsymmetricMatrices} measurements are not symmetric; their symmetric part counts."));
        }

        request.Recipe.Check(data.Manifest);
        WarnOfMean(data, context);
        using FitFiles files = FitFiles.Open(request, data.Manifest, context);
        using WorkerTeam? team = request.Recipe.Training.Threads > 1 ? new WorkerTeam(request.Recipe.Training.Threads) : null;
        FitResult<T> result;
        using (ProgressLine? progress = ProgressLine.Start(context, "fit", 0, 100))
        {
            result = Fit(data, request, files.Saving(context, progress), team, progress, context);
        }

        if (result.IsCancelled)
        {
            throw new FailedException($"cancelled; {(files.HasStates ? "the states are kept, and '--resume' goes on from them" : "nothing is written")}.");
        }

        FitVerdict? verdict = FitVerdict.Of(result, data.Manifest.Dimension);
        files.Write(request, data.Manifest, result, verdict);
        files.ThrowIfFailed(Ending(result, verdict));
        FitReport.Write(context.Output, request.Out, data.Manifest, result, verdict!);
        files.RemoveLeftovers(context.Output);
    }

    /// <summary>Says so where responses have a mean that no centered measurements give: it counts as noise, and hides all else.</summary>
    private static void WarnOfMean<T>(DataSet<T> data, CommandContext context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const double Share = 0.5, Errors = 6;
        for (int e = 0; e < data.Environments.Count && data.Manifest.Layout != MeasurementLayout.RankOne; e++)
        {
            (double sum, double squares, int n) = (0, 0, data.Environments[e].Responses.Length);
            foreach (T response in data.Environments[e].Responses.Span)
            {
                double y = double.CreateTruncating(response);
                (sum, squares) = (sum + y, squares + (y * y));
            }

            double mean = sum / n, deviation = Math.Sqrt(Math.Max(0, (squares / n) - (mean * mean)));
            if (Math.Abs(mean) > Math.Max(Share, Errors / Math.Sqrt(n)) * deviation)
            {
                context.Warn($"the responses of '{Shown.Of(data.Manifest.Environments[e].Name)}' have a mean of {mean.ToString("G3", CultureInfo.InvariantCulture)}, which counts as noise: "
                    + "take each environment's mean off, and off its measurements; 'hetero check-data' says more.");
                return;
            }
        }
    }

    private static FitResult<T> Fit<T>(DataSet<T> data, FitRequest request, FitSaving? saving, WorkerTeam? team, ProgressLine? progress, CommandContext context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const string Accepted = "states of the same fit, or a directory without any";
        try
        {
            return Fitting.Fit(data, request.Recipe, saving, team, progress, context.Cancellation);
        }
        catch (RunMismatchException exception) when (exception.Name.Length == 0)
        {
            throw new UsageException($"'--resume' meets a state of '{Shown.Of(request.Out)}' that is of other data ({exception.Message.TrimEnd('.')}); accepted are {Accepted}.");
        }
        catch (RunMismatchException exception)
        {
            throw new UsageException($"'--resume' meets states of '{Shown.Of(request.Out)}' from a fit with another {SavedParts.OptionsOf(exception.Name)}; accepted are {Accepted}.");
        }
        catch (InvalidDataException exception)
        {
            throw new UsageException($"'--resume' meets a state of '{Shown.Of(request.Out)}' that cannot be read ({exception.Message.TrimEnd('.')}); accepted are {Accepted}.");
        }
    }

    private static string? Ending<T>(FitResult<T> result, FitVerdict? verdict)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (result.Tuning is { Chosen: null } tuning)
        {
            string tried = string.Join(", ", tuning.StepSizes.Select(one => Texts.Of(one.StepSize)));
            return $"'--tune' found no step size with which all folds come to their last step with a criterion that is finite, of {tried}; the table is kept.";
        }

        FittedRun<T>[] diverged = [.. result.AllRuns.Where(run => run.Outcome.Status == TrainingStatus.Diverged)];
        string which = string.Join(", ", diverged.Select(run => FormattableString.Invariant($"{run.Name} at step {run.Outcome.Step}")));
        return diverged.Length == 0 && result.Chosen is null
                ? "no run has a criterion that is finite, as squares of the responses or of the estimate leave the range of numbers; divide the responses by a constant. The trajectory is kept."
            : diverged.Length == 0 && verdict is null ? "the estimate is 0: it has nothing to say; the trajectory is kept."
            : diverged.Length == 0 ? null
            : result.Chosen is null
                ? $"the fit diverged with '--step-size' {Texts.Of(result.Recipe.Training.StepSize)} ({which}), {Advice(result)}; the trajectory is kept."
            : result.Pooled?.Best is null ? $"pooled training diverged ({which}); the trajectory is kept."
            : null;
    }

    private static string Advice<T>(FitResult<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => result.StepSize is { To: { } to }
                ? $"which auto chose, as up to {to.ToString("G3", CultureInfo.InvariantCulture)} is stable but for the noise of few rows: a smaller number, or '--tune', may do"
            : result.StepSize is not null ? "which auto chose, though none is predicted to be stable: a smaller number, or '--tune', may do"
            : "a smaller one, or auto, which goes by the data, may do";
}
