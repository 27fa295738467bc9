using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;

namespace Hetero.Experiments.Figures;

/// <summary>A run in factored form: its rows, how far from orthonormal the bases of its draws are at the recorded steps, and how long its steps take.</summary>
/// <param name="Recipe">What was trained.</param>
/// <param name="Run">How it ended, and the rows.</param>
/// <param name="Defect">The largest ‖BᵀB − I‖_F.</param>
/// <param name="SecondsPerStep">The time of a step, with its share of the recorded rows.</param>
internal sealed record MillionRun(RunRecipe Recipe, RecordedRun Run, double Defect, double SecondsPerStep)
{
    /// <summary>Trains a recipe on a team.</summary>
    public static MillionRun Execute(RunRecipe recipe, WorkerTeam team, IProgress<int>? progress, CancellationToken cancellation)
    {
        Trainer<double> trainer = Runner.Create<double>(recipe, team, cancellation).Trainer;
        TrajectoryRecorder<double> recorder = new(trainer, recipe.Steps, recipe.Every);
        BasisObserver basis = new(trainer, recipe, new FactoredExactLawMeasurements<double>(recipe.Dimension, recipe.Seed, team));
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        TrainingOutcome outcome = trainer.Run(recipe.Steps, new CompositeObserver<double>(recorder, basis), progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        double seconds = System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new MillionRun(recipe, new RecordedRun(outcome, recorder.Trajectory), basis.Defect, seconds / Math.Max(trainer.Step, 1));
    }

    private sealed class BasisObserver(Trainer<double> trainer, RunRecipe recipe, FactoredExactLawMeasurements<double> source) : ITrainingObserver<double>
    {
        private readonly double[] _sigma = new double[recipe.SpuriousRank * recipe.SpuriousRank];

        public double Defect { get; private set; }

        public SnapshotParts Needs => SnapshotParts.None;

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            if (snapshot.Step % recipe.Every != 0 && snapshot.Step != recipe.Steps)
            {
                return;
            }

            FactoredResidual<double> residual = new()
            {
                Factor = snapshot.Factor,
                InvariantBasis = trainer.Signals.InvariantBasis,
                Eigenvalues = trainer.Signals.Problem.Eigenvalues,
                SpuriousBasis = trainer.Signals.SpuriousBasis,
                Sigma = _sigma,
            };
            Defect = Math.Max(Defect, source.MeasureBasis(in residual));
        }
    }
}
