namespace Hetero.Core.Tests.Sweep;

/// <summary>What is special about a method's numbers; the default is that nothing is.</summary>
internal sealed record ScalarRule
{
    /// <summary>Gets whether sizes may be as large as they like, because they take no memory and no time.</summary>
    public bool TakesHuge { get; init; }

    /// <summary>Gets whether the documentation says where the result is infinite.</summary>
    public bool MayBeInfinite { get; init; }

    /// <summary>Gets whether the documentation says what NaN means as an argument.</summary>
    public bool TakesAnyNumber { get; init; }

    /// <summary>Gets whether the documentation says what NaN means as a result.</summary>
    public bool MayBeNaN { get; init; }

    /// <summary>Gets up to how many combinations are all tried, and how many of more.</summary>
    public int Sampled { get; init; } = 100;

    /// <summary>Gets the values of parameters that take memory or time.</summary>
    public (string Parameter, object?[] Values)[] Values { get; init; } = [];

    /// <summary>Returns the values of a parameter; null for those of its type.</summary>
    public object?[]? ValuesOf(string parameter) => Values.FirstOrDefault(values => values.Parameter == parameter).Values;
}
