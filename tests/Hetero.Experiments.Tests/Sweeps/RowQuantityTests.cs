using System.Globalization;
using Hetero.Core.Training;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

public class RowQuantityTests
{
    [Fact]
    public void Names_and_numbers_are_those_of_the_columns_of_a_trajectory()
    {
        Trajectory trajectory = new(1, 1);
        trajectory.Add(new TrajectoryRow(7, 1.5, 2.5, 3.5, 4.5, 5.5), default);
        using StringWriter text = new();
        TrajectoryCsv.Write(trajectory, text);
        string[] lines = text.ToString().Split('\n');
        Assert.Equal(lines[0].Split(',')[2..], RowQuantity.All.Select(quantity => quantity.Name));
        Assert.Equal(
            lines[1].Split(',')[2..], RowQuantity.All.Select(quantity => quantity.Of(trajectory.Rows[0]).ToString(CultureInfo.InvariantCulture)));
    }
}
