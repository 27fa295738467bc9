namespace Hetero.Experiments.Figures;

/// <summary>How often lists of E environments from one law have an exponent below 0, and how often training on them succeeds.</summary>
/// <param name="Law">The law.</param>
/// <param name="Counts">The values of E, ascending.</param>
/// <param name="Successes">The share of lists with an exponent below 0, for each E.</param>
/// <param name="Trained">For some E the share of trained runs that lost the spurious part, and of those that diverged.</param>
internal sealed record ListGroup(ListLaw Law, int[] Counts, double[] Successes, IReadOnlyList<(int Count, double Success, double Diverged)> Trained);
