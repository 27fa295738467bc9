using System.Reflection;

namespace Hetero.Cli.CommandLine;

/// <summary>The version of the command and of the library, which are released together.</summary>
internal static class ProductVersion
{
    /// <summary>The version without the revision that a build may append after a plus sign.</summary>
    public static string Text { get; } = typeof(Hetero.Core.Numerics.HardwareInfo).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
