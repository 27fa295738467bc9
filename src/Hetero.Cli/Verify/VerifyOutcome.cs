namespace Hetero.Cli.Verify;

/// <summary>What came of the checks, each list in their order.</summary>
/// <param name="Findings">What was found.</param>
/// <param name="Refusals">Which do not take the chosen parameters.</param>
/// <param name="Failures">A sentence for each check that broke off.</param>
internal sealed record VerifyOutcome(IReadOnlyList<Finding> Findings, IReadOnlyList<Refusal> Refusals, IReadOnlyList<string> Failures);
