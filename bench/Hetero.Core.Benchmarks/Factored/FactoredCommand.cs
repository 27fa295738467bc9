using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;

namespace Hetero.Core.Benchmarks.Factored;

/// <summary>
/// Measures a HeteroSGD step of the exact law in factored form over three decades of d, beside the ceilings of what it cannot do without, and prints a table in Markdown.
/// </summary>
internal static class FactoredCommand
{
    public const string Name = "factored";

    private const int FirstDecade = 3;
    private const int FindingSteps = 24;

    /// <summary>Runs the command.</summary>
    /// <returns>0; 2 for wrong usage, or without multiply-adds in hardware.</returns>
    public static int Run(string[] arguments)
    {
        FactoredOptions options;
        try
        {
            options = FactoredOptions.Parse(arguments);
        }
        catch (FormatException problem)
        {
            Console.Error.WriteLine($"{problem.Message}{Environment.NewLine}{FactoredOptions.Usage}");
            return 2;
        }

        if (!SimdPath.Is512 && !SimdPath.Is256)
        {
            Console.Error.WriteLine("This process has no multiply-adds in hardware, so there is no ceiling.");
            return 2;
        }

        using WorkerTeam team = new(options.Threads);
        Console.WriteLine(
            $"{Machine.Processor}, {HardwareInfo.Runtime}, {options.Threads} thread{(options.Threads == 1 ? "" : "s")}, "
            + $"{(options.Precision == Precision.Single ? "single" : "double")}, k = {options.Columns}, "
            + $"{options.Rounds} rounds, load {Machine.Load}");
        Console.WriteLine();
        Console.WriteLine("| d | seconds a step | ns an entry of U | MB in all | multiply-adds, ms | Gaussians, ms | memory, ms | share of the time that is needed |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        for (int decade = FirstDecade; decade <= options.Decades; decade++)
        {
            int dimension = (int)Math.Pow(10, decade);
            string row = options.Precision == Precision.Single ? Measure<float>(dimension, options, team) : Measure<double>(dimension, options, team);
            Console.WriteLine(row);
        }

        return 0;
    }

    private static string Measure<T>(int dimension, FactoredOptions options, WorkerTeam team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A few long steps find the signals, so that the columns of [U, U*, V*] depend on each other as they do in training; then steps so short that the iterate stays what it is, and every
        // step is the same work.
        RunRecipe recipe = new()
        {
            Dimension = dimension,
            InvariantRank = 2,
            SpuriousRank = 2,
            FactorColumns = options.Columns,
            Samples = 1000L * dimension,
            Spread = 0,
            InitialScale = 0.3,
            StepSize = 0.5,
            Schedule = new ScheduleRecipe { Kind = ScheduleKind.Piecewise, Changes = [new StepSizeChange(FindingSteps, 1e-9)] },
            Measurements = MeasurementKind.ExactLawFactored,
            Precision = options.Precision,
        };
        Trainer<T> trainer = Runner.Create<T>(recipe, team).Trainer;
        if (trainer.Run(FindingSteps).Status != TrainingStatus.Completed)
        {
            throw new InvalidOperationException("The run has diverged.");
        }

        int columns = options.Columns + recipe.InvariantRank + recipe.SpuriousRank;
        StepNeeds needs = StepNeeds.Of(options.Columns, columns);
        TeamCeilings<T> ceilings = new(team, (long)dimension * (columns + options.Columns) * Unsafe.SizeOf<T>());
        OwnContender step = new(() => Step(trainer));
        IContender[] contenders = [step, ceilings.MultiplyAdds, ceilings.Gaussians, ceilings.Bytes];
        Rounds.Warm(contenders, Pace.Full);
        Dictionary<IContender, double[]> times = Rounds.Measure(contenders, options.Rounds, Pace.Full);

        double[][] parts =
        [
            Needed(ceilings.MultiplyAdds, needs.MultiplyAdds),
            Needed(ceilings.Gaussians, needs.Gaussians),
            Needed(ceilings.Bytes, needs.Numbers * Unsafe.SizeOf<T>()),
        ];
        double[] shares = [.. times[step].Select((seconds, round) => parts.Sum(part => part[round]) / seconds).Order()];
        double best = times[step].Min();
        double memory = (double)MemoryEstimate.Of(recipe).Total / 1e6;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {dimension} | {best:0.000000} | {best * 1e9 / ((double)dimension * options.Columns):0.00} | {memory:0.0} | {parts[0].Min() * 1e3:0.000} | {parts[1].Min() * 1e3:0.000} "
            + $"| {parts[2].Min() * 1e3:0.000} | {Rounds.Median(shares):0.00} ({shares[0]:0.00}–{shares[^1]:0.00}) |");

        // The seconds of a step's part at the ceiling, round after round.
        double[] Needed(IContender ceiling, double amount) => [.. times[ceiling].Select(seconds => amount * dimension * seconds / ceiling.Work)];
    }

    private static void Step<T>(Trainer<T> trainer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (trainer.Advance() != TrainingStatus.Completed)
        {
            throw new InvalidOperationException("The run has diverged.");
        }
    }
}
