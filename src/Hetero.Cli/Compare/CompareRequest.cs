using Hetero.Experiments.Sweeps;

namespace Hetero.Cli.Compare;

/// <summary>One call of hetero compare.</summary>
/// <param name="Methods">The methods.</param>
/// <param name="Texts">Each as it was given.</param>
/// <param name="Seeds">The number of seeds.</param>
/// <param name="Threads">The number of runs at the same time.</param>
/// <param name="Inputs">The files that were read, each with its option.</param>
/// <param name="Out">Where the table goes as CSV; null for nowhere.</param>
/// <param name="Bands">Where the quantiles of every recorded step go; null for nowhere.</param>
/// <param name="PerSeed">Where a row for each run goes; null for nowhere.</param>
/// <param name="Svg">Where the picture goes; null for nowhere.</param>
/// <param name="Json">Where the manifest goes; null for nowhere.</param>
internal sealed record CompareRequest(
    IReadOnlyList<SeedSweep> Methods,
    IReadOnlyList<string> Texts,
    int Seeds,
    int Threads,
    IReadOnlyList<(string Option, string Path)> Inputs,
    string? Out = null,
    string? Bands = null,
    string? PerSeed = null,
    string? Svg = null,
    string? Json = null);
