using System.Globalization;
using Hetero.Core.Environments;
using Hetero.Core.Statistics;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Population;
using Hetero.Core.Training;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// The spurious part at m = ∞ while the step size falls: log q is log α + Σ λ(η_t) on average, λ(η) = E log|1 + ηs|, as long as q is small. Below the least step size that contracts, λ is above 0
/// for every law with a positive mean: then it comes back, unless the step sizes have a finite sum that is small enough.
/// </summary>
/// <param name="steps">The number of steps; fewer than the figure's are for tests.</param>
internal sealed class ScheduledGrowth(int steps = 6000) : Figure<ScheduleGroup[]>
{
    internal const double Spread = 8, FirstStepSize = 0.05, Start = 1e-8;

    // The share that counts as learned again; and up to where the mean of log q is that of small q: its deviation is some 6, and where q is of the order of 1 the cubic term holds it.
    private const double LearnedShare = 0.1, SmallLog = -12;

    private static readonly EntryLaw Law = EntryLaw.TwoPoint(1, Spread);

    /// <summary>Gets the least step size that contracts, 2·mean/(M² − mean²).</summary>
    internal static double LeastStepSize { get; } = StabilityThreshold.TwoPointStepSizes(1, Spread)!.Value.Lower;

    internal int Steps => steps;

    public override string Name => "schedule";

    public override string Description => "the spurious part under constant, piecewise, cosine and 1/t step sizes at m = ∞, with log q = log α + Σ λ(η_t) (M = 8)";

    public override bool KeepsRuns => false;

    public override (FigureNumbers Numbers, ScheduleGroup[] Data) Compute(FigureRequest request)
    {
        ScheduleGroup[] groups = Groups();
        int done = 0;
        foreach (ScheduleGroup group in groups)
        {
            double[][] logs = new double[request.Seeds][];
            request.InParallel(
                request.Seeds,
                i => logs[i] = Run(group.Schedule, request.Seed + (ulong)i));
            group.Logs = logs;
            request.Progress?.Report((double)++done / groups.Length);
        }

        FigureNumbers numbers = new()
        {
            Table = CreateTable(groups),
            Verdicts = [.. Judge(groups)],
            Constants = [("steps", steps), ("spread", Spread), ("spurious-mean", 1), ("step-size", FirstStepSize), ("init-scale", Start)],
        };
        return (numbers, groups);
    }

    /// <summary>The schedules with their predictions.</summary>
    internal ScheduleGroup[] Groups()
    {
        (string Name, StepSizeSchedule Schedule)[] schedules =
        [
            ("constant", StepSizeSchedule.Constant(FirstStepSize)),
            ("piecewise", StepSizeSchedule.Piecewise((0, FirstStepSize), (steps / 10, FirstStepSize / 5))),
            ("inverse-time", StepSizeSchedule.InverseTime(FirstStepSize, steps / 4.0)),
            ("cosine", StepSizeSchedule.Cosine(FirstStepSize, 1e-9, steps / 2)),
            ("cosine-small", StepSizeSchedule.Cosine(0.75 * FirstStepSize, 1e-9, steps / 2)),
        ];
        return [.. schedules.Select(own => new ScheduleGroup(own.Name, own.Schedule, Predict(own.Schedule)))];
    }

    private double[] Predict(StepSizeSchedule schedule)
    {
        double[] sums = new double[steps + 1];
        sums[0] = Math.Log(Start);
        for (int step = 0; step < steps; step++)
        {
            sums[step + 1] = sums[step] + MultiplierGrowth.LyapunovExponent(Law, schedule.At(step));
        }

        return sums;
    }

    private double[] Run(StepSizeSchedule schedule, ulong seed)
    {
        double[] logs = new double[steps + 1];
        ReducedPopulation reduced = ReducedPopulation.FromIdentity(AxesProblem.Of(2), Start);
        reduced.RunHetero(
            DiagonalEnvironments.TwoPoint(1, 1, Spread),
            new TrainingOptions { Seed = seed, StepSize = schedule },
            steps,
            step => logs[step] = Math.Log(reduced.SpuriousShare) / 2);
        return logs;
    }

    private CsvTable CreateTable(ScheduleGroup[] groups)
    {
        CsvTable table = new("schedule", "step", "step_size", "predicted_log_q", "median", "q10", "q90");
        foreach (ScheduleGroup group in groups)
        {
            for (int step = 0; step <= steps; step += Math.Max(1, steps / 80))
            {
                table.Add(
                    group.Name,
                    Texts.Of(step),
                    CsvTable.Cell(group.Schedule.At(step)),
                    CsvTable.Cell(Math.Round(group.Predicted[step], 6)),
                    CsvTable.Cell(Math.Round(group.At(step, 0.5), 6)),
                    CsvTable.Cell(Math.Round(group.At(step, 0.1), 6)),
                    CsvTable.Cell(Math.Round(group.At(step, 0.9), 6)));
            }
        }

        return table;
    }

    /// <summary>What must be seen.</summary>
    internal IEnumerable<Verdict> Judge(ScheduleGroup[] groups)
    {
        foreach (ScheduleGroup group in groups)
        {
            // The last step before the cubic term holds too many of the runs.
            int last = Enumerable.Range(0, steps + 1).TakeWhile(step => group.Predicted[step] < SmallLog).Last();
            double[] logs = [.. group.Logs.Select(own => own[last])];
            double error = Deviation(logs) / Math.Sqrt(logs.Length);
            yield return Verdict.Between(
                string.Create(
                    CultureInfo.InvariantCulture, $"{group.Name}: mean of log q at step {last} less log α + Σ λ(η_t) = {group.Predicted[last]:0.0}, in standard errors ({error:0.00})"),
                (logs.Average() - group.Predicted[last]) / error,
                -3.5,
                3.5);
            double[] medians = [.. Enumerable.Range(0, steps + 1).Select(step => group.At(step, 0.5))];
            double learned = Math.Log(LearnedShare) / 2;
            if (ScheduleGroup.Return(group.Predicted, learned) is { } predicted)
            {
                yield return Verdict.Between(
                    $"{group.Name}: step at which the median share is {Texts.Of(LearnedShare)} again over the predicted {predicted}",
                    (ScheduleGroup.Return(medians, learned) ?? double.NaN) / predicted,
                    0.85,
                    1.15);
            }
            else
            {
                yield return Verdict.Below($"{group.Name}: median share at step {steps}", Math.Exp(2 * medians[steps]), LearnedShare / 100);
            }

            if (group.Schedule.At(steps) < LeastStepSize)
            {
                int stop = Enumerable.Range(0, steps + 1).First(step => group.Schedule.At(step) < LeastStepSize);
                yield return Verdict.Information(
                    $"{group.Name}: step of the least median share", Array.IndexOf(medians, medians.Min()), $"{stop}, where η_t falls below {Math.Round(LeastStepSize, 4)}: the step to stop at");
            }
        }
    }

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1));
    }
}
