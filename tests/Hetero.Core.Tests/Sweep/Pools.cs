using System.Reflection;
using Hetero.Core.Theory;

namespace Hetero.Core.Tests.Sweep;

/// <summary>What the sweep passes for a parameter without spans: usual values first, then those that things break at.</summary>
internal static class Pools
{
    private static readonly object[] Doubles =
    [
        0.5, 0.1, 1.0, 3.0, 0.0, -0.0, -1.0, 1e-20, 1e20, 1e-200, 1e200, -1e200, double.Epsilon, -double.Epsilon, 1e-310,
        double.MaxValue, double.MinValue, Math.BitDecrement(1.0), double.NaN, double.PositiveInfinity, double.NegativeInfinity,
    ];

    private static readonly object[] Integers = [2, 3, 1, 0, -1, 4, 40, int.MinValue];
    private static readonly object[] HugeIntegers = [46341, 65535, 65536, 70000, 1 << 30, int.MaxValue];
    private static readonly object[] Longs =
    [
        3L, 100L, 1L, 0L, -1L, 1L << 40, (1L << 53) - 1, (1L << 53) + 1, 1L << 60, long.MaxValue, long.MinValue,
    ];

    /// <summary>Returns the values for a parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="takesHuge">Whether sizes may be huge: the method takes no memory for them.</param>
    public static object?[]? Of(ParameterInfo parameter, bool takesHuge)
    {
        Type type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        Type? nullable = Nullable.GetUnderlyingType(type);
        object?[]? values = OfType(nullable ?? type, takesHuge);
        return nullable is not null || (values is not null && !type.IsValueType) ? [.. values!, null] : values;
    }

    /// <summary>Returns objects of a type to call methods of; null if there are none.</summary>
    public static object[]? OfType(Type type) => OfType(type, false);

    private static object[]? OfType(Type type, bool takesHuge)
        => type == typeof(double) ? Doubles
            : type == typeof(float) ? Array.ConvertAll(Doubles, value => (object)(float)(double)value)
            : type == typeof(int) ? takesHuge ? [.. Integers, .. HugeIntegers] : Integers
            : type == typeof(long) ? Longs
            : type == typeof(ulong) ? [1UL, 0UL, ulong.MaxValue]
            : type == typeof(uint) ? [1u, uint.MaxValue]
            : type == typeof(string) ? ["x", "", " "]
            : type == typeof(bool) ? [false, true]
            : type.IsEnum ? [.. Enum.GetValues(type).Cast<object>(), Enum.ToObject(type, 99)]
            : ObjectPools.All.TryGetValue(type, out Func<object[]>? pool) ? pool()
            : typeof(TheoryCheck).IsAssignableFrom(type) ? [Activator.CreateInstance(type)!]
            : null;
}
