using System.Numerics;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>The same arguments give the same bits: on any team, saved and continued, and as pinned.</summary>
public class SameBitsTests
{
    private static readonly TrainingOptions Options = new() { Seed = 7, Samples = 48, InitialScale = 0.1, NoiseDeviation = 0.05 };

    public static TheoryData<string, string> All() => Runs.All();

    [Theory]
    [MemberData(nameof(All))]
    public void OnAnyTeam(string algorithm, string kind)
    {
        Check<double>(algorithm, kind);
        Check<float>(algorithm, kind);

        static void Check<T>(string algorithm, string kind)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            T[] alone = Factor<T>(algorithm, kind, null);
            Assert.Contains(alone, value => value != T.Zero);
            foreach (int degree in new[] { 1, 2, 3, 8 })
            {
                using WorkerTeam team = new(degree);
                Assert.Equal(alone, Factor<T>(algorithm, kind, team));
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void SavedAndContinued(string algorithm, string kind)
    {
        Check<double>(algorithm, kind);
        Check<float>(algorithm, kind);

        static void Check<T>(string algorithm, string kind)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Trainer<T> whole = Runs.Create<T>(algorithm, kind, Options), first = Runs.Create<T>(algorithm, kind, Options);
            whole.Run(9);
            first.Run(4);
            using MemoryStream stream = new();
            first.Save(stream);
            stream.Position = 0;
            Trainer<T> second = Runs.Create<T>(algorithm, kind, Options);
            second.Restore(stream);
            Assert.Equal(4, second.Step);
            second.Run(5);
            Assert.Equal(whole.Factor.Matrix.Data.ToArray(), second.Factor.Matrix.Data.ToArray());
        }
    }

    // Hashes of U after 50 steps, m = 48: a change is a change of the numbers of every recorded run.
    [Theory]
    [MemberData(nameof(PinnedRuns))]
    public void AsPinned(string kind, int dimension, bool single, ulong hash)
        => Assert.Equal(hash, single ? Hash<float>(kind, dimension) : Hash<double>(kind, dimension));

    public static TheoryData<string, int, bool, ulong> PinnedRuns() => new()
    {
        { "exact-law", 33, false, 0x4C4E441138E3CA0D },
        { "exact-law", 33, true, 0x7F6F6F1A5AE9F182 },
        { "regenerated", 33, false, 0x245D1589D2231EBB },
        { "regenerated", 33, true, 0xABF320F1052F1306 },
        { "stored", 33, false, 0x4FFD8BBAE88E188A },
        { "stored", 33, true, 0xC6AE6A8701685DC0 },
        { "population", 33, false, 0x1EB61CDEEE3DA9E1 },
        { "population", 33, true, 0x75D33B2B8000EB6D },
        { "exact-law", 100, false, 0x17D30E5DC15E4D89 },
        { "exact-law", 100, true, 0xFE6FCB65E37DC756 },
        { "regenerated", 100, false, 0x66D8875E2BA0E0C4 },
        { "stored", 100, true, 0xFCC0695038AF4588 },
    };

    private static T[] Factor<T>(string algorithm, string kind, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Trainer<T> trainer = Runs.Create<T>(algorithm, kind, Options, team: team);
        trainer.Run(6);
        return trainer.Factor.Matrix.Data.ToArray();
    }

    private static ulong Hash<T>(string kind, int dimension)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Trainer<T> trainer = Runs.Create<T>("HeteroSGD", kind, Options with { NoiseDeviation = 0 }, Runs.Problem(dimension));
        Assert.Equal(TrainingStatus.Completed, trainer.Run(50).Status);
        ulong hash = 14695981039346656037;
        foreach (byte value in MemoryMarshal.AsBytes(trainer.Factor.Matrix.Data))
        {
            hash = (hash ^ value) * 1099511628211;
        }

        return hash;
    }
}
