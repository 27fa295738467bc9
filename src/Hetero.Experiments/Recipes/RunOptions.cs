using Hetero.Core;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Training;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>
/// The table of a recipe's options: parsing, help, JSON and messages all come from it. An option that is added here is known to the command, to
/// manifests and to <c>--from</c>.
/// </summary>
public static class RunOptions
{
    private static readonly ValueSyntax<int> Rank = NumberSyntax.Whole(1, EnvironmentDistribution.MaxRank);

    /// <summary>Gets the options in the order in which help and JSON have them.</summary>
    public static IReadOnlyList<RunOption> All { get; } = Create();

    /// <summary>Finds an option.</summary>
    /// <param name="name">Its name, without dashes.</param>
    /// <returns>The option; null if there is none of this name.</returns>
    public static RunOption? Find(string name) => All.FirstOrDefault(option => option.Name == name);

    /// <summary>
    /// Takes the values out of a recipe, in which what is given is set, that others take the place of: an overlap takes that of orthogonal subspaces and the other way round, an order other
    /// than blocks that of a block length, and a schedule, an update rule or an objective that of numbers that it has none of, and a single client that of distinct ones.
    /// </summary>
    internal static RunRecipe Clear(RunRecipe recipe, IReadOnlyCollection<string> given)
    {
        if (given.Contains("overlap") && !given.Contains("orthogonal"))
        {
            recipe = recipe with { Orthogonal = false };
        }
        else if (given.Contains("orthogonal") && !given.Contains("overlap"))
        {
            recipe = recipe with { Overlap = null };
        }

        recipe = RoundOptions.Clear(ObjectiveOptions.Clear(UpdateOptions.Clear(ScheduleOptions.Clear(recipe, given), given), given), given);
        bool isOtherOrder = given.Contains("environment-order") && recipe.EnvironmentOrder != EnvironmentOrderKind.Blocks;
        return isOtherOrder && !given.Contains("block-length") ? recipe with { BlockLength = null } : recipe;
    }

    private static RunOption[] Create() =>
    [
        Choice(
            "algorithm", RecipeWords.Algorithms, "The training algorithm.", r => r.Algorithm, (r, value) => r with { Algorithm = value }, "algorithm"),
        .. ObjectiveOptions.Create(),
        Choice(
            "measurements",
            RecipeWords.Measurements,
            "Where measurements come from: their exact law, drawn anew at each step, drawn once and kept, m = infinity, xx^T of inputs x drawn anew or once, or "
                + "their exact law applied to U alone, for large d.",
            r => r.Measurements,
            (r, value) => r with { Measurements = value },
            "measurements"),
        new ReadOption<ModelKind>(
            "model",
            "",
            RecipeWords.Models,
            "What the matrix is made of: UU^T, UU^T - VV^T for signals of both signs, its own entries, or UU^T as a network with the shrinkage of Algorithm 4.",
            r => RecipeWords.Models.NameOf(r.Model),
            (r, value) => r with { Model = value },
            "model")
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<TraceKind>(
            "shrinkage-trace",
            "",
            RecipeWords.Traces,
            "What quadratic-network shrinks towards: the trace of the signals, the mean of the responses, or the operator norm as printed.",
            r => RecipeWords.Traces.NameOf(r.ShrinkageTrace),
            (r, value) => r with { ShrinkageTrace = value },
            "shrinkage")
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<double>(
            "truncation",
            "R",
            NumberSyntax.Positive,
            "Leave samples out of the gradient whose prediction is above R, with measurements that see single samples.",
            r => r.Truncation is { } level ? Texts.Of(level) : null,
            (r, value) => r with { Truncation = value },
            "truncationLevel")
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<bool>(
            "neurons",
            "",
            NumberSyntax.Flag,
            "Make the signals those of r1 invariant and r2 variant neurons, each N(0, I/d), in the place of subspaces.",
            r => Flag(r.Neurons),
            (r, value) => r with { Neurons = value },
            "invariant",
            "variant")
        {
            IsLeftOutAtDefault = true,
        },
        new ReadOption<int>(
            "dimension",
            "d",
            NumberSyntax.Whole(2, SensingProblem.MaxDimension),
            "The dimension of the matrices.",
            r => Texts.Of(r.Dimension),
            (r, value) => r with { Dimension = value },
            "dimension"),
        new ReadOption<int>(
            "invariant-rank",
            "r1",
            Rank,
            "The rank of the invariant signal A*; r1 + r2 is at most d.",
            r => Texts.Of(r.InvariantRank),
            (r, value) => r with { InvariantRank = value },
            "invariantRank"),
        new ReadOption<int>(
            "spurious-rank",
            "r2",
            Rank,
            "The rank of the spurious signals; r1 + r2 is at most d.",
            r => Texts.Of(r.SpuriousRank),
            (r, value) => r with { SpuriousRank = value },
            "spuriousRank",
            "rank",
            "scalars"),
        new ReadOption<double>(
            "spurious-mean",
            "mean",
            NumberSyntax.Finite,
            "The mean of the spurious scalar s.",
            r => Texts.Of(r.SpuriousMean),
            (r, value) => r with { SpuriousMean = value },
            "mean"),
        new ReadOption<double>(
            "spread", "M", NumberSyntax.NotNegative, "The half-width of the law of s.", r => Texts.Of(r.Spread), (r, value) => r with { Spread = value }, "spread"),
        new EnvironmentsOption(),
        new ReadOption<bool>(
            "own-draws",
            "",
            NumberSyntax.Flag,
            "Each spurious direction draws its own s.",
            r => Flag(r.OwnDraws),
            (r, value) => r with { OwnDraws = value },
            "ownDraws"),
        new ReadOption<double>(
            "off-diagonal",
            "o",
            NumberSyntax.NotNegative,
            "The absolute size of entries off the diagonal, by the same law with mean 0; 0 for none.",
            r => Texts.Of(r.OffDiagonal),
            (r, value) => r with { OffDiagonal = value },
            "size",
            "offDiagonal"),
        Choice(
            "environment-order",
            RecipeWords.EnvironmentOrders,
            "How hetero-sgd's environments follow each other: drawn, in turn, in turn by a new permutation each time, or a draw kept for some steps.",
            r => r.EnvironmentOrder,
            (r, value) => r with { EnvironmentOrder = value },
            "environmentOrder"),
        new ReadOption<int>(
            "block-length",
            "K",
            NumberSyntax.Whole(1, int.MaxValue),
            "The number of steps that a draw is kept for, with --environment-order blocks alone.",
            r => r.BlockLength is { } length ? Texts.Of(length) : null,
            (r, value) => r with { BlockLength = value },
            "blockLength"),
        new ReadOption<double>(
            "pooled-share",
            "rho",
            NumberSyntax.Share,
            "The share of hetero-sgd's batch that is spread over all environments.",
            r => Texts.Of(r.PooledShare),
            (r, value) => r with { PooledShare = value },
            "pooledShare"),
        .. RoundOptions.Create(),
        new ReadOption<bool>(
            "orthogonal",
            "",
            NumberSyntax.Flag,
            "Make the invariant and the spurious subspace orthogonal; else they are random.",
            r => Flag(r.Orthogonal),
            (r, value) => r with { Orthogonal = value },
            "subspaces"),
        new ReadOption<double>(
            "overlap",
            "E",
            NumberSyntax.Share,
            "Make all principal cosines of the two subspaces equal to E.",
            r => r.Overlap is { } overlap ? Texts.Of(overlap) : null,
            (r, value) => r with { Overlap = value },
            "overlap",
            "subspaces"),
        new ReadOption<double[]>(
            "eigenvalues",
            "LIST",
            NumberSyntax.NonZeroList,
            "The r1 eigenvalues of A*, of either sign; else ones.",
            r => r.Eigenvalues.Count > 0 ? string.Join(',', r.Eigenvalues.Select(Texts.Of)) : null,
            (r, value) => r with { Eigenvalues = value },
            "eigenvalues"),
        new ReadOption<double>(
            "step-size",
            "eta",
            NumberSyntax.Positive,
            "The step size, the first one where a schedule changes it.",
            r => Texts.Of(r.StepSize),
            (r, value) => r with { StepSize = value },
            "stepSize",
            "first"),
        .. ScheduleOptions.Create(),
        new ReadOption<double>(
            "gradient-scale",
            "factor",
            NumberSyntax.Positive,
            "A factor on the step size: 1 is the paper's update (3), 2 the gradient of (2).",
            r => Texts.Of(r.GradientScale),
            (r, value) => r with { GradientScale = value },
            "gradientScale"),
        .. UpdateOptions.Create(),
        new ReadOption<double>(
            "init-scale",
            "alpha",
            NumberSyntax.Positive,
            "The scale of the start.",
            r => Texts.Of(r.InitialScale),
            (r, value) => r with { InitialScale = value },
            "initialScale"),
        new ReadOption<StartKind>(
            "start",
            "",
            RecipeWords.Starts,
            "The start: alpha times the identity (the default, and possible, for k = d), or times a random frame (the default for k < d).",
            r => r.Start is { } start ? RecipeWords.Starts.NameOf(start) : null,
            (r, value) => r with { Start = value },
            "start"),
        new ReadOption<int>(
            "factor-columns",
            "k",
            Rank,
            "The number of columns of U, and of V, at most d; else d.",
            r => r.FactorColumns is { } columns ? Texts.Of(columns) : null,
            (r, value) => r with { FactorColumns = value },
            "factorColumns"),
        new ReadOption<long>(
            "samples",
            "m",
            NumberSyntax.Whole(1, ExactCounts.MostDrawn),
            "The number of samples of a step; of no effect with population measurements, which are infinitely many.",
            r => Texts.Of(r.Samples),
            (r, value) => r with { Samples = value },
            "samples"),
        new ReadOption<int>(
            "steps", "T", NumberSyntax.Whole(0, int.MaxValue - 1), "The last step.", r => Texts.Of(r.Steps), (r, value) => r with { Steps = value }),
        new ReadOption<int>(
            "every",
            "n",
            NumberSyntax.Whole(1, int.MaxValue),
            "Write a row every n steps, and for the last.",
            r => Texts.Of(r.Every),
            (r, value) => r with { Every = value }),
        Choice(
            "pooled-sampling",
            RecipeWords.PooledSamplings,
            "How pooled samples are spread: fixed shares, or every sample draws its environment.",
            r => r.PooledSampling,
            (r, value) => r with { PooledSampling = value },
            "pooledSampling"),
        new ReadOption<double>(
            "noise",
            "sigma",
            NumberSyntax.NotNegative,
            "The standard deviation of noise in the responses.",
            r => Texts.Of(r.Noise),
            (r, value) => r with { Noise = value },
            "noiseDeviation"),
        new ReadOption<double>(
            "label-noise",
            "delta",
            NumberSyntax.NotNegative,
            "The standard deviation of label noise: drawn anew at every step, also for stored measurements; 0 for none.",
            r => Texts.Of(r.LabelNoise),
            (r, value) => r with { LabelNoise = value },
            "labelNoise",
            "deviation"),
        Choice(
            "precision", RecipeWords.Precisions, "The numbers to work with.", r => r.Precision, (r, value) => r with { Precision = value }, "precision"),
        new ReadOption<int>(
            "threads",
            "n",
            NumberSyntax.Whole(1, 1024),
            "The number of threads; the numbers do not depend on it.",
            r => Texts.Of(r.Threads),
            (r, value) => r with { Threads = value }),
        new ReadOption<ulong>(
            "seed",
            "seed",
            NumberSyntax.Whole(ulong.MinValue, ulong.MaxValue),
            "The seed of everything random.",
            r => Texts.Of(r.Seed),
            (r, value) => r with { Seed = value },
            "seed"),
        new ReadOption<long>(
            "memory",
            "bytes",
            ByteSize.Format,
            "The memory that the run may take; else half of the machine's.",
            r => r.Memory is { } memory ? Texts.Of(memory) : null,
            (r, value) => r with { Memory = value }),
    ];

    private static string Flag(bool value) => value ? "true" : "false";

    private static ReadOption<T> Choice<T>(
        string name, Choices<T> words, string description, Func<RunRecipe, T> value, Func<RunRecipe, T, RunRecipe> set, string argument)
        where T : struct, Enum
        => new(name, "", words, description, r => words.NameOf(value(r)), set, argument);
}
