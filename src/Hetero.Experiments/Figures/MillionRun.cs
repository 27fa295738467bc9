using System.Diagnostics;
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
/// <param name="SecondsPerStep">The time of a step, without what is recorded and checked between two.</param>
internal sealed record MillionRun(RunRecipe Recipe, RecordedRun Run, double Defect, double SecondsPerStep)
{
    /// <summary>Returns a run that was kept, or trains it and keeps it.</summary>
    public static MillionRun Of(RunRecipe recipe, WorkerTeam team, IKeptRuns? kept, IProgress<int> progress, CancellationToken cancellation)
    {
        string id = MillionRunText.IdOf(recipe);
        MillionRun? found = null;
        if (kept?.Find(id, text => (found = MillionRunText.Read(recipe, text)) is not null) ?? false)
        {
            progress.Report(recipe.Steps);
            return found!;
        }

        MillionRun run = Execute(recipe, team, progress, cancellation);
        kept?.Keep(id, MillionRunText.Write(run));
        return run;
    }

    private static MillionRun Execute(RunRecipe recipe, WorkerTeam team, IProgress<int>? progress, CancellationToken cancellation)
    {
        Trainer<double> trainer = Runner.Create<double>(recipe, team, cancellation).Trainer;
        TrajectoryRecorder<double> recorder = new(trainer, recipe.Steps, recipe.Every);
        BasisObserver basis = new(trainer, recipe, new FactoredExactLawMeasurements<double>(recipe.Dimension, recipe.Seed, team));
        TimedObserver watched = new(new CompositeObserver<double>(recorder, basis));
        long start = Stopwatch.GetTimestamp();
        TrainingOutcome outcome = trainer.Run(recipe.Steps, watched, progress, cancellation);
        cancellation.ThrowIfCancellationRequested();
        double seconds = (Stopwatch.GetElapsedTime(start) - watched.Elapsed).TotalSeconds;
        return new MillionRun(recipe, new RecordedRun(outcome, recorder.Trajectory), basis.Defect, seconds / Math.Max(trainer.Step, 1));
    }

    /// <summary>Another observer, and how long it takes.</summary>
    private sealed class TimedObserver(ITrainingObserver<double> observer) : ITrainingObserver<double>
    {
        public TimeSpan Elapsed { get; private set; }

        public SnapshotParts Needs => observer.Needs;

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            long start = Stopwatch.GetTimestamp();
            observer.Observe(in snapshot);
            Elapsed += Stopwatch.GetElapsedTime(start);
        }
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
