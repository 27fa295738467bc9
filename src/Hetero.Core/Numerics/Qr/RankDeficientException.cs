namespace Hetero.Core.Numerics;

/// <summary>A column of a matrix that must have full rank depends on the columns before it, as far as its digits can tell.</summary>
public sealed class RankDeficientException : ArithmeticException
{
    /// <summary>Creates the exception.</summary>
    public RankDeficientException()
        : this("The matrix is rank-deficient.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which matrix, and which of its columns.</param>
    public RankDeficientException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">Which matrix, and which of its columns.</param>
    /// <param name="innerException">The cause.</param>
    public RankDeficientException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="name">The argument that holds the matrix.</param>
    /// <param name="column">The first column, from 0, that depends on those before it.</param>
    internal RankDeficientException(string name, int column)
        : this($"'{name}' is rank-deficient: to working precision its column {column} depends on the columns before it; accepted is full column rank.")
        => Column = column;

    /// <summary>Gets the first column, from 0, that depends on those before it; −1 if the exception does not say.</summary>
    public int Column { get; } = -1;
}
