using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A trainer that is put together from parts has options, and so has its batch: what neither would go by is refused by name.</summary>
public class UnusedOptionsTests
{
    private static readonly TrainingOptions Plain = new() { Seed = 1 };
    private static readonly SensingProblem Problem = Runs.Problem();
    private static readonly EnvironmentDistribution Law = Runs.Environments("HeteroSGD");

    // One other value of every option but the seed, which both have.
    private static readonly Dictionary<string, Func<TrainingOptions, TrainingOptions>> Changes = new()
    {
        ["Samples"] = options => options with { Samples = 48 },
        ["NoiseDeviation"] = options => options with { NoiseDeviation = 0.1 },
        ["LabelNoise"] = options => options with { LabelNoise = new() { Deviation = 0.2 } },
        ["TruncationLevel"] = options => options with { TruncationLevel = 9 },
        ["PooledSampling"] = options => options with { PooledSampling = PooledSampling.Independent },
        ["EnvironmentOrder"] = options => options with { EnvironmentOrder = EnvironmentOrder.Blocks(3) },
        ["PooledShare"] = options => options with { PooledShare = 0.5 },
        ["StepSize"] = options => options with { StepSize = StepSizeSchedule.Constant(0.01) },
        ["GradientScale"] = options => options with { GradientScale = 2 },
        ["InitialScale"] = options => options with { InitialScale = 0.1 },
        ["FactorColumns"] = options => options with { FactorColumns = 3 },
        ["Start"] = options => options with { Start = StartKind.Frame },
    };

    private static readonly string[] OfBatch = ["Samples", "NoiseDeviation", "LabelNoise", "TruncationLevel", "PooledSampling", "EnvironmentOrder", "PooledShare"];

    public static TheoryData<string> Names => [.. Changes.Keys];

    [Fact]
    public void EveryOptionIsOneOfThem()
        => Assert.Equal(typeof(TrainingOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name).Where(name => name != "Seed").Order(), Changes.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void WhatNobodyGoesByIsRefused(string name)
    {
        TrainingOptions changed = Changes[name](Plain);
        bool isOfBatch = OfBatch.Contains(name);
        string argument = isOfBatch ? $"options.{name}" : $"batch.Options.{name}";
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => isOfBatch ? Create(Batch(Plain), changed) : Create(Batch(changed), Plain));
        Assert.Equal(argument, refusal.ParamName);
        Assert.StartsWith($"'{argument}' is ", refusal.Message, StringComparison.Ordinal);

        // Where both have it, or the one that goes by it.
        Create(Batch(changed), changed with { Seed = 2 });
        Create(isOfBatch ? Batch(changed) : Batch(Plain), isOfBatch ? Plain : changed);
    }

    [Fact]
    public void TheMessageSaysBothValues()
    {
        string message = Assert.Throws<ArgumentException>(() => Create(Batch(Plain with { Samples = 40 }), Plain with { Samples = 48 })).Message;
        Assert.StartsWith("'options.Samples' is 48, and the batch goes by its own; accepted is 40, or the default, 8000.", message, StringComparison.Ordinal);
        message = Assert.Throws<ArgumentException>(() => Create(Batch(Plain), Plain with { LabelNoise = new() { Deviation = 0.5 } })).Message;
        Assert.StartsWith("'options.LabelNoise' is Gaussian noise of deviation 0.5 on each sample, and the batch goes by its own; accepted is none.", message, StringComparison.Ordinal);
    }

    // Of a batch of one's own nothing is known unless it says so.
    [Fact]
    public void ABatchThatSaysNothingTakesNoOptionOfSamples()
    {
        TrainingOptions noisy = Plain with { NoiseDeviation = 0.1 };
        Create(new Own(null), Plain with { GradientScale = 2 });
        Create(new Own(noisy), noisy with { GradientScale = 2 });
        string message = Assert.Throws<ArgumentException>(() => Create(new Own(null), noisy)).Message;
        Assert.StartsWith("'options.NoiseDeviation' is 0.1, and the batch says no options of its own; accepted is 0.", message, StringComparison.Ordinal);
    }

    // The estimate of memory goes by the batch's number of samples.
    [Fact]
    public void SizesAreTheBatchs() => Assert.Equal(48, Create(Batch(Plain with { Samples = 48 }), Plain).Sizes.Samples);

    // A model of one's own has been made, with a start or without one, before the trainer's options are seen.
    [Theory]
    [InlineData("InitialScale")]
    [InlineData("FactorColumns")]
    [InlineData("Start")]
    public void WhatAModelOfOnesOwnDoesNotGoByIsRefused(string name)
    {
        TrainingOptions changed = Changes[name](Plain);
        foreach (Func<TrainingOptions, Model<double>> create in new Func<TrainingOptions, Model<double>>[] { own => new GramModel<double>(7, own), own => new IndefiniteModel<double>(7, own) })
        {
            ArgumentException refusal = Assert.Throws<ArgumentException>(() => Create(Batch(Plain), changed, create(Plain)));
            Assert.Equal($"options.{name}", refusal.ParamName);
            Assert.Contains(", and 'parts.Model' goes by its own; accepted is ", refusal.Message, StringComparison.Ordinal);
            Create(Batch(Plain), changed, create(changed));
            Create(Batch(Plain), Plain, create(changed));
        }

        ArgumentException silent = Assert.Throws<ArgumentException>(() => Create(Batch(Plain), changed, new Ones()));
        Assert.Equal($"options.{name}", silent.ParamName);
        Assert.Contains(", and 'parts.Model' says no options of its own; accepted is ", silent.Message, StringComparison.Ordinal);
        Create(Batch(Plain), Plain, new Ones());
    }

    [Fact]
    public void ModelsWithoutAFactorSayTheirStart()
    {
        TrainingOptions changed = Plain with { InitialScale = 0.1 };
        Assert.Equal(
            "options.InitialScale", Assert.Throws<ArgumentException>(() => Create(Batch(Plain), changed, new DirectModel<double>(7, Plain))).ParamName);
        Create(Batch(Plain), changed, new DirectModel<double>(7, changed));
    }

    // The number that is refused is the model's, not that of options which it does not go by.
    [Fact]
    public void AStartThatIsTooLargeIsTheModels()
    {
        string message = Assert.Throws<ArgumentException>(() => Create(Batch(Plain), Plain, new GramModel<double>(7, Plain with { InitialScale = 1e7 }))).Message;
        Assert.StartsWith("'options.InitialScale' is 10000000; accepted with 7 columns is at most ", message, StringComparison.Ordinal);
    }

    private static HeteroBatch<double> Batch(TrainingOptions options) => new(new SignalModel<double>(Problem), Law, new RegeneratedMeasurements<double>(7, 1), options);

    private static Trainer<double> Create(Batch<double> batch, TrainingOptions options, Model<double>? model = null)
        => new(batch, options, parts: model is null ? null : new() { Model = model });

    /// <summary>One number in every coordinate, from 1.</summary>
    private sealed class Ones() : Model<double>(7, new MatrixShape(1, 1))
    {
        public override void Start(Span<double> parameters, CancellationToken cancellation = default) => parameters.Fill(1);

        public override void CopyMatrix(ReadOnlySpan<double> parameters, Span<double> svec, CancellationToken cancellation = default) => svec.Fill(parameters[0]);

        public override void PullBack(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> direction, CancellationToken cancellation = default)
            => direction[0] = gradient[0];

        public override void Describe(Hetero.Core.Numerics.PartDescription description) => description.Add("model", "ones");
    }

    private sealed class Own(TrainingOptions? options) : Batch<double>(7)
    {
        public override string Algorithm => "own";

        public override TrainingOptions? Options => options;

        public override void ComputeGradient(in BatchStep<double> step)
        {
        }

        public override void Describe(Hetero.Core.Numerics.PartDescription description) => description.Add("batch", "own");
    }
}
