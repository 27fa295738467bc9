using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies the documentation file of an assembly without the members that nobody outside can name: what is left are the public and protected members
/// of visible types. What these say of a member that is left out becomes its name; nothing may be inherited from one.
/// Compiled by MSBuild when a documentation file is made, hence the plain C#.
/// </summary>
public sealed class KeepVisibleDocumentation : Task
{
    /// <summary>The assembly, as compiled.</summary>
    [Required]
    public string AssemblyFile { get; set; } = "";

    /// <summary>Its documentation, as the compiler wrote it.</summary>
    [Required]
    public string Documentation { get; set; } = "";

    /// <summary>What is written.</summary>
    [Required]
    public string Destination { get; set; } = "";

    public override bool Execute()
    {
        XDocument document = XDocument.Load(Documentation, LoadOptions.PreserveWhitespace);
        Dictionary<string, bool> visible = DocumentationIds.Of(AssemblyFile);
        XElement[] members = document.Root.Element("members").Elements("member").ToArray();
        foreach (XElement member in members)
        {
            string id = member.Attribute("name").Value;
            if (!visible.ContainsKey(id))
            {
                Log.LogError("{0}: the member {1} is not found in {2}.", Documentation, id, AssemblyFile);
            }
            else if (!visible[id])
            {
                if (member.PreviousNode is XText)
                {
                    member.PreviousNode.Remove();
                }

                member.Remove();
            }
        }

        foreach (XElement member in document.Root.Element("members").Elements("member"))
        {
            foreach (XElement reference in member.Descendants().ToArray())
            {
                if (reference.Attribute("cref") is XAttribute cref && visible.TryGetValue(cref.Value, out bool isVisible) && !isVisible)
                {
                    Replace(reference, cref, member.Attribute("name").Value);
                }
            }
        }

        if (Log.HasLoggedErrors)
        {
            return false;
        }

        // Whole or not at all: the time of the file says that it is there.
        string unfinished = Destination + ".tmp";
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(Destination)));
        using (var writer = new StreamWriter(unfinished, false, new UTF8Encoding(false)))
        {
            document.Save(writer, SaveOptions.DisableFormatting);
        }

        File.Delete(Destination);
        File.Move(unfinished, Destination);
        return true;
    }

    private void Replace(XElement reference, XAttribute cref, string member)
    {
        if (reference.Name != "see")
        {
            Log.LogError("The documentation of {0} has <{1}> with {2}, which nobody outside sees; accepted is what is visible.", member, reference.Name, cref.Value);
            return;
        }

        reference.Name = "c";
        cref.Remove();
        if (reference.IsEmpty)
        {
            reference.Value = Regex.Replace(Regex.Replace(cref.Value, @"\(.*", ""), @".*[.:]|`.*", "");
        }
    }
}

/// <summary>The documentation ids of all members of an assembly, each with whether it is visible outside.</summary>
internal static class DocumentationIds
{
    public static Dictionary<string, bool> Of(string assembly)
    {
        var ids = new Dictionary<string, bool>();
        using (FileStream file = File.OpenRead(assembly))
        using (var portable = new PEReader(file))
        {
            MetadataReader reader = portable.GetMetadataReader();
            foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
            {
                Add(reader, handle, ids);
            }
        }

        return ids;
    }

    private static void Add(MetadataReader reader, TypeDefinitionHandle handle, Dictionary<string, bool> ids)
    {
        TypeDefinition type = reader.GetTypeDefinition(handle);
        var names = new SignatureNames(reader);
        string owner = names.NameOf(handle) + ".";
        bool isVisible = IsVisible(reader, type);
        ids["T:" + names.NameOf(handle)] = isVisible;
        foreach (FieldDefinition field in type.GetFields().Select(reader.GetFieldDefinition))
        {
            ids["F:" + owner + Escaped(reader.GetString(field.Name))] = isVisible && IsVisible((int)field.Attributes);
        }

        foreach (MethodDefinition method in type.GetMethods().Select(reader.GetMethodDefinition))
        {
            string name = reader.GetString(method.Name);
            MethodSignature<string> signature = method.DecodeSignature(names, null);
            string id = "M:" + owner + Escaped(name)
                + (signature.GenericParameterCount > 0 ? "``" + signature.GenericParameterCount : "") + Parameters(signature)
                + (name == "op_Implicit" || name == "op_Explicit" || name == "op_CheckedExplicit" ? "~" + signature.ReturnType : "");
            ids[id] = isVisible && IsVisible((int)method.Attributes);
        }

        foreach (PropertyDefinition property in type.GetProperties().Select(reader.GetPropertyDefinition))
        {
            PropertyAccessors accessors = property.GetAccessors();
            ids["P:" + owner + Escaped(reader.GetString(property.Name)) + Parameters(property.DecodeSignature(names, null))]
                = isVisible && (IsVisible(reader, accessors.Getter) || IsVisible(reader, accessors.Setter));
        }

        foreach (EventDefinition happening in type.GetEvents().Select(reader.GetEventDefinition))
        {
            ids["E:" + owner + Escaped(reader.GetString(happening.Name))] = isVisible && IsVisible(reader, happening.GetAccessors().Adder);
        }
    }

    private static bool IsVisible(MetadataReader reader, TypeDefinition type)
    {
        switch (type.Attributes & TypeAttributes.VisibilityMask)
        {
            case TypeAttributes.Public:
                return true;
            case TypeAttributes.NestedPublic:
            case TypeAttributes.NestedFamily:
            case TypeAttributes.NestedFamORAssem:
                return IsVisible(reader, reader.GetTypeDefinition(type.GetDeclaringType()));
            default:
                return false;
        }
    }

    private static bool IsVisible(MetadataReader reader, MethodDefinitionHandle accessor)
        => !accessor.IsNil && IsVisible((int)reader.GetMethodDefinition(accessor).Attributes);

    // Fields and methods have the same numbers for the same access.
    private static bool IsVisible(int attributes)
    {
        var access = (MethodAttributes)attributes & MethodAttributes.MemberAccessMask;
        return access == MethodAttributes.Public || access == MethodAttributes.Family || access == MethodAttributes.FamORAssem;
    }

    private static string Parameters(MethodSignature<string> signature)
        => signature.ParameterTypes.Length == 0 ? "" : "(" + string.Join(",", signature.ParameterTypes) + ")";

    private static string Escaped(string name) => name.Replace('.', '#').Replace('<', '{').Replace('>', '}').Replace(',', '@');
}

/// <summary>The types of a signature as documentation ids write them.</summary>
internal sealed class SignatureNames : ISignatureTypeProvider<string, object>
{
    private readonly MetadataReader _reader;

    public SignatureNames(MetadataReader reader) => _reader = reader;

    public string NameOf(TypeDefinitionHandle handle)
    {
        TypeDefinition type = _reader.GetTypeDefinition(handle);
        return type.IsNested
            ? NameOf(type.GetDeclaringType()) + "." + _reader.GetString(type.Name)
            : InNamespace(type.Namespace, type.Name);
    }

    public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => NameOf(handle);

    public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
    {
        TypeReference type = reader.GetTypeReference(handle);
        return type.ResolutionScope.Kind == HandleKind.TypeReference
            ? GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, 0) + "." + reader.GetString(type.Name)
            : InNamespace(type.Namespace, type.Name);
    }

    public string GetTypeFromSpecification(MetadataReader reader, object context, TypeSpecificationHandle handle, byte rawTypeKind)
        => reader.GetTypeSpecification(handle).DecodeSignature(this, context);

    public string GetPrimitiveType(PrimitiveTypeCode code) => "System." + code;

    public string GetGenericTypeParameter(object context, int index) => "`" + index;

    public string GetGenericMethodParameter(object context, int index) => "``" + index;

    public string GetSZArrayType(string element) => element + "[]";

    public string GetArrayType(string element, ArrayShape shape)
        => element + "[" + string.Join(",", Enumerable.Repeat("0:", shape.Rank)) + "]";

    public string GetByReferenceType(string element) => element + "@";

    public string GetPointerType(string element) => element + "*";

    // A pointer to a function is not told from another: no overload differs by it.
    public string GetFunctionPointerType(MethodSignature<string> signature) => "";

    public string GetModifiedType(string modifier, string unmodified, bool isRequired) => unmodified;

    public string GetPinnedType(string element) => element;

    // Each part of a nested type's name takes as many of the arguments as its number says.
    public string GetGenericInstantiation(string type, ImmutableArray<string> arguments)
    {
        int taken = 0;
        return Regex.Replace(
            type,
            "`([0-9]+)",
            arity =>
            {
                int count = int.Parse(arity.Groups[1].Value);
                taken += count;
                return "{" + string.Join(",", arguments.Skip(taken - count).Take(count)) + "}";
            });
    }

    private string InNamespace(StringHandle space, StringHandle name)
        => space.IsNil ? _reader.GetString(name) : _reader.GetString(space) + "." + _reader.GetString(name);
}
