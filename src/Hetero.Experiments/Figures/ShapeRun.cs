using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace Hetero.Experiments.Figures;

/// <summary>A run of a method of Shape Matters: ‖v⊙v − w*‖² at equally spaced steps, +∞ after it diverged, and what it ended with.</summary>
internal sealed class ShapeRun
{
    private ShapeRun(double[] errors, double[] estimate, bool hasDiverged) => (Errors, Estimate, HasDiverged) = (errors, estimate, hasDiverged);

    /// <summary>Gets the squared distances.</summary>
    public double[] Errors { get; }

    /// <summary>Gets v⊙v at the last step.</summary>
    public double[] Estimate { get; }

    /// <summary>Gets whether it diverged.</summary>
    public bool HasDiverged { get; }

    /// <summary>Draws n samples x ~ N(0, I_d) with y = ⟨w*, x⟩, w* = 1 in its first r entries and 0 in the others.</summary>
    public static MeasuredData<double> DataOf(ulong seed, int dimension, int sparsity, int samples)
    {
        double[] rows = new double[samples * dimension], responses = new double[samples];
        new RandomStream(seed, StreamPurpose.Measurements).FillGaussian<double>(rows);
        for (int i = 0; i < samples; i++)
        {
            for (int j = 0; j < sparsity; j++)
            {
                responses[i] += rows[(i * dimension) + j];
            }
        }

        return new MeasuredData<double>(dimension, [new(rows, responses)], MeasurementLayout.Vector, order: RowOrder.WithReplacement, seed: seed);
    }

    /// <summary>Trains.</summary>
    /// <param name="trainer">The trainer, at its start.</param>
    /// <param name="sparsity">r.</param>
    /// <param name="steps">The number of steps, a multiple of the number of parts.</param>
    /// <param name="parts">The number of distances beside that of the start.</param>
    /// <param name="progress">Receives the number of steps made since it was called last.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static ShapeRun Execute(Trainer<double> trainer, int sparsity, int steps, int parts, Action<int> progress, CancellationToken cancellation)
    {
        double[] errors = new double[parts + 1];
        errors[0] = Error(trainer.Estimate, sparsity);
        for (int part = 1; part <= parts; part++)
        {
            TrainingStatus status = trainer.Run(steps / parts, cancellation: cancellation).Status;
            cancellation.ThrowIfCancellationRequested();
            errors[part] = status == TrainingStatus.Diverged ? double.PositiveInfinity : Error(trainer.Estimate, sparsity);
            progress(steps / parts);
        }

        return new ShapeRun(errors, trainer.Estimate.ToArray(), trainer.HasDiverged);
    }

    private static double Error(ReadOnlySpan<double> estimate, int sparsity)
    {
        double sum = 0;
        for (int j = 0; j < estimate.Length; j++)
        {
            double difference = estimate[j] - (j < sparsity ? 1 : 0);
            sum += difference * difference;
        }

        return sum;
    }
}
