using Hetero.Cli.Output;
using Hetero.Cli.Training;

namespace Hetero.Cli.Figures;

/// <summary>Trains all the sweeps of a figure in one batch, so that no core waits between them.</summary>
internal static class SweepBatch
{
    /// <summary>Trains, shows progress, and gives each sweep its runs.</summary>
    /// <param name="figure">The figure's name, for the progress line.</param>
    /// <param name="sweeps">What to train.</param>
    /// <param name="request">Seeds and threads.</param>
    public static void Execute(string figure, IReadOnlyList<SeedSweep> sweeps, FigureRequest request)
    {
        List<(RunSettings Settings, Action<RecordedRun> Keep)> work = [];
        foreach (SeedSweep sweep in sweeps)
        {
            if (sweep.SingleSettings is { } single)
            {
                work.Add((single, run => sweep.Single = run));
            }

            RecordedRun[] runs = new RecordedRun[request.Seeds];
            sweep.Runs = runs;
            work.AddRange(RunBatch.OverSeeds(sweep.Settings, request.Seeds)
                .Select((settings, i) => (settings, (Action<RecordedRun>)(run => runs[i] = run))));
        }

        // The longest first, or the last core works on it alone while the others have nothing left. The sort is stable.
        (RunSettings Settings, Action<RecordedRun> Keep)[] ordered = [.. work.OrderByDescending(item => RunWork.Of(item.Settings))];
        RecordedRun[] recorded;
        using (ProgressLine? progress = ProgressLine.Start(request.Context, figure, 0, 100))
        {
            recorded = RunBatch.Execute([.. ordered.Select(item => item.Settings)], request.Threads, progress, request.Context.Cancellation);
        }

        for (int i = 0; i < ordered.Length; i++)
        {
            ordered[i].Keep(recorded[i]);
        }
    }
}
