using System.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// A part of a batch whose samples all measure the same residual D: it contributes Scale·Σ_i (⟨X_i, D⟩ − ξ_i)·X_i over its
/// samples i to the gradient. HeteroSGD has one group a step; pooled batches have one for each environment.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
public readonly struct SampleGroup<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets the training step the measurements belong to, 0 or more.</summary>
    public required int Step { get; init; }

    /// <summary>Gets the number of samples in the group, 0 or more.</summary>
    public required long Count { get; init; }

    /// <summary>Gets the weight of a sample: 1/m, or π_e/m.</summary>
    public required double Scale { get; init; }

    /// <summary>Gets the index of the group in its batch, 0 to 2²⁴ − 1. Draws take it as substream: groups of one step need indices of their own.</summary>
    public int Group { get; init; }

    /// <summary>Gets which set of measurements the samples come from: 0, or one set for each environment.</summary>
    public int MeasurementSet { get; init; }

    /// <summary>
    /// Gets the index of the group's first sample in its set of measurements. Where stored measurements are told the size of the batch, that is its
    /// position in the batch.
    /// </summary>
    public long FirstSample { get; init; }

    /// <summary>
    /// Gets the number m of samples in the whole batch of the step, all groups of one set together; <see cref="RowOrder"/> then says which stored
    /// sample stands at which position. 0: positions are the stored samples themselves. Measurements that are drawn do not use it.
    /// </summary>
    public long BatchSize { get; init; }

    /// <summary>
    /// Gets how many rows of the measurement set the groups before this one took, in earlier steps and in this one: where data of one's own that are
    /// taken in mini-batches go on. Other sources do not use it.
    /// </summary>
    public long RowsBefore { get; init; }

    /// <summary>Gets a permutation of the batch's positions, by which stored samples are found; null if they keep their places.</summary>
    internal int[]? Positions { get; init; }

    /// <summary>
    /// Gets whether the responses that a source has are left aside, so that it adds Scale·Σ ⟨X_i, M⟩X_i: what <see cref="Training.EnvironmentGradients{T}.Apply"/> asks of an
    /// operator. A source without responses does not use it.
    /// </summary>
    public bool IsBare { get; init; }

    /// <summary>Gets the standard deviation σ of the Gaussian noise ξ_i in the responses; 0 is the paper.</summary>
    public double NoiseDeviation { get; init; }

    /// <summary>
    /// Gets whether the same samples have the same noise at every step, as responses that are stored and used again have; else each step draws its own.
    /// </summary>
    public bool KeepsNoise { get; init; }

    /// <summary>Gets the substream of the noise: the environment's index in a finite distribution, else 0.</summary>
    public int NoiseSubstream { get; init; }

    /// <summary>Gets the noise that this step adds to the responses of the group; null for none. Applies to the first matrix alone, as the other noise does.</summary>
    public LabelNoise? LabelNoise { get; init; }

    /// <summary>
    /// Gets the step of the noise stream. The entry of the stream is the sample's index in its set, so the noise of a stored response stays with it; with a
    /// <see cref="Mixture"/>, where responses are drawn anew, it is the position in the batch.
    /// </summary>
    internal int NoiseStep => KeepsNoise ? 0 : Step;

    /// <summary>Gets what makes the samples' residuals differ; null if they are all the same.</summary>
    internal ResidualMixture<T>? Mixture { get; init; }

    /// <summary>
    /// Gets what is done with the model's predictions: samples left out, responses summed; null for nothing. A source without single samples refuses it
    /// (<see cref="MeasurementSource{T}.HasSamples"/>).
    /// </summary>
    internal PredictionPass<T>? Predictions { get; init; }
}
