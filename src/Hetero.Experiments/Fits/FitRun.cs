using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Runs;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Fits;

/// <summary>The runs of one fit, on one split of the data.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class FitRun<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[] _probabilities;
    private readonly int _dimension;
    private readonly WorkerTeam? _team;
    private readonly CancellationToken _cancellation;
    private readonly int _runs;
    private readonly Int128 _copied;
    private int _done;

    public FitRun(DataSet<T> data, FitRecipe recipe, WorkerTeam? team, CancellationToken cancellation)
    {
        (_dimension, _team, _cancellation, _runs) = (data.Manifest.Dimension, team, cancellation, recipe.Seeds + 1);
        _copied = HeldOutSplit<T>.BytesOf(data, recipe.HeldOut);
        CheckMemory(recipe.Training, 0);
        Split = HeldOutSplit<T>.Of(data, recipe.HeldOut, recipe.Training.Seed, cancellation);
        double equal = 1.0 / data.Environments.Count;
        _probabilities = [.. data.Manifest.Environments.Select(environment => environment.Probability ?? equal)];
        Measure = new FitMeasure<T>(_dimension, Split.Layout, Split.HasHeldOut ? Split.First : Split.Training, Split.Second, _probabilities, team)
        {
            Truth = TruthOf(data),
        };
    }

    public HeldOutSplit<T> Split { get; }

    public FitMeasure<T> Measure { get; }

    /// <summary>Makes a source of the rows to train on.</summary>
    public MeasuredData<T> Rows(ulong seed) => new(_dimension, Split.Training, Split.Layout, _probabilities, RowOrder.Shuffled, seed, _team);

    /// <summary>Chooses a step size by how the environments vary.</summary>
    public StepSizeChoice ChooseStepSize(FitRecipe recipe) => StepSizeChoice.Of(
        EnvironmentVariation.Of(
            _dimension, Split.Layout, Split.Training, _probabilities, recipe.WholeEnvironments ? null : recipe.Training.Samples, recipe.Training.Seed, _team),
        recipe.Training);

    public FitSaving? Saving { get; init; }

    public IProgress<double>? Progress { get; init; }

    /// <summary>Trains from the start, or from what was saved under the name, to the last step.</summary>
    /// <exception cref="RecipeException">The library refuses a value of the recipe.</exception>
    public FittedRun<T> Train(FitRecipe recipe, string name, ulong seed, FitChoice choice = FitChoice.Criterion)
    {
        RunRecipe training = recipe.Training;
        Trainer<T> trainer = Create(recipe, seed);
        CheckMemory(training, trainer.BufferBytes);
        FitRecorder<T> recorder = new(Measure, Split.HasHeldOut ? choice : FitChoice.Last, training.Steps, training.Every);
        using (Stream? saved = Saving?.Open(name))
        {
            if (saved is not null)
            {
                FitState.Restore(saved, recorder, trainer);
            }
        }

        StepProgress? progress = Progress is null ? null : new StepProgress(Progress, _done++, _runs, training.Steps);
        TrainingOutcome outcome;
        do
        {
            int end = Saving is null ? training.Steps : (int)Math.Min(training.Steps, (((long)trainer.Step / Saving.Every) + 1) * Saving.Every);
            outcome = trainer.Run(Math.Max(0, end - trainer.Step), recorder, progress, _cancellation);
            if (outcome.Status is TrainingStatus.Completed or TrainingStatus.Cancelled)
            {
                Saving?.Save(name, stream => FitState.Save(stream, recorder, trainer));
            }
        }
        while (outcome.Status == TrainingStatus.Completed && trainer.Step < training.Steps);
        return new(name, seed, training.StepSize, outcome, recorder.Rows, recorder.Chosen, recorder.Parameters, recorder.Estimate);
    }

    /// <summary>Refuses rows that are copied, or a trainer, beyond what may be taken.</summary>
    private void CheckMemory(RunRecipe training, Int128 trainer)
    {
        if (_copied + trainer > training.MemoryLimit)
        {
            throw new RecipeException(
                $"the fit needs {ByteSize.Of(_copied + trainer)}, of which {ByteSize.Of(_copied)} for copies of rows, which '--held-out' 0 does without; "
                + $"accepted is what fits into '--memory', {ByteSize.Of(training.MemoryLimit)}.");
        }
    }

    private static double[] TruthOf(DataSet<T> data)
    {
        int d = data.Manifest.Dimension;
        double[] square = new double[data.Truth.Length], truth = new double[data.Truth.IsEmpty ? 0 : Svec.Length(d)];
        if (truth.Length > 0)
        {
            TensorPrimitives.ConvertTruncating<T, double>(data.Truth.Span, square);
            Svec.PackSymmetricPart<double>(new ReadOnlyMatrixSpan<double>(square, d, d), truth);
        }

        return truth;
    }

    private Trainer<T> Create(FitRecipe recipe, ulong seed)
    {
        RunRecipe training = recipe.Training;
        try
        {
            TrainingOptions options = recipe.OptionsOf(seed);
            MeasuredData<T> rows = Rows(seed);
            TrainingParts<T> parts = new()
            {
                Model = Runner.CreateModel<T>(training.Model, _dimension, options, _team),
                UpdateRule = training.CreateRule<T>(),
            };
            return training.Algorithm switch
            {
                Algorithm.HeteroSgd => new HeteroSgd<T>(rows, options, _team, parts, _cancellation),
                Algorithm.PooledSgd => new PooledSgd<T>(rows, options, _team, parts, _cancellation),
                _ => new PooledGd<T>(rows, options, _team, parts, training.Objective.Create<T>(), _cancellation),
            };
        }
        catch (ArgumentException exception) when (RecipeArguments.Translate(exception, training) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>The share of all runs' steps that are made.</summary>
    private sealed class StepProgress(IProgress<double> progress, int run, int runs, int steps) : IProgress<int>
    {
        public void Report(int value) => progress.Report((run + ((double)value / Math.Max(1, steps))) / runs);
    }
}
