using System.Diagnostics;
using Hetero.Core.Benchmarks.Peers.Cases;
using Hetero.Core.Benchmarks.Setup;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>Compares the library with NumPy, OpenBLAS and PyTorch, side by side in one run, and prints a table.</summary>
internal static class PeersCommand
{
    public const string Name = "peers";

    /// <summary>Runs the command.</summary>
    /// <returns>0; 1 if two sides did not do the same work; 2 for wrong usage.</returns>
    public static int Run(string[] arguments)
    {
        PeerOptions options;
        try
        {
            options = PeerOptions.Parse(arguments);
        }
        catch (FormatException problem)
        {
            Console.Error.WriteLine($"{problem.Message}{Environment.NewLine}{PeerOptions.Usage}");
            return 2;
        }

        if (options.WithoutAvx512 && SimdPath.Is512)
        {
            return RunWithoutAvx512(arguments);
        }

        if (!SimdPath.Is512 && !SimdPath.Is256)
        {
            Console.WriteLine("Skipped: the ceilings and the peers' kernels need AVX2 or AVX-512.");
            return 0;
        }

        Report report = new(Console.Out, options.Rounds);
        foreach (int threads in options.Threads)
        {
            using PeerContext context = new(options.Python, threads);
            foreach ((string name, Func<PeerContext, IEnumerable<PeerCase>> create) in AllCases.List)
            {
                if (options.Names.Count == 0 || options.Names.Contains(name))
                {
                    Run(create(context), context, options.Rounds, report);
                }
            }

            report.Facts.AddVersions(context.Reports.Values);
        }

        Write(report.Finish(), options);
        return report.HasMismatch ? 1 : 0;
    }

    private static void Run(IEnumerable<PeerCase> cases, PeerContext context, int rounds, Report report)
    {
        foreach (PeerCase one in cases)
        {
            Rounds.Warm(one.Contenders, Pace.Full);
            report.Add(one, context.Threads, Rounds.Measure(one, rounds, Pace.Full));
        }

        context.EndWorkers();
    }

    /// <summary>Does it in another process; that one refuses to run if the switch had no effect.</summary>
    private static int RunWithoutAvx512(string[] arguments)
    {
        using Process process = Process.Start(SelfProcess.Create(
            arguments.Prepend(Name), [InstructionSets.WithoutAvx512, (InstructionSets.ExpectedPath, "Vector256")]))!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static void Write(string markdown, PeerOptions options)
    {
        if (options.Out is { } file)
        {
            File.WriteAllText(file, markdown);
        }

        if (options.Save)
        {
            ResultFiles.Write(ResultFiles.OfPath("peers", ".md"), markdown);
        }
    }
}
