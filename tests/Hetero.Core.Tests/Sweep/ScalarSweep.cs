using System.Globalization;
using System.Reflection;
using Hetero.Core.Tests.Sweep.Cases;
using Hetero.Core.Theory;

namespace Hetero.Core.Tests.Sweep;

/// <summary>Calls a method with the extremes of its scalar arguments: every combination, or, of too many, a sample.</summary>
internal static class ScalarSweep
{
    /// <summary>Says whether reflection can call a member: no spans, and a value for every parameter and for the receiver.</summary>
    public static bool CanCall(MethodBase member)
        => !member.GetParameters().Any(p => (p.ParameterType.GetElementType() ?? p.ParameterType).IsByRefLike)
            && !(member is MethodInfo method && method.ReturnType.IsByRefLike)
            && !member.DeclaringType!.IsByRefLike
            && Close(member, typeof(double)) is { } closed
            && closed.GetParameters().All(p => Pools.Of(p, false) is not null)
            && (closed.IsStatic || closed.IsConstructor || Pools.OfType(closed.DeclaringType!) is not null);

    /// <summary>Calls a method by reflection.</summary>
    public static IEnumerable<string> Violations(string key, MethodBase member)
        => (member.ContainsGenericParameters ? new[] { typeof(double), typeof(float) } : [typeof(double)]).SelectMany(element =>
        {
            MethodBase closed = Close(member, element)!;
            object?[] receivers = closed.IsStatic || closed.IsConstructor ? new object?[1] : Pools.OfType(closed.DeclaringType!)!;
            return Violations(key, member, closed.GetParameters(), receivers, arguments => closed is ConstructorInfo constructor
                ? constructor.Invoke(arguments[1..])
                : closed.Invoke(arguments[0], arguments[1..]));
        });

    /// <summary>Calls a method that takes or returns spans by a delegate of its scalar arguments.</summary>
    public static IEnumerable<string> Violations(string key, MethodBase member, Delegate call)
        => Violations(key, member, call.Method.GetParameters(), [null], arguments => call.DynamicInvoke(arguments[1..]));

    private static IEnumerable<string> Violations(
        string key, MethodBase member, ParameterInfo[] parameters, object?[] receivers, Func<object?[], object?> call)
    {
        ScalarRule rule = ScalarRules.Of(key, member);
        object?[][] pools = [receivers, .. parameters.Select(p => rule.ValuesOf(p.Name!) ?? Pools.Of(p, rule.TakesHuge)!)];
        foreach (object?[] arguments in Combinations(pools, rule.Sampled, key))
        {
            if (Judge(member, rule, arguments, call) is { } complaint)
            {
                yield return $"{key} of {Text(arguments)}: {complaint}";
            }
        }
    }

    private static string? Judge(MethodBase member, ScalarRule rule, object?[] arguments, Func<object?[], object?> call)
    {
        double[] numbers = [.. arguments.SelectMany(a => a is double d ? [d] : a is float f ? new double[] { f } : [])];
        try
        {
            object? result = call(arguments);
            using IDisposable? disposable = result as IDisposable;
            foreach ((string where, double value) in Inspection.NumbersOf(result))
            {
                if ((double.IsNaN(value) && !rule.MayBeNaN) || (double.IsInfinity(value) && !rule.MayBeInfinite))
                {
                    return $"{value}{where}";
                }
            }

            return !numbers.Any(double.IsNaN) ? null
                : result is CheckResult { Verdict: Verdict.Holds } ? "holds of NaN"
                : rule.TakesAnyNumber ? null
                : "NaN is accepted";
        }
        catch (Exception exception)
        {
            return Refusal.Complaint(member, exception);
        }
    }

    /// <summary>All combinations of values or, of too many, those of one unusual value and some at random.</summary>
    private static IEnumerable<object?[]> Combinations(object?[][] pools, int sampled, string key)
    {
        if (pools.Aggregate(1.0, (product, pool) => product * pool.Length) <= sampled)
        {
            IEnumerable<object?[]> all = [[]];
            return pools.Aggregate(all, (lists, pool) => lists.SelectMany(list => pool.Select(value => (object?[])[.. list, value])));
        }

        System.Random random = new(key.Length);
        return pools.SelectMany((pool, i) => pool.Select(value => pools.Select((other, j) => i == j ? value : other[0]).ToArray()))
            .Concat(Enumerable.Range(0, sampled).Select(_ => pools.Select(pool => pool[random.Next(pool.Length)]).ToArray()));
    }

    private static MethodBase? Close(MethodBase member, Type element)
    {
        Type type = member.DeclaringType!;
        if (type.IsGenericTypeDefinition)
        {
            const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            Type closed = type.MakeGenericType([.. type.GetGenericArguments().Select(_ => element)]);
            member = closed.GetMembers(Declared).OfType<MethodBase>().Single(m => m.MetadataToken == member.MetadataToken);
        }

        return member is MethodInfo { IsGenericMethodDefinition: true } method
            ? method.MakeGenericMethod([.. method.GetGenericArguments().Select(_ => element)])
            : member;
    }

    private static string Text(object?[] values)
        => string.Join(", ", values.Select(value => value is null ? "null" : string.Create(CultureInfo.InvariantCulture, $"{value}")));
}
