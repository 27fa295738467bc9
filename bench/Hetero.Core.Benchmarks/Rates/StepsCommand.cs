using System.Globalization;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Benchmarks.Peers.Ceilings;
using Hetero.Core.Benchmarks.Setup;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.Benchmarks.Rates;

/// <summary>
/// Prints what a small step of HeteroSGD by the exact law takes, double, k = d, one thread, beside what its arithmetic needs: d²(d + 1)/2 multiply-adds of UUᵀ and d³ of G·U at the measured
/// ceiling, and the fill of d(d + 1)/2 Gaussian numbers. The fastest of many short runs, so that a neighbour on the machine shows little.
/// </summary>
internal static class StepsCommand
{
    public const string Name = "steps";

    private const int Count = 15;

    private static readonly int[] Dimensions = [20, 40, 100];

    /// <summary>Runs the command.</summary>
    public static int Run()
    {
        if (!SimdPath.Is512 && !SimdPath.Is256)
        {
            Console.WriteLine("There is no ceiling to compare with: no multiply-adds in hardware.");
            return 1;
        }

        OwnContender ceiling = new(() => FmaCeiling.Run<double>(), FmaCeiling.Flops<double>());
        IContender[] steps = [.. Dimensions.Select(Step)], fills = [.. Dimensions.Select(Fill)];
        IContender[] all = [ceiling, .. steps, .. fills];
        Rounds.Warm(all, Pace.Full);
        Dictionary<IContender, double[]> times = Rounds.Measure(all, Count, Pace.Full);
        double rate = ceiling.Work / times[ceiling].Min();
        Console.WriteLine("| d | step, µs | steps/s | multiply-adds, µs | fill, µs | share |");
        Console.WriteLine("|---|---|---|---|---|---|");
        for (int i = 0; i < Dimensions.Length; i++)
        {
            double d = Dimensions[i], step = 1e6 * times[steps[i]].Min(), fill = 1e6 * times[fills[i]].Min();
            double products = 1e6 * ((d * d * (d + 1)) + (2 * d * d * d)) / rate;
            string row = string.Create(
                CultureInfo.InvariantCulture, $"| {d} | {step:F2} | {1e6 / step:N0} | {products:F2} | {fill:F2} | {(products + fill) / step:P0} |");
            Console.WriteLine(row);
        }

        return 0;
    }

    private static OwnContender Step(int dimension)
    {
        HeteroSgd<double> trainer = new(
            SensingProblem.Create(dimension, 1, 1, DefaultProblem.Seed),
            DefaultProblem.Environments,
            new ExactLawMeasurements<double>(dimension, DefaultProblem.Seed),
            new TrainingOptions
            {
                Seed = DefaultProblem.Seed,
                Samples = DefaultProblem.Samples,
                StepSize = StepSizeSchedule.Constant(DefaultProblem.StandingStepSize),
                InitialScale = DefaultProblem.InitialScale,
            });
        return new OwnContender(() => DefaultProblem.CheckNotDiverged(trainer.Advance() != TrainingStatus.Completed));
    }

    private static OwnContender Fill(int dimension)
    {
        double[] numbers = new double[Svec.Length(dimension)];
        RandomStream stream = new(DefaultProblem.Seed);
        return new OwnContender(() => stream.FillGaussian<double>(numbers));
    }
}
