using Hetero.Cli.Training;
using Hetero.Core.Theory.Quantities;

namespace Hetero.Cli.Theory;

/// <summary>One call of hetero theory.</summary>
/// <param name="Settings">Sizes, environments, η, α and m.</param>
/// <param name="Parameters">The same as the library wants it, with γ and c_v.</param>
/// <param name="Json">The file of the numbers; null for none.</param>
internal sealed record TheoryRequest(RunSettings Settings, TheoryParameters Parameters, string? Json);
