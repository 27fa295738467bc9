using System.Globalization;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>Where numbers come from and how they were taken; made before the first measurement.</summary>
/// <param name="rounds">The number of rounds.</param>
/// <param name="pace">The pace of a round.</param>
internal sealed class RunFacts(int rounds, Pace pace)
{
    private readonly HashSet<string> _versions = [];
    private readonly string _loadBefore = Machine.Load;
    private readonly double? _distanceBefore = ThreadDistance.Measure();

    /// <summary>Returns what a worker reports about itself.</summary>
    public static IEnumerable<string> Versions(WorkerInfo worker)
    {
        yield return $"Python {worker.Python}";
        yield return $"NumPy {worker.NumPy}";
        if (worker.OpenBlas is not null)
        {
            yield return $"{worker.OpenBlas} with its {worker.Core} kernels";
        }

        if (worker.Torch is not null)
        {
            yield return $"PyTorch {worker.Torch} with its {worker.TorchKernels} kernels, decompositions by the LAPACK of {worker.TorchLapack}";
        }
    }

    /// <summary>Adds what workers report.</summary>
    public void AddVersions(IEnumerable<WorkerInfo> workers) => _versions.UnionWith(workers.SelectMany(Versions));

    /// <summary>Returns the lines to print below the numbers.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{Machine.Processor}, {Environment.ProcessorCount} logical processors, {HardwareInfo.OperatingSystem}";
        yield return $"{HardwareInfo.Runtime}, path {SimdPath.Name}, {Compilation}";
        yield return _versions.Count == 0 ? "no Python" : string.Join(", ", _versions);
        yield return $"{rounds.ToString(CultureInfo.InvariantCulture)} alternating rounds of {pace.FillSeconds * 1000:0} ms each; load of the machine {_loadBefore} before and {Machine.Load} after";
        if (_distanceBefore is { } before && ThreadDistance.Measure() is { } after)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"a cache line takes {before:0} ns from one thread to another and back before, {after:0} ns after; far above 100 they share no cache, and two threads gain less");
        }
    }

    /// <summary>Gets whether methods are compiled when they are first called, and never again.</summary>
    public static bool IsCompiledOnce { get; } = Environment.GetEnvironmentVariable("DOTNET_TieredCompilation") == "0";

    private static string Compilation => IsCompiledOnce ? "compiled once" : "tiered compilation, warmed up to its last tier";
}
