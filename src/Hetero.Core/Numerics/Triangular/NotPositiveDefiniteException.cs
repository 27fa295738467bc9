namespace Hetero.Core.Numerics;

/// <summary>A symmetric matrix that must be positive definite is not, as far as its digits can tell.</summary>
public sealed class NotPositiveDefiniteException : ArithmeticException
{
    /// <summary>Creates the exception.</summary>
    public NotPositiveDefiniteException()
        : this("The matrix is not positive definite.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which matrix, and which of its pivots.</param>
    public NotPositiveDefiniteException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which matrix, and which of its pivots.</param>
    /// <param name="innerException">The cause.</param>
    public NotPositiveDefiniteException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="name">The argument that holds the matrix.</param>
    /// <param name="pivot">The first pivot, from 0, that is not positive.</param>
    internal NotPositiveDefiniteException(string name, int pivot)
        : this($"'{name}' is not positive definite to working precision: its pivot {pivot} is not above 0; accepted are positive definite matrices.")
        => Pivot = pivot;

    /// <summary>
    /// Gets the first pivot, from 0, that is not above 0: the first so many rows and columns, and one more, are not a positive definite matrix. −1 if the exception
    /// does not say.
    /// </summary>
    public int Pivot { get; } = -1;
}
