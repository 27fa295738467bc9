using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A saved state continues the run that it belongs to and no other.</summary>
[Collection(Allocations.Collection)]
public class RunFingerprintTests
{
    private static readonly TrainingOptions Options = new()
    {
        Seed = 1, Samples = 20, PooledShare = 0.5, EnvironmentOrder = EnvironmentOrder.Blocks(2), FactorColumns = 3,
    };

    private static readonly double[][] Matrices = [[1, 0.3, 0.3, -2], [0.5, 0, 0, 0.5], [-1, 0.2, 0.2, 3]];

    // Every option that training has, changed so that the numbers of HeteroSGD with a pooled share change.
    private static readonly Dictionary<string, TrainingOptions> Changes = new()
    {
        [nameof(TrainingOptions.Seed)] = Options with { Seed = 2 },
        [nameof(TrainingOptions.Samples)] = Options with { Samples = 22 },
        [nameof(TrainingOptions.StepSize)] = Options with { StepSize = StepSizeSchedule.Piecewise((0, 0.05), (7, 0.04)) },
        [nameof(TrainingOptions.GradientScale)] = Options with { GradientScale = 2 },
        [nameof(TrainingOptions.InitialScale)] = Options with { InitialScale = 2e-3 },
        [nameof(TrainingOptions.FactorColumns)] = Options with { FactorColumns = 4 },
        [nameof(TrainingOptions.Start)] = Options with { FactorColumns = null, Start = StartKind.Frame },
        [nameof(TrainingOptions.NoiseDeviation)] = Options with { NoiseDeviation = 0.1 },
        [nameof(TrainingOptions.LabelNoise)] = Options with { LabelNoise = new() { Deviation = 0.1 } },
        [nameof(TrainingOptions.TruncationLevel)] = Options with { TruncationLevel = 0.5 },
        [nameof(TrainingOptions.PooledSampling)] = Options with { PooledSampling = PooledSampling.Independent },
        [nameof(TrainingOptions.EnvironmentOrder)] = Options with { EnvironmentOrder = EnvironmentOrder.Blocks(3) },
        [nameof(TrainingOptions.PooledShare)] = Options with { PooledShare = 0.6 },
    };

    public static TheoryData<string> Names() => [.. typeof(TrainingOptions).GetProperties().Select(property => property.Name)];

    // A new option without an entry in the table fails here.
    [Theory]
    [MemberData(nameof(Names))]
    public void AnotherOptionIsAnotherRun(string name)
    {
        TrainingOptions saved = name == nameof(TrainingOptions.Start) ? Options with { FactorColumns = null } : Options;
        string named = name == nameof(TrainingOptions.EnvironmentOrder) ? nameof(EnvironmentOrder.BlockLength) : name;

        // Measurements that see single samples, which truncation needs.
        RegeneratedMeasurements<double> source = new(7, 1);
        Assert.Equal(named, AssertOther(Create(saved, source: source), Create(Changes[name], source: source)).Name);
    }

    // The rare environment comes in one of a million steps: no number of draws would see it.
    [Theory]
    [InlineData(2, 3)]
    [InlineData(2, 0)]
    [InlineData(0, 0)]
    public void AnotherEntryOfAListIsAnotherRun(int environment, int entry)
    {
        double[][] other = [.. Matrices.Select(matrix => (double[])matrix.Clone())];
        other[environment][entry] = Math.BitIncrement(other[environment][entry]);
        double[] rare = [0.5, 0.499999, 0.000001];
        AssertOther(Create(Options, new FiniteEnvironments(2, Matrices, rare)), Create(Options, new FiniteEnvironments(2, other, rare)));
    }

    [Fact]
    public void OtherProbabilitiesAreAnotherRun()
        => AssertOther(
            Create(Options, new FiniteEnvironments(2, Matrices, [0.5, 0.25, 0.25])), Create(Options, new FiniteEnvironments(2, Matrices, [0.5, 0.3, 0.2])));

    [Fact]
    public void AnotherLawIsAnotherRun()
    {
        EnvironmentDistribution[] laws =
        [
            DiagonalEnvironments.TwoPoint(2, 1, 6), DiagonalEnvironments.TwoPoint(2, 1, 6, ownDraws: true), DiagonalEnvironments.Uniform(2, 1, 6),
            DiagonalEnvironments.TwoPoint(2, 1, 5), DiagonalEnvironments.TwoPoint(2, 2, 6), new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(2, 1, 6), 1),
            new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(2, 1, 6), 1.5), new FiniteEnvironments(2, Matrices),
            new FiniteEnvironments(2, [Matrices[1], Matrices[0], Matrices[2]]), new FiniteEnvironments(2, [.. Matrices, Matrices[0]]),
        ];
        for (int i = 0; i < laws.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                AssertOther(Create(Options, laws[i]), Create(Options, laws[j]));
            }
        }

        // Against the first law the numbers that describe it are named, and one that it has not.
        Assert.Equal(
            [("ownDraws", "yes", "no"), ("environments", "Uniform", "TwoPoint"), ("spread", "5", "6"), ("mean", "2", "1"), ("offDiagonal", "1", "")],
            laws[1..6].Select(law => AssertOther(Create(Options, law), Create(Options, laws[0]))).Select(mismatch => (mismatch.Name, mismatch.Found, mismatch.Expected)));
    }

    [Fact]
    public void AnotherProblemIsAnotherRun()
    {
        SensingProblem[] problems =
        [
            SensingProblem.Create(7, 2, 2, 3), SensingProblem.Create(7, 2, 2, 4), SensingProblem.Create(7, 2, 2, 3, eigenvalues: [1, 0.5]),
            SensingProblem.Create(7, 2, 2, 3, SubspaceLayout.Orthogonal), SensingProblem.Create(7, 1, 2, 3), SensingProblem.Create(7, 3, 2, 3),
        ];
        for (int i = 0; i < problems.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                AssertOther(Create(Options, problem: problems[i]), Create(Options, problem: problems[j]));
            }
        }
    }

    [Fact]
    public void OtherMeasurementsAreAnotherRun()
    {
        double[] rows = Data.Uniform<double>(28 * 40), changed = (double[])rows.Clone(), swapped = (double[])rows.Clone();
        changed[^1] = -changed[^1];
        rows.AsSpan(0, 28).CopyTo(swapped.AsSpan(28));
        rows.AsSpan(28, 28).CopyTo(swapped);
        MeasurementSource<double>[] sources =
        [
            new ExactLawMeasurements<double>(7, 1), new ExactLawMeasurements<double>(7, 2), new RegeneratedMeasurements<double>(7, 1),
            new StoredMeasurements<double>(7, 40, 1), new StoredMeasurements<double>(7, 40, 2), new StoredMeasurements<double>(7, 41, 1),
            new StoredMeasurements<double>(7, rows, 1), new StoredMeasurements<double>(7, changed, 1), new StoredMeasurements<double>(7, swapped, 1),
            new StoredMeasurements<double>(7, rows, 2), new StoredMeasurements<double>(7, rows, 1, sets: 2),
            new StoredMeasurements<double>(7, rows, 1, order: RowOrder.InTurn), new StoredMeasurements<double>(7, rows, 1, order: RowOrder.WithReplacement),
            new PopulationMeasurements<double>(7),
        ];
        for (int i = 0; i < sources.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                AssertOther(Create(Options, source: sources[i]), Create(Options, source: sources[j]));
            }
        }
    }

    // What the numbers do not depend on does not get in the way.
    [Fact]
    public void WhatChangesNoNumberIsTheSameRun()
    {
        TrainingOptions plain = Options with { PooledShare = 0, FactorColumns = null };
        TrainingOptions[] same =
        [
            plain, plain with { PooledSampling = PooledSampling.Independent }, plain with { FactorColumns = 7, Start = StartKind.Identity },
            plain with { PooledShare = 1e-9 },
        ];
        foreach (TrainingOptions options in same)
        {
            AssertSame(Create(plain), Create(options));
        }

        AssertSame(
            Create(plain with { EnvironmentOrder = EnvironmentOrder.Independent }), Create(plain with { EnvironmentOrder = EnvironmentOrder.Blocks(1) }));
        using WorkerTeam team = new(3);
        AssertSame(Create(Options), Create(Options, team: team));
        AssertSame(
            Create(Options, source: new StoredMeasurements<double>(7, 40, 1)),
            Create(Options, source: new StoredMeasurements<double>(7, 40, 1, 1, null, chunkElements: 100)));

        // All rows in their order, where a batch takes all of them.
        TrainingOptions whole = Options with { Samples = 40 };
        AssertSame(
            Create(whole, source: new StoredMeasurements<double>(7, 40, 1)),
            Create(whole, source: new StoredMeasurements<double>(7, 40, 1, order: RowOrder.InTurn)));
        AssertOther(
            Create(whole, source: new StoredMeasurements<double>(7, 40, 1)),
            Create(whole, source: new StoredMeasurements<double>(7, 40, 1, order: RowOrder.WithReplacement)));
        PopulationMeasurements<double> population = new(7);
        AssertSame(Create(Options, source: population), Create(Options with { Samples = 9, NoiseDeviation = 3 }, source: population));
    }

    // The list is hashed where it is: no copies of r2² numbers.
    [Fact]
    public void SavingAllocatesLessThanOneMatrixOfTheList()
    {
        const int Rank = 300;
        FiniteEnvironments environments = new(Rank, [new double[Rank * Rank], new double[Rank * Rank]]);
        SensingProblem problem = SensingProblem.Create(Rank + 1, 1, Rank, 1);
        TrainingOptions options = new() { Seed = 1, Samples = 20, FactorColumns = 1 };
        PopulationMeasurements<double> source = new(Rank + 1);
        HeteroSgd<double>[] trainers = [.. Enumerable.Range(0, 21).Select(_ => new HeteroSgd<double>(problem, environments, source, options))];
        int next = 0;
        Assert.InRange(Allocations.Of(() => trainers[next++].Save(Stream.Null), trainers.Length - 1), 0, Rank * Rank * sizeof(double) / 4);
    }

    private static HeteroSgd<double> Create(
        TrainingOptions options,
        EnvironmentDistribution? environments = null,
        SensingProblem? problem = null,
        MeasurementSource<double>? source = null,
        WorkerTeam? team = null)
        => new(
            problem ?? Runs.Problem(),
            environments ?? new FiniteEnvironments(2, Matrices),
            source ?? new ExactLawMeasurements<double>(7, 1, team),
            options,
            team);

    private static RunMismatchException AssertOther(Trainer<double> saved, Trainer<double> restored)
        => Assert.Throws<RunMismatchException>(() => restored.Restore(Saved(saved)));

    private static void AssertSame(Trainer<double> saved, Trainer<double> restored) => restored.Restore(Saved(saved));

    private static MemoryStream Saved(Trainer<double> trainer)
    {
        MemoryStream stream = new();
        trainer.Save(stream);
        stream.Position = 0;
        return stream;
    }
}
