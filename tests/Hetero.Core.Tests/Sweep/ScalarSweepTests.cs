using Hetero.Core.Tests.Sweep.Cases;
using Xunit;

namespace Hetero.Core.Tests.Sweep;

/// <summary>Every public method with the extremes of its scalar arguments: a number, or a refusal that names the argument.</summary>
public sealed class ScalarSweepTests
{
    [Fact]
    public void ScalarsAreRefusedByNameOrGiveNumbers()
        => Check(PublicSurface.Members
            .Where(member => !Exemptions.Contains(member.Key, member.Value) && ScalarSweep.CanCall(member.Value))
            .SelectMany(member => ScalarSweep.Violations(member.Key, member.Value)));

    [Fact]
    public void ScalarsBesideSpansAreRefusedByNameOrGiveNumbers()
        => Check(ScalarCalls.All.SelectMany(call => ScalarSweep.Violations(call.Key, PublicSurface.Members[call.Key], call.Call)));

    private static void Check(IEnumerable<string> found)
    {
        // A few of each method are enough to see what is wrong.
        IEnumerable<string> violations = found.GroupBy(violation => violation.Split(" of ")[0])
            .SelectMany(group => group.Take(4).Append($"({group.Count()} of {group.Key})"));
        string text = string.Join('\n', violations);
        Assert.True(text.Length == 0, text);
    }
}
