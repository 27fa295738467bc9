using Hetero.Cli.Run;
using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

public class SavedPartsTests
{
    private const string Small = "run --dimension 6 --samples 40 --steps 2";

    /// <summary>For each part two runs that differ in it first, and how the refusal ends.</summary>
    private static readonly Dictionary<string, (string Saved, string Continued, string End)> Differing = new()
    {
        ["algorithm"] = ("", "--algorithm pooled-sgd", "hetero-sgd; accepted is pooled-sgd."),
        ["precision"] = ("", "--precision single", "double; accepted is single."),
        ["dimension"] = ("--dimension 7", "", "7; accepted is 6."),
        ["invariantRank"] = ("--invariant-rank 2", "", "2; accepted is 1."),
        ["spuriousRank"] = ("--spurious-rank 2", "", "2; accepted is 1."),
        ["factorColumns"] = ("--factor-columns 3", "", "3; accepted is 6."),
        ["seed"] = ("--seed 18446744073709551615", "", "18446744073709551615; accepted is 1."),
        ["start"] = ("--start frame", "", "frame; accepted is identity."),
        ["initialScale"] = ("--init-scale 1e-5", "", "1e-05; accepted is 0.001."),
        ["gradientScale"] = ("--gradient-scale 2", "", "2; accepted is 1."),
        ["stepSize"] = ("--step-size 0.1", "", "0.1; accepted is 0.05."),
        ["samples"] = ("--samples 41", "", "41; accepted is 40."),
        ["noiseDeviation"] = ("--noise 0.5", "", "0.5; accepted is 0."),
        ["labelNoise"] = ("--label-noise 0.5", "", "0.5; accepted is not given."),
        ["environmentOrder"] = ("--environment-order cyclic", "", "cyclic; accepted is independent."),
        ["blockLength"] = ("--environment-order blocks --block-length 3", "", "3; accepted is 1."),
        ["clients"] = ("--clients 3", "--clients 2", "3; accepted is 2."),
        ["localSteps"] = ("--clients 2 --local-steps 3", "--clients 2", "3; accepted is 1."),
        ["distinct"] = ("--clients 2 --participation distinct", "--clients 2", "2; accepted is not given."),
        ["pooledShare"] = ("--pooled-share 0.5", "", "0.5; accepted is 0."),
        ["pooledSampling"] = (
            "--pooled-share 0.5", "--pooled-share 0.5 --pooled-sampling independent", "stratified; accepted is independent."),
        ["environments"] = ("", "--environments uniform", "two-point; accepted is uniform."),
        ["mean"] = ("--spurious-mean 2", "", "2; accepted is 1."),
        ["spread"] = ("--spread 5", "", "5; accepted is 6."),
        ["ownDraws"] = ("--spurious-rank 2", "--spurious-rank 2 --own-draws", "no; accepted is yes."),
        ["offDiagonal"] = ("--spurious-rank 2 --off-diagonal 1", "--spurious-rank 2", "1; accepted is not given."),
        ["eigenvalues"] = ("--eigenvalues 2", "", "with another '--eigenvalues' or '--neurons'; accepted is the same."),
        ["model"] = ("--model indefinite", "", "indefinite; accepted is not given."),
        ["shrinkage"] = (
            "--measurements rank-one --model quadratic-network", "--measurements rank-one", "with '--shrinkage-trace' or '--model' known; accepted is not given."),
        ["congruence"] = ("", "--neurons", "with '--neurons' not given; accepted is a list."),
        ["truncationLevel"] = ("--measurements rank-one --truncation 3", "--measurements rank-one", "3; accepted is not given."),
        ["subspaces"] = ("--orthogonal", "--overlap 0.5", "with another '--orthogonal' or '--overlap'; accepted is the same."),
        ["updateRule"] = ("--update-rule heavy-ball", "", "heavy-ball; accepted is not given."),
        ["momentum"] = ("--update-rule heavy-ball --momentum 0.5", "--update-rule heavy-ball", "0.5; accepted is 0.9."),
        ["firstDecay"] = ("--update-rule adam --first-decay 0.5", "--update-rule adam", "0.5; accepted is 0.9."),
        ["secondDecay"] = ("--update-rule adam --second-decay 0.5", "--update-rule adam", "0.5; accepted is 0.999."),
        ["epsilon"] = ("--update-rule adam --epsilon 0.5", "--update-rule adam", "0.5; accepted is 1e-08."),
        ["orthogonalization"] = ("--update-rule muon --orthogonalization polar", "--update-rule muon", "polar; accepted is newton-schulz."),
        ["weightDecay"] = ("--weight-decay 0.5", "", "0.5; accepted is not given."),
        ["largestNorm"] = ("--clip-norm 0.5", "", "0.5; accepted is not given."),
        ["objective"] = ("--algorithm pooled-gd --objective group-dro", "--algorithm pooled-gd", "group-dro; accepted is not given."),
        ["penalty"] = (
            "--algorithm pooled-gd --objective v-rex --penalty 0.5", "--algorithm pooled-gd --objective v-rex --penalty 0.25", "0.5; accepted is 0.25."),
        ["agreement"] = ("--algorithm pooled-gd --objective and-mask --agreement 0.5", "--algorithm pooled-gd --objective and-mask", "0.5; accepted is 1."),
        ["measurements"] = ("", "--measurements regenerated", "with another '--measurements'; accepted is the same."),
    };

    public static TheoryData<string> Parts => [.. Differing.Keys];

    [Theory]
    [MemberData(nameof(Parts))]
    public void A_state_of_another_run_is_refused_with_the_option_that_differs(string part)
    {
        (string saved, string continued, string end) = Differing[part];
        using TemporaryDirectory directory = new();
        string state = directory.File("state");
        Assert.Equal(0, Call(saved, $"--checkpoint {state}").Code);
        CommandCall call = Call(continued, $"--resume {state}");
        Assert.Equal((2, ""), (call.Code, call.Output));
        string line = Assert.Single(call.ErrorLines);
        Assert.StartsWith($"hetero: '--resume' is '{state}', saved by a run with ", line, StringComparison.Ordinal);
        Assert.Contains(SavedParts.OptionsOf(part), line, StringComparison.Ordinal);
        Assert.StartsWith("'--", SavedParts.OptionsOf(part), StringComparison.Ordinal);
        Assert.EndsWith(end, line, StringComparison.Ordinal);
        Assert.Equal(0, Call(saved, $"--resume {state}").Code);
    }

    [Fact]
    public void Every_part_that_a_state_names_has_an_option()
    {
        using TemporaryDirectory directory = new();
        string state = directory.File("state");
        HashSet<string> named = new(StringComparer.OrdinalIgnoreCase);
        foreach (string options in Differing.Values.SelectMany(runs => new[] { runs.Saved, runs.Continued }))
        {
            Assert.Equal(0, Call(options, $"--checkpoint {state}").Code);
            named.UnionWith(File.ReadLines(state).ElementAt(1).Split(' ').Select(entry => entry.Split('=')[0]));
        }

        Assert.True(named.SetEquals(Differing.Keys), string.Join(' ', named));
    }

    [Fact]
    public void Another_list_is_named()
    {
        using TemporaryDirectory directory = new();
        string state = directory.File("state"), list = directory.Write("list.json", """{"environments":[{"sigma":[[1]]},{"sigma":[[-1]]}]}""");
        Assert.Equal(0, Call($"--environments {list}", $"--checkpoint {state}").Code);
        Assert.EndsWith("'--environments' a list; accepted is two-point.", Assert.Single(Call("", $"--resume {state}").ErrorLines), StringComparison.Ordinal);
        directory.Write("list.json", """{"environments":[{"sigma":[[1]]},{"sigma":[[-1.0000000000000002]]}]}""");
        Assert.EndsWith(
            "with another '--environments'; accepted is the same.",
            Assert.Single(Call($"--environments {list}", $"--resume {state}").ErrorLines),
            StringComparison.Ordinal);
    }

    private static CommandCall Call(string changes, string file)
    {
        string[] words = changes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        List<string> line = [];
        foreach (string[] pair in Small.Split(' ')[1..].Chunk(2).Where(pair => !words.Contains(pair[0])))
        {
            line.AddRange(pair);
        }

        return CommandCall.Of(["run", .. line, .. words, .. file.Split(' ')]);
    }
}
