using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;

namespace Hetero.Core.Theory.Networks;

/// <summary>Runs of Algorithm 4, each with neurons, environments and inputs of its own, in single precision; one that diverged has infinite
/// numbers.</summary>
/// <param name="Error">The median of ‖UUᵀ − A*‖_F/‖A*‖_F after the last step.</param>
/// <param name="Variant">The median weight on a variant neuron.</param>
internal sealed record NetworkRuns(double Error, double Variant)
{
    /// <summary>Trains.</summary>
    /// <param name="seed">The seed of the first run; the others have those after it.</param>
    /// <param name="runs">The number of runs.</param>
    /// <param name="dimension">d.</param>
    /// <param name="rank">r1 = r2.</param>
    /// <param name="samples">m.</param>
    /// <param name="steps">T.</param>
    /// <param name="scale">α of Σ u_ju_jᵀ = αI.</param>
    /// <param name="trace">What τ is.</param>
    /// <param name="isPooled">Whether PooledSGD trains in the place of HeteroSGD.</param>
    public static NetworkRuns Make(ulong seed, int runs, int dimension, int rank, long samples, int steps, double scale, TraceKind trace, bool isPooled)
    {
        double[] errors = new double[runs], weights = new double[runs];
        for (int run = 0; run < runs; run++)
        {
            TrainingOptions options = new()
            {
                Seed = unchecked(seed + (ulong)run),
                Samples = samples,
                StepSize = StepSizeSchedule.Constant(NetworkSetting.StepSize),
                InitialScale = Math.Sqrt(scale),
            };
            QuadraticNeurons neurons = QuadraticNeurons.Draw(dimension, rank, rank, options.Seed);
            EnvironmentDistribution environments = neurons.CreateEnvironments(DiagonalEnvironments.TwoPoint(rank, NetworkSetting.Mean, NetworkSetting.Spread));
            RankOneMeasurements<float> source = new(dimension, options.Seed);
            TrainingParts<float> parts = new() { UpdateRule = new Shrinkage<float>(new Sgd<float>(), trace) };
            Trainer<float> trainer = isPooled
                ? new PooledSgd<float>(neurons.Problem, environments, source, options, parts: parts)
                : new HeteroSgd<float>(neurons.Problem, environments, source, options, parts: parts);
            TrajectoryRecorder<float> recorder = new(trainer, steps, steps, new NeuronWeights<float>(neurons));
            bool isThere = trainer.Run(steps, recorder).Status == TrainingStatus.Completed;
            double norm = Math.Sqrt(neurons.Problem.Eigenvalues.ToArray().Sum(eigenvalue => eigenvalue * eigenvalue));
            errors[run] = isThere ? recorder.Trajectory.Rows[^1].Error / norm : double.PositiveInfinity;
            weights[run] = isThere ? recorder.Trajectory.GetColumns(recorder.Trajectory.Count - 1).Slice(rank, rank).ToArray().Max() : double.PositiveInfinity;
        }

        return new(TrainedRun.Median(errors), TrainedRun.Median(weights));
    }
}
