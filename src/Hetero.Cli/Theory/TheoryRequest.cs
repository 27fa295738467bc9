using Hetero.Core.Theory.Quantities;
using Hetero.Experiments.Recipes;

namespace Hetero.Cli.Theory;

/// <summary>One call of hetero theory.</summary>
/// <param name="Recipe">Sizes, environments, η, α and m.</param>
/// <param name="Parameters">The same as the library wants it, with γ and c_v.</param>
/// <param name="Json">The file of the numbers; null for none.</param>
internal sealed record TheoryRequest(RunRecipe Recipe, TheoryParameters Parameters, string? Json);
