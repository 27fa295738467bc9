using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Tests.Sweep;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

/// <summary>What label noise adds to the sums of explicit measurements, against plain loops over the samples and the entries of its stream.</summary>
public class LabelNoiseTests
{
    private const int D = 4, P = 10, M = 70;
    private const ulong Seed = 5;

    public static TheoryData<string, LabelNoiseLaw, bool> All()
    {
        TheoryData<string, LabelNoiseLaw, bool> all = [];
        foreach (string source in new[] { "regenerated", "stored", "own data", "own rows", "rank-one", "stored rank-one" })
        {
            foreach (LabelNoiseLaw law in Enum.GetValues<LabelNoiseLaw>())
            {
                all.Add(source, law, false);
                all.Add(source, law, true);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ItIsTheSumOfThePlainLoop(string kind, LabelNoiseLaw law, bool isOnOneSample)
    {
        double[] rows = Rows(kind);
        foreach ((int step, int index, int first, int count) in new[] { (0, 0, 0, M), (3, 2, 0, M), (3, 2, 20, 50), (4, 0, 69, 1) })
        {
            SampleGroup<double> group = new()
            {
                Step = step, Group = index, FirstSample = first, Count = count, Scale = 0.25, LabelNoise = new() { Deviation = 0.7, Law = law, IsOnOneSample = isOnOneSample },
            };
            double[] expected = Sum(kind, group with { LabelNoise = null });
            double[] noise = Plain(group, law, isOnOneSample), current = kind is "regenerated" or "own rows" or "rank-one" ? Rows(kind, step) : rows;
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < P; j++)
                {
                    expected[j] -= 0.25 * noise[i] * current[((first + i) * P) + j];
                }
            }

            double[] found = Sum(kind, group);
            Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
            using WorkerTeam team = new(3);
            Assert.Equal(found, Sum(kind, group, team));
        }
    }

    // A group has one sign: of a thousand of them some lie on either side of any odds but ½ by 0.01 or more.
    [Fact]
    public void TheSignOfOneSampleIsThatOfThePlainLoop()
    {
        StoredMeasurements<double> source = new(1, 3, Seed);
        for (int step = 0; step < 1000; step++)
        {
            SampleGroup<double> group = new()
            {
                Step = step, Count = 3, Scale = 1, LabelNoise = new() { Deviation = 0.7, Law = LabelNoiseLaw.Signs, IsOnOneSample = true },
            };
            double[] found = [0], row = [0];
            double[] noise = Plain(group, LabelNoiseLaw.Signs, isOnOneSample: true);
            source.Accumulate(in group, [0.0], found);
            int sample = Array.FindIndex(noise, value => value != 0);
            source.CopySample(sample, row);
            Assert.Equal(-noise[sample] * row[0], found[0], 1e-12);
        }
    }

    // Noise of a stored response stays with it, label noise does not; and the other matrices of a call are the bare measurements.
    [Fact]
    public void ItIsNewAtEveryStepAndOfTheFirstMatrixAlone()
    {
        StoredMeasurements<double> source = new(D, M, Seed);
        double[] matrices = Data.Uniform<double>(2 * P, 3), first = new double[2 * P], second = new double[2 * P], bare = new double[2 * P];
        SampleGroup<double> group = new() { Step = 0, Count = M, Scale = 1, NoiseDeviation = 0.2, LabelNoise = new() { Deviation = 0.2 } };
        source.Accumulate(in group, matrices, first);
        source.Accumulate(group with { Step = 1 }, matrices, second);
        source.Accumulate(group with { Step = 1, LabelNoise = null }, matrices, bare);
        Assert.NotEqual(first[..P], second[..P]);
        Assert.NotEqual(bare[..P], second[..P]);
        Assert.Equal(bare[P..], first[P..]);
        Assert.Equal(bare[P..], second[P..]);
    }

    private static double[] Plain(SampleGroup<double> group, LabelNoiseLaw law, bool isOnOneSample)
    {
        RandomStream stream = new(Seed, StreamPurpose.LabelNoise, group.Step, group.Group);
        int count = (int)group.Count, first = (int)group.FirstSample;
        double[] noise = new double[count], entries = new double[first + count];
        if (isOnOneSample)
        {
            RandomSequence sequence = new(stream);
            int sample = (int)sequence.NextBelow(count);
            noise[sample] = 0.7 * count * (law == LabelNoiseLaw.Gaussian ? sequence.NextGaussian() : sequence.NextUniform() < 0.5 ? -1 : 1);
            return noise;
        }

        if (law == LabelNoiseLaw.Gaussian)
        {
            stream.FillGaussian(entries.AsSpan());
            return [.. entries[first..].Select(z => 0.7 * z)];
        }

        stream.FillUniform(entries.AsSpan());
        return [.. entries[first..].Select(u => u < 0.5 ? -0.7 : 0.7)];
    }

    private static double[] Sum(string kind, SampleGroup<double> group, WorkerTeam? team = null)
    {
        double[] result = new double[P];
        Source(kind, team).Accumulate(in group, Data.Uniform<double>(P, 2), result);
        return result;
    }

    private static MeasurementSource<double> Source(string kind, WorkerTeam? team) => kind switch
    {
        "regenerated" => new RegeneratedMeasurements<double>(D, Seed, team),
        "stored" => new StoredMeasurements<double>(D, M, Seed, team),
        "own data" => new MeasuredData<double>(D, [new(Rows(kind), Data.Uniform<double>(M, 9))], seed: Seed, team: team),
        "rank-one" => new RankOneMeasurements<double>(D, Seed, team),
        "stored rank-one" => new StoredRankOneMeasurements<double>(D, M, Seed, team),
        _ => new Parts.Rows<double>(D, Seed, team),
    };

    private static double[] Rows(string kind, int step = 0)
    {
        double[] rows = new double[M * P];
        for (int i = 0; i < M; i++)
        {
            Span<double> row = rows.AsSpan(i * P, P);
            switch (kind)
            {
                case "regenerated":
                    new RegeneratedMeasurements<double>(D, Seed).CopySample(step, i, row);
                    break;
                case "stored":
                    new StoredMeasurements<double>(D, M, Seed).CopySample(i, row);
                    break;
                case "rank-one":
                case "stored rank-one":
                    double[] x = new double[D];
                    if (kind == "rank-one")
                    {
                        new RankOneMeasurements<double>(D, Seed).CopyInput(step, i, x);
                    }
                    else
                    {
                        new StoredRankOneMeasurements<double>(D, M, Seed).CopyInput(i, x);
                    }

                    for (int a = 0; a < D; a++)
                    {
                        for (int b = 0; b <= a; b++)
                        {
                            row[Svec.IndexOf(a, b)] = x[a] * x[b] * (a == b ? 1 : Math.Sqrt(2));
                        }
                    }

                    break;
                case "own data":
                    Data.Uniform<double>(P, i + 100).CopyTo(row);
                    break;
                default:
                    new Parts.Rows<double>(D, Seed).FillRow(step, 0, i, row);
                    break;
            }
        }

        return rows;
    }
}
