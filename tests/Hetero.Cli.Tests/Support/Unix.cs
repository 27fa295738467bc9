using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Hetero.Cli.Tests.Support;

/// <summary>What the tests of signals, pipes and descriptors need of the system.</summary>
internal static class Unix
{
    public static void SkipElsewhere()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("Signals, named pipes and device files of Linux are needed.");
        }
    }

    /// <summary>Sends signals as fast as possible; the later ones may meet a process that has ended.</summary>
    public static void Send(string signals, Process process) => Run(
        "bash",
        "-c",
        string.Create(CultureInfo.InvariantCulture, $"for signal in {signals}; do kill -$signal {process.Id} 2> /dev/null; done; true"));

    /// <summary>Waits until a process handles the signals that ask to stop; before that they would end it.</summary>
    public static void WaitForHandlers(Process process)
    {
        const ulong Interrupt = 1UL << 1, Terminate = 1UL << 14, Hangup = 1UL << 0, All = Interrupt | Terminate | Hangup;
        ulong handled;
        do
        {
            Assert.False(process.WaitForExit(5), "The process ended by itself.");
            string line = File.ReadLines($"/proc/{process.Id}/status").First(text => text.StartsWith("SigCgt:", StringComparison.Ordinal));
            handled = ulong.Parse(line.AsSpan("SigCgt:".Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        while ((handled & All) != All);
    }

    public static void MakePipe(string path) => Run("mkfifo", path);

    public static void MakeHardLink(string target, string path) => Run("ln", target, path);

    /// <summary>Runs a line of bash in which "hetero" is the command; "exec dotnet "$HETERO"" puts it in the place of the shell.</summary>
    public static CommandCall Shell(string directory, string line)
    {
        using Process process = StartShell(directory, line);
        return ChildProcess.End(process);
    }

    public static Process StartShell(string directory, string line)
    {
        ProcessStartInfo start = new("bash")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        start.Environment["HETERO"] = Path.Combine(AppContext.BaseDirectory, "hetero.dll");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"hetero() {{ dotnet \"$HETERO\" \"$@\"; }}\n{line}");
        return Process.Start(start)!;
    }

    private static void Run(string program, params string[] args)
    {
        using Process process = Process.Start(program, args);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
