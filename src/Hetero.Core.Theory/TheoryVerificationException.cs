namespace Hetero.Core.Theory;

/// <summary>Some of the checks of <see cref="TheoryVerification.Run"/> broke off. What the others found is kept here.</summary>
public sealed class TheoryVerificationException : InvalidOperationException
{
    internal TheoryVerificationException(IReadOnlyList<TheoryOutcome> outcomes)
        : this([.. outcomes.Select(outcome => outcome.Finding).OfType<TheoryFinding>()], [.. outcomes.Where(outcome => outcome.Failure is not null)])
    {
    }

    private TheoryVerificationException(IReadOnlyList<TheoryFinding> findings, IReadOnlyList<TheoryOutcome> failures)
        : base(
            $"{string.Join("; ", failures)}; {nameof(Findings)} has those of the other checks, {findings.Count}.",
            failures.Count == 1 ? failures[0].Failure : new AggregateException(failures.Select(failure => failure.Failure!)))
        => (Findings, Failures) = (findings, failures);

    /// <summary>Gets the findings of the checks that did not break off, in their order.</summary>
    public IReadOnlyList<TheoryFinding> Findings { get; }

    /// <summary>Gets the checks that broke off, each with its <see cref="TheoryOutcome.Failure"/>, in their order.</summary>
    public IReadOnlyList<TheoryOutcome> Failures { get; }
}
