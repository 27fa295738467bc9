using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Tests.Sweep;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>After the first step no step allocates, however late an environment's turn comes, an epoch ends, or a group is larger than all before.</summary>
[Collection(Allocations.Collection)]
public class EveryStepAllocationTests
{
    private const int D = 3, Steps = 300;

    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 12, StepSize = StepSizeSchedule.Constant(1e-4) };

    public static TheoryData<string, RowOrder, int> OwnRuns()
    {
        TheoryData<string, RowOrder, int> all = [];
        foreach (RowOrder order in Enum.GetValues<RowOrder>())
        {
            foreach (string run in new[]
            {
                "HeteroSGD", "HeteroSGD shuffled", "HeteroSGD pooled share", "HeteroSGD pooled share independent", "HeteroSGD all rows", "PooledSGD independent", "PooledGD", "PooledGD objective",
            })
            {
                all.Add(run, order, 1);
            }

            all.Add("PooledSGD independent", order, 3);
            all.Add("HeteroSGD", order, 3);
        }

        all.Add("mini-batch noise", RowOrder.WithReplacement, 1);
        return all;
    }

    [Theory]
    [MemberData(nameof(OwnRuns))]
    public void OfDataOfOnesOwnInFiftyEnvironments(string run, RowOrder order, int degree)
    {
        using WorkerTeam team = new(degree);

        // The smallest ones have as many rows as a batch, and take them in their order now and then.
        EnvironmentSamples<double>[] samples = [.. Enumerable.Range(0, 50).Select(e => 12 + (e * e % 37)).Select(
            (n, e) => new EnvironmentSamples<double>(Data.Uniform<double>(6 * n, e), Data.Uniform<double>(n, e + 100)))];
        AssertNone(() =>
        {
            MeasuredData<double> data = new(D, samples, order: order, team: team);
            return run switch
            {
                "HeteroSGD" => new HeteroSgd<double>(data, Options),
                "HeteroSGD shuffled" => new HeteroSgd<double>(data, Options with { EnvironmentOrder = EnvironmentOrder.Shuffled }),
                "HeteroSGD pooled share" => new HeteroSgd<double>(data, Options with { Samples = 60, PooledShare = 50.0 / 60 }),
                "HeteroSGD pooled share independent"
                    => new HeteroSgd<double>(data, Options with { PooledShare = 0.5, PooledSampling = PooledSampling.Independent }),
                "HeteroSGD all rows" => new HeteroSgd<double>(data, Options with { Samples = TrainingOptions.AllRows }),
                "PooledSGD independent" => new PooledSgd<double>(data, Options with { PooledSampling = PooledSampling.Independent }),
                "PooledGD" => new PooledGd<double>(data, Options),
                "PooledGD objective" => new PooledGd<double>(data, Options, objective: new Parts.Squares<double>()),
                _ => new Trainer<double>(new MiniBatchNoise<double>(new HeteroBatch<double>(data, Options), data, 5), Options),
            };
        });
    }

    // Two environments, of which one gets nearly all samples of a batch in some steps.
    [Theory]
    [InlineData(RowOrder.Shuffled)]
    [InlineData(RowOrder.InTurn)]
    [InlineData(RowOrder.WithReplacement)]
    public void OfDataOfOnesOwnInTwoEnvironments(RowOrder order)
    {
        EnvironmentSamples<double>[] samples = [.. Enumerable.Range(0, 2).Select(
            e => new EnvironmentSamples<double>(Data.Uniform<double>(600, e), Data.Uniform<double>(100, e + 5)))];
        AssertNone(() => new PooledSgd<double>(
            new MeasuredData<double>(D, samples, order: order), Options with { Samples = 40, PooledSampling = PooledSampling.Independent }));
    }

    public static TheoryData<string, string> SourceRuns()
    {
        TheoryData<string, string> all = [];
        foreach (string kind in new[]
        {
            "regenerated", "own rows", "stored", "stored, shuffled", "stored, in turn", "stored, with replacement", "rank-one", "stored rank-one", "stored rank-one, shuffled", "exact-law",
        })
        {
            foreach (string run in new[] { "HeteroSGD", "HeteroSGD pooled share", "PooledSGD", "PooledSGD independent", "PooledGD" })
            {
                all.Add(run, kind);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(SourceRuns))]
    public void OfAnySource(string run, string kind)
    {
        // Some tiles for rank-one measurements, some samples for the others: groups come to different numbers of slots. Numbers below 300 are written without an allocation.
        int samples = kind.Contains("rank-one", StringComparison.Ordinal) ? 2400 : 20;
        EnvironmentDistribution environments = new FiniteEnvironments(2, [[1, 0, 0, -2], [0.5, 0, 0, 0.5], [-1, 0.2, 0.2, 3]], [0.5, 0.2, 0.3]);
        TrainingOptions options = Options with { Samples = samples, NoiseDeviation = 0.1, InitialScale = 0.01 };
        int sets = run == "PooledGD" ? 3 : 1;
        AssertNone(
            () =>
            {
                MeasurementSource<double> source = kind switch
                {
                    "own rows" => new Parts.Rows<double>(D + 2),
                    "rank-one" => new RankOneMeasurements<double>(D + 2, 1),
                    "stored rank-one" => new StoredRankOneMeasurements<double>(D + 2, samples, 1, sets: sets),
                    "stored rank-one, shuffled" => new StoredRankOneMeasurements<double>(D + 2, samples + 7, 1, sets: sets),
                    _ => Runs.Source<double>(kind, D + 2, samples, 1, sets: sets),
                };
                return run switch
                {
                    "HeteroSGD" => new HeteroSgd<double>(Runs.Problem(D + 2), environments, source, options),
                    "HeteroSGD pooled share" => new HeteroSgd<double>(
                        Runs.Problem(D + 2), environments, source, options with { PooledShare = 0.6, PooledSampling = PooledSampling.Independent }),
                    "PooledSGD" => new PooledSgd<double>(Runs.Problem(D + 2), environments, source, options),
                    "PooledGD" => new PooledGd<double>(Runs.Problem(D + 2), environments, source, options),
                    _ => new PooledSgd<double>(Runs.Problem(D + 2), environments, source, options with { PooledSampling = PooledSampling.Independent }),
                };
            },
            kind.Contains("rank-one", StringComparison.Ordinal) ? 100 : Steps);
    }

    // Neurons see each environment through a matrix, whatever its order and law.
    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    public void OfManyNeurons(int neurons)
    {
        QuadraticNeurons all = QuadraticNeurons.Draw(neurons + 2, 1, neurons, 1);
        double[] unequal = new double[neurons * neurons];
        unequal[0] = 1;
        foreach (EnvironmentDistribution weights in new EnvironmentDistribution[] { DiagonalEnvironments.Uniform(neurons, 0.5, 4), new FiniteEnvironments(neurons, [unequal]) })
        {
            AssertNone(() => new HeteroSgd<double>(all.Problem, all.CreateEnvironments(weights), new PopulationMeasurements<double>(neurons + 2), Options), 5);
        }
    }

    private static void AssertNone(Func<Trainer<double>> create, int steps = Steps) => Assert.Empty(StepAllocations.Of(create, steps));
}
