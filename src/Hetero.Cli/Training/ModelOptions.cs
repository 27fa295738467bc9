using System.CommandLine;
using Hetero.Cli.CommandLine;

namespace Hetero.Cli.Training;

/// <summary>
/// The options that say what is trained on, and how a step is made: sizes, environments, η, α and m. Commands that share them share their words.
/// </summary>
internal sealed class ModelOptions
{
    /// <summary>A square matrix has to fit into one array.</summary>
    public const int MaxDimension = 46340;

    // Beyond this, whole numbers have no exact double, which the chi-squared variates of the exact law work with.
    private const long MaxSamples = (1L << 53) - 1;

    private static readonly RunSettings Defaults = new();

    public ValueOption<int> Dimension { get; } = new(
        "--dimension", "d", Formats.Whole(2, MaxDimension), "The dimension of the matrices.", Texts.Of(Defaults.Dimension));

    public ValueOption<int> InvariantRank { get; } = new(
        "--invariant-rank",
        "r1",
        Formats.Whole(1, MaxDimension),
        "The rank of the invariant signal A*; r1 + r2 is at most d.",
        Texts.Of(Defaults.InvariantRank));

    public ValueOption<int> SpuriousRank { get; } = new(
        "--spurious-rank",
        "r2",
        Formats.Whole(1, MaxDimension),
        "The rank of the spurious signals; r1 + r2 is at most d.",
        Texts.Of(Defaults.SpuriousRank));

    public ValueOption<double> SpuriousMean { get; } = new(
        "--spurious-mean", "mean", Formats.Finite, "The mean of the spurious scalar s.", Texts.Of(Defaults.SpuriousMean));

    public ValueOption<double> Spread { get; } = new(
        "--spread", "M", Formats.NotNegative, "The half-width of the law of s.", Texts.Of(Defaults.Spread));

    public ValueOption<string> Environments { get; } = new(
        "--environments",
        "two-point|uniform|FILE.json",
        Formats.Any("two-point, uniform or the name of a JSON file"),
        "The law of s, mean - M or mean + M or uniform between them, or a file with a list of matrices.",
        "two-point");

    public Option<bool> OwnDraws { get; } = OptionFactory.Flag("--own-draws", "Each spurious direction draws its own s.");

    public ValueOption<double> OffDiagonal { get; } = new(
        "--off-diagonal",
        "o",
        Formats.NotNegative,
        "The absolute size of entries off the diagonal, by the same law with mean 0; 0 for none.",
        Texts.Of(Defaults.OffDiagonal));

    public ValueOption<double> StepSize { get; } = new(
        "--step-size", "eta", Formats.Positive, "The step size.", Texts.Of(Defaults.StepSize));

    public ValueOption<double> InitialScale { get; } = new(
        "--init-scale", "alpha", Formats.Positive, "The scale of the start.", Texts.Of(Defaults.InitialScale));

    public ValueOption<long> Samples { get; } = new(
        "--samples", "m", Formats.Whole(1, MaxSamples), "The number of samples of a step.", Texts.Of(Defaults.Samples));

    /// <summary>Reads the options apart from a file of environments.</summary>
    public RunSettings Read(ParseResult result) => new()
    {
        Dimension = Dimension.Read(result),
        InvariantRank = InvariantRank.Read(result),
        SpuriousRank = SpuriousRank.Read(result),
        SpuriousMean = SpuriousMean.Read(result),
        Spread = Spread.Read(result),
        OwnDraws = result.GetValue(OwnDraws),
        OffDiagonal = OffDiagonal.Read(result),
        StepSize = StepSize.Read(result),
        InitialScale = InitialScale.Read(result),
        Samples = Samples.Read(result),
    };

    /// <summary>Reads the law of the environments, after all else: a file may be a pipe that nobody writes to.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="settings">What else was read.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public RunSettings ReadEnvironments(ParseResult result, RunSettings settings, CancellationToken cancellation)
    {
        string text = Environments.Read(result);
        switch (text)
        {
            case "two-point":
                return settings;
            case "uniform":
                return settings with { Environments = EnvironmentKind.Uniform };
        }

        if (!text.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && !Path.Exists(text))
        {
            throw UsageException.Of(Environments.Name, text, "two-point, uniform or the name of a JSON file");
        }

        foreach (Option option in (Option[])[SpuriousMean, Spread, OwnDraws, OffDiagonal])
        {
            if (result.GetResult(option) is { Implicit: false } given)
            {
                string shown = given.Tokens.Count > 0 ? $"'{option.Name} {Shown.Of(given.Tokens[0].Value)}'" : $"'{option.Name}'";
                throw new UsageException(
                    $"{shown} is given with '{Environments.Name} {Shown.Of(text)}'; accepted is {option.Name} with two-point or uniform.");
            }
        }

        return settings with
        {
            Environments = EnvironmentKind.Listed,
            EnvironmentFile = text,
            EnvironmentList = EnvironmentFile.Read(Environments.Name, text, settings.SpuriousRank, cancellation),
        };
    }
}
