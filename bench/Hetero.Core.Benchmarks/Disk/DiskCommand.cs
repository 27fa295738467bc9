using System.Diagnostics;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Benchmarks.Setup;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;

namespace Hetero.Core.Benchmarks.Disk;

/// <summary>
/// Compares training on files that are larger than the memory the process may take with merely reading them, from the system's cache and from the disk: steps of whole environments, d = 40, double.
/// </summary>
internal static class DiskCommand
{
    public const string Name = "disk";

    private const string LimitVariable = "DOTNET_GCHeapHardLimit";
    private const string Limit = "0x40000000";
    private const int Dimension = 40;
    private const int Environments = 8;
    private const int WarmUp = 3;

    /// <summary>Runs the command.</summary>
    /// <returns>0; 2 for wrong usage or another system.</returns>
    public static int Run(string[] arguments)
    {
        DiskOptions options;
        try
        {
            options = DiskOptions.Parse(arguments);
        }
        catch (FormatException problem)
        {
            Console.Error.WriteLine($"{problem.Message}{Environment.NewLine}{DiskOptions.Usage}");
            return 2;
        }

        if (!OperatingSystem.IsLinux())
        {
            Console.Error.WriteLine("The system's cache can be emptied on Linux alone.");
            return 2;
        }

        if (Environment.GetEnvironmentVariable(LimitVariable) != Limit)
        {
            // A process is given its limit at its start.
            using Process process = Process.Start(SelfProcess.Create(arguments.Prepend(Name), [(LimitVariable, Limit)]))!;
            process.WaitForExit();
            return process.ExitCode;
        }

        using DataFolder folder = new(options.Folder, "hetero-disk");

        // What is not on the disk yet cannot be forgotten.
        folder.Write<double>(RecipeOf(options.Gibibytes), Environment.ProcessorCount, toDisk: true);
        Console.WriteLine($"{Machine.Processor}, {HardwareInfo.Runtime}, heap limit {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 20} MiB, load {Machine.Load}");
        foreach (int threads in options.Threads)
        {
            Measure(folder, threads, options.Rounds);
        }

        return 0;
    }

    private static RunRecipe RecipeOf(int gibibytes) => new()
    {
        Dimension = Dimension,
        Samples = ((long)gibibytes << 30) / ((long)Environments * Svec.Length(Dimension) * sizeof(double)),
        Environments = new EnvironmentRecipe
        {
            List = [.. Enumerable.Range(0, Environments).Select(e => new ListedEnvironment([-5 + (12.0 * e / (Environments - 1))]))],
        },
    };

    private static void Measure(DataFolder folder, int threads, int rounds)
    {
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        using WorkerTeam team = new(threads);
        MeasuredData<double> source = data.CreateMeasurements(team: team);

        // A step takes all rows of one file, and the next step those of the next.
        TrainingOptions options = new()
        {
            Seed = 1,
            Samples = TrainingOptions.AllRows,
            EnvironmentOrder = EnvironmentOrder.Cyclic,
            FactorColumns = 3,
            StepSize = StepSizeSchedule.Constant(0.01),
        };
        HeteroSgd<double> trainer = new(source, options, team);
        string[] files = [.. data.Manifest.Environments.Select(environment => Path.Combine(folder.Path, environment.Measurements))];
        foreach (bool isCold in (bool[])[false, true])
        {
            // The first rounds are not counted: loops are compiled for the last time, or the disk wakes up.
            DiskTimes times = new(WarmUp);
            for (int round = 0; round < WarmUp + rounds; round++)
            {
                for (int file = 0; file < files.Length; file++)
                {
                    Prepare(file);
                    double reading = DiskTimes.Seconds(() => FileReading.Read(files[file], threads));
                    Prepare(file);
                    long before = PageCache.BytesRead;
                    double training = DiskTimes.Seconds(() => Step(trainer));
                    times.Add(round, new FileInfo(files[file]).Length, reading, training, PageCache.BytesRead - before);
                }
            }

            Console.WriteLine($"{threads} thread{(threads == 1 ? "" : "s")}, {(isCold ? "cold" : "warm")}: {times}, RssAnon {PageCache.OwnMebibytes} MiB");

            void Prepare(int file)
            {
                if (isCold)
                {
                    PageCache.Unmap(data.Environments[file].Measurements);
                    PageCache.Forget(files[file]);
                }
            }
        }
    }

    private static void Step(HeteroSgd<double> trainer)
    {
        if (trainer.Run(1).Status != TrainingStatus.Completed)
        {
            throw new InvalidOperationException("The run has diverged.");
        }
    }
}
