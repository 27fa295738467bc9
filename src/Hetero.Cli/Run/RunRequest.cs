using Hetero.Experiments.Recipes;

namespace Hetero.Cli.Run;

/// <summary>One call of hetero run.</summary>
/// <param name="Recipe">What to train.</param>
/// <param name="Out">Where the rows go; null for standard output.</param>
/// <param name="Json">The manifest's file; null for none.</param>
/// <param name="Checkpoint">The state's file; null for none.</param>
/// <param name="CheckpointEvery">The number of steps after which the state is written again and again; null for the end alone.</param>
/// <param name="Resume">The state to go on from; null for the start.</param>
/// <param name="From">The file that the recipe started from; null for the defaults.</param>
internal sealed record RunRequest(RunRecipe Recipe, string? Out, string? Json, string? Checkpoint, int? CheckpointEvery, string? Resume, string? From = null);
