using Hetero.Core.Benchmarks.Peers;
using Xunit;

namespace Hetero.Core.Benchmarks.Tests.Peers;

/// <summary>What is missing is skipped with its reason, whether it is the interpreter, a module, or a process that ends while it is measured; what is there is measured all the same.</summary>
public class MissingPeerTests
{
    private static readonly Pace Short = new(0.001, 0.001, TimeSpan.Zero);

    [Fact]
    public void AnInterpreterThatIsNotThereIsNamed() => AssertSkipped("/no/such/python", "'/no/such/python' cannot be started (No such file or directory)");

    [Theory]
    [InlineData("echo \"ModuleNotFoundError: No module named 'numpy'\" >&2; exit 1", "fill.py ended without an answer (ModuleNotFoundError: No module named 'numpy')")]
    [InlineData("kill -SEGV $$", "fill.py ended without an answer (exit code 139)")]
    [InlineData("exec cat", "fill.py answers 'info'")]
    public void AWorkerThatDoesNotStartIsSkippedForWhatItSaysLast(string start, string reason)
    {
        using FakeInterpreter python = new(start);
        AssertSkipped(python.Path, reason);
    }

    [Fact]
    public void ANumberThatIsNoneEndsTheWorker()
    {
        using FakeInterpreter python = new(check: "echo loading; echo 1 2");
        AssertSkipped(python.Path, "fill.py answers 'loading'");
    }

    [Fact]
    public void AWorkerThatEndsWhileItIsMeasuredLosesItsRowsAlone()
    {
        using FakeInterpreter python = new(run: "echo 'out of memory' >&2; exit 3");
        using PeerContext context = new(python.Path, threads: 1);
        PeerCase one = new();
        IContender ours = one.Add(() => Thread.SpinWait(1)), other = one.Add(() => Thread.SpinWait(1));
        IContender? theirs = one.Add(context, "fill", "numpy", 1, _ => { });
        one.Compare("Fill", "NumPy", ours, theirs, null, null);
        one.Compare("Fill", "ours", ours, other, null, null);
        Assert.Empty(one.Notes);

        Dictionary<IContender, double[]> times = Rounds.Measure(one, 5, Short);
        Assert.Equal([ours, other], times.Keys);
        Assert.Equal("ours", Assert.Single(one.Comparisons).Against);
        Assert.Equal("Skipped Fill against NumPy: fill.py ended without an answer (out of memory).", Assert.Single(one.Notes));
    }

    [Fact]
    public void ACaseThatEndsTheWorkerLeavesTheOthersToANewOne()
    {
        using FakeInterpreter python = new(check: "[ $rest = torch ] && exit 3; echo 1 2");
        using PeerContext context = new(python.Path, threads: 1);
        PeerCase one = new();
        IContender? good = one.Add(context, "fill", "numpy", 1, answer => Assert.Equal([1, 2], answer));
        Assert.Null(one.Add(context, "fill", "torch", 1, _ => { }));
        Dictionary<IContender, double[]> times = Rounds.Measure(one, 2, Short);
        Assert.Equal([0.5, 0.5], times[good!]);
        Assert.Equal("Skipped fill torch: fill.py ended without an answer (exit code 3).", Assert.Single(one.Notes));
    }

    private static void AssertSkipped(string python, string reason)
    {
        using PeerContext context = new(python, threads: 1);
        PeerCase one = new();
        for (int attempt = 0; attempt < 2; attempt++)
        {
            Assert.Null(one.Add(context, "fill", "numpy", 1, _ => Assert.Fail("There is nothing to check.")));
            Assert.Equal($"Skipped fill numpy: {reason}.", one.Notes[attempt]);
        }

        Assert.Empty(Rounds.Measure(one, 2, Short));
    }
}
