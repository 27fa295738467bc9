using System.Diagnostics;

namespace Hetero.Core.Benchmarks.Setup;

/// <summary>This program once more: a process chooses its instruction sets at its start, so other ones need another process.</summary>
internal static class SelfProcess
{
    /// <summary>Describes the start of this program with other arguments and further environment variables.</summary>
    public static ProcessStartInfo Create(IEnumerable<string> arguments, IEnumerable<(string Name, string Value)> variables)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!);
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet")
        {
            start.ArgumentList.Add(typeof(SelfProcess).Assembly.Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
