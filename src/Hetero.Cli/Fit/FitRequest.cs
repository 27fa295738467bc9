using Hetero.Experiments.Fits;

namespace Hetero.Cli.Fit;

/// <summary>One call of hetero fit.</summary>
/// <param name="Data">The manifest of the data.</param>
/// <param name="Recipe">What to do.</param>
/// <param name="Out">The directory that the files go to.</param>
/// <param name="CheckpointEvery">The number of steps after which states are written; null for none.</param>
/// <param name="IsResumed">Whether to start from the states that the directory has.</param>
internal sealed record FitRequest(string Data, FitRecipe Recipe, string Out, int? CheckpointEvery, bool IsResumed);
