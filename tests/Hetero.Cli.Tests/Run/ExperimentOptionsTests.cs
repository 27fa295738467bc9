using System.Globalization;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

/// <summary>Order of the environments, pooled share and entries off the diagonal.</summary>
public class ExperimentOptionsTests
{
    private const string Sizes = "run --dimension 8 --samples 64";
    private const string Small = Sizes + " --steps 12";

    [Fact]
    public void The_defaults_change_nothing()
    {
        string expected = CommandCall.Line(Small).Output;
        Assert.Equal(
            expected, CommandCall.Line(Small + " --environment-order independent --pooled-share 0 --off-diagonal 0").Output);
        Assert.Equal(expected, CommandCall.Line(Small + " --environment-order blocks --block-length 1").Output);
    }

    [Fact]
    public void A_cycle_takes_the_two_points_in_turn()
        => Assert.Equal(
            Enumerable.Range(0, 12).Select(step => step % 2 == 0 ? "-5" : "7"), Environments(Small + " --environment-order cyclic"));

    [Fact]
    public void A_shuffle_has_both_points_in_each_epoch()
    {
        string[] environments = Environments(Sizes + " --environment-order shuffled --steps 40");
        Assert.All(environments.Chunk(2), epoch => Assert.Equal(["-5", "7"], epoch.Order(StringComparer.Ordinal)));
        Assert.Equal(2, environments.Chunk(2).Select(epoch => epoch[0]).Distinct().Count());
    }

    [Fact]
    public void Blocks_keep_a_point()
    {
        string[] environments = Environments(Sizes + " --environment-order blocks --block-length 5 --steps 40");
        Assert.All(environments.Chunk(5), block => Assert.Single(block.Distinct()));
        Assert.Equal(2, environments.Distinct().Count());
    }

    [Fact]
    public void Entries_off_the_diagonal_follow_the_diagonal_in_the_label()
    {
        string[][] labels = [.. Environments(Small + " --spurious-rank 3 --own-draws --off-diagonal 2").Select(label => label.Split(';'))];
        Assert.All(labels, label => Assert.Equal(6, label.Length));
        Assert.Equal(["-5", "7"], labels.SelectMany(label => label[..3]).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(["-2", "2"], labels.SelectMany(label => label[3..]).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_batch_that_is_all_pooled_is_that_of_pooled_sgd()
        => Assert.Equal(
            CommandCall.Line(Small + " --algorithm pooled-sgd").Output, CommandCall.Line(Small + " --pooled-share 1").Output);

    [Theory]
    [InlineData("--environment-order shuffled --pooled-share 0.3 --spurious-rank 2 --own-draws")]
    [InlineData("--environment-order blocks --block-length 4 --off-diagonal 1 --spurious-rank 2 --environments uniform --pooled-share 0.5")]
    [InlineData("--update-rule heavy-ball --momentum 0.5 --schedule cosine --last-step-size 0.01 --schedule-steps 9")]
    [InlineData("--update-rule nesterov --weight-decay 0.1 --schedule inverse-time --halving 3")]
    [InlineData("--update-rule adam --step-size 0.001 --precision single")]
    [InlineData("--update-rule sign-descent --momentum 0.9 --step-size 0.001 --clip-norm 0.1")]
    [InlineData("--update-rule muon --step-size 0.001 --schedule piecewise --step-changes 4:0.002,7:0.0005")]
    [InlineData("--update-rule muon --orthogonalization polar --step-size 0.001 --model indefinite")]
    [InlineData("--algorithm pooled-gd --objective v-rex --penalty 0.01")]
    [InlineData("--algorithm pooled-gd --objective matrix-irm --penalty 0.01 --update-rule nesterov --precision single")]
    [InlineData("--algorithm pooled-gd --objective irm-v1 --penalty 0.01 --measurements stored --model direct")]
    [InlineData("--measurements exact-law-factored --factor-columns 3 --spurious-rank 2")]
    [InlineData("--measurements exact-law-factored --factor-columns 2 --algorithm pooled-sgd --update-rule heavy-ball --momentum 0.5 --precision single --threads 2")]
    public void A_saved_run_goes_on_with_the_same_bits(string options)
    {
        using TemporaryDirectory directory = new();
        string state = directory.File("state");
        string line = $"{Sizes} {options}";
        string[] whole = CommandCall.Line($"{line} --steps 12").Lines;
        Assert.Equal(0, CommandCall.Line($"{line} --steps 5 --checkpoint {state}").Code);
        CommandCall rest = CommandCall.Line($"{line} --steps 12 --resume {state}");
        Assert.Equal(whole[^7..], rest.Lines[^7..]);
        Assert.Equal("6", rest.Lines[1].Split(',')[0]);
    }

    // Momentum 0 is the plain step bit for bit, and a schedule that changes nothing none.
    [Theory]
    [InlineData("--update-rule sgd --schedule constant --weight-decay 0")]
    [InlineData("--update-rule heavy-ball --momentum 0")]
    [InlineData("--update-rule nesterov --momentum 0")]
    [InlineData("--schedule piecewise --step-changes 3:0.05")]
    [InlineData("--clip-norm 1e30")]
    public void What_is_the_plain_step_has_its_bits(string options)
        => Assert.Equal(CommandCall.Line(Small).Output, CommandCall.Line($"{Small} {options}").Output);

    [Fact]
    public void The_share_pools_samples()
    {
        // With so few samples another composition of the batch is another path.
        string[] lines = [.. new[] { "0", "0.25", "0.5" }.Select(share => CommandCall.Line($"{Small} --pooled-share {share}").Lines[^1])];
        Assert.Equal(3, lines.Distinct().Count());
        Assert.All(lines, line => Assert.True(double.IsFinite(double.Parse(line.Split(',')[3], CultureInfo.InvariantCulture))));
    }

    private static string[] Environments(string line)
    {
        CommandCall call = CommandCall.Line(line);
        Assert.Equal(0, call.Code);
        return [.. call.Lines[2..].Select(row => row.Split(',')[1])];
    }
}
