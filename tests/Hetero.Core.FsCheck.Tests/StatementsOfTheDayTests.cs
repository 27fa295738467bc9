using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.FsCheck.Tests;

/// <summary>
/// The statements that leave nothing to chance but round-off, on other instances every day; all of them on pinned ones are in
/// <see cref="TheoryPropertiesTests"/>.
/// </summary>
public class StatementsOfTheDayTests
{
    private const int Cases = 25;

    // Few trials by default are a slow check's.
    private const int QuickTrials = 40;

    private static readonly TheoryCheck[] Checks =
    [
        .. TheoryCatalog.All.Where(check => check.FalseAlarmRate == 0 && check.DefaultTrials >= QuickTrials
            && check.Stated is Verdict.Holds or Verdict.ImpliedConstant),
    ];

    public static TheoryData<string> Ids => [.. Checks.Select(check => check.Id)];

    [Fact]
    public void There_are_many() => Assert.True(Checks.Length >= 15, string.Join(", ", Checks.Select(check => check.Id)));

    // Each by itself: one whose hypotheses are met on fewer than a fifth of its instances is exhausted, which fails.
    [Theory]
    [MemberData(nameof(Ids))]
    public void No_instance_refutes_it(string id)
    {
        ulong[] place = [.. DailySeed.Replay.Split(',').Take(2).Select(part => ulong.Parse(part, CultureInfo.InvariantCulture))];
        TheoryProperties.For(Checks.Single(check => check.Id == id)).Check(TheoryConfig.Default.WithTests(Cases).WithReplay(place[0], place[1]));
    }
}
