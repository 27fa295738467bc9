using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>Where results are kept: bench/results/&lt;cpu&gt; and docs/images of this repository, or of the current directory outside it.</summary>
internal static class ResultFiles
{
    /// <summary>Returns a file's name, with the path in it unless that is the widest one: no result overwrites that of another path.</summary>
    public static string OfPath(string name, string extension)
        => SimdPath.Is512 ? name + extension : $"{name}-{SimdPath.Name.ToLowerInvariant()}{extension}";

    /// <summary>Writes a file of this processor's results and says where.</summary>
    public static void Write(string name, string text) => Write(text, "bench", "results", Machine.Directory, name);

    /// <summary>Writes a picture for the documentation and says where.</summary>
    public static void WriteImage(string name, string svg) => Write(svg, "docs", "images", name);

    private static void Write(string text, params ReadOnlySpan<string> path)
    {
        string file = Path.Combine([Root(), .. path]);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        Console.WriteLine($"Wrote {Path.Combine(path)}");
    }

    private static string Root()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Hetero.Core.sln")))
        {
            root = root.Parent;
        }

        return root?.FullName ?? ".";
    }
}
