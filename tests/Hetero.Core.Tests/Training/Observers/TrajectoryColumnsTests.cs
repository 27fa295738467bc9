using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training.Observers;

/// <summary>Names of columns stand in a header of comma-separated values: what would tear it, or say the same twice, is refused before a run.</summary>
public class TrajectoryColumnsTests
{
    [Theory]
    [InlineData("has a comma, a quotation mark or a control character", "fine", "a,b")]
    [InlineData("has a comma, a quotation mark or a control character", "fine", "a\nb")]
    [InlineData("has a comma, a quotation mark or a control character", "fine", "\"a")]
    [InlineData("is 'step', a column of every trajectory", "fine", "step")]
    [InlineData("is 'fine', as one before it", "fine", "fine")]
    [InlineData("is empty", "fine", "")]
    [InlineData("is empty", "fine", null)]
    public void NamesThatNoHeaderCanHaveAreRefused(string fault, params string?[] names)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new TrajectoryRecorder<double>(Trainer(), 3, columns: new Named(names!)));
        Assert.Equal("columns", refusal.ParamName);
        Assert.StartsWith($"'columns[1]' {fault}; accepted is ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(refusal.Message, Assert.Throws<ArgumentException>(() => new Trajectory(4, 1, names!)).Message);
    }

    [Fact]
    public void NoListOfNamesIsRefused()
        => Assert.Contains(
            "'columns.Names' is null",
            Assert.Throws<ArgumentException>(() => new TrajectoryRecorder<double>(Trainer(), 3, columns: new Named(null!))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void AHeaderHasAsManyCellsAsARow()
    {
        TrajectoryRecorder<double> recorder = new(Trainer(), 0, columns: new Named(["mine", "mine too"]));
        Trainer().Run(0);
        using StringWriter writer = new();
        TrajectoryCsv.Write(recorder.Trajectory, writer);
        Assert.Equal(TrajectoryCsv.Header + ",mine,mine too\n", writer.ToString());
    }

    private static HeteroSgd<double> Trainer()
        => new(SensingProblem.Create(4, 1, 1, 1), DiagonalEnvironments.TwoPoint(1, 1, 2), new RegeneratedMeasurements<double>(4, 1), new TrainingOptions { Seed = 1, Samples = 6 });

    private sealed class Named(IReadOnlyList<string> names) : ITrajectoryColumns<double>
    {
        public IReadOnlyList<string> Names => names;

        public void Compute(in TrainingSnapshot<double> snapshot, Span<double> values) => values.Clear();
    }
}
