using System.Reflection;
using Hetero.Core.Sensing;
using Hetero.Core.Theory;

namespace Hetero.Core.Tests.Support;

/// <summary>The assemblies whose whole public surface is held to the same rules, and their sources.</summary>
internal static class Libraries
{
    public static Assembly[] All { get; } = [typeof(Svec).Assembly, typeof(TheoryCheck).Assembly];

    /// <summary>The repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the projects.</summary>
    public static string SourceRoot { get; } = Path.Combine(Root, "src");

    /// <summary>All source files of a project, or of all with a null.</summary>
    public static IEnumerable<string> Sources(string? project = null) => SourcesOf(Path.Combine(SourceRoot, project ?? ""));

    /// <summary>All source files in a folder that are not made by a build.</summary>
    public static IEnumerable<string> SourcesOf(string folder)
        => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"));

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Hetero.Core.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
