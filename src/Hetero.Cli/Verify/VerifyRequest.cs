using Hetero.Core.Theory;

namespace Hetero.Cli.Verify;

/// <summary>One call of hetero verify.</summary>
/// <param name="Checks">What to check, in the order of the output.</param>
/// <param name="Trials">The number of instances of every check; null for each check's own.</param>
/// <param name="Seed">The seed of the instances.</param>
/// <param name="IsDetailed">Whether hypotheses, claims and the decisive instance are printed beneath each line.</param>
/// <param name="Json">The manifest's file; null for none.</param>
/// <param name="Markdown">The file of the documentation's table; null for none.</param>
/// <param name="Chosen">Parameters of the user's own; null for none.</param>
internal sealed record VerifyRequest(
    IReadOnlyList<TheoryCheck> Checks,
    int? Trials,
    ulong Seed,
    bool IsDetailed = false,
    string? Json = null,
    string? Markdown = null,
    ChosenParameters? Chosen = null);
