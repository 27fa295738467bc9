using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Experiments.Tests.Sweeps;

public class SweepAxisTests
{
    [Theory]
    [InlineData("spread=0:10:5", "0|2.5|5|7.5|10")]
    [InlineData("--spread=1,5e-1,2", "1|0.5|2")]
    [InlineData("step-size=0.01:0.1:10", "0.01|0.02|0.03|0.04|0.05|0.06|0.07|0.08|0.09|0.1")]
    [InlineData("step-size=0.01:1:3:log", "0.01|0.1|1")]
    [InlineData("init-scale=1e-6:1e-3:4:log", "1E-06|1E-05|0.0001|0.001")]
    [InlineData("spurious-mean=-8:-1:4:log", "-8|-4|-2|-1")]
    [InlineData("samples=100:100000:4:log", "100|1000|10000|100000")]
    [InlineData("init-scale=1e-200:1e-150:3:log", "1E-200|1E-175|1E-150")]
    [InlineData("step-size=1e-200:1e200:3:log", "1E-200|1|1E+200")]
    [InlineData("samples=10:15:3", "10|12|15")]
    [InlineData("samples=10:17:3", "10|14|17")]
    [InlineData("samples=20:10:4", "20|17|13|10")]
    [InlineData("seed=18446744073709551613:18446744073709551615:3", "18446744073709551613|18446744073709551614|18446744073709551615")]
    [InlineData("spurious-mean=-0,1", "0|1")]
    [InlineData("seed=0:18446744073709551615:2", "0|18446744073709551615")]
    [InlineData("algorithm=hetero-sgd,pooled-sgd", "hetero-sgd|pooled-sgd")]
    [InlineData("orthogonal=true,false", "true|false")]
    [InlineData("eigenvalues=1;1,0.5", "1|1,0.5")]
    [InlineData("step-changes=10:0.1,20:0.05;5:0.1", "10:0.1,20:0.05|5:0.1")]
    [InlineData("spread=1;2", "1|2")]
    public void Values_are_those_that_the_option_writes(string text, string values)
        => Assert.Equal(values.Split('|'), SweepAxis.Parse(text).Values);

    [Theory]
    [InlineData("spread", "'vary' is 'spread'; accepted is NAME=VALUES")]
    [InlineData("=1,2", "'vary' is '=1,2'; accepted is NAME=VALUES")]
    [InlineData("spread=", "'vary' is 'spread='")]
    [InlineData("spread=1,,2", "'spread' is ''; accepted is a finite number, 0 or above")]
    [InlineData("spread=-1,2", "'spread' is '-1'; accepted is a finite number, 0 or above")]
    [InlineData("spread=1:2", "'vary' is 'spread=1:2'")]
    [InlineData("spread=1:2:1", "'vary' is 'spread=1:2:1'")]
    [InlineData("spread=0:2:5:log", "for log both ends of one sign and not 0")]
    [InlineData("spurious-mean=-1:2:5:log", "for log both ends of one sign and not 0")]
    [InlineData("spread=1:2:100001", "'vary' is 'spread=1:2:100001'")]
    [InlineData("spread=1:2:100001", ": 2 to 100000 numbers")]
    [InlineData("spred=1,2", "'spred' is not an option of a run (did you mean 'spread'?)")]
    [InlineData("threads=1,2", "'threads' changes no number")]
    [InlineData("memory=1G,2G", "'memory' changes no number")]
    [InlineData("algorithm=hetero-sgd,pooled", "'algorithm' is 'pooled'")]
    public void What_is_none_is_refused_by_name(string text, string message)
        => Assert.Contains(message, Assert.Throws<RecipeException>(() => SweepAxis.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Values_are_one_or_more_and_not_too_many()
    {
        Assert.Contains("has 0 values", Assert.Throws<RecipeException>(() => new SweepAxis("spread")).Message, StringComparison.Ordinal);
        string[] many = [.. Enumerable.Range(0, 100_001).Select(_ => "1")];
        Assert.Contains("has 100001 values", Assert.Throws<RecipeException>(() => new SweepAxis("spread", many)).Message, StringComparison.Ordinal);
    }
}
