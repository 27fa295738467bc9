using System.ComponentModel;
using System.Diagnostics;
using Hetero.Core.Benchmarks.Peers;
using Xunit;

namespace Hetero.Core.Benchmarks.Tests.Peers;

/// <summary>The loop that the scripts of the other side share, in a Python without NumPy: what is loaded here stands in its place.</summary>
public class WorkerScriptTests
{
    private const string Cases =
        """
        import sys, types
        sys.modules["numpy"] = types.ModuleType("numpy")
        sys.modules["blas"] = types.ModuleType("blas")
        sys.path.insert(0, sys.argv[1])
        import worker

        class Good:
            def run(self):
                print("a library says something")
            def check(self):
                return 1, 2

        class Missing(Good):
            def __init__(self):
                import no_such_module

        class Ending(Good):
            def __init__(self):
                raise SystemExit("no such device")

        worker.serve({"good": Good, "missing": Missing, "ending": Ending})
        """;

    [Fact]
    public void ACaseThatCannotBeMadeLeavesTheOneBeforeItUsable()
    {
        string[] answers = Answers("check good", "check missing", "run good 3", "check missing", "check ending", "check good");
        Assert.Equal(
            ["1 2", "error ModuleNotFoundError: No module named 'no_such_module'", "error ModuleNotFoundError: No module named 'no_such_module'", "error SystemExit: no such device", "1 2"],
            answers.Where((_, i) => i != 2));
        Assert.Equal(2, answers[2].Split(' ').Count(number => double.TryParse(number, out _)));
    }

    private static string[] Answers(params string[] commands)
    {
        ProcessStartInfo start = new(PeerOptions.DefaultPython, ["-B", "-c", Cases, Path.Combine(AppContext.BaseDirectory, "peers")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        try
        {
            using Process python = Process.Start(start)!;
            python.ErrorDataReceived += (_, _) => { };
            python.BeginErrorReadLine();
            python.StandardInput.Write(string.Join('\n', commands) + "\n");
            python.StandardInput.Close();
            return python.StandardOutput.ReadToEnd().TrimEnd().Split('\n');
        }
        catch (Win32Exception)
        {
            Assert.Skip($"This system has no {PeerOptions.DefaultPython}.");
            throw;
        }
    }
}
