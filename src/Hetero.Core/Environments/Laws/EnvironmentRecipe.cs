using Hetero.Core.Numerics;

namespace Hetero.Core.Environments;

/// <summary>
/// A law of environments in names and numbers, without the order r2 of the matrices: s = mean ± M or uniform between, with entries off the diagonal on
/// request, or a list of matrices. What is stored, sent or varied is this; <see cref="Create"/> makes the distribution.
/// </summary>
/// <remarks>Two are equal if all values are, entries of a list included. Immutable and thread-safe. Values are checked where the distribution is made.</remarks>
public sealed record EnvironmentRecipe
{
    private readonly ValueList<ListedEnvironment> _list = ValueList<ListedEnvironment>.Empty;

    /// <summary>Gets the law of the scalars.</summary>
    public ScalarLaw Law { get; init; } = ScalarLaw.TwoPoint;

    /// <summary>Gets the mean of a diagonal entry.</summary>
    public double Mean { get; init; } = 1;

    /// <summary>Gets the half-width M of a diagonal entry.</summary>
    public double Spread { get; init; } = 6;

    /// <summary>Gets whether every direction draws its own scalar.</summary>
    public bool OwnDraws { get; init; }

    /// <summary>Gets the absolute size of an entry off the diagonal; 0 for none.</summary>
    public double OffDiagonal { get; init; }

    /// <summary>Gets the environments one by one, in the place of the law; empty for the law.</summary>
    public IReadOnlyList<ListedEnvironment> List
    {
        get => _list;
        init => _list = new(value);
    }

    /// <summary>Gets whether the environments are a list.</summary>
    public bool IsListed => _list.Count > 0;

    /// <summary>Makes the distribution.</summary>
    /// <param name="rank">The order r2 of Σ^(e), 1 or more.</param>
    /// <exception cref="ArgumentException">
    /// A value is out of range, there are entries off the diagonal at order 1, a matrix is not a symmetric one of this order, or some of the listed
    /// environments have a probability and others have none.
    /// </exception>
    public EnvironmentDistribution Create(int rank)
    {
        Guard.InRange(rank, 1, EnvironmentDistribution.MaxRank);
        if (IsListed)
        {
            int other = _list.ToList().FindIndex(environment => environment.Sigma.Count != (long)rank * rank);
            if (other >= 0)
            {
                throw new ArgumentException(
                    $"'{nameof(rank)}' is {rank}; accepted is the order of environment {other}, whose matrix has {_list[other].Sigma.Count} entries.", nameof(rank));
            }

            double[] probabilities = [.. _list.Where(environment => environment.Probability.HasValue).Select(environment => environment.Probability!.Value)];
            return new FiniteEnvironments(rank, [.. _list.Select(environment => environment.Sigma.ToArray())], probabilities);
        }

        DiagonalEnvironments diagonal = Law switch
        {
            ScalarLaw.TwoPoint => DiagonalEnvironments.TwoPoint(rank, Mean, Spread, OwnDraws),
            ScalarLaw.Uniform => DiagonalEnvironments.Uniform(rank, Mean, Spread, OwnDraws),
            _ => throw new ArgumentException($"'{nameof(Law)}' is {Law}; accepted is one of the laws.", nameof(Law)),
        };
        if (OffDiagonal == 0)
        {
            return diagonal;
        }

        return rank > 1
            ? new OffDiagonalEnvironments(diagonal, OffDiagonal)
            : throw new ArgumentException($"'{nameof(rank)}' is {rank}; accepted with entries off the diagonal is 2 or more.", nameof(rank));
    }
}
