using Hetero.Core.Theory;

namespace Hetero.Cli.Verify;

/// <summary>What came of the checks, each list in their order.</summary>
/// <param name="Findings">What was found.</param>
/// <param name="Refusals">Which do not take the chosen parameters.</param>
/// <param name="Failures">Which broke off, and why: the end of a sentence that begins with the id.</param>
internal sealed record VerifyOutcome(
    IReadOnlyList<Finding> Findings, IReadOnlyList<Refusal> Refusals, IReadOnlyList<(TheoryCheck Check, string Reason)> Failures);
