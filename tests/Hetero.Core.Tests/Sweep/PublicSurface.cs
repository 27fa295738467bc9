using System.Reflection;
using System.Runtime.CompilerServices;
using Hetero.Core.Tests.Support;

namespace Hetero.Core.Tests.Sweep;

/// <summary>All that a user can call: constructors, methods, conversions and indexers of public types, by type, name and parameters.</summary>
internal static class PublicSurface
{
    // Those of every object, and those that the compiler writes for records.
    private static readonly string[] Common = ["Equals", "GetHashCode", "ToString", "GetType", "Deconstruct", "<Clone>$"];

    public static IReadOnlyDictionary<string, MethodBase> Members { get; } = Find();

    /// <summary>The key, such as <c>Norms.Spectral(matrix, scratch)</c>; what ends the work early does not count.</summary>
    public static string KeyOf(MethodBase member)
    {
        IEnumerable<string?> names = member.GetParameters().Where(p => p.ParameterType != typeof(CancellationToken)).Select(p => p.Name);
        return $"{Name(member.DeclaringType!)}.{(member.IsConstructor ? "new" : member.Name)}({string.Join(", ", names)})";
    }

    private static Dictionary<string, MethodBase> Find()
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        Dictionary<string, MethodBase> members = [];
        IEnumerable<Type> types = Libraries.All.SelectMany(library => library.GetExportedTypes())
            .Where(type => !type.IsEnum && !typeof(Delegate).IsAssignableFrom(type));
        foreach (MethodBase member in types.SelectMany(type => type.GetMembers(Declared)).OfType<MethodBase>().Where(IsCallable))
        {
            // Overloads whose parameters have the same names differ in their types.
            string key = KeyOf(member);
            string suffix = members.ContainsKey(key) ? $": {string.Join(", ", member.GetParameters().Select(p => Name(p.ParameterType)))}" : "";
            members.Add(key + suffix, member);
        }

        return members;
    }

    private static bool IsCallable(MethodBase member)
    {
        bool isAccessor = member.IsSpecialName && member.Name[..Math.Min(4, member.Name.Length)] is "get_" or "set_";
        bool isIndexer = isAccessor && member.GetParameters().Length > (member.Name[0] == 's' ? 1 : 0);
        return (!isAccessor || isIndexer) && !Common.Contains(member.Name) && !member.IsDefined(typeof(CompilerGeneratedAttribute));
    }

    private static string Name(Type type) => type.Name.Split('`')[0];
}
