using Hetero.Cli.Fit;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Fit;

/// <summary>What the picture of a fit shows.</summary>
public class FitChartTests
{
    // Twenty values from 1 to 2.9: nine tenths end at 2.7, the axis at 1 + 2·1.7 = 4.4, and 3 % of that range are left below.
    [Fact]
    public void A_few_large_values_do_not_decide_where_an_axis_ends()
    {
        double[] values = [.. Enumerable.Range(0, 20).Select(i => 1 + (0.1 * i))], spiked = [.. values];
        spiked[7] = 1000;
        RobustRange plain = RobustRange.Of([values], [values[0]]), robust = RobustRange.Of([spiked, [double.NaN, double.PositiveInfinity]], [values[0], double.NaN]);
        Assert.Equal(0, plain.Above);
        Assert.Equal(1, robust.Above);
        Assert.Equal(1 + (2 * 1.8), robust.High, 1e-12);
        Assert.Equal(1 - (0.03 * 3.6), robust.Low, 1e-12);

        // What must be seen is inside.
        Assert.Equal((1000.0, 0), (RobustRange.Of([spiked], [1000]).High, RobustRange.Of([spiked], [1000]).Above));
        Assert.Equal(0, RobustRange.Of([[3, 3, 3]], []).Above);
        Assert.Equal(default, RobustRange.Of([[]], []));
    }

    [Fact]
    public void A_tuned_fit_shows_what_folds_say_of_each_step_size()
    {
        using TemporaryDirectory directory = new();
        string data = FitData.Make(directory), folder = directory.File("fit"), picture = Path.Combine(folder, "fit.svg");
        Assert.Equal(0, CommandCall.Line($"fit --step-size 0.1 --steps 20 --out {folder} {data}").Code);
        Assert.DoesNotContain("Folds: ", File.ReadAllText(picture), StringComparison.Ordinal);
        Assert.Equal(0, CommandCall.Line($"fit --tune --step-size 0.02,0.05,0.1,9 --folds 2 --steps 20 --out {folder} {data}").Code);
        string svg = File.ReadAllText(picture);
        Assert.Contains("Folds: mean criterion at the best step, 1 without a step that counts", svg, StringComparison.Ordinal);
        Assert.Contains("mean of 2 folds", svg, StringComparison.Ordinal);
    }
}
