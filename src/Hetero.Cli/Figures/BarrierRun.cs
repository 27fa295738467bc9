using Hetero.Cli.Training;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Population;
using Hetero.Core.Theory.Quantities;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Training;

namespace Hetero.Cli.Figures;

/// <summary>
/// Makes a run of Figure barrier and follows what the proof follows: by the full program, or at m = ∞ in the two dimensions that matter there.
/// </summary>
internal static class BarrierRun
{
    /// <summary>Trains.</summary>
    /// <param name="settings">The run; r1 = r2 = 1, at population measurements with orthogonal subspaces from αI.</param>
    /// <param name="ripConstant">δ; null for √(d/m).</param>
    /// <param name="cancellation">Ends the run.</param>
    public static BarrierPath Execute(RunSettings settings, double? ripConstant, CancellationToken cancellation)
    {
        TheoryQuantities quantities = QuantitiesOf(settings);
        AuxiliarySequences sequences = new(settings.StepSize, settings.InitialScale, settings.Steps);
        CalibrationLine line = new(sequences, quantities.Regularity.Bound, ripConstant ?? quantities.RipConstant, 1, 1);
        BarrierPath path = new(line, quantities);
        if (settings.Measurements == MeasurementKind.Population)
        {
            Reduced(settings, path, cancellation);
        }
        else
        {
            Full(settings, path, cancellation);
        }

        return path;
    }

    /// <summary>The theory's numbers for a run.</summary>
    public static TheoryQuantities QuantitiesOf(RunSettings settings) => TheoryQuantities.Of(
        TrainingSetup.EnvironmentsOf(settings),
        new TheoryParameters
        {
            Dimension = settings.Dimension,
            Samples = settings.Samples,
            StepSize = settings.StepSize,
            InitialScale = settings.InitialScale,
        });

    private static void Full(RunSettings settings, BarrierPath path, CancellationToken cancellation)
    {
        Trainer<double> trainer = TrainingSetup.Create<double>(settings, cancellation: cancellation).Trainer;
        Follower follower = new(trainer, path);
        TrainingOutcome outcome = trainer.Run(settings.Steps, follower, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (outcome.Status == TrainingStatus.Diverged)
        {
            path.Break(outcome.Step);
        }
    }

    private static void Reduced(RunSettings settings, BarrierPath path, CancellationToken cancellation)
    {
        SensingProblem problem = SensingProblem.Create(settings.Dimension, 1, 1, settings.Seed, settings.Layout, cancellation: cancellation);
        ReducedPopulation reduced = ReducedPopulation.FromIdentity(problem, settings.InitialScale);
        EnvironmentDistribution environments = TrainingSetup.EnvironmentsOf(settings);
        double[] sigma = new double[1], label = new double[environments.LabelLength];
        for (int step = 0; ; step++)
        {
            path.Add(step, Math.Sqrt(reduced.SignalShare), Math.Sqrt(reduced.SpuriousShare), sigma[0]);
            if (step == settings.Steps)
            {
                return;
            }

            // The environments that training draws.
            environments.Draw(new RandomStream(settings.Seed, StreamPurpose.Environments, step), sigma, label);
            reduced.Step(sigma, settings.StepSize);
            if ((step & 0xffff) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private sealed class Follower(Trainer<double> trainer, BarrierPath path) : ITrainingObserver<double>
    {
        private readonly PartNormRecorder _norms = new(trainer.Signals.Problem, trainer.Factor.Columns);

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            _norms.Observe(in snapshot);
            PartNorms norms = _norms.Rows[^1];
            path.Add(snapshot.Step, norms.LargestInvariant, norms.Spurious, snapshot.Step == 0 ? 0 : snapshot.Environment[0]);
        }
    }
}
