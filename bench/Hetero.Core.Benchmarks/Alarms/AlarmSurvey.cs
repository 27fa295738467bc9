using Hetero.Core.Theory;

namespace Hetero.Core.Benchmarks.Alarms;

/// <summary>What many series of one check found: how many raised an alarm, and how near the others came.</summary>
/// <param name="Check">The check.</param>
/// <param name="Series">The number of series.</param>
/// <param name="Alarms">How many disagreed with what is stated.</param>
/// <param name="Tail">The law of the margins.</param>
internal sealed record AlarmSurvey(TheoryCheck Check, int Series, int Alarms, MarginTail Tail)
{
    /// <summary>Runs the series, as many at a time as there are cores.</summary>
    public static AlarmSurvey Of(TheoryCheck check, ulong first, int series)
    {
        double[] margins = new double[series];
        int alarms = 0;
        Parallel.For(0, series, i =>
        {
            ulong seed = unchecked(first + (ulong)i);
            CheckResult[] results =
                [.. Enumerable.Range(0, check.DefaultTrials).Select(trial => check.Check(check.Adapt(TheoryInstance.Draw(seed, trial))))];
            CheckResult result = CheckResult.Merge(results);
            margins[i] = result.Verdict == check.Stated ? MarginOf(check, result, results) : -1;
            if (!check.Agrees(result))
            {
                Interlocked.Increment(ref alarms);
            }
        });
        return new AlarmSurvey(check, series, alarms, MarginTail.Of(margins));
    }

    /// <summary>
    /// How far a series is from an alarm: the logarithm of the distance of a constant to its limit, or to what it reaches if that is nearer; the
    /// relative margin of the tightest claim that is to hold, apart from those that only round-off can break; by how much the worst one that is to
    /// fail does; and that of the hypothesis that is not to be met.
    /// </summary>
    private static double MarginOf(TheoryCheck check, CheckResult result, CheckResult[] results)
    {
        switch (check.Stated)
        {
            case Verdict.ImpliedConstant:
                ImpliedConstant constant = result.Constant!;
                double sign = constant.IsSmallest ? 1 : -1, limit = sign * Math.Log(check.ConstantLimit!.Value / constant.Value);
                return check.ConstantReached is { } reached ? Math.Min(limit, sign * Math.Log(constant.Value / reached)) : Math.Min(limit, 10);
            case Verdict.Holds:
                return results.Where(one => one.Verdict == Verdict.Holds)
                    .SelectMany(one => one.Claims)
                    .Where(claim => claim.RoundOff == 0)
                    .Select(claim => claim.RelativeMargin)
                    .DefaultIfEmpty(1)
                    .Min();
            case Verdict.Fails:
                return -result.Claim.RelativeMargin;
            default:
                return -result.Hypothesis!.RelativeMargin;
        }
    }
}
