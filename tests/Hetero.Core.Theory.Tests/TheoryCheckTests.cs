using System.Text.RegularExpressions;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.Theory.Tests;

/// <summary>What every check of the theory has in common; that its negative control is refuted is a property in Hetero.Core.FsCheck.Tests.</summary>
public class TheoryCheckTests
{
    private const ulong Seed = 7;

    public static TheoryData<string> Ids => [.. TheoryCatalog.All.Select(check => check.Id)];

    // The list is made from the text of the sources; the classes themselves are the other way to find them.
    [Fact]
    public void EveryCheckIsListedOnce()
        => Assert.Equal(
            typeof(TheoryCheck).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(TheoryCheck)) && !type.IsAbstract).Select(type => type.FullName).Order(StringComparer.Ordinal),
            TheoryCatalog.All.Select(check => check.GetType().FullName).Order(StringComparer.Ordinal));

    [Fact]
    public void IdsAreThoseOfThePaperMapAndDiffer()
    {
        Assert.All(TheoryCatalog.All, check => Assert.Matches(new Regex("^[ALCPT][1-9][0-9]?(-[a-z]+)*$"), check.Id));
        Assert.Equal(TheoryCatalog.All.Count, TheoryCatalog.All.Select(check => check.Id).Distinct().Count());
        Assert.All(TheoryCatalog.All, check => Assert.Contains(check, TheoryCatalog.Find(check.Id.ToLowerInvariant())));
        Assert.Empty(TheoryCatalog.Find("L99"));
    }

    [Fact]
    public void AClassIsNamedAfterItsId()
    {
        foreach (TheoryCheck check in TheoryCatalog.All)
        {
            string[] parts = check.Id.Split('-');
            int number = int.Parse(parts[0].AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
            if (parts[0][0] == 'A' && number > 3)
            {
                // What the paper has no name for is named after what is checked.
                Assert.DoesNotContain(number.ToString(System.Globalization.CultureInfo.InvariantCulture), check.GetType().Name, StringComparison.Ordinal);
                continue;
            }

            string kind = parts[0][0] switch
            {
                'A' => "Assumption",
                'L' => "Lemma",
                'C' => "Corollary",
                'P' => "Proposition",
                _ => "Theorem",
            };
            Assert.Equal(kind + number + string.Concat(parts[1..].Select(part => char.ToUpperInvariant(part[0]) + part[1..])), check.GetType().Name);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void FindsWhatTheDocumentationStates(string id)
    {
        TheoryCheck check = TheoryCatalog.Find(id)[0];
        CheckResult result = check.Run(Seed);
        Assert.True(check.Agrees(result), $"stated {check.Stated}, found {result}");
        Assert.Equal(check.Id, result.Id);
        Assert.NotEmpty(result.Instance);
        Assert.Equal(check.ConstantLimit is not null, check.Stated == Verdict.ImpliedConstant);
    }

    // A limit without a near value that is reached may be a formality: 4/3 on each side of the truth is the most.
    [Fact]
    public void WhatAConstantReachesIsNearItsLimit()
    {
        foreach (TheoryCheck check in TheoryCatalog.All.Where(check => check.Stated == Verdict.ImpliedConstant))
        {
            double limit = Assert.NotNull(check.ConstantLimit), reached = Assert.NotNull(check.ConstantReached);
            Assert.InRange(Math.Max(reached / limit, limit / reached), 1, 16.0 / 9);
        }
    }

    // What the constants are in truth: closed forms where there are some, else means over many series. A quarter off, towards what would be a stronger statement, is refuted by
    // what every series reaches.
    [Theory]
    [InlineData("L6", 0.01523)]
    [InlineData("L9-constant", 18.04)]
    [InlineData("L10-constant", 1.0 / 576)]
    [InlineData("L13", 0.0418)]
    [InlineData("L17", 1.4142)]
    [InlineData("L19", 0.3774)]
    [InlineData("P1", 7.507)]
    [InlineData("T2-overlap", 0.885)]
    [InlineData("T3", 2.53)]
    [InlineData("T3-path", 0.7071)]
    [InlineData("T4-residual", 0.186)]
    [InlineData("T5", 0.0343)]
    [InlineData("T5-spurious", 8.88)]
    [InlineData("T6", 4.98)]
    [InlineData("T6-path", 0.7071)]
    public void AConstantAQuarterTighterThanTheTruthIsRefuted(string id, double truth)
    {
        TheoryCheck check = TheoryCatalog.Find(id)[0];
        double limit = check.ConstantLimit!.Value, reached = check.ConstantReached!.Value;
        bool isSmallest = limit > reached;
        Assert.True(isSmallest ? truth <= limit * 1.0001 && 0.75 * truth < reached : truth >= limit * 0.9999 && 1.25 * truth > reached, $"{limit}, {truth}, {reached}");
    }

    // Of all that chance decides, in a whole verification.
    [Fact]
    public void FalseAlarmsAreRarerThanOneInAMillionVerifications()
    {
        Assert.All(TheoryCatalog.All, check => Assert.InRange(check.FalseAlarmRate, 0, 1e-7));
        Assert.InRange(TheoryCatalog.All.Sum(check => check.FalseAlarmRate), 1e-9, 1e-6);
    }

    [Fact]
    public void WhatCountsAsNoEvidenceIsSaid()
    {
        Assert.Equal(
            ["A9-delta", "A9-formulas", "C1", "L1", "L10-constant", "L2", "L3", "L4", "L9-constant", "T4-chain"],
            TheoryCatalog.All.Where(check => check.Kind == StatementKind.Arithmetic).Select(check => check.Id).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["A1", "A3-threshold"],
            TheoryCatalog.All.Where(check => check.Kind == StatementKind.Definition).Select(check => check.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void AnInstanceIsItsDescription()
    {
        for (int trial = 0; trial < 50; trial++)
        {
            TheoryInstance instance = TheoryInstance.Draw(Seed, trial), again = TheoryInstance.Draw(Seed, trial);
            Assert.Equal(instance, again);
            Assert.Equal(instance.ToString(), again.ToString());
            Assert.Equal(instance.CreateFactor(), again.CreateFactor());
            Assert.Equal(instance.CreateProblem().SpuriousBasis.Data.ToArray(), again.CreateProblem().SpuriousBasis.Data.ToArray());
            Assert.Equal(instance.CreateSigma(3), again.CreateSigma(3));
        }

        Assert.NotEqual(TheoryInstance.Draw(Seed, 0), TheoryInstance.Draw(Seed + 1, 0));
    }
}
