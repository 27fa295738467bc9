namespace Hetero.Core.Benchmarks.Setup;

/// <summary>How long a job measures.</summary>
internal enum JobLength
{
    /// <summary>As long as BenchmarkDotNet finds necessary.</summary>
    Full,

    /// <summary>Long enough for tables that are kept.</summary>
    Short,

    /// <summary>Long enough to see that everything runs.</summary>
    Quick,
}
