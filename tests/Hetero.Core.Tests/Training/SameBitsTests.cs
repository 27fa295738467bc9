using System.Numerics;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>The same arguments give the same bits: on any team, saved and continued, and as pinned.</summary>
public class SameBitsTests
{
    private static readonly TrainingOptions Options = new() { Seed = 7, Samples = 48, InitialScale = 0.1, NoiseDeviation = 0.05 };

    public static TheoryData<string, string> All() => Runs.AllAndMiniBatches();

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
            Assert.Equal(whole.Factor.Data.ToArray(), second.Factor.Data.ToArray());
        }
    }

    // A change of these hashes is a change of the numbers of every recorded run. The file has a line for each run of Cases.
    [Theory]
    [MemberData(nameof(Pins))]
    public void AsPinned(string run, ulong hash) => Assert.Equal(hash, HashOf(run));

    public static TheoryData<string, ulong> Pins()
    {
        TheoryData<string, ulong> pins = [];
        foreach (string line in File.ReadLines(PinFile))
        {
            string[] parts = line.Split('=');
            pins.Add(parts[0].Trim(), Convert.ToUInt64(parts[1].Trim(), 16));
        }

        return pins;
    }

    [Fact]
    public void EveryCaseIsPinned()
    {
        // To pin new cases, write the lines that this message shows into the file.
        string[] pinned = [.. File.ReadLines(PinFile).Select(line => line.Split('=')[0].Trim())];
        string missing = string.Join('\n', Cases().Except(pinned).Select(run => $"{run} = {HashOf(run):X16}"));
        Assert.True(missing.Length == 0, missing);
    }

    private static string PinFile => Path.Combine(AppContext.BaseDirectory, "Training", "PinnedRuns.txt");

    /// <summary>50 steps with m = 48: every kind of measurement at two dimensions, and every algorithm with noise and a narrow factor.</summary>
    private static IEnumerable<string> Cases()
    {
        foreach (string precision in new[] { "double", "float" })
        {
            // Products of this size have chains that end.
            yield return $"HeteroSGD | exact-law | d 200 | {precision}";
            foreach (string kind in Runs.Kinds)
            {
                yield return $"HeteroSGD | {kind} | d 33 | {precision}";
                yield return $"HeteroSGD | {kind} | d 100 | {precision}";
            }

            // Many tiles of a panel.
            yield return $"HeteroSGD | factored exact-law | d 3000 | k 5 | noise | {precision}";
            foreach (string kind in Runs.Kinds.Concat(Runs.MiniBatches).Concat(Runs.Factored))
            {
                foreach (string algorithm in Runs.Algorithms)
                {
                    yield return $"{algorithm} | {kind} | d 12 | k 5 | noise | {precision}";
                }
            }
        }
    }

    private static ulong HashOf(string run)
    {
        string[] parts = run.Split(" | ");
        TrainingOptions options = parts.Contains("noise") ? Options with { FactorColumns = 5 } : Options with { NoiseDeviation = 0 };
        int dimension = int.Parse(parts[2][2..], System.Globalization.CultureInfo.InvariantCulture);

        // With fewer samples than dimensions a step is mostly chance, and a run diverges.
        options = dimension > 1000 ? options with { Samples = 100 * dimension } : options;
        return parts[^1] == "float" ? Hash<float>(parts[0], parts[1], dimension, options) : Hash<double>(parts[0], parts[1], dimension, options);
    }

    private static T[] Factor<T>(string algorithm, string kind, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Trainer<T> trainer = Runs.Create<T>(algorithm, kind, Options, team: team);
        trainer.Run(6);
        return trainer.Factor.Data.ToArray();
    }

    private static ulong Hash<T>(string algorithm, string kind, int dimension, TrainingOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Trainer<T> trainer = Runs.Create<T>(algorithm, kind, options, Runs.Problem(dimension));
        Assert.Equal(TrainingStatus.Completed, trainer.Run(50).Status);
        ulong hash = 14695981039346656037;
        foreach (byte value in MemoryMarshal.AsBytes(trainer.Factor.Data))
        {
            hash = (hash ^ value) * 1099511628211;
        }

        return hash;
    }
}
