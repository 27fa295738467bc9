using Hetero.Cli.CommandLine;

namespace Hetero.Cli.Figures;

/// <summary>How a figure is to be made.</summary>
/// <param name="Seed">The first seed.</param>
/// <param name="Seeds">The number of seeds; run i has seed <paramref name="Seed"/> + i.</param>
/// <param name="Threads">The number of runs at the same time; the numbers do not depend on it.</param>
/// <param name="Context">Where progress goes, and the wish to stop.</param>
internal sealed record FigureRequest(ulong Seed, int Seeds, int Threads, CommandContext Context);
