using Hetero.Cli.Training;

namespace Hetero.Cli.Figures;

/// <summary>Runs that differ in their seed alone.</summary>
/// <param name="Name">What they are called in the manifest.</param>
/// <param name="Settings">The settings of the first of them.</param>
/// <param name="Count">How many there are.</param>
/// <param name="Diverged">How many diverged; in quantiles they count as +∞.</param>
internal sealed record FigureRuns(string Name, RunSettings Settings, int Count, int Diverged);
