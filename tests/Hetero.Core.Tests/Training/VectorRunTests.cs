using System.Numerics;
using System.Runtime.InteropServices;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Tests.Sweep;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Runs that estimate vectors: d numbers and not d(d + 1)/2, no memory in a step, the bits that are pinned, and what does not fit refused by name.</summary>
[Collection(Allocations.Collection)]
public class VectorRunTests
{
    private const int D = 37, Rows = 11;

    public static TheoryData<string> All() => ["gd", "labels", "one label", "signs", "one sample", "mini-batches", "spherical", "difference", "hetero"];

    [Theory]
    [MemberData(nameof(All))]
    public void AStepAllocatesNothing(string run)
    {
        Check(Create<double>(run));
        Check(Create<float>(run));

        static void Check<T>(Trainer<T> trainer)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            trainer.Run(3);
            Assert.Equal(0, Allocations.Of(() => trainer.Run(20)));
            Assert.Equal(D, trainer.Estimate.Length);
        }
    }

    // A change of these hashes is a change of the numbers of every recorded run.
    [Theory]
    [InlineData("gd", 0x5A4FE943F151E86DUL, 0x88B7D8D5B29C1AC2UL)]
    [InlineData("labels", 0x5F41CD5BEC369F25UL, 0x145B715BFA4AD4B4UL)]
    [InlineData("one label", 0x966F6A720F7B1ED8UL, 0x2B9893436B702631UL)]
    [InlineData("signs", 0x3CD6E7450D454BD5UL, 0xA28EAA5D50E7E350UL)]
    [InlineData("one sample", 0x6C082DD2C4E0F1F4UL, 0xB3B4B089B374836AUL)]
    [InlineData("mini-batches", 0x87F85E36599C0389UL, 0x588D7B397810B1C6UL)]
    [InlineData("spherical", 0x20C6AC8322AAD6D4UL, 0x9E96ED003C6A8183UL)]
    [InlineData("difference", 0x96B11DE8F00467DCUL, 0xCCA5324F6CCC814AUL)]
    [InlineData("hetero", 0xF1193F006420974CUL, 0xB4C04AC434F534B3UL)]
    public void AsPinned(string run, ulong hash, ulong floatHash)
    {
        Assert.Equal((hash, floatHash), (Hash<double>(run), Hash<float>(run)));

        static ulong Hash<T>(string run)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Trainer<T> trainer = Create<T>(run);
            Assert.Equal(TrainingStatus.Completed, trainer.Run(50).Status);
            ulong hash = 14695981039346656037;
            foreach (byte value in MemoryMarshal.AsBytes(trainer.Parameters))
            {
                hash = (hash ^ value) * 1099511628211;
            }

            return hash;
        }
    }

    [Fact]
    public void WhatDoesNotFitIsRefusedByName()
    {
        MeasuredData<double> vectors = Vectors<double>(RowOrder.WithReplacement), matrices = Parts.Data<double>(D);
        TrainingOptions options = new() { Seed = 1, Samples = TrainingOptions.AllRows };
        SquareModel<double> model = new(D, 0.1);
        Refused("parts.Model", "a model of them", () => new HeteroSgd<double>(vectors, options));
        Refused("parts.Model", "symmetric 37×37 matrices", () => new HeteroSgd<double>(matrices, options, parts: new() { Model = model }));
        Refused("parts.Model", "vectors of 37 numbers", () => new HeteroSgd<double>(vectors, options, parts: new() { Model = new GramModel<double>(D, options) }));
        Refused("data", "vectors of 37 numbers", () => new MiniBatchNoise<double>(new FullBatch<double>(vectors, options), matrices, 1));
        Refused("data", "WithReplacement", () => new MiniBatchNoise<double>(new FullBatch<double>(vectors, options), Vectors<double>(RowOrder.Shuffled), 1));
        Refused("initialScale", "", () => new SquareModel<float>(D, 1e-60));
        Refused("dimension", "from 1", () => new SquareModel<double>(0, 1));
        Refused("space.Dimension", "at least 1", () => new NoSpace());
        Trainer<double> trainer = new HeteroSgd<double>(vectors, options, parts: new() { Model = model });
        Assert.Contains("Estimate", Assert.Throws<InvalidOperationException>(() => trainer.CopyEstimate(new(new double[D * D], D, D))).Message, StringComparison.Ordinal);

        static void Refused(string name, string accepted, Func<object> create)
        {
            ArgumentException exception = Assert.ThrowsAny<ArgumentException>(create);
            Assert.Equal(name, exception.ParamName);
            Assert.Contains(accepted, exception.Message, StringComparison.Ordinal);
        }
    }

    // 2d·η·‖x‖² = 60: the first step leaves the range within a few more.
    [Fact]
    public void DivergenceIsAnOutcome()
    {
        TrainingOptions options = new() { Seed = 1, Samples = TrainingOptions.AllRows, StepSize = StepSizeSchedule.Constant(30) };
        Trainer<double> trainer = new HeteroSgd<double>(Vectors<double>(RowOrder.Shuffled), options, parts: new() { Model = new SquareModel<double>(D, 1) });
        Assert.Equal(TrainingStatus.Diverged, trainer.Run(100).Status);
    }

    private static Trainer<T> Create<T>(string run)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        MeasuredData<T> data = Vectors<T>(RowOrder.WithReplacement);
        LabelNoise noise = new() { Deviation = 0.4, Law = run == "signs" ? LabelNoiseLaw.Signs : LabelNoiseLaw.Gaussian, IsOnOneSample = run == "one label" };
        TrainingOptions options = new()
        {
            Seed = 3,
            Samples = run == "one sample" ? 2 : TrainingOptions.AllRows,
            StepSize = StepSizeSchedule.Constant(0.01),
            LabelNoise = run is "labels" or "one label" or "signs" or "one sample" ? noise : null,
        };
        Batch<T> batch = run switch
        {
            "one sample" => new PooledBatch<T>(data, options),
            "hetero" => new HeteroBatch<T>(data, options),
            "mini-batches" => new MiniBatchNoise<T>(new FullBatch<T>(data, options), data, 2, 0.5),
            _ => new FullBatch<T>(data, options),
        };
        return new Trainer<T>(batch, options, parts: new()
        {
            Model = run == "difference" ? new SquareDifferenceModel<T>(D, 0.6) : new SquareModel<T>(D, 0.6),
            UpdateRule = run == "spherical" ? new NoisyDirection<T>(new HeavyBall<T>(0.5), 0.3, 9) : null,
        });
    }

    private static MeasuredData<T> Vectors<T>(RowOrder order)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => new(
            D,
            [.. new[] { Rows, Rows + 3 }.Select(n => new EnvironmentSamples<T>(Data.Uniform<T>(n * D, n), Data.Uniform<T>(n, 2 * n)))],
            MeasurementLayout.Vector,
            order: order,
            seed: 8);

    private sealed class NoSpace() : Batch<double>(default(EstimateSpace))
    {
        public override string Algorithm => "none";

        public override void ComputeGradient(in BatchStep<double> step)
        {
        }

        public override void Describe(PartDescription description)
        {
        }
    }
}
