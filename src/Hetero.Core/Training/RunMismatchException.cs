namespace Hetero.Core.Training;

/// <summary>A saved state belongs to a run whose numbers depend on other values.</summary>
public sealed class RunMismatchException : Exception
{
    /// <summary>Creates the exception.</summary>
    public RunMismatchException()
        : this("The saved state belongs to another run.")
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">In what the runs differ.</param>
    public RunMismatchException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="message">In what the runs differ.</param>
    /// <param name="innerException">The cause.</param>
    public RunMismatchException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal RunMismatchException(string name, string found, string expected)
        : this($"The saved state belongs to a run with '{name}' {Said(found)}; accepted is {Said(expected)}.")
        => (Name, Found, Expected) = (name, found, expected);

    /// <summary>
    /// Gets the first thing in which the runs differ: the name of an option of training, of a number that describes the environments, or algorithm,
    /// precision, dimension, invariantRank, spuriousRank, subspaces, eigenvalues, environments or measurements; of data of one's own a part of them, such as environments[1].Responses;
    /// empty if the exception does not say.
    /// </summary>
    public string Name { get; } = "";

    /// <summary>Gets its value in the saved run, a hash after # for what is longer than a number; empty if that has none.</summary>
    public string Found { get; } = "";

    /// <summary>Gets its value in the run that was to be continued; empty if that has none.</summary>
    public string Expected { get; } = "";

    private static string Said(string value) => value.Length == 0 ? "without a value" : value;
}
