using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Training;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Training;

namespace Hetero.Cli.Run;

/// <summary>The options that describe a run, and how they are read. Their defaults are those of <see cref="RunSettings"/>.</summary>
internal sealed class RunOptions
{
    private static readonly RunSettings Defaults = new();

    private readonly ModelOptions _model = new();

    private readonly ValueOption<Algorithm> _algorithm = Choice(
        "--algorithm", RunChoices.Algorithms, Defaults.Algorithm, "The training algorithm.");

    private readonly ValueOption<MeasurementKind> _measurements = Choice(
        "--measurements",
        RunChoices.Measurements,
        Defaults.Measurements,
        "Where measurements come from: their exact law, drawn anew at each step, drawn once and kept, or m = infinity.");

    private readonly ValueOption<EnvironmentOrderKind> _environmentOrder = Choice(
        "--environment-order",
        RunChoices.EnvironmentOrders,
        Defaults.EnvironmentOrder.Kind,
        "How hetero-sgd's environments follow each other: drawn, in turn, in turn by a new permutation each time, or a draw kept for some steps.");

    private readonly ValueOption<int> _blockLength = new(
        "--block-length",
        "K",
        Formats.Whole(1, int.MaxValue),
        "The number of steps that a draw is kept for, with --environment-order blocks alone.");

    private readonly ValueOption<double> _pooledShare = new(
        "--pooled-share",
        "rho",
        Formats.Share,
        "The share of hetero-sgd's batch that is spread over all environments.",
        Texts.Of(Defaults.PooledShare));

    private readonly Option<bool> _orthogonal = OptionFactory.Flag(
        "--orthogonal", "Make the invariant and the spurious subspace orthogonal; else they are random.");

    private readonly ValueOption<double> _overlap = new(
        "--overlap", "E", Formats.Share, "Make all principal cosines of the two subspaces equal to E.");

    private readonly ValueOption<double[]> _eigenvalues = new(
        "--eigenvalues", "LIST", Formats.PositiveList, "The r1 eigenvalues of A*; else ones.");

    private readonly ValueOption<double> _gradientScale = new(
        "--gradient-scale",
        "factor",
        Formats.Positive,
        "A factor on the gradient: 1 is the paper's update (3), 2 the gradient of (2).",
        Texts.Of(Defaults.GradientScale));

    private readonly ValueOption<StartKind> _start = new(
        "--start",
        RunChoices.Starts.HelpName,
        RunChoices.Starts,
        "The start: alpha times the identity (the default, and possible, for k = d), or times a random frame (the default for k < d).");

    private readonly ValueOption<int> _factorColumns = new(
        "--factor-columns", "k", Formats.Whole(1, ModelOptions.MaxDimension), "The number of columns of U, at most d; else d.");

    private readonly ValueOption<int> _steps = new(
        "--steps", "T", Formats.Whole(0, int.MaxValue - 1), "The last step.", Texts.Of(Defaults.Steps));

    private readonly ValueOption<int> _every = new(
        "--every", "n", Formats.Whole(1, int.MaxValue), "Write a row every n steps, and for the last.", Texts.Of(Defaults.Every));

    private readonly ValueOption<PooledSampling> _pooledSampling = Choice(
        "--pooled-sampling",
        RunChoices.PooledSamplings,
        Defaults.PooledSampling,
        "How pooled samples are spread: fixed shares, or every sample draws its environment.");

    private readonly ValueOption<double> _noise = new(
        "--noise", "sigma", Formats.NotNegative, "The standard deviation of noise in the responses.", Texts.Of(Defaults.Noise));

    private readonly ValueOption<Precision> _precision = Choice("--precision", RunChoices.Precisions, Defaults.Precision, "The numbers to work with.");

    private readonly ValueOption<int> _threads = new(
        "--threads", "n", Formats.Whole(1, 1024), "The number of threads; the numbers do not depend on it.", Texts.Of(Defaults.Threads));

    private readonly ValueOption<ulong> _seed = new(
        "--seed",
        "seed",
        Formats.Whole(ulong.MinValue, ulong.MaxValue),
        "The seed of everything random.",
        Defaults.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private readonly ValueOption<long> _memory = new(
        "--memory", "bytes", ByteSize.Format, "The memory that the run may take; else half of the machine's.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        Option[] options =
        [
            _algorithm, _measurements, _model.Dimension, _model.InvariantRank, _model.SpuriousRank, _model.SpuriousMean, _model.Spread, _model.Environments,
            _model.OwnDraws, _model.OffDiagonal, _environmentOrder, _blockLength, _pooledShare, _orthogonal, _overlap, _eigenvalues,
            _model.StepSize, _gradientScale, _model.InitialScale, _start, _factorColumns, _model.Samples, _steps, _every, _pooledSampling,
            _noise, _precision, _threads, _seed, _memory,
        ];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the options.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="cancellation">Ends the wait for a file of environments.</param>
    public RunSettings Read(ParseResult result, CancellationToken cancellation)
    {
        RunSettings settings = _model.Read(result) with
        {
            Algorithm = _algorithm.Read(result),
            Measurements = _measurements.Read(result),
            EnvironmentOrder = ReadOrder(result),
            PooledShare = _pooledShare.Read(result),
            Layout = ReadLayout(result),
            Overlap = ReadOverlap(result),
            Eigenvalues = _eigenvalues.IsGiven(result) ? _eigenvalues.Read(result) : [],
            GradientScale = _gradientScale.Read(result),
            Start = _start.IsGiven(result) ? _start.Read(result) : null,
            FactorColumns = _factorColumns.IsGiven(result) ? _factorColumns.Read(result) : null,
            Steps = _steps.Read(result),
            Every = _every.Read(result),
            PooledSampling = _pooledSampling.Read(result),
            Noise = _noise.Read(result),
            Precision = _precision.Read(result),
            Threads = _threads.Read(result),
            Seed = _seed.Read(result),
            Memory = _memory.IsGiven(result) ? _memory.Read(result) : RunSettings.DefaultMemory,
        };
        settings = _model.ReadEnvironments(result, settings, cancellation);
        RunSettingsCheck.Check(settings);
        return settings;
    }

    private EnvironmentOrder ReadOrder(ParseResult result)
    {
        EnvironmentOrderKind kind = _environmentOrder.Read(result);
        int? length = _blockLength.IsGiven(result) ? _blockLength.Read(result) : null;
        string blocks = $"'{_environmentOrder.Name} {RunChoices.EnvironmentOrders.NameOf(EnvironmentOrderKind.Blocks)}'";
        if (kind != EnvironmentOrderKind.Blocks && length is not null)
        {
            throw UsageException.Of(_blockLength.Name, _blockLength.Text(result), $"a block length together with {blocks} alone");
        }

        return kind switch
        {
            EnvironmentOrderKind.Cyclic => EnvironmentOrder.Cyclic,
            EnvironmentOrderKind.Shuffled => EnvironmentOrder.Shuffled,
            EnvironmentOrderKind.Independent => EnvironmentOrder.Independent,
            _ when length is { } steps => EnvironmentOrder.Blocks(steps),
            _ => throw new UsageException($"{blocks} is given without '{_blockLength.Name}'; accepted are both of them together."),
        };
    }

    private SubspaceLayout ReadLayout(ParseResult result)
        => result.GetValue(_orthogonal) ? SubspaceLayout.Orthogonal
            : _overlap.IsGiven(result) ? SubspaceLayout.PrescribedOverlap
            : SubspaceLayout.Random;

    private double ReadOverlap(ParseResult result)
    {
        if (!_overlap.IsGiven(result))
        {
            return 0;
        }

        double value = _overlap.Read(result);
        return result.GetValue(_orthogonal)
            ? throw UsageException.Of(_overlap.Name, _overlap.Text(result), $"one of '{_overlap.Name}' and '{_orthogonal.Name}', not both")
            : value;
    }

    private static ValueOption<T> Choice<T>(string name, Choices<T> choices, T defaultValue, string description)
        where T : struct, Enum
        => new(name, choices.HelpName, choices, description, choices.NameOf(defaultValue));
}
