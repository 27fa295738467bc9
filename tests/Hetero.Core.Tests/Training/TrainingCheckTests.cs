using System.Globalization;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>What a trainer refuses when it is created, and that what it takes comes to an end with numbers.</summary>
public class TrainingCheckTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 20 };
    private static readonly SensingProblem Problem = Runs.Problem();
    private static readonly DiagonalEnvironments TwoPoint = DiagonalEnvironments.TwoPoint(2, 0.5, 2);

    [Theory]
    [InlineData("exact-law")]
    [InlineData("regenerated")]
    public void SamplesBeyondExactCounts(string kind)
    {
        foreach (long samples in new[] { long.MaxValue, (1L << 53) + 1, 0, -1 })
        {
            Assert.Equal("options.Samples", Refused<double>(Options with { Samples = samples }, source: Runs.Source<double>(kind, 7, 20, 1)));
        }

        Create<double>(Options with { Samples = 1L << 53 }, source: Runs.Source<double>(kind, 7, 20, 1));
        TrainingOptions drawn = Options with { Samples = 1L << 53, PooledSampling = PooledSampling.Independent };
        MeasurementSource<double> source = Runs.Source<double>(kind, 7, 20, 1);
        Assert.Equal("options.Samples", Assert.ThrowsAny<ArgumentException>(() => new PooledSgd<double>(Problem, TwoPoint, source, drawn)).ParamName);
    }

    [Fact]
    public void AtInfinitelyManySamplesNeitherTheirNumberNorTheirNoiseMatters()
    {
        TrainingOptions options = Options with { Samples = long.MaxValue, NoiseDeviation = 1e30 };
        HeteroSgd<float> trainer = Create<float>(options, source: new PopulationMeasurements<float>(7));
        Assert.Equal(TrainingStatus.Completed, trainer.Advance());
    }

    [Theory]
    [InlineData(1e160)]
    [InlineData(1e6)]
    [InlineData(378_000)]
    [InlineData(1e-310)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void AStartThatCountsAsDivergedOrAsNothing(double scale)
    {
        Assert.Equal("options.InitialScale", Refused<double>(Options with { InitialScale = scale }));
        Assert.Equal("options.InitialScale", Refused<float>(Options with { InitialScale = scale }));
        Assert.Equal("options.InitialScale", Refused<double>(Options with { InitialScale = scale, Start = StartKind.Frame }));
    }

    // k columns of length α: 10¹² = kα².
    [Theory]
    [InlineData(7)]
    [InlineData(2)]
    public void TheLargestStartIsTaken(int columns)
    {
        TrainingOptions options = Options with { FactorColumns = columns, InitialScale = Math.Sqrt(1e12 / columns) * (1 - 1e-9) };
        Assert.Equal(0, Create<double>(options).Step);
        Assert.Equal("options.InitialScale", Refused<double>(options with { InitialScale = options.InitialScale * (1 + 1e-8) }));
        NamedStartIsTaken<double>(columns);
        NamedStartIsTaken<float>(columns);
    }

    private static void NamedStartIsTaken<T>(int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        TrainingOptions options = Options with { FactorColumns = columns, InitialScale = 1e7 };
        string message = Assert.ThrowsAny<ArgumentException>(() => Create<T>(options)).Message;
        double named = double.Parse(message.Split("is at most ")[1].Split(',')[0], CultureInfo.InvariantCulture);
        Assert.Equal(0, Create<T>(options with { InitialScale = named }).Step);
        foreach (StartKind start in columns == 7 ? Enum.GetValues<StartKind>() : [StartKind.Frame])
        {
            Assert.Equal(0, Create<T>(options with { InitialScale = named, Start = start }).Step);
        }
    }

    [Fact]
    public void WhatSinglePrecisionHoldsWithFewerDigits()
    {
        Assert.Equal("options.InitialScale", Refused<float>(Options with { InitialScale = 1e-40 }));
        Assert.Equal("options.StepSize", Refused<float>(Options with { StepSize = StepSizeSchedule.Piecewise((0, 0.1), (9, 1e-40)) }));
        Assert.Equal("options.StepSize", Refused<float>(Options with { StepSize = StepSizeSchedule.Constant(1e-20), GradientScale = 1e-20 }));
        Assert.Equal("options.StepSize", Refused<double>(Options with { StepSize = StepSizeSchedule.Constant(1e-200), GradientScale = 1e-200 }));
        Assert.Equal("options.StepSize", Refused<double>(Options with { StepSize = StepSizeSchedule.Constant(1e200), GradientScale = 1e200 }));
        Assert.Equal("problem.Eigenvalues", Refused<float>(Options, SensingProblem.Create(7, 2, 2, 3, eigenvalues: [1, 1e-40])));
        Assert.Equal("problem.Eigenvalues", Refused<double>(Options, SensingProblem.Create(7, 2, 2, 3, eigenvalues: [1, 1e-310])));
        Create<float>(Options with { InitialScale = 1.2e-38 });
        Create<float>(Options, SensingProblem.Create(7, 2, 2, 3, eigenvalues: [1, 1.2e-38]));
    }

    [Theory]
    [InlineData(1e30, 1e28)]
    [InlineData(1e39, 1e20)]
    [InlineData(1e100, 1e12)]
    public void SizesBeyondSinglePrecision(double refused, double taken)
    {
        void Check(string name, Func<double, Trainer<float>> create)
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => create(refused));
            Assert.Equal(name, exception.ParamName);
            Assert.Contains($"'{name}' ", exception.Message, StringComparison.Ordinal);
            create(taken);
        }

        Check("problem.Eigenvalues", size => Create<float>(Options, SensingProblem.Create(7, 2, 2, 3, eigenvalues: [1, size])));
        Check("environments.Mean", size => Create<float>(Options, environments: DiagonalEnvironments.Uniform(2, -size, 1)));
        Check("environments.Spread", size => Create<float>(Options, environments: DiagonalEnvironments.TwoPoint(2, 1, size)));
        Check("environments.Size", size => Create<float>(Options, environments: new OffDiagonalEnvironments(TwoPoint, size)));
        Check("environments", size => Create<float>(Options, environments: new FiniteEnvironments(2, [[1, 0, 0, 1], [0, 1, 1, -size]])));
        Check("options.NoiseDeviation", size => Create<float>(Options with { NoiseDeviation = size }));
    }

    // Rounded to 0 they would make another run.
    [Fact]
    public void SizesThatSinglePrecisionLoses()
    {
        void Check(string name, Func<double, Trainer<float>> create)
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(() => create(1e-46));
            Assert.Equal(name, exception.ParamName);
            Assert.Contains("1E-46", exception.Message, StringComparison.Ordinal);
            create(0);
            create(2e-38);
        }

        Check("environments.Spread", size => Create<float>(Options, environments: DiagonalEnvironments.Uniform(2, 0, size)));
        Check("environments", size => Create<float>(Options, environments: new FiniteEnvironments(2, [[size, 0, 0, 0]])));
        Check("options.NoiseDeviation", size => Create<float>(Options with { NoiseDeviation = size }));

        // Round-off next to a number that stays.
        Create<float>(Options, environments: DiagonalEnvironments.TwoPoint(2, 1, 1e-46));
    }

    // Double holds them, and so they are taken.
    [Theory]
    [InlineData(1e29)]
    [InlineData(1e100)]
    [InlineData(1e290)]
    public void SizesThatDoublePrecisionHolds(double size)
    {
        SensingProblem problem = SensingProblem.Create(7, 2, 2, 3, eigenvalues: [1, size]);
        Create<double>(Options with { NoiseDeviation = size }, problem, DiagonalEnvironments.TwoPoint(2, size, size));
        Assert.Equal("problem.Eigenvalues", Refused<double>(Options, SensingProblem.Create(7, 2, 2, 3, eigenvalues: [1, 1e305])));
        Assert.Equal("environments.Spread", Refused<double>(Options, environments: DiagonalEnvironments.TwoPoint(2, 1, 1e305)));
    }

    // A sum of m samples is divided by m at the end: what one sample holds, ten million need not.
    [Fact]
    public void ExplicitMeasurementsAreSummedBeforeTheyAreDivided()
    {
        RegeneratedMeasurements<float> source = new(7, 1);
        TrainingOptions options = Options with { NoiseDeviation = 1e28 };
        Create<float>(options, source: source);
        Assert.Equal("options.NoiseDeviation", Refused<float>(options with { Samples = 1_000_000_000_000 }, source: source));
        Create<float>(options with { Samples = 1_000_000_000_000 });
    }

    [Fact]
    public void WhatIsMissingIsNamed()
    {
        Assert.Equal("options.StepSize", Refused<double>(Options with { StepSize = null! }));
        Assert.Equal("options.EnvironmentOrder", Refused<double>(Options with { EnvironmentOrder = null! }));
    }

    [Fact]
    public void TheLargestDimensionIsNamed()
    {
        SensingProblem problem = SensingProblem.Create(46_341, 1, 1, 1);
        Assert.Equal("problem.Dimension", Assert.ThrowsAny<ArgumentException>(
            () => new HeteroSgd<double>(problem, DiagonalEnvironments.TwoPoint(1, 1, 1), new PopulationMeasurements<double>(46_341), Options)).ParamName);
    }

    // An option that an algorithm has no use for is a mistake, where it is not the default.
    [Fact]
    public void OptionsWithoutUseAreRefused()
    {
        ExactLawMeasurements<double> source = new(7, 1);
        foreach ((string name, TrainingOptions options) in new[]
        {
            ("options.EnvironmentOrder", Options with { EnvironmentOrder = EnvironmentOrder.Cyclic }),
            ("options.EnvironmentOrder", Options with { EnvironmentOrder = EnvironmentOrder.Blocks(2) }),
            ("options.PooledShare", Options with { PooledShare = 0.5 }),
            ("options.PooledShare", Options with { PooledShare = double.NaN }),
        })
        {
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => new PooledSgd<double>(Problem, TwoPoint, source, options)).ParamName);
            Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => new PooledGd<double>(Problem, TwoPoint, source, options)).ParamName);
        }

        TrainingOptions independent = Options with { PooledSampling = PooledSampling.Independent };
        Assert.Equal("options.PooledSampling", Assert.ThrowsAny<ArgumentException>(() => new PooledGd<double>(Problem, TwoPoint, source, independent)).ParamName);
        Assert.Equal(0, new HeteroSgd<double>(Problem, TwoPoint, source, independent).Step);
    }

    // Any magnitudes: either a named refusal when the trainer is made, or a run that ends with a typed outcome and rows of numbers.
    [Theory]
    [MemberData(nameof(Runs.All), MemberType = typeof(Runs))]
    public void AnyMagnitudeIsRefusedOrRuns(string algorithm, string kind)
    {
        const int Trials = 150;
        int ran = 0;
        Properties.Check(Magnitudes(308), magnitudes => ran += RefusedOrRun<double>(algorithm, kind, magnitudes), Trials);
        Properties.Check(Magnitudes(38), magnitudes => ran += RefusedOrRun<float>(algorithm, kind, magnitudes), Trials);
        Assert.InRange(ran, 2 * Trials / 5, 2 * Trials);
    }

    // Powers of ten: mostly moderate ones, so that not everything is refused, some at the ends of the range.
    private static Arbitrary<int[]> Magnitudes(int range)
        => Arb.From(
            Gen.OneOf(Gen.Choose(-3, 3), Gen.Choose(-range / 8, range / 8), Gen.Choose(-range / 2, range / 2), Gen.Choose(-range, range)).ArrayOf(6),
            powers => Enumerable.Range(0, 6).Where(i => powers[i] != 0).Select(i => powers.Select((power, j) => i == j ? power / 2 : power).ToArray()));

    private static int RefusedOrRun<T>(string algorithm, string kind, int[] powers)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] sizes = [.. powers.Select(power => double.Parse($"1e{power}", System.Globalization.CultureInfo.InvariantCulture))];
        TrainingOptions options = Options with
        {
            InitialScale = sizes[0],
            StepSize = StepSizeSchedule.Constant(sizes[1]),
            NoiseDeviation = powers[2] > 0 ? sizes[2] : 0,
            Samples = 24,
        };
        Trainer<T> trainer;
        try
        {
            trainer = Runs.Create<T>(
                algorithm,
                kind,
                options,
                SensingProblem.Create(7, 2, 2, 3, eigenvalues: [sizes[3], sizes[4]]),
                environments: Runs.Environments(algorithm, sizes[5]));
        }
        catch (ArgumentException refusal)
        {
            string[] names =
            [
                "options.InitialScale", "options.StepSize", "options.NoiseDeviation", "problem.Eigenvalues",
                "environments", "environments.Spread", "environments.Mean", "environments.Size",
            ];
            Assert.Contains(refusal.ParamName, names);
            Assert.Contains($"'{refusal.ParamName}'", refusal.Message, StringComparison.Ordinal);
            return 0;
        }

        TrajectoryRecorder<T> recorder = new(trainer, 4);
        TrainingOutcome outcome = trainer.Run(4, recorder);
        Assert.Equal(outcome.Status == TrainingStatus.Completed ? 5 : outcome.Step, recorder.Trajectory.Count);
        Assert.True(outcome.Status == TrainingStatus.Diverged || trainer.Factor.Data.ToArray().All(T.IsFinite));
        foreach (TrajectoryRow row in recorder.Trajectory.Rows)
        {
            Assert.All([row.Error, row.PooledError, row.Residual!.Value, row.Spurious], value => Assert.True(double.IsFinite(value), $"{row}"));
            Assert.False(double.IsNaN(row.Signal), $"{row}");
        }

        return 1;
    }

    private static HeteroSgd<T> Create<T>(
        TrainingOptions options, SensingProblem? problem = null, EnvironmentDistribution? environments = null, MeasurementSource<T>? source = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(problem ?? Problem, environments ?? TwoPoint, source ?? new ExactLawMeasurements<T>(7, 1), options);

    private static string? Refused<T>(
        TrainingOptions options, SensingProblem? problem = null, EnvironmentDistribution? environments = null, MeasurementSource<T>? source = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Assert.ThrowsAny<ArgumentException>(() => Create(options, problem, environments, source)).ParamName;
}
