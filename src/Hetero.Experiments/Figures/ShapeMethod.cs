using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Experiments.Figures;

/// <summary>One of the methods of Shape Matters, as a composition of parts: where it starts, its step sizes, and which noise it makes.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Label">The name in the picture.</param>
internal sealed record ShapeMethod(string Name, string Label)
{
    /// <summary>Gets the number of steps, for each step of the other methods.</summary>
    public int Length { get; init; } = 1;

    /// <summary>Gets τ: the start is v = τ·1.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Gets η.</summary>
    public double StepSize { get; init; } = 0.01;

    /// <summary>Gets whether η is divided by 10 after a third of the steps and again after two thirds.</summary>
    public bool Decays { get; init; }

    /// <summary>Gets the label noise; null for none.</summary>
    public LabelNoise? LabelNoise { get; init; }

    /// <summary>Gets whether a step sees one sample, else all.</summary>
    public bool IsOneSample { get; init; }

    /// <summary>Gets the factor δ of mini-batch noise, from batches of one sample; 0 for none.</summary>
    public double MiniBatchFactor { get; init; }

    /// <summary>Gets the deviation σ of spherical Gaussian noise on the direction; 0 for none.</summary>
    public double Spherical { get; init; }

    /// <summary>Makes the trainer, at its start.</summary>
    /// <param name="data">The data, of vectors, taken with replacement.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="steps">The number of steps of a method of length 1.</param>
    public Trainer<double> Create(MeasuredData<double> data, ulong seed, int steps)
    {
        TrainingOptions options = new()
        {
            Seed = seed,
            Samples = IsOneSample ? 1 : TrainingOptions.AllRows,
            StepSize = Decays
                ? StepSizeSchedule.Piecewise((0, StepSize), (steps / 3, StepSize / 10), (2 * steps / 3, StepSize / 100))
                : StepSizeSchedule.Constant(StepSize),
            LabelNoise = LabelNoise,
        };
        Batch<double> batch = IsOneSample ? new PooledBatch<double>(data, options) : new FullBatch<double>(data, options);
        return new Trainer<double>(
            MiniBatchFactor == 0 ? batch : new MiniBatchNoise<double>(batch, data, samples: 1, MiniBatchFactor),
            options,
            parts: new()
            {
                Model = new SquareModel<double>(data.Dimension, Scale),
                UpdateRule = Spherical == 0 ? null : new NoisyDirection<double>(new Sgd<double>(), Spherical, seed),
            });
    }
}
