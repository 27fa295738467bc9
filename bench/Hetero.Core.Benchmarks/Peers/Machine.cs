using System.Globalization;
using System.Text.RegularExpressions;
using Hetero.Core.Numerics;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>What a table has to say about where it comes from.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";
    private const string CacheDirectory = "/sys/devices/system/cpu/cpu0/cache";
    private const string LoadFile = "/proc/loadavg";

    /// <summary>Gets the processor's name, with family and model where known: names of virtual processors say little.</summary>
    public static string Processor { get; } = Describe();

    /// <summary>Gets the processor's name as a directory.</summary>
    public static string Directory => Regex.Replace(Processor.ToLowerInvariant(), "[^a-z0-9]+", "-").Trim('-');

    /// <summary>Gets how many processes wanted to run in the last minute; the table is worth less if others did.</summary>
    public static string Load => File.Exists(LoadFile) ? File.ReadAllText(LoadFile).Split(' ')[0] : "unknown";

    /// <summary>Returns the size of the cache of a level that the first processor uses; null where it is not told.</summary>
    public static double? CacheBytes(int level)
    {
        if (!System.IO.Directory.Exists(CacheDirectory))
        {
            return null;
        }

        // Sizes are told in KiB; data and instructions may have caches of their own at the first level.
        return System.IO.Directory.EnumerateDirectories(CacheDirectory, "index*")
            .Where(cache => File.ReadAllText(Path.Combine(cache, "level")).Trim() == level.ToString(CultureInfo.InvariantCulture))
            .Select(cache => File.ReadAllText(Path.Combine(cache, "size")).Trim())
            .Where(size => size.EndsWith('K'))
            .Select(size => (double?)(1024.0 * int.Parse(size[..^1], CultureInfo.InvariantCulture)))
            .FirstOrDefault();
    }

    private static string Describe()
    {
        if (!File.Exists(ProcessorFile))
        {
            return HardwareInfo.Architecture;
        }

        Dictionary<string, string> facts = [];
        foreach (string line in File.ReadLines(ProcessorFile))
        {
            if (line.Split(':', 2) is [var name, var value])
            {
                facts.TryAdd(name.Trim(), value.Trim());
            }
        }

        string model = facts.GetValueOrDefault("model name", HardwareInfo.Architecture);
        return facts.TryGetValue("cpu family", out string? family) ? $"{model} (family {family}, model {facts["model"]})" : model;
    }
}
