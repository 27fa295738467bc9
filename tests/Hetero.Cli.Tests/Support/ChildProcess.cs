using System.Diagnostics;
using Hetero.Cli.CommandLine;
using Xunit;

namespace Hetero.Cli.Tests.Support;

/// <summary>Starts the command as a process of its own.</summary>
internal static class ChildProcess
{
    public static Process Start(string? variable, params string[] args)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "hetero.dll"));
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        if (variable is not null)
        {
            string[] parts = variable.Split('=');
            start.Environment[parts[0]] = parts[1];
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs to the end. A second pipe is emptied meanwhile, or a full one would stop the process.</summary>
    public static CommandCall Run(string? variable, params string[] args)
    {
        using Process process = Start(variable, args);
        return End(process);
    }

    /// <summary>Waits until the process has written a file: that long, that only a process that hangs can be the reason.</summary>
    public static void WaitFor(string file, Process process)
    {
        for (int i = 0; !File.Exists(file); i++)
        {
            Assert.False(process.WaitForExit(10), $"The process ended without '{file}'.");
            Assert.True(i < 60_000, $"The process does not write '{file}'.");
        }
    }

    public static CommandCall End(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new CommandCall(process.ExitCode, output, error.Result);
    }
}
