using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Core.Theory.Population;
using Hetero.Core.Theory.Quantities;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Makes a run of Figure barrier and follows what the proof follows: by the full program, or at m = ∞ in the two dimensions that matter there.
/// </summary>
internal static class BarrierRun
{
    /// <summary>Trains.</summary>
    /// <param name="recipe">The run; r1 = r2 = 1, at population measurements with orthogonal subspaces from αI.</param>
    /// <param name="ripConstant">δ; null for √(d/m).</param>
    /// <param name="cancellation">Ends the run.</param>
    public static BarrierPath Execute(RunRecipe recipe, double? ripConstant, CancellationToken cancellation)
    {
        TheoryQuantities quantities = QuantitiesOf(recipe);
        AuxiliarySequences sequences = new(recipe.StepSize, recipe.InitialScale, recipe.Steps);
        CalibrationLine line = new(sequences, quantities.Regularity.Bound, ripConstant ?? quantities.RipConstant, 1, 1);
        BarrierPath path = new(line, quantities);
        if (recipe.Measurements == MeasurementKind.Population)
        {
            Reduced(recipe, path, cancellation);
        }
        else
        {
            Full(recipe, path, cancellation);
        }

        return path;
    }

    /// <summary>The theory's numbers for a run.</summary>
    public static TheoryQuantities QuantitiesOf(RunRecipe recipe) => TheoryQuantities.Of(
        recipe.Environments.Create(recipe.SpuriousRank),
        new TheoryParameters
        {
            Dimension = recipe.Dimension,
            Samples = recipe.Samples,
            StepSize = recipe.StepSize,
            InitialScale = recipe.InitialScale,
        });

    private static void Full(RunRecipe recipe, BarrierPath path, CancellationToken cancellation)
    {
        Trainer<double> trainer = Runner.Create<double>(recipe, cancellation: cancellation).Trainer;
        Follower follower = new(trainer, path);
        TrainingOutcome outcome = trainer.Run(recipe.Steps, follower, cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        if (outcome.Status == TrainingStatus.Diverged)
        {
            path.Break(outcome.Step);
        }
    }

    private static void Reduced(RunRecipe recipe, BarrierPath path, CancellationToken cancellation)
    {
        ReducedPopulation reduced = ReducedPopulation.FromIdentity(recipe.Problem.Create(recipe.Seed, cancellation), recipe.InitialScale);
        EnvironmentDistribution environments = recipe.Environments.Create(recipe.SpuriousRank);
        double[] sigma = new double[1], label = new double[environments.LabelLength];
        for (int step = 0; ; step++)
        {
            path.Add(step, Math.Sqrt(reduced.SignalShare), Math.Sqrt(reduced.SpuriousShare), sigma[0]);
            if (step == recipe.Steps)
            {
                return;
            }

            // The environments that training draws.
            environments.Draw(new RandomStream(recipe.Seed, StreamPurpose.Environments, step), sigma, label);
            reduced.Step(sigma, recipe.StepSize);
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
