using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Hetero.Core.Tests.Documentation;

/// <summary>The documentation file beside an assembly, held against what reflection says that others can name: public and protected members of visible types.</summary>
internal static class DocumentationFile
{
    private const BindingFlags Declared
        = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static void HoldsWhatIsVisible(Assembly assembly)
    {
        Dictionary<string, XElement> documented = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value);
        Dictionary<string, MemberInfo> visible = assembly.GetTypes().Where(IsVisible).SelectMany(type => type.GetMembers(Declared).Where(IsVisible).Prepend(type))
            .ToDictionary(Id);
        Assert.Empty(documented.Keys.Except(visible.Keys));
        Assert.Empty(visible.Where(member => !IsMadeByCompiler(member.Value)).Select(member => member.Key).Except(documented.Keys));

        // What an editor takes over must be there for it.
        HashSet<string> hidden = [.. assembly.GetTypes().SelectMany(type => type.GetMembers(Declared).Prepend(type)).Select(Id).Except(visible.Keys)];
        Assert.Empty(documented.Values.SelectMany(member => member.Descendants().Attributes("cref")).Select(cref => cref.Value).Intersect(hidden));
        Assert.Empty(documented.Where(member => member.Value.Elements("inheritdoc").Any(from => from.Attribute("cref") is null))
            .Where(member => !Inherits(visible[member.Key])).Select(member => member.Key));
    }

    private static bool IsVisible(Type type)
        => type.IsPublic || ((type.IsNestedPublic || type.IsNestedFamily || type.IsNestedFamORAssem) && IsVisible(type.DeclaringType!));

    private static bool IsVisible(MemberInfo member) => member switch
    {
        FieldInfo field => !field.IsSpecialName && (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly),
        MethodBase method => IsNamed(method) && IsVisible(method),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        EventInfo happening => IsVisible(happening.AddMethod!),
        _ => false,
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    /// <summary>Whether a method is not the accessor of a property or an event.</summary>
    private static bool IsNamed(MethodBase method)
        => !method.IsSpecialName || method.IsConstructor || method.Name.StartsWith("op_", StringComparison.Ordinal);

    // Whether a constructor without parameters was written is not to be seen.
    private static bool IsMadeByCompiler(MemberInfo member)
        => member.IsDefined(typeof(CompilerGeneratedAttribute)) || member.DeclaringType?.BaseType == typeof(MulticastDelegate)
            || (member is ConstructorInfo constructor && constructor.GetParameters().Length == 0);

    /// <summary>Whether a member overrides, implements or, as a type, extends something visible, here or in another assembly.</summary>
    private static bool Inherits(MemberInfo member) => member switch
    {
        Type type => (type.BaseType is { } parent && parent != typeof(object) && IsVisible(parent)) || type.GetInterfaces().Any(IsVisible),
        PropertyInfo property => Inherits(property.GetAccessors(nonPublic: true)[0]),
        EventInfo happening => Inherits(happening.AddMethod!),
        MethodInfo method => method.GetBaseDefinition() != method || Implements(method),
        ConstructorInfo constructor => IsVisible(constructor.DeclaringType!.BaseType!),
        _ => false,
    };

    // By the signature: where an argument is passed by 'in', the map of an interface names a private bridge to the method.
    private static bool Implements(MethodInfo method)
        => method.DeclaringType!.GetInterfaces().Where(IsVisible).SelectMany(contract => contract.GetMethods())
            .Any(promised => promised.Name == method.Name && Types(promised).SequenceEqual(Types(method)));

    private static IEnumerable<Type> Types(MethodInfo method) => method.GetParameters().Select(parameter => parameter.ParameterType);

    private static string Id(MemberInfo member)
    {
        string name = member is Type ? "" : $"{NameOf((TypeInfo)member.DeclaringType!)}.{member.Name.Replace('.', '#').Replace('<', '{').Replace('>', '}').Replace(',', '@')}";
        return member switch
        {
            Type type => $"T:{NameOf(type.GetTypeInfo())}",
            FieldInfo => $"F:{name}",
            EventInfo => $"E:{name}",
            PropertyInfo property => $"P:{name}{Parameters(property.GetIndexParameters())}",
            MethodInfo { Name: "op_Implicit" or "op_Explicit" } conversion => $"M:{name}{Parameters(conversion.GetParameters())}~{NameOf(conversion.ReturnType)}",
            MethodBase method => $"M:{name}{(method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "")}{Parameters(method.GetParameters())}",
            _ => throw new ArgumentException($"'{nameof(member)}' is {member.MemberType}; accepted are types, fields, methods, properties and events.", nameof(member)),
        };
    }

    private static string Parameters(ParameterInfo[] parameters)
        => parameters.Length == 0 ? "" : $"({string.Join(',', parameters.Select(parameter => NameOf(parameter.ParameterType)))})";

    /// <summary>A type as it is declared, with the number of its parameters.</summary>
    private static string NameOf(TypeInfo type)
        => (type.IsNested ? NameOf(type.DeclaringType!.GetTypeInfo()) : type.Namespace) + "." + type.Name;

    /// <summary>A type as it is used, with its arguments.</summary>
    private static string NameOf(Type type)
    {
        if (type.IsGenericParameter)
        {
            return $"{(type.DeclaringMethod is null ? "`" : "``")}{type.GenericParameterPosition}";
        }

        if (type.HasElementType)
        {
            return NameOf(type.GetElementType()!) + (type.IsByRef ? "@" : type.IsPointer ? "*" : type.IsSZArray ? "[]" : $"[{string.Join(',', Enumerable.Repeat("0:", type.GetArrayRank()))}]");
        }

        if (type.IsFunctionPointer)
        {
            return "";
        }

        // Each part of a nested type's name takes as many of the arguments as its number says.
        Queue<string> arguments = new(type.GetGenericArguments().Select(NameOf));
        return Regex.Replace(NameOf(type.GetTypeInfo()), "`([0-9]+)", arity => $"{{{Taken(int.Parse(arity.Groups[1].Value, CultureInfo.InvariantCulture))}}}");

        string Taken(int count) => string.Join(',', Enumerable.Range(0, count).Select(_ => arguments.Dequeue()));
    }
}
