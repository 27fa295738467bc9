using Hetero.Cli.Tests.Support;
using Xunit;

namespace Hetero.Cli.Tests.Run;

public class RunBadInputTests
{
    [Theory]
    [InlineData("run --participation distinct --clients 2 --environments uniform", "'--participation' is 'distinct'; accepted is independent, where environments are no list of equal odds.")]
    [InlineData("run --stesp 5", "'--stesp'", "'--steps'")]
    [InlineData("run --stesp=5", "'--stesp'", "'--steps'")]
    [InlineData("run --threadz 2", "'--threadz'", "'--threads'")]
    [InlineData("rnu", "'rnu'", "'run'")]
    [InlineData("", "a command is missing", "reproduce, verify, theory, info")]
    [InlineData("run extra", "'extra'", "one argument too many")]
    [InlineData("--dimension 3", "'--dimension'", "hetero --help")]
    [InlineData("run --steps", "'--steps' has no value", "--steps <T>")]
    [InlineData("run --steps --every", "'--steps' has no value")]
    [InlineData("run --steps --every 5", "'--steps' has no value")]
    [InlineData("run --out --dry-run", "'--out' has no value", "--out <FILE.csv>")]
    [InlineData("run --seed 1 --seed 2", "'--seed' is given 2 times", "'1' and '2'")]
    [InlineData("run --dry-run true", "'true'", "one argument too many")]
    [InlineData("run --dry-run=false", "'false'", "one argument too many")]
    [InlineData("run --dim 4", "'--dim' is not an option of 'hetero run' (did you mean '--dimension'?)")]
    [InlineData("run --STEPS 4", "'--STEPS'", "'--steps'")]
    [InlineData("run --version", "'--version' is not an option of 'hetero run'; accepted are those of 'hetero run --help'")]
    [InlineData("run -d 4", "'-d' is not an option of 'hetero run'; accepted")]
    [InlineData("run -- --dimension 5", "'--dimension' stands behind '--'", "accepted are those before it")]
    [InlineData("run x -- --dimension", "'x' is one argument too many")]
    [InlineData("-- run", "'run' stands behind '--'")]
    [InlineData("verify --trials 1 -- -x", "'-x' is not a check; accepted are A1")]
    [InlineData("verify -x", "'-x' is not an option of 'hetero verify'")]
    [InlineData("[diagram] run --dimension 4", "'[diagram]' is not a command; accepted are run")]
    [InlineData("[suggest:3] run", "'[suggest:3]' is not a command")]
    [InlineData("[x] --help", "'[x]' is not a command")]
    [InlineData("[env:A=b]", "'[env:A=b]' is not a command")]
    [InlineData("run [x]", "'[x]' is one argument too many")]
    [InlineData("train", "'train' is not a command; accepted are run")]
    [InlineData("info --jsno", "'--jsno'", "'--json'")]
    public void What_the_parser_refuses(string line, params string[] fragments) => Refused(CommandCall.Line(line), fragments);

    [Theory]
    [InlineData("--dimension 46338 --measurements stored-rank-one --samples 1 --dry-run", "'--dimension' is '46338'", "at most 46336 for '--measurements stored-rank-one'")]
    [InlineData("--algorithm sgd", "'--algorithm' is 'sgd'", "hetero-sgd, pooled-sgd, pooled-gd")]
    [InlineData("--algorithm HeteroSgd", "'--algorithm' is 'HeteroSgd'", "hetero-sgd")]
    [InlineData("--measurements exact", "'--measurements' is 'exact'", "exact-law, regenerated, stored, population")]
    [InlineData("--dimension 0", "'--dimension' is '0'", "from 2 to 16777216")]
    [InlineData("--dimension 1", "'--dimension' is '1'", "from 2 to 16777216")]
    [InlineData("--dimension 50000", "'--dimension' is '50000'", "at most 46340 for '--measurements exact-law', or '--measurements exact-law-factored'")]
    [InlineData("--dimension 50000 --measurements exact-law-factored", "'--factor-columns' is '50000'", "at most 32764 for '--measurements exact-law-factored'")]
    [InlineData("--measurements exact-law-factored --model direct", "'--model' is 'direct'", "gram for '--measurements exact-law-factored'")]
    [InlineData("--measurements exact-law-factored --neurons", "'--neurons' is 'true'", "false for '--measurements exact-law-factored'")]
    [InlineData("--measurements exact-law-factored --truncation 1", "'--truncation' is '1'", "none for '--measurements exact-law-factored'")]
    [InlineData(
        "--measurements exact-law-factored --algorithm pooled-gd --objective group-dro", "'--measurements' is 'exact-law-factored'", "others for '--objective group-dro'")]
    [InlineData("--dimension ten", "'--dimension' is 'ten'", "a whole number")]
    [InlineData("--dimension 1e2", "'--dimension' is '1e2'", "a whole number")]
    [InlineData("--dimension 99999999999999999999", "'--dimension' is '99999999999999999999'", "a whole number")]
    [InlineData("--dimension 4 --invariant-rank 3 --spurious-rank 2", "'--invariant-rank' + '--spurious-rank' is 3 + 2", "'--dimension', 4")]
    [InlineData("--invariant-rank 0", "'--invariant-rank' is '0'", "from 1")]
    [InlineData("--spurious-rank -1", "'--spurious-rank' is '-1'", "from 1")]
    [InlineData("--spurious-mean nan", "'--spurious-mean' is 'nan'", "a finite number")]
    [InlineData("--spurious-mean Infinity", "'--spurious-mean' is 'Infinity'", "a finite number")]
    [InlineData("--spread wide", "'--spread' is 'wide'", "0 or above")]
    [InlineData("--spread -1", "'--spread' is '-1'", "0 or above")]
    [InlineData("--spread 1,5", "'--spread' is '1,5'", "0 or above")]
    [InlineData("--spread 1e308 --spurious-mean 1e308", "'--spread' is '1E+308'", "finite")]
    [InlineData("--spread 1e308 --spurious-mean -1e308", "'--spread' is '1E+308'", "finite")]
    [InlineData("--environments three-point", "'--environments' is 'three-point'", "two-point, uniform")]
    [InlineData("--overlap 1.5", "'--overlap' is '1.5'", "from 0 to 1")]
    [InlineData("--overlap -0.1", "'--overlap' is '-0.1'", "from 0 to 1")]
    [InlineData("--overlap NaN", "'--overlap' is 'NaN'", "from 0 to 1")]
    [InlineData("--overlap 0.5 --orthogonal", "'--overlap' is '0.5'", "'--orthogonal', not both")]
    [InlineData("--eigenvalues 1,2", "'--eigenvalues' is '1,2'", "'--invariant-rank', 1")]
    [InlineData("--eigenvalues 1,x --invariant-rank 2", "'--eigenvalues' is '1,x'", "separated by commas")]
    [InlineData("--eigenvalues 0", "'--eigenvalues' is '0'", "other than 0")]
    [InlineData("--model direct --factor-columns 3", "'--factor-columns' is '3'", "'--model direct', which has no factor")]
    [InlineData("--model direct --start frame", "'--start' is 'frame'", "'--model direct', which has no factor")]
    [InlineData("--eigenvalues 1e-305,1e-300 --invariant-rank 2", "'--eigenvalues' is '1E-305,1E-300'", "a sum above 5.5")]
    [InlineData("--step-size -0.1", "'--step-size' is '-0.1'", "above 0")]
    [InlineData("--step-size 0", "'--step-size' is '0'", "above 0")]
    [InlineData("--step-size NaN", "'--step-size' is 'NaN'", "above 0")]
    [InlineData("--gradient-scale 0", "'--gradient-scale' is '0'", "above 0")]
    [InlineData("--init-scale 0", "'--init-scale' is '0'", "above 0")]
    [InlineData("--init-scale 1e300", "'--init-scale' is '1E+300'", "at most 100000")]
    [InlineData("--start zero", "'--start' is 'zero'", "identity, frame")]
    [InlineData("--start identity --factor-columns 2", "'--start' is 'identity'", "'--factor-columns', 2")]
    [InlineData("--factor-columns 101", "'--factor-columns' is '101'", "'--dimension', 100")]
    [InlineData("--factor-columns 0", "'--factor-columns' is '0'", "from 1")]
    [InlineData("--samples 0", "'--samples' is '0'", "from 1")]
    [InlineData("--samples 9007199254740992", "'--samples' is '9007199254740992'", "to 9007199254740991")]
    [InlineData("--samples 1.5", "'--samples' is '1.5'", "a whole number")]
    [InlineData("--steps -1", "'--steps' is '-1'", "from 0")]
    [InlineData("--every 0", "'--every' is '0'", "from 1")]
    [InlineData("--dimension 4 --algorithm pooled-sgd --environments uniform --samples 3000000000", "'--samples' is '3000000000'", "at most 2147483591")]
    [InlineData("--step-size 1e-50 --precision single", "'--step-size' is '1E-50'", "'--precision single'")]
    [InlineData("--step-size 1e300 --gradient-scale 1e300", "'--step-size' is '1E+300'", "'--gradient-scale'")]
    [InlineData("--init-scale 1e-40 --precision single", "'--init-scale' is '1E-40'", "'--precision single'")]
    [InlineData("--algorithm pooled-gd --pooled-sampling independent", "'--pooled-sampling' is 'independent'", "stratified for '--algorithm pooled-gd'")]
    [InlineData("--init-scale 1e-60 --precision single", "'--init-scale' is '1E-60'", "'--precision single'")]
    [InlineData("--eigenvalues 1e-60 --precision single", "'--eigenvalues' is '1E-60'", "'--precision single'")]
    [InlineData("--noise 1e29", "'--noise' is '1E+29'", "of size")]
    [InlineData("--spread 1e39 --precision single", "'--spread' is '1E+39'", "of size")]
    [InlineData("--eigenvalues 1e39", "'--eigenvalues' is '1E+39'", "of size")]
    [InlineData("--algorithm pooled-gd --own-draws --spurious-rank 30", "'--spurious-rank' is '30'", "at most 16777216 environments")]
    [InlineData("--pooled-sampling all", "'--pooled-sampling' is 'all'", "stratified, independent")]
    [InlineData("--environment-order random", "'--environment-order' is 'random'", "independent, cyclic, shuffled, blocks")]
    [InlineData("--environment-order blocks", "'--environment-order blocks' is given without '--block-length'", "accepted are both of them")]
    [InlineData("--environment-order blocks --block-length 0", "'--block-length' is '0'", "from 1")]
    [InlineData("--block-length 3", "'--block-length' is '3'; accepted is a block length together with '--environment-order blocks' alone.")]
    [InlineData("--block-length 3 --environment-order cyclic", "'--block-length' is '3'", "'--environment-order blocks' alone")]
    [InlineData("--environment-order cyclic --environments uniform", "'--environment-order' is 'cyclic'", "continuous")]
    [InlineData("--environment-order cyclic --algorithm pooled-sgd", "'--environment-order' is 'cyclic'", "not hetero-sgd")]
    [InlineData("--pooled-share 1.5", "'--pooled-share' is '1.5'", "from 0 to 1")]
    [InlineData("--pooled-share nan", "'--pooled-share' is 'nan'", "from 0 to 1")]
    [InlineData("--pooled-share 0.5 --algorithm pooled-gd", "'--pooled-share' is '0.5'", "not hetero-sgd")]
    [InlineData("--pooled-share 0.1 --samples 10", "'--pooled-share' is '0.1'", "the number of environments, 2", "it pools 1")]
    [InlineData("--off-diagonal -1", "'--off-diagonal' is '-1'", "0 or above")]
    [InlineData("--off-diagonal 1", "'--off-diagonal' is '1'", "'--spurious-rank' is 1")]
    [InlineData("--noise -1", "'--noise' is '-1'", "0 or above")]
    [InlineData("--label-noise -1", "'--label-noise' is '-1'", "0 or above")]
    [InlineData("--label-noise 1e29", "'--label-noise' is '1E+29'", "of size")]
    [InlineData("--precision single --label-noise 1e-46", "'--label-noise' is '1E-46'", "'--precision single' can hold")]
    [InlineData("--precision half", "'--precision' is 'half'", "double, single")]
    [InlineData("--threads 0", "'--threads' is '0'", "from 1 to 1024")]
    [InlineData("--threads 1025", "'--threads' is '1025'", "from 1 to 1024")]
    [InlineData("--seed -1", "'--seed' is '-1'", "from 0 to 18446744073709551615")]
    [InlineData("--seed 18446744073709551616", "'--seed' is '18446744073709551616'", "from 0 to 18446744073709551615")]
    [InlineData("--memory lots", "'--memory' is 'lots'", "bytes")]
    [InlineData("--memory 0", "'--memory' is '0'", "1 or more")]
    [InlineData("--algorithm pooled-sgd --samples 1", "'--samples' is '1'", "the number of environments, 2")]
    [InlineData("--algorithm pooled-gd --environments uniform --measurements stored", "'--measurements' is 'stored'", "pooled-gd")]
    [InlineData("--measurements stored --memory 1M", "'--measurements' is 'stored'", "need 309 MiB")]
    [InlineData("--measurements stored --memory 400M --algorithm pooled-gd", "'--measurements' is 'stored'", "need 617 MiB")]
    [InlineData("--dimension 11584 --measurements regenerated --memory 1G", "'--dimension' is '11584'", "'--memory'")]
    [InlineData("--dimension 40000 --memory 1GiB", "'--dimension' is '40000'", "'--memory', 1.00 GiB")]
    [InlineData("--steps 2000000000 --memory 1GiB", "2000000000 '--steps'", "'--memory', 1.00 GiB")]
    [InlineData("--resume no-such-file", "'--resume' is 'no-such-file'", "--checkpoint")]
    [InlineData("--resume .", "'--resume' is '.'", "not a directory")]
    [InlineData("--environments .", "'--environments' is '.'", "not a directory")]
    [InlineData("--out x\uFFFD", "'--out' is 'x\uFFFD'", "a name in UTF-8")]
    [InlineData("--start= identity", "'--start' has no value", "--start <")]
    [InlineData("--spurious-rank: 2", "'--spurious-rank' has no value", "--spurious-rank <")]
    [InlineData("--out --out=x.csv", "'--out' has no value", "--out <FILE.csv>")]
    [InlineData("--checkpoint -", "'--checkpoint' is '-'", "a state is no text")]
    [InlineData("--precision single --measurements regenerated --noise 1e-46", "'--noise' is '1E-46'", "'--precision single' can hold")]
    [InlineData("--out x.csv --json x.csv", "'--json' is 'x.csv'", "another file than that of '--out'")]
    public void Values_that_are_refused(string options, params string[] fragments) => Refused(CommandCall.Line("run " + options), fragments);

    [Fact]
    public void A_state_with_something_behind_it()
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("x.ck");
        Assert.Equal(0, CommandCall.Of("run", "--dimension", "6", "--steps", "4", "--checkpoint", file).Code);
        File.AppendAllText(file, "x");
        Refused(CommandCall.Of("run", "--dimension", "6", "--steps", "5", "--resume", file), $"'--resume' is '{file}'", "goes on after the end");
    }

    [Theory]
    [InlineData("--out")]
    [InlineData("--json")]
    [InlineData("--checkpoint")]
    public void Files_that_cannot_be_written(string option)
    {
        using TemporaryDirectory directory = new();
        string missing = directory.File("missing/x");
        string[] before = directory.Names;
        Refused(CommandCall.Of("run", option, missing), $"'{option}' is '{missing}'", "existing directory");
        Refused(CommandCall.Of("run", option, directory.Path), $"'{option}' is '{directory.Path}'", "not a directory");
        Refused(CommandCall.Of("run", option, ""), $"'{option}' is ''", "existing directory");
        Assert.Equal(before, directory.Names);
    }

    [Fact]
    public void A_directory_without_permission()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("This system has no permission bits.");
            return;
        }

        if (Environment.UserName == "root")
        {
            Assert.Skip("Permissions do not hold this user back.");
        }

        using TemporaryDirectory directory = new();
        string closed = directory.File("closed");
        Directory.CreateDirectory(closed, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        string file = Path.Combine(closed, "x.csv");
        Refused(CommandCall.Of("run", "--out", file), $"'--out' is '{file}'", "can be written");
    }

    [Fact]
    public void A_file_below_a_file()
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("plain", "") + "/x.csv";
        Refused(CommandCall.Of("run", "--out", file), $"'--out' is '{file}'", "existing directory");
    }

    [Fact]
    public void A_damaged_state()
    {
        using TemporaryDirectory directory = new();
        string file = directory.Write("state", "something else\n");
        Refused(CommandCall.Of("run", "--resume", file), $"'--resume' is '{file}'", "something else");
    }

    [Fact]
    public void A_state_of_another_run()
    {
        using TemporaryDirectory directory = new();
        string file = directory.File("state");
        Assert.Equal(0, CommandCall.Of("run", "--dimension", "6", "--steps", "4", "--checkpoint", file).Code);
        Refused(CommandCall.Of("run", "--dimension", "7", "--steps", "4", "--resume", file), $"'--resume' is '{file}'", "saved by a run with '--dimension' 6; accepted is 7.");
        Refused(CommandCall.Of("run", "--dimension", "6", "--steps", "3", "--resume", file), $"'--resume' is '{file}'", "step 3 ('--steps')", "step 4");
    }

    private static void Refused(CommandCall call, params string[] fragments)
    {
        Assert.Equal(2, call.Code);
        Assert.Empty(call.Output);
        string line = Assert.Single(call.ErrorLines);
        Assert.StartsWith("hetero: ", line, StringComparison.Ordinal);
        Assert.EndsWith("\n", call.Error, StringComparison.Ordinal);
        foreach (string fragment in fragments)
        {
            Assert.Contains(fragment, line, StringComparison.Ordinal);
        }
    }
}
