using System.Diagnostics;
using System.Globalization;
using Hetero.Cli.CommandLine;
using Xunit;

namespace Hetero.Cli.Tests.Support;

/// <summary>What the tests of signals, pipes and descriptors need of the system.</summary>
internal static class Unix
{
    private const ulong Interrupt = 1UL << 1, Terminate = 1UL << 14, Hangup = 1UL << 0, All = Interrupt | Terminate | Hangup;

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
        do
        {
            Assert.False(process.WaitForExit(5), "The process ended by itself.");
        }
        while ((Signals(process.Id, "SigCgt:") & All) != All);
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
        // A signal that a process was started to ignore, in the background or to outlive its session, stays ignored in its children.
        bool ignores = OperatingSystem.IsLinux() && (Signals(Environment.ProcessId, "SigIgn:") & All) != 0;
        string[] shell = ignores ? ["env", "--default-signal=INT,TERM,HUP", "bash"] : ["bash"];
        ProcessStartInfo start = new(shell[0], shell[1..])
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

    private static ulong Signals(int process, string field)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(text => text.StartsWith(field, StringComparison.Ordinal));
        return ulong.Parse(line.AsSpan(field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    private static void Run(string program, params string[] args)
    {
        using Process process = Process.Start(program, args);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
