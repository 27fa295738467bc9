using System.Numerics;
using System.Runtime.CompilerServices;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Fits;

/// <summary>Runs a cross-validation: fold after fold, of which one at a time is in memory, and in a fold one step size after another.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class FitTuner<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The name that the state is kept under.</summary>
    public const string Name = "tuning";

    private readonly FitSetting<T> _setting;
    private readonly FitRecipe _recipe;
    private readonly FitRun<T> _all;
    private readonly double[] _stepSizes;
    private readonly int _folds;
    private readonly FitProgress _progress;

    // Of each run that is over, fold after fold: the criterion of each measured step; none where it, or an earlier fold's with its step size, diverged.
    private readonly List<double[]> _curves = [];
    private int[] _steps = [];

    /// <summary>Takes what to try.</summary>
    /// <param name="setting">The data.</param>
    /// <param name="recipe">How it is trained.</param>
    /// <param name="stepSizes">The step sizes, in ascending order.</param>
    /// <param name="all">All rows, of which those to train on are dealt into folds.</param>
    /// <param name="progress">Receives what is made.</param>
    /// <exception cref="RecipeException">An environment has too few rows.</exception>
    public FitTuner(FitSetting<T> setting, FitRecipe recipe, double[] stepSizes, FitRun<T> all, FitProgress progress)
    {
        (_setting, _recipe, _stepSizes, _all, _folds, _progress) = (setting, recipe, stepSizes, all, recipe.Tuning!.Folds, progress);
        FoldSplit.Check(all.Split.Training, setting.Data, _folds);
    }

    /// <summary>Trains on all folds with all step sizes, or with what is left of them.</summary>
    /// <exception cref="OperationCanceledException">The fit was cancelled; the state is kept.</exception>
    public FitTuningResult Run()
    {
        using FitState? state = FitState.Open(_setting.Saving, _setting.Identity, Name);
        if (state is not null)
        {
            RestoreCurves(state.Reader);
            _progress.Skip(_curves.Count);
        }

        FitState? last = state;
        for (int fold = _curves.Count / _stepSizes.Length; fold < _folds; fold++)
        {
            FitRun<T>? run = null;
            for (int i = _curves.Count % _stepSizes.Length; i < _stepSizes.Length; i++)
            {
                if (DivergedFold(i) is not null)
                {
                    _curves.Add([]);
                    _progress.Skip(1);
                    continue;
                }

                run ??= new FitRun<T>(
                    _setting,
                    FoldSplit.Of(_all.Split.Training, _all.Split.Layout, _folds, fold, _recipe.Training.Seed, _setting.Cancellation),
                    _all.Measure.BufferBytes);
                Train(run, _stepSizes[i], last);
                last = null;
            }
        }

        return FitTuningResult.Of([.. Enumerable.Range(0, _stepSizes.Length).Select(Tuned)], _folds);
    }

    private void Train(FitRun<T> run, double stepSize, FitState? saved)
    {
        int lastStep = _recipe.Training.Steps;
        Trainer<T> trainer = run.CreateTrainer(_recipe with { Training = _recipe.Training with { StepSize = stepSize } }, _recipe.Training.Seed);
        FitRecorder<T> recorder = new(run.Measure, FitChoice.Criterion, lastStep, _recipe.Training.Every);
        if (saved is not null)
        {
            recorder.Restore(saved.Reader);
            saved.Restore(trainer);
        }

        TrainingOutcome outcome = run.Advance(trainer, recorder, lastStep, _progress.Next(lastStep), saving => saving.Save(Name, stream => FitState.Save(stream, _setting.Identity!, Save, trainer)));
        if (outcome.Status == TrainingStatus.Cancelled)
        {
            throw new OperationCanceledException(_setting.Cancellation);
        }

        bool isComplete = outcome.Status == TrainingStatus.Completed;
        _steps = isComplete ? [.. recorder.Rows.Select(row => row.Step)] : _steps;
        _curves.Add(isComplete ? [.. recorder.Rows.Select(row => row.Criterion)] : []);

        void Save(BinaryWriter writer)
        {
            SaveCurves(writer);
            recorder.Save(writer);
        }
    }

    private TunedStepSize Tuned(int i)
        => TunedStepSize.Of(_stepSizes[i], _steps, [.. Enumerable.Range(0, _folds).Select(fold => _curves[(fold * _stepSizes.Length) + i])], DivergedFold(i));

    /// <summary>The first fold that diverged with a step size; null if none has yet.</summary>
    private int? DivergedFold(int stepSize)
    {
        for (int run = stepSize; run < _curves.Count; run += _stepSizes.Length)
        {
            if (_curves[run].Length == 0)
            {
                return run / _stepSizes.Length;
            }
        }

        return null;
    }

    private void SaveCurves(BinaryWriter writer)
    {
        writer.Write(_folds);
        writer.Write(_stepSizes.Length);
        foreach (double stepSize in _stepSizes)
        {
            writer.Write(stepSize);
        }

        writer.Write(_recipe.Training.Steps);
        writer.Write(_recipe.Training.Every);
        writer.Write(_recipe.Training.Seed);
        writer.Write(Unsafe.SizeOf<T>());
        writer.Write(_steps.Length);
        foreach (int step in _steps)
        {
            writer.Write(step);
        }

        writer.Write(_curves.Count);
        foreach (double[] curve in _curves)
        {
            writer.Write(curve.Length > 0);
            foreach (double criterion in curve)
            {
                writer.Write(criterion);
            }
        }
    }

    /// <summary>Reads what <see cref="SaveCurves"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is not of this fit.</exception>
    private void RestoreCurves(BinaryReader reader)
    {
        Require(reader.ReadInt32() == _folds, "--folds");
        Require(reader.ReadInt32() == _stepSizes.Length, "the number of step sizes");
        foreach (double stepSize in _stepSizes)
        {
            Require(reader.ReadDouble().Equals(stepSize), "a step size");
        }

        Require(reader.ReadInt32() == _recipe.Training.Steps, "--steps");
        Require(reader.ReadInt32() == _recipe.Training.Every, "--every");
        Require(reader.ReadUInt64() == _recipe.Training.Seed, "--seed");
        Require(reader.ReadInt32() == Unsafe.SizeOf<T>(), "the bytes of a number");
        int measured = reader.ReadInt32();
        Require(measured >= 0 && measured <= _recipe.Training.Steps + 1, "the number of measured steps");
        _steps = new int[measured];
        for (int i = 0; i < measured; i++)
        {
            _steps[i] = reader.ReadInt32();
        }

        int count = reader.ReadInt32();
        Require(count >= 0 && count < (long)_folds * _stepSizes.Length, "the number of runs");
        for (int run = 0; run < count; run++)
        {
            double[] curve = new double[reader.ReadBoolean() ? measured : 0];
            for (int i = 0; i < curve.Length; i++)
            {
                curve[i] = reader.ReadDouble();
            }

            _curves.Add(curve);
        }

        static void Require(bool isSame, string what)
        {
            if (!isSame)
            {
                throw new InvalidDataException($"It is of a fit where {what} was another.");
            }
        }
    }
}
