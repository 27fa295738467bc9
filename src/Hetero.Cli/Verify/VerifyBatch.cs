using Hetero.Core.Theory;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Verify;

/// <summary>Runs checks by the library, and puts what came of them into the command's words.</summary>
internal static class VerifyBatch
{
    /// <summary>Runs all checks. If the wish to stop ends them, or some break off, what is finished comes back.</summary>
    /// <param name="request">What to check.</param>
    /// <param name="progress">Receives the number of checks that are done.</param>
    /// <param name="cancellation">The wish to stop.</param>
    public static VerifyOutcome Execute(VerifyRequest request, IProgress<int>? progress, CancellationToken cancellation)
    {
        IReadOnlyList<TheoryOutcome> outcomes = TheoryVerification.RunEach(
            request.Checks, request.Seed, request.Chosen is { } chosen ? chosen.Apply : null, request.Trials, progress, cancellation);
        IEnumerable<Refusal> refusals = outcomes.Where(outcome => outcome.Refusal is not null)
            .Select(outcome => Refusal.Of(outcome.Check, request.Chosen!, request.Seed, outcome.Refusal!));
        return new VerifyOutcome(
            [.. outcomes.Select(outcome => outcome.Finding).OfType<TheoryFinding>().Select(finding => new Finding(finding, request.Chosen))],
            [.. refusals],
            [.. outcomes.Where(outcome => outcome.Failure is not null).Select(outcome => (outcome.Check, ReasonOf(outcome.Failure!)))]);
    }

    // An instance that a check cannot take is the check's mistake and not the user's.
    private static string ReasonOf(Exception failure) => failure is ArgumentException argument
        ? $"refused an instance of its own: {ArgumentText.Of(argument).TrimEnd('.')}"
        : $"broke off: {failure.Message.TrimEnd('.')}";
}
