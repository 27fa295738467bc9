using System.Text.Json;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Benchmarks.Peers.Ceilings;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Benchmarks.Rates;

/// <summary>Prints the ceilings of this process's instruction set: what the tables of the suites call for, once for each job.</summary>
internal static class CeilingsCommand
{
    public const string Name = "ceilings";

    private const int Count = 5;

    // 160 MB, the floats of the stored step: more than the caches hold.
    private const int ReadLength = 40_000_000;

    /// <summary>Runs the command. Without multiply-adds in hardware it prints null: there is no such ceiling.</summary>
    public static int Run()
    {
        Console.WriteLine(JsonSerializer.Serialize(SimdPath.Is512 || SimdPath.Is256 ? Measure() : null));
        return 0;
    }

    private static CeilingRates Measure()
    {
        ReadCeiling reading = new(TestData.Create<float>(0, ReadLength), null);
        IContender[] contenders =
        [
            new OwnContender(() => FmaCeiling.Run<double>(), FmaCeiling.Flops<double>()),
            new OwnContender(() => FmaCeiling.Run<float>(), FmaCeiling.Flops<float>()),
            new OwnContender(() => reading.Run(), reading.Bytes),
        ];
        Rounds.Warm(contenders, Pace.Sweep);
        Dictionary<IContender, double[]> times = Rounds.Measure(contenders, Count, Pace.Sweep);
        double[] rates = [.. contenders.Select(contender => contender.Work / times[contender].Min())];
        return new CeilingRates(rates[0], rates[1], rates[2]);
    }
}
