using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Training;
using Hetero.Core.Environments;
using Hetero.Core.Problems;

namespace Hetero.Cli.Run;

/// <summary>The options that describe a run, and how they are read. Their defaults are those of <see cref="RunSettings"/>.</summary>
internal sealed class RunOptions
{
    // A square matrix has to fit into one array.
    private const int MaxDimension = 46340;

    // Beyond this, whole numbers have no exact double, which the chi-squared variates of the exact law work with.
    private const long MaxSamples = 1L << 53;

    private static readonly RunSettings Defaults = new();

    private readonly Option<string> _algorithm = OptionFactory.Text(
        "--algorithm", RunChoices.Algorithms.HelpName, RunChoices.Algorithms.NameOf(Defaults.Algorithm), "The training algorithm.");

    private readonly Option<string> _measurements = OptionFactory.Text(
        "--measurements",
        RunChoices.Measurements.HelpName,
        RunChoices.Measurements.NameOf(Defaults.Measurements),
        "Where measurements come from: their exact law, drawn anew at each step, drawn once and kept, or m = infinity.");

    private readonly Option<string> _dimension = Whole("--dimension", "d", Defaults.Dimension, "The dimension of the matrices.");

    private readonly Option<string> _invariantRank = Whole("--invariant-rank", "r1", Defaults.InvariantRank, "The rank of the invariant signal A*.");

    private readonly Option<string> _spuriousRank = Whole("--spurious-rank", "r2", Defaults.SpuriousRank, "The rank of the spurious signals.");

    private readonly Option<string> _spuriousMean = Number("--spurious-mean", "mean", Defaults.SpuriousMean, "The mean of the spurious scalar s.");

    private readonly Option<string> _spread = Number("--spread", "M", Defaults.Spread, "The half-width of the law of s, 0 or above.");

    private readonly Option<string> _environments = OptionFactory.Text(
        "--environments",
        "two-point|uniform|FILE.json",
        "two-point",
        "The law of s, mean - M or mean + M or uniform between them, or a file with a list of matrices.");

    private readonly Option<bool> _ownDraws = OptionFactory.Flag("--own-draws", "Each spurious direction draws its own s.");

    private readonly Option<string> _offDiagonal = Number(
        "--off-diagonal", "o", Defaults.OffDiagonal, "The absolute size of entries off the diagonal, by the same law with mean 0; 0 for none.");

    private readonly Option<string> _environmentOrder = OptionFactory.Text(
        "--environment-order",
        RunChoices.EnvironmentOrders.HelpName,
        RunChoices.EnvironmentOrders.NameOf(Defaults.EnvironmentOrder.Kind),
        "How hetero-sgd's environments follow each other: drawn, in turn, in turn by a new permutation each time, or a draw kept for some steps.");

    private readonly Option<string?> _blockLength = OptionFactory.Optional(
        "--block-length", "K", "The number of steps that a draw is kept for with --environment-order blocks.");

    private readonly Option<string> _pooledShare = Number(
        "--pooled-share", "rho", Defaults.PooledShare, "The share of hetero-sgd's batch that is spread over all environments, 0 to 1.");

    private readonly Option<bool> _orthogonal = OptionFactory.Flag(
        "--orthogonal", "Make the invariant and the spurious subspace orthogonal; else they are random.");

    private readonly Option<string?> _overlap = OptionFactory.Optional(
        "--overlap", "E", "Make all principal cosines of the two subspaces equal to E, from 0 to 1.");

    private readonly Option<string?> _eigenvalues = OptionFactory.Optional(
        "--eigenvalues", "LIST", "The r1 eigenvalues of A*, separated by commas; else ones.");

    private readonly Option<string> _stepSize = Number("--step-size", "eta", Defaults.StepSize, "The step size, above 0.");

    private readonly Option<string> _gradientScale = Number(
        "--gradient-scale",
        "factor",
        Defaults.GradientScale,
        "A factor on the gradient, above 0: 1 is the paper's update (3), 2 the gradient of (2).");

    private readonly Option<string> _initialScale = Number("--init-scale", "alpha", Defaults.InitialScale, "The scale of the start, above 0.");

    private readonly Option<string?> _start = OptionFactory.Optional(
        "--start",
        RunChoices.Starts.HelpName,
        "The start: alpha times the identity (the default, and possible, for k = d), or times a random frame (the default for k < d).");

    private readonly Option<string?> _factorColumns = OptionFactory.Optional("--factor-columns", "k", "The number of columns of U, 1 to d; else d.");

    private readonly Option<string> _samples = Whole("--samples", "m", Defaults.Samples, "The number of samples of a step.");

    private readonly Option<string> _steps = Whole("--steps", "T", Defaults.Steps, "The last step.");

    private readonly Option<string> _every = Whole("--every", "n", Defaults.Every, "Write a row every n steps, and for the last.");

    private readonly Option<string> _pooledSampling = OptionFactory.Text(
        "--pooled-sampling",
        RunChoices.PooledSamplings.HelpName,
        RunChoices.PooledSamplings.NameOf(Defaults.PooledSampling),
        "How pooled-sgd spreads a batch: fixed shares, or every sample draws its environment.");

    private readonly Option<string> _noise = Number("--noise", "sigma", Defaults.Noise, "The standard deviation of noise in the responses.");

    private readonly Option<string> _precision = OptionFactory.Text(
        "--precision", RunChoices.Precisions.HelpName, RunChoices.Precisions.NameOf(Defaults.Precision), "The numbers to work with.");

    private readonly Option<string> _threads = Whole(
        "--threads", "n", Defaults.Threads, "The number of threads, 1 to 1024; the numbers do not depend on it.");

    private readonly Option<string> _seed = OptionFactory.Text(
        "--seed", "seed", Defaults.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture), "The seed of everything random, 0 to 2^64 - 1.");

    private readonly Option<string?> _memory = OptionFactory.Optional(
        "--memory", "bytes", "The memory that the run may take, with K, M, G, T or KiB, MiB, GiB, TiB; else half of the machine's.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            _algorithm, _measurements, _dimension, _invariantRank, _spuriousRank, _spuriousMean, _spread, _environments, _ownDraws, _offDiagonal,
            _environmentOrder, _blockLength, _pooledShare, _orthogonal, _overlap, _eigenvalues,
            _stepSize, _gradientScale, _initialScale, _start, _factorColumns, _samples, _steps, _every, _pooledSampling,
            _noise, _precision, _threads, _seed, _memory,
        ];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options.</summary>
    public RunSettings Read(ParseResult result)
    {
        RunSettings settings = new()
        {
            Algorithm = RunChoices.Algorithms.Parse(_algorithm.Name, result.GetRequiredValue(_algorithm)),
            Measurements = RunChoices.Measurements.Parse(_measurements.Name, result.GetRequiredValue(_measurements)),
            Dimension = Texts.Whole(_dimension.Name, result.GetRequiredValue(_dimension), 2, MaxDimension),
            InvariantRank = Texts.Whole(_invariantRank.Name, result.GetRequiredValue(_invariantRank), 1, MaxDimension),
            SpuriousRank = Texts.Whole(_spuriousRank.Name, result.GetRequiredValue(_spuriousRank), 1, MaxDimension),
            SpuriousMean = Texts.Finite(_spuriousMean.Name, result.GetRequiredValue(_spuriousMean)),
            Spread = Texts.NotNegative(_spread.Name, result.GetRequiredValue(_spread)),
            OwnDraws = result.GetValue(_ownDraws),
            OffDiagonal = Texts.NotNegative(_offDiagonal.Name, result.GetRequiredValue(_offDiagonal)),
            EnvironmentOrder = ReadOrder(result),
            PooledShare = Texts.Share(_pooledShare.Name, result.GetRequiredValue(_pooledShare)),
            Layout = ReadLayout(result),
            Overlap = ReadOverlap(result),
            Eigenvalues = result.GetValue(_eigenvalues) is { } list ? Texts.PositiveList(_eigenvalues.Name, list) : [],
            StepSize = Texts.Positive(_stepSize.Name, result.GetRequiredValue(_stepSize)),
            GradientScale = Texts.Positive(_gradientScale.Name, result.GetRequiredValue(_gradientScale)),
            InitialScale = Texts.Positive(_initialScale.Name, result.GetRequiredValue(_initialScale)),
            Start = result.GetValue(_start) is { } start ? RunChoices.Starts.Parse(_start.Name, start) : null,
            FactorColumns = result.GetValue(_factorColumns) is { } columns ? Texts.Whole(_factorColumns.Name, columns, 1, MaxDimension) : null,
            Samples = Texts.Whole(_samples.Name, result.GetRequiredValue(_samples), 1, MaxSamples),
            Steps = Texts.Whole(_steps.Name, result.GetRequiredValue(_steps), 0, int.MaxValue - 1),
            Every = Texts.Whole(_every.Name, result.GetRequiredValue(_every), 1, int.MaxValue),
            PooledSampling = RunChoices.PooledSamplings.Parse(_pooledSampling.Name, result.GetRequiredValue(_pooledSampling)),
            Noise = Texts.NotNegative(_noise.Name, result.GetRequiredValue(_noise)),
            Precision = RunChoices.Precisions.Parse(_precision.Name, result.GetRequiredValue(_precision)),
            Threads = Texts.Whole(_threads.Name, result.GetRequiredValue(_threads), 1, 1024),
            Seed = Texts.Whole(_seed.Name, result.GetRequiredValue(_seed), ulong.MinValue, ulong.MaxValue),
            Memory = result.GetValue(_memory) is { } memory ? ByteSize.Parse(_memory.Name, memory) : RunSettings.DefaultMemory,
        };
        settings = ReadEnvironments(result, settings);
        RunSettingsCheck.Check(settings);
        return settings;
    }

    private EnvironmentOrder ReadOrder(ParseResult result)
    {
        string text = result.GetRequiredValue(_environmentOrder);
        EnvironmentOrderKind kind = RunChoices.EnvironmentOrders.Parse(_environmentOrder.Name, text);
        string? length = result.GetValue(_blockLength);
        if (kind != EnvironmentOrderKind.Blocks)
        {
            return length is not null
                ? throw UsageException.Of(_blockLength.Name, length, $"no such option unless '{_environmentOrder.Name}' is blocks")
                : kind switch
                {
                    EnvironmentOrderKind.Cyclic => EnvironmentOrder.Cyclic,
                    EnvironmentOrderKind.Shuffled => EnvironmentOrder.Shuffled,
                    _ => EnvironmentOrder.Independent,
                };
        }

        return length is null
            ? throw UsageException.Of(_environmentOrder.Name, text, $"blocks together with '{_blockLength.Name}', a whole number from 1")
            : EnvironmentOrder.Blocks(Texts.Whole(_blockLength.Name, length, 1, int.MaxValue));
    }

    private SubspaceLayout ReadLayout(ParseResult result)
        => result.GetValue(_orthogonal) ? SubspaceLayout.Orthogonal
            : result.GetValue(_overlap) is null ? SubspaceLayout.Random
            : SubspaceLayout.PrescribedOverlap;

    private double ReadOverlap(ParseResult result)
    {
        if (result.GetValue(_overlap) is not { } overlap)
        {
            return 0;
        }

        double value = Texts.Share(_overlap.Name, overlap);
        return result.GetValue(_orthogonal)
            ? throw UsageException.Of(_overlap.Name, overlap, $"one of '{_overlap.Name}' and '{_orthogonal.Name}', not both")
            : value;
    }

    private RunSettings ReadEnvironments(ParseResult result, RunSettings settings)
    {
        string text = result.GetRequiredValue(_environments);
        switch (text)
        {
            case "two-point":
                return settings;
            case "uniform":
                return settings with { Environments = EnvironmentKind.Uniform };
        }

        if (!text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !File.Exists(text))
        {
            throw UsageException.Of(_environments.Name, text, "two-point, uniform or the name of a JSON file");
        }

        // These describe a law that the file replaces.
        foreach (Option option in new Option[] { _spuriousMean, _spread, _ownDraws, _offDiagonal })
        {
            if (result.GetResult(option) is { Implicit: false } given)
            {
                string shown = given.Tokens.Count > 0 ? $"'{option.Name} {given.Tokens[0].Value}'" : $"'{option.Name}'";
                throw new UsageException($"{shown} is given with '{_environments.Name} {text}'; accepted is {option.Name} with two-point or uniform.");
            }
        }

        return settings with
        {
            Environments = EnvironmentKind.Listed,
            EnvironmentFile = text,
            EnvironmentList = EnvironmentFile.Read(_environments.Name, text, settings.SpuriousRank),
        };
    }

    private static Option<string> Whole(string name, string helpName, long defaultValue, string description)
        => OptionFactory.Text(name, helpName, Texts.Of(defaultValue), description);

    private static Option<string> Number(string name, string helpName, double defaultValue, string description)
        => OptionFactory.Text(name, helpName, Texts.Of(defaultValue), description);
}
