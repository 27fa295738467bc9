using System.Globalization;

namespace Hetero.Cli.Output;

/// <summary>Where the name of an output leads: a name in a directory, with links followed, or a descriptor that was inherited open.</summary>
/// <param name="Path">The name after the last link.</param>
/// <param name="Descriptor">The descriptor, as in /dev/stdout or a shell's &gt;(command); null for a name.</param>
internal readonly record struct OutputTarget(string Path, int? Descriptor)
{
    // As many as Linux follows.
    private const int MaxLinks = 40;

    private static readonly char[] Separators = [System.IO.Path.DirectorySeparatorChar, System.IO.Path.AltDirectorySeparatorChar];
    private static readonly string[] DescriptorFolders = ["/dev/fd/", "/proc/self/fd/"];

    /// <summary>Follows a name.</summary>
    /// <exception cref="IOException">The links form a ring.</exception>
    public static OutputTarget Of(string fullPath)
    {
        string path = fullPath;
        for (int links = 0; links <= MaxLinks; links++)
        {
            // The system shows a descriptor as a link to what it was opened from. Opened anew, that would be written from its beginning.
            if (DescriptorOf(path) is { } descriptor)
            {
                return new OutputTarget(path, descriptor);
            }

            if (new FileInfo(path).LinkTarget is not { } target)
            {
                return new OutputTarget(path, null);
            }

            string directory = Physical(System.IO.Path.GetDirectoryName(path)!, ref links);
            path = Physical(System.IO.Path.Combine(directory, System.IO.Path.GetDirectoryName(target) ?? ""), ref links);
            path = System.IO.Path.Combine(path, System.IO.Path.GetFileName(target));
        }

        throw Ring();
    }

    /// <summary>The directory with links followed: "..", behind one, is what the link leads to's parent and not what the text says.</summary>
    private static string Physical(string directory, ref int links)
    {
        string path = System.IO.Path.GetPathRoot(directory)!;
        foreach (string part in directory[path.Length..].Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            switch (part)
            {
                case ".":
                    break;
                case "..":
                    path = System.IO.Path.GetDirectoryName(path) ?? path;
                    break;
                default:
                    string next = System.IO.Path.Combine(path, part);
                    string? target = new DirectoryInfo(next).LinkTarget;
                    path = target is null ? next
                        : links++ < MaxLinks ? Physical(System.IO.Path.Combine(path, target), ref links)
                        : throw Ring();
                    break;
            }
        }

        return path;
    }

    private static IOException Ring() => new("Too many levels of symbolic links");

    private static int? DescriptorOf(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        switch (path)
        {
            case "/dev/stdout":
                return 1;
            case "/dev/stderr":
                return 2;
        }

        string? folder = DescriptorFolders.FirstOrDefault(name => path.StartsWith(name, StringComparison.Ordinal));
        return folder is not null && int.TryParse(path.AsSpan(folder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
    }
}
