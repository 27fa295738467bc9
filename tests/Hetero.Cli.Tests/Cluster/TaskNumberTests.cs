using Hetero.Cli.Cluster;
using Hetero.Cli.CommandLine;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Xunit;

namespace Hetero.Cli.Tests.Cluster;

public class TaskNumberTests
{
    private static readonly IReadOnlyList<SweepTask> Tasks
        = SweepPlan.Of(new SweepGrid(new RunRecipe { Dimension = 6 }, [SweepAxis.Parse("spread=1:4:4")]), 1e-9).Tasks;

    // A rerun of --array=1,3 has a COUNT of 2 and a MAX of 3: only the number is Slurm's, how many there are is the plan's.
    [Theory]
    [InlineData(null, "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_COUNT=2 SLURM_ARRAY_TASK_MAX=3", 3)]
    [InlineData(null, "JOB_COMPLETION_INDEX=0", 1)]
    [InlineData(null, "JOB_COMPLETION_INDEX=3", 4)]
    [InlineData(null, "PBS_ARRAY_INDEX=2", 2)]
    [InlineData(null, "PBS_ARRAYID=2", 2)]
    [InlineData(null, "CONDOR_PROCESS=1", 2)]
    [InlineData(null, "PARALLEL_SEQ=4", 4)]
    [InlineData(null, "PARALLEL_SEQ=2 JOB_COMPLETION_INDEX=1 SLURM_ARRAY_TASK_ID=", 2)]
    [InlineData("1", "", 1)]
    [InlineData("4/4", "", 4)]
    [InlineData("2", "PARALLEL_SEQ=1 SLURM_ARRAY_TASK_ID=4", 2)]
    public void It_is_what_the_option_or_else_the_variables_say(string? option, string variables, int expected)
        => Assert.Equal(expected, TaskNumber.Find(option, Tasks, Reader(variables)).Number);

    [Fact]
    public void A_task_may_be_named_by_its_id() => Assert.Equal(3, TaskNumber.Find(Tasks[2].Id, Tasks, Reader("")).Number);

    [Theory]
    [InlineData(null, "", "nothing says which task is to be done; accepted is '--task' with ")]
    [InlineData(null, "SLURM_ARRAY_TASK_COUNT=4", "nothing says which task is to be done; ")]
    [InlineData(null, "SLURM_ARRAY_TASK_ID=3 PARALLEL_SEQ=1", "'SLURM_ARRAY_TASK_ID' is '3' and 'PARALLEL_SEQ' is '1', which are different tasks; ")]
    [InlineData(null, "PARALLEL_SEQ=1 JOB_COMPLETION_INDEX=1", "'JOB_COMPLETION_INDEX' is '1' and 'PARALLEL_SEQ' is '1', which are different tasks; ")]
    [InlineData(null, "SLURM_ARRAY_TASK_ID=5", "'SLURM_ARRAY_TASK_ID' is '5'; accepted is a whole number from 1 to 4, for the 4 tasks of the plan.")]
    [InlineData(null, "SLURM_ARRAY_TASK_ID=0", "'SLURM_ARRAY_TASK_ID' is '0'; accepted is a whole number from 1 to 4, ")]
    [InlineData(null, "JOB_COMPLETION_INDEX=4", "'JOB_COMPLETION_INDEX' is '4'; accepted is a whole number from 0 to 3, ")]
    [InlineData(null, "PARALLEL_SEQ=x", "'PARALLEL_SEQ' is 'x'; accepted is a whole number from 1 to 4, ")]
    [InlineData("5/4", "", "'--task' is '5/4'; accepted is a whole number from 1 to 4, ")]
    [InlineData("3/5", "", "'--task' is '3/5'; accepted is ")]
    [InlineData("0", "", "'--task' is '0'; accepted is ")]
    [InlineData("-1", "", "'--task' is '-1'; accepted is ")]
    [InlineData("1/4/4", "", "'--task' is '1/4/4'; accepted is ")]
    [InlineData("", "PARALLEL_SEQ=1", "'--task' is ''; accepted is ")]
    [InlineData("0123456789abcdef", "", "'--task' is '0123456789abcdef'; accepted is ")]
    [InlineData("99999999999", "", "'--task' is '99999999999'; accepted is ")]
    public void What_names_no_task_is_refused(string? option, string variables, string message)
        => Assert.StartsWith(message, Assert.Throws<UsageException>(() => TaskNumber.Find(option, Tasks, Reader(variables))).Message, StringComparison.Ordinal);

    private static Func<string, string?> Reader(string variables)
    {
        Dictionary<string, string> known = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return name => known.GetValueOrDefault(name);
    }
}
