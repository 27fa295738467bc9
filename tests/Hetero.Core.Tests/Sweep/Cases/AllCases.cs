namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>Every way that the sweep knows to call a method with spans.</summary>
internal static class AllCases
{
    /// <summary>The cases of a size: 0 for empty shapes, others as far as a method has sizes at all.</summary>
    public static IReadOnlyList<SpanCase> Of(int n) =>
    [
        .. ProductCases.Of<double>(n), .. ProductCases.Of<float>(n),
        .. DecompositionCases.Of<double>(n), .. DecompositionCases.Of<float>(n),
        .. PivotingCases.Of<double>(n), .. PivotingCases.Of<float>(n),
        .. TriangularCases.Of<double>(n), .. TriangularCases.Of<float>(n),
        .. SensingCases.Of<double>(n), .. SensingCases.Of<float>(n),
        .. RandomCases.Of<double>(n), .. RandomCases.Of<float>(n), .. RandomCases.OfDouble(n),
        .. TrainingCases.Of<double>(n), .. TrainingCases.Of<float>(n),
        .. PartCases.Of<double>(n), .. PartCases.Of<float>(n),
        .. n > 5 ? [] : SmallCases(n),
    ];

    /// <summary>What is meant for small sizes, or has none.</summary>
    private static IEnumerable<SpanCase> SmallCases(int n)
        => SensingCases.OfDouble(n).Concat(TrainingCases.OfDouble(n)).Concat(TheoryCases.OfDouble(n)).Concat(PartCases.OfDouble());
}
