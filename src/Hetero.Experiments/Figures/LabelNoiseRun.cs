using Hetero.Core.Numerics;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;

namespace Hetero.Experiments.Figures;

/// <summary>
/// A run of <see cref="LabelNoiseGrowth"/>, r1 = r2 = 1: the shares, and the size ‖E‖ and the participation ‖EEᵀ‖²/‖E‖⁴ of the residual off the right directions in which signals are
/// learned and gradient noise is fed in: Uᵀu*, and Uᵀv* where M = 0. Not finite after the run diverged.
/// </summary>
internal sealed class LabelNoiseRun
{
    private LabelNoiseRun(int rows)
    {
        (Spurious, Size, Participation) = (new double[rows], new double[rows], new double[rows]);
        foreach (double[] values in new[] { Spurious, Size, Participation })
        {
            Array.Fill(values, double.PositiveInfinity);
        }
    }

    /// <summary>Gets ‖Uᵀv*‖² at the recorded steps.</summary>
    public double[] Spurious { get; }

    /// <summary>Gets the size of the residual.</summary>
    public double[] Size { get; }

    /// <summary>Gets its participation, 1/d where it is spread evenly and 1 for one direction.</summary>
    public double[] Participation { get; }

    /// <summary>Gets whether the run diverged.</summary>
    public bool HasDiverged { get; private set; }

    /// <summary>Gets log‖E‖ at the last step over that at the start.</summary>
    public double Growth => Math.Log(Size[^1] / Size[0]);

    /// <summary>Trains.</summary>
    public static LabelNoiseRun Execute(RunRecipe recipe, Action<int> progress, CancellationToken cancellation)
    {
        LabelNoiseRun run = new((recipe.Steps / recipe.Every) + 1);
        Trainer<double> trainer = Runner.Create<double>(recipe, cancellation: cancellation).Trainer;
        TrainingOutcome outcome = trainer.Run(recipe.Steps, new Follower(trainer, recipe, run, progress), cancellation: cancellation);
        cancellation.ThrowIfCancellationRequested();
        run.HasDiverged = outcome.Status == TrainingStatus.Diverged;
        return run;
    }

    private sealed class Follower(Trainer<double> trainer, RunRecipe recipe, LabelNoiseRun run, Action<int> progress) : ITrainingObserver<double>
    {
        private readonly Decomposition<double> _decomposition = new(trainer.Signals.Problem, trainer.Factor.Columns);
        private readonly double[] _first = new double[trainer.Factor.Columns];
        private readonly double[] _second = new double[trainer.Factor.Columns];
        private readonly double[] _rest = new double[trainer.Parameters.Length];
        private readonly double[] _gram = new double[trainer.Model.Dimension * trainer.Model.Dimension];
        private readonly double[] _scratch = new double[Products.GetGramScratchLength<double>(trainer.Model.Dimension, trainer.Factor.Columns)];

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            int every = recipe.Every;
            if (snapshot.Step % every != 0)
            {
                return;
            }

            int row = snapshot.Step / every, d = snapshot.Factor.Rows, k = snapshot.Factor.Columns;
            _decomposition.Compute(snapshot.Factor, snapshot.Signals);
            _decomposition.Invariant.Data.CopyTo(_first);
            _decomposition.Spurious.Data.CopyTo(_second);
            run.Spurious[row] = Reductions.SumOfSquares<double>(_second);
            Normalize(_first);
            Remove(_first, _second);
            Normalize(_second);
            if (recipe.Spread > 0)
            {
                Array.Clear(_second);
            }

            _decomposition.Residual.Data.CopyTo(_rest);
            for (int i = 0; i < d; i++)
            {
                Remove(_first, _rest.AsSpan(i * k, k));
                Remove(_second, _rest.AsSpan(i * k, k));
            }

            MatrixSpan<double> gram = new(_gram, d, d);
            Products.Gram(new ReadOnlyMatrixSpan<double>(_rest, d, k), _scratch, gram);
            double squares = Reductions.SumOfSquares<double>(_rest);
            run.Size[row] = Math.Sqrt(squares);
            run.Participation[row] = Reductions.SumOfSquares<double>(_gram) / (squares * squares);
            progress(row == 0 ? 0 : every);
        }

        private static void Normalize(Span<double> vector)
        {
            double norm = Reductions.Norm<double>(vector);
            for (int i = 0; i < vector.Length && norm > 0; i++)
            {
                vector[i] /= norm;
            }
        }

        /// <summary>Takes from a vector its part along a unit vector.</summary>
        private static void Remove(ReadOnlySpan<double> unit, Span<double> vector)
        {
            double part = Reductions.Dot(unit, vector);
            for (int i = 0; i < vector.Length; i++)
            {
                vector[i] -= part * unit[i];
            }
        }
    }
}
