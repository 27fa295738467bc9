using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Fits;

/// <summary>A fit of a data set in names and numbers: how it is trained, and which rows are held out.</summary>
/// <remarks>Two are equal if all values are. Immutable and thread-safe. Values are checked where a fit begins.</remarks>
public sealed record FitRecipe
{
    /// <summary>
    /// Gets how it is trained. What a recipe says of signals, environments and measurements is the data's here and does not count; the seed is that of the split, and the first one of start and order.
    /// </summary>
    public RunRecipe Training { get; init; } = new();

    /// <summary>Gets whether a step takes whole environments; else it takes <see cref="RunRecipe.Samples"/> rows.</summary>
    public bool WholeEnvironments { get; init; } = true;

    /// <summary>
    /// Gets whether the step size is chosen by how the environments vary, in the place of <see cref="RunRecipe.StepSize"/>; with <see cref="Tuning"/>, whether those to try are.
    /// </summary>
    public bool ChoosesStepSize { get; init; }

    /// <summary>Gets how the step size and the step to stop at are cross-validated; null for neither.</summary>
    public FitTuning? Tuning { get; init; }

    /// <summary>
    /// Gets the share of each environment's rows that training does not see, from 0 to below 1; 0 holds none out, and then the last iterate is the result. With <see cref="Tuning"/> these rows are in
    /// no fold, and only measured on at the end. Null means 0.2, and 0 with <see cref="Tuning"/>.
    /// </summary>
    public double? HeldOut { get; init; }

    /// <summary>The share that is held out.</summary>
    internal double HeldOutShare => HeldOut ?? (Tuning is null ? DefaultHeldOut : 0);

    /// <summary>The share that is held out where nothing is said of it.</summary>
    internal const double DefaultHeldOut = 0.2;

    /// <summary>Gets the number of runs, each with a seed of its own for start and order: that of the least criterion is the result.</summary>
    public int Seeds { get; init; } = 1;

    /// <summary>The options of a run that a fit has as they are, in their order.</summary>
    internal static IEnumerable<RunOption> Options => RunOptions.All.Where(option => !OfTheData.Contains(option.Name) && !Own.Contains(option.Name));

    // These take a word as well.
    private static readonly string[] Own = ["samples", "step-size"];

    // What the data say, and noise that they have already.
    private static readonly string[] OfTheData =
    [
        "measurements", "neurons", "dimension", "invariant-rank", "spurious-rank", "spurious-mean", "spread", "environments", "own-draws", "off-diagonal", "orthogonal", "overlap", "eigenvalues",
        "noise", "clients", "local-steps", "participation",
    ];

    /// <summary>Refuses what does not fit the data, before any of them is copied.</summary>
    /// <param name="data">What the data set says of itself.</param>
    /// <exception cref="RecipeException">A value is refused; the message names its option, what was found and what is accepted.</exception>
    public void Check(DataManifest data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (!(HeldOutShare is >= 0 and < 1))
        {
            throw RecipeException.Of("--held-out", Texts.Of(HeldOutShare), NumberSyntax.BelowOne.Accepted);
        }

        if (Tuning is { } tuning)
        {
            Check(tuning);
        }

        if (Seeds < 1)
        {
            throw RecipeException.Of("--seeds", Texts.Of(Seeds), "1 or more");
        }

        if (data.Dimension < 2)
        {
            throw new RecipeException(FormattableString.Invariant($"the data have the dimension {data.Dimension}; accepted is 2 or more, as there are no directions to tell apart below."));
        }

        if (data.Layout == MeasurementLayout.Vector)
        {
            throw new RecipeException("the data have the layout 'vector', for a model of vectors, which is trained in code (docs/shape-matters.md); accepted are measurements of matrices.");
        }

        if (Training.Model == ModelKind.QuadraticNetwork && data.Layout != MeasurementLayout.RankOne)
        {
            throw RecipeException.Of("--model", RecipeWords.Models.NameOf(Training.Model), "gram, indefinite or direct where measurements are not xxᵀ");
        }

        if (Training is { Model: ModelKind.QuadraticNetwork, ShrinkageTrace: TraceKind.Known })
        {
            throw RecipeException.Of("--shrinkage-trace", RecipeWords.Traces.NameOf(TraceKind.Known), "response-mean or operator-norm, as data do not tell the trace of their signals");
        }

        if (Training.Clients != 1 || Training.LocalSteps != 1)
        {
            throw RecipeException.Of(
                Training.Clients != 1 ? "--clients" : "--local-steps", Texts.Of(Training.Clients != 1 ? Training.Clients : Training.LocalSteps), "1 in a fit, whose steps are no rounds");
        }

        if (ChoosesStepSize && data.Layout == MeasurementLayout.RankOne)
        {
            throw RecipeException.Of("--step-size", "auto", "a number, or with '--tune' a list, where the layout is rank-one, whose gradients have the mean 2D + tr(D)I and so another window");
        }

        if (ChoosesStepSize && !CanChooseStepSize(data.Layout))
        {
            throw RecipeException.Of(
                "--step-size",
                "auto",
                "a number, or with '--tune' a list, where '--algorithm', '--model', '--pooled-share', '--update-rule' or '--schedule' is not the default, whose window is another");
        }

        if (WholeEnvironments && (Training.Algorithm == Algorithm.PooledSgd || Training.PooledShare > 0))
        {
            string pooled = Training.Algorithm == Algorithm.PooledSgd ? "'--algorithm pooled-sgd'" : "'--pooled-share'";
            throw new RecipeException($"{pooled} is given without '--samples'; accepted are both of them together, as a step spreads that many rows.");
        }

        try
        {
            Equivalent(data).Check();
        }
        catch (RecipeException refusal) when (refusal.Names.Contains("dimension"))
        {
            throw refusal.Renamed("'--dimension'", "the dimension of the data");
        }
    }

    /// <summary>Whether the step size can be chosen by how environments vary.</summary>
    internal bool CanChooseStepSize(MeasurementLayout layout)
        => layout != MeasurementLayout.RankOne
            && Training is { Algorithm: Algorithm.HeteroSgd, Model: ModelKind.Gram, PooledShare: 0, Update.Rule: UpdateKind.Sgd, Schedule.Kind: ScheduleKind.Constant };

    private void Check(FitTuning tuning)
    {
        if (tuning.Folds < 2)
        {
            throw RecipeException.Of("--folds", Texts.Of(tuning.Folds), "2 or more");
        }

        string list = string.Join(',', tuning.StepSizes.Select(Texts.Of));
        if (!tuning.StepSizes.All(stepSize => stepSize > 0 && double.IsFinite(stepSize)) || tuning.StepSizes.Distinct().Count() < tuning.StepSizes.Count)
        {
            throw RecipeException.Of("--step-size", list, "finite numbers above 0, none of them twice");
        }

        if (ChoosesStepSize && tuning.StepSizes.Count > 0)
        {
            throw RecipeException.Of("--step-size", list, "either such a list or auto, not both");
        }
    }

    /// <summary>A run on made-up data that has the same sizes: what it refuses does not fit here either.</summary>
    private RunRecipe Equivalent(DataManifest data)
    {
        double equal = 1.0 / data.Environments.Count;
        return Training with
        {
            Problem = new ProblemRecipe { Dimension = data.Dimension },
            Environments = new EnvironmentRecipe { List = [.. data.Environments.Select(environment => new ListedEnvironment([0], environment.Probability ?? equal))] },
            EnvironmentFile = data.Environments.Count == 1 ? "one environment" : "those of the data",
            Measurements = Training.Model == ModelKind.QuadraticNetwork ? MeasurementKind.RankOne : MeasurementKind.Regenerated,
            Noise = 0,
            Neurons = false,
        };
    }

    /// <summary>The largest eigenvalue of the start: α² of products of factors αI or of frames of that scale, α of a matrix that is trained itself.</summary>
    internal double StartSize => Training.Model == ModelKind.Direct ? Training.InitialScale : Training.InitialScale * Training.InitialScale;

    /// <summary>What the library is told.</summary>
    internal TrainingOptions OptionsOf(ulong seed) => new()
    {
        Seed = seed,
        Samples = WholeEnvironments ? TrainingOptions.AllRows : Training.Samples,
        StepSize = Training.Schedule.Create(Training.StepSize, Training.Steps),
        GradientScale = Training.GradientScale,
        InitialScale = Training.InitialScale,
        FactorColumns = Training.FactorColumns,
        Start = Training.Start,
        LabelNoise = Training.LabelNoise == 0 ? null : new LabelNoise { Deviation = Training.LabelNoise },
        PooledSampling = Training.PooledSampling,
        EnvironmentOrder = Training.Order,
        PooledShare = Training.PooledShare,
        TruncationLevel = Training.Truncation,
    };

    /// <summary>The fit that does not know of environments, beside this one: whole environments, or as many rows a step.</summary>
    internal FitRecipe Pooled() => this with
    {
        Seeds = 1,
        Tuning = null,
        Training = Training with
        {
            Algorithm = WholeEnvironments ? Algorithm.PooledGd : Algorithm.PooledSgd,
            Objective = new(),
            EnvironmentOrder = EnvironmentOrderKind.Independent,
            BlockLength = null,
            PooledShare = 0,
        },
    };
}
