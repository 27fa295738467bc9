using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Data;

/// <summary>What a data set of several environments consists of: the arrays, how they are laid out, and where they came from if they were made.</summary>
/// <remarks>Immutable and thread-safe; two are equal if all values are, entries of the list included.</remarks>
public sealed record DataManifest
{
    private readonly ValueList<DataEnvironment> _environments = ValueList<DataEnvironment>.Empty;

    /// <summary>Gets the dimension d.</summary>
    public required int Dimension { get; init; }

    /// <summary>Gets how a measurement stands in its array: (n, p), p = d(d+1)/2, (n, d, d) or, for vectors and for inputs x of X = xxᵀ, (n, d).</summary>
    public required MeasurementLayout Layout { get; init; }

    /// <summary>Gets the environments, one or more.</summary>
    public required IReadOnlyList<DataEnvironment> Environments
    {
        get => _environments;
        init => _environments = new(value);
    }

    /// <summary>Gets the file with A*, d×d, where it is known: what was found is then compared with it. Training does not see it.</summary>
    public string? Truth { get; init; }

    /// <summary>Gets the recipe that the data were made by; null for data that somebody measured.</summary>
    public RunRecipe? Recipe { get; init; }

    /// <summary>Gets the version of the random streams that the data were made with; null for data that somebody measured.</summary>
    public int? StreamVersion { get; init; }

    /// <summary>Gets the version of the arithmetic that the data were made with; null for data that somebody measured.</summary>
    public int? ArithmeticVersion { get; init; }
}
