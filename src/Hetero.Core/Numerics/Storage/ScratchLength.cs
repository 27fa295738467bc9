using System.Globalization;

namespace Hetero.Core.Numerics;

/// <summary>Lengths of scratch memory, counted where no product of sizes can overflow. Thread-safe: no state.</summary>
internal static class ScratchLength
{
    /// <summary>Returns a number of elements as the length of a span; refuses a size that needs more than a span holds.</summary>
    /// <param name="elements">The number of elements.</param>
    /// <param name="size">The size that they are needed for.</param>
    public static int Of(Int128 elements, int size)
        => elements <= int.MaxValue ? (int)elements : throw TooLong(elements, size, nameof(size));

    /// <summary>Returns a number of elements as the length of a span; refuses the larger of two sizes that need more than a span holds.</summary>
    /// <param name="elements">The number of elements.</param>
    /// <param name="rows">The rows of the matrix that they are needed for.</param>
    /// <param name="columns">Its columns.</param>
    public static int Of(Int128 elements, int rows, int columns)
        => elements <= int.MaxValue ? (int)elements
            : rows >= columns ? throw TooLong(elements, rows, nameof(rows))
            : throw TooLong(elements, columns, nameof(columns));

    /// <summary>Accepts scratch of the needed length or more; says so if it may have been counted without the team.</summary>
    /// <param name="length">The length of the scratch.</param>
    /// <param name="needed">The length needed with the team.</param>
    /// <param name="team">The team.</param>
    /// <param name="name">The argument that is the scratch.</param>
    public static void Check(int length, int needed, WorkerTeam? team, string name)
    {
        if (length < needed)
        {
            Refuse(length, needed, team, name);
        }
    }

    private static void Refuse(int length, int needed, WorkerTeam? team, string name)
    {
        if (team is { Degree: > 1 })
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{name}' has {length} elements; accepted is at least {needed} for a team of {team.Degree} threads: the method that gets the length counts them if it is given the team."),
                name);
        }

        Guard.MinimumLength(length, needed, name);
    }

    private static ArgumentOutOfRangeException TooLong(Int128 elements, int size, string name)
        => new(
            name,
            size,
            string.Create(
                CultureInfo.InvariantCulture,
                $"'{name}' is {size}, which takes {elements} elements of scratch; accepted are sizes that take at most {int.MaxValue}."));
}
