namespace Hetero.Core.Benchmarks.Fits;

/// <summary>One of the tables of docs/fit.md, or several that the same runs give.</summary>
internal interface IFitTable
{
    string Name { get; }

    string Description { get; }

    /// <summary>Gets the number of seeds where nothing is said.</summary>
    int Seeds { get; }

    /// <summary>Gets the options that it has and others have not.</summary>
    IReadOnlyList<string> Options { get; }

    /// <summary>Makes the data sets, fits them and writes Markdown.</summary>
    void Write(FitsOptions options, FitBench bench, TextWriter output);
}
