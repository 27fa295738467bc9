using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Core.FsCheck.Tests.Vectors;

/// <summary>A run of v⊙v, or of v⊙v − u⊙u, on vectors of one environment or more, of which environment e has Rows + e rows, with truncation or without.</summary>
public sealed record VectorCase(VectorNoise Noise, bool IsDifference, bool IsTruncated, int Dimension, int Rows, int Environments, int Steps, ulong Seed)
{
    internal const double StepSize = 0.02, Deviation = 0.7, Factor = 0.9, Scale = 0.8, Level = 0.5;
    internal const int BatchRows = 2;

    /// <summary>The rows x_i of an environment, one after another.</summary>
    internal double[] RowsOf(int environment) => Entries(2 * environment, (Rows + environment) * Dimension);

    internal double[] ResponsesOf(int environment) => Entries((2 * environment) + 1, Rows + environment);

    /// <summary>The trainer, at its start.</summary>
    internal Trainer<double> Create(WorkerTeam? team = null)
    {
        MeasuredData<double> data = new(
            Dimension,
            [.. Enumerable.Range(0, Environments).Select(e => new EnvironmentSamples<double>(RowsOf(e), ResponsesOf(e)))],
            MeasurementLayout.Vector,
            order: RowOrder.WithReplacement,
            seed: Seed,
            team: team);
        TrainingOptions options = new()
        {
            Seed = Seed,
            Samples = Noise == VectorNoise.OneSample ? 1 : TrainingOptions.AllRows,
            StepSize = StepSizeSchedule.Constant(StepSize),
            LabelNoise = Labels(Noise),
            TruncationLevel = IsTruncated ? Level : null,
        };
        Batch<double> batch = Noise == VectorNoise.OneSample ? new PooledBatch<double>(data, options) : new FullBatch<double>(data, options);
        return new Trainer<double>(
            Noise == VectorNoise.MiniBatches ? new MiniBatchNoise<double>(batch, data, BatchRows, Factor) : batch,
            options,
            team,
            new()
            {
                Model = IsDifference ? new SquareDifferenceModel<double>(Dimension, Scale) : new SquareModel<double>(Dimension, Scale),
                UpdateRule = Noise == VectorNoise.Spherical ? new NoisyDirection<double>(new Sgd<double>(), Deviation, Seed) : null,
            });
    }

    internal static LabelNoise? Labels(VectorNoise noise) => noise switch
    {
        VectorNoise.Labels or VectorNoise.OneSample => new() { Deviation = Deviation },
        VectorNoise.LabelSigns => new() { Deviation = Deviation, Law = LabelNoiseLaw.Signs },
        VectorNoise.OneLabel => new() { Deviation = Deviation, IsOnOneSample = true },
        VectorNoise.OneLabelSign => new() { Deviation = Deviation, Law = LabelNoiseLaw.Signs, IsOnOneSample = true },
        _ => null,
    };

    private double[] Entries(int substream, int length)
    {
        double[] entries = new double[length];
        new RandomStream(Seed, StreamPurpose.User, 0, substream).FillGaussian(entries.AsSpan());
        return entries;
    }
}
