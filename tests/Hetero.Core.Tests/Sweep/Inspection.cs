using System.Collections;
using System.Reflection;
using Hetero.Core.Tests.Support;

namespace Hetero.Core.Tests.Sweep;

/// <summary>Finds the numbers in what a method returns: itself, the parts of tuples, records and lists, and what an object shows.</summary>
internal static class Inspection
{
    public static IEnumerable<(string Where, double Value)> NumbersOf(object? result) => NumbersOf(result, "", 0);

    private static IEnumerable<(string Where, double Value)> NumbersOf(object? result, string where, int depth)
    {
        switch (result)
        {
            case null or string or Delegate:
                return [];
            case double value:
                return [(where, value)];
            case float value:
                return [(where, value)];
            case IEnumerable list when depth < 3:
                return list.Cast<object?>().Take(100).SelectMany((item, i) => NumbersOf(item, $"{where}[{i}]", depth + 1));
        }

        Type type = result.GetType();
        if (type.IsPrimitive || type.IsEnum || depth == 3)
        {
            return [];
        }

        // Spans cannot be read by reflection, and nothing public of the library is a field but the parts of tuples.
        const BindingFlags Shown = BindingFlags.Public | BindingFlags.Instance;
        return type.GetProperties(Shown)
            .Where(p => p.GetIndexParameters().Length == 0 && !p.PropertyType.IsByRefLike)
            .Where(p => Libraries.All.Contains(p.PropertyType.Assembly) || p.PropertyType.Assembly == type.Assembly || IsNumber(Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType))
            .Select(p => (p.Name, Value: p.GetValue(result)))
            .Concat(type.GetFields(Shown).Select(f => (f.Name, Value: f.GetValue(result))))
            .SelectMany(part => NumbersOf(part.Value, $"{where}.{part.Name}", depth + 1));
    }

    private static bool IsNumber(Type type) => type == typeof(double) || type == typeof(float);
}
