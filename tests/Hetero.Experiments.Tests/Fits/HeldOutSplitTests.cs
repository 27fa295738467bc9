using Hetero.Core.Sensing;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Tests.Data;
using Xunit;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>No row is in two parts, and none is lost.</summary>
public class HeldOutSplitTests
{
    [Theory]
    [InlineData(0.2, 30, 3)]
    [InlineData(0.5, 31, 8)]
    [InlineData(0.9, 30, 14)]
    [InlineData(0.04, 25, 1)]
    public void The_parts_share_no_row_and_are_all_of_them(double share, int rows, int half)
    {
        using DataFolder folder = DataFolder.Make(rows);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        HeldOutSplit<double> split = HeldOutSplit<double>.Of(data, share, seed: 3);
        for (int e = 0; e < 2; e++)
        {
            Assert.Equal((half, half, rows - (2 * half)), (split.First[e].Responses.Length, split.Second[e].Responses.Length, split.Training[e].Responses.Length));
            (double, double)[] parts = [.. Rows(split.Training[e]), .. Rows(split.First[e]), .. Rows(split.Second[e])];
            Assert.Equal(rows, parts.Distinct().Count());
            Assert.Equal(Rows(data.Environments[e]).Order(), parts.Order());

            // They stay where they are.
            Assert.True(split.Second[e].Measurements.Equals(data.Environments[e].Measurements));
        }
    }

    [Fact]
    public void Which_rows_are_held_out_follows_from_the_seed_and_the_environment()
    {
        using DataFolder folder = DataFolder.Make();
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        int[] Held(ulong seed, int environment)
        {
            (double, double)[] all = [.. Rows(data.Environments[environment])];
            return [.. Rows(HeldOutSplit<double>.Of(data, 0.4, seed).First[environment]).Select(row => Array.IndexOf(all, row))];
        }

        Assert.Equal(Held(1, 0), Held(1, 0));
        Assert.NotEqual(Held(1, 0), Held(2, 0));
        Assert.NotEqual(Held(1, 0), Held(1, 1));

        // Over 400 seeds each of 30 rows is in a half of 6 about 80 times: within six standard deviations of 8 but for one seed in 10⁷.
        int[] counts = new int[30];
        for (ulong seed = 0; seed < 400; seed++)
        {
            foreach (int row in Held(seed, 0))
            {
                counts[row]++;
            }
        }

        Assert.All(counts, count => Assert.InRange(count, 32, 128));
    }

    [Fact]
    public void Too_few_rows_are_refused_by_name()
    {
        using DataFolder folder = DataFolder.Make(8);
        using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
        RecipeException refusal = Assert.Throws<RecipeException>(() => HeldOutSplit<double>.Of(data, 0.1, 1));
        Assert.Equal("'held-out' is '0.1'; accepted is 0, or a share that leaves two rows or more held out and one or more to train on of the 8 of environment 'low'.", refusal.Message);
        Assert.True(HeldOutSplit<double>.Of(data, 0, 1).Training[0].Measurements.Equals(data.Environments[0].Measurements));
    }

    private static IEnumerable<(double, double)> Rows(EnvironmentSamples<double> samples)
    {
        const int Width = 10;
        return Enumerable.Range(0, samples.Responses.Length).Select(i => (samples.Row(i, Width)[0], samples.Responses.Span[i]));
    }
}
