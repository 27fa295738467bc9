using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Theory;
using Xunit;
using TestResult = FsCheck.TestResult;

namespace Hetero.Core.FsCheck.Tests;

public class TheoryPropertiesTests
{
    public static TheoryData<string> Ids => [.. TheoryCatalog.All.Select(check => check.Id)];

    // A third of the instances that the library's own tests use, at most 30: a check of few trials is a slow one. Nothing is shrunk here, since a
    // slow check would be run on every candidate; shrinking has its own tests.
    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_statement_passes_unless_it_is_stated_to_fail(string id)
    {
        TheoryCheck check = TheoryCatalog.Find(id)[0];
        bool fails = check.Stated == Verdict.Fails;
        TestResult result = Outcomes.Of(
            TheoryProperties.For(check, Unshrunk(check)), fails ? Math.Max(check.DefaultTrials, 30) : Math.Clamp(check.DefaultTrials / 3, 1, 30));
        Assert.Equal(check.Stated == Verdict.HypothesisNotMet, result.IsExhausted);
        Assert.True(fails == result.IsFailed, $"stated {check.Stated}, limit {check.ConstantLimit}, found {Outcomes.Finding(result)}");
    }

    // It ends at the first instance that refutes the control, so a slow check may have more than its own number of trials.
    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_negative_control_is_falsified(string id)
    {
        TheoryCheck check = TheoryCatalog.Find(id)[0];
        TestResult result = Outcomes.Of(TheoryProperties.ControlOf(check, Unshrunk(check)), Math.Max(check.DefaultTrials, 100));
        Assert.True(result.IsFailed, $"No instance refutes '{check.ControlStatement}'.");
    }

    [Fact]
    public void Ids_are_found_in_any_case()
    {
        TheoryProperties.Of("l8").Check(TheoryConfig.Default.Replayed());
        Assert.Throws<TheoryFalsifiedException>(() => TheoryProperties.ControlOf("L8").Check(TheoryConfig.Default.Replayed()));
    }

    [Fact]
    public void An_unknown_id_is_refused()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => TheoryProperties.Of("L99"));
        Assert.Contains("'id' is 'L99'; accepted are ", exception.Message, StringComparison.Ordinal);
        Assert.Contains("L8", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TheoryProperties.ControlOf("L"));
        Assert.Throws<ArgumentException>(() => TheoryProperties.Of(" "));
    }

    // The verdict of every second, tenth, … instance is that a hypothesis is not met: a fifth must be met.
    [Theory]
    [InlineData(2, true)]
    [InlineData(4, true)]
    [InlineData(8, false)]
    [InlineData(int.MaxValue, false)]
    public void Hypotheses_that_are_met_on_fewer_than_a_fifth_of_the_instances_are_a_failure(int period, bool passes)
    {
        int seen = 0;
        FakeCheck check = new(instance => CheckResult.Judge(
            "L0", [Inequality.AtLeast("met", ++seen % period == 0 ? 1 : 0, 1)], Inequality.AtMost("0 ≤ 0", 0, 0)));
        Assert.Equal(passes, Outcomes.Of(TheoryProperties.For(check), 40).IsPassed);
        seen = 0;
        Exception? thrown = Record.Exception(() => TheoryProperties.For(check).Check(TheoryConfig.For(check).Replayed()));
        Assert.Equal(passes, thrown is null);
        Assert.Equal(passes ? null : "fewer than a fifth.", (thrown as TheoryFalsifiedException)?.Message[^19..]);
    }

    // Half of the instances, by a seed's bit: 4 rejected ones per test would be exhausted by one seed in 32 for 1 test. With 40 at least it is one in
    // 2⁴¹ there and one in 10¹⁰ for 3 tests, so that the false-alarm rate is below 10⁻⁷.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_check_of_few_instances_is_not_exhausted_by_chance(int trials)
    {
        FakeCheck check = new(instance => CheckResult.Judge(
            "L0", [Inequality.AtLeast("met", (int)(instance.Seed >> 13 & 1), 1)], Inequality.AtMost("0 ≤ 0", 0, 0)))
        {
            Trials = trials,
        };
        Config config = TheoryConfig.For(check);
        Assert.Equal((trials, 40), (config.MaxTest, config.MaxRejected));
        for (ulong seed = 0; seed < 300; seed++)
        {
            TheoryProperties.For(check).Check(config.WithReplay(seed, 421));
        }
    }

    [Theory]
    [InlineData(StatementKind.Arithmetic)]
    [InlineData(StatementKind.Definition)]
    public void A_pass_of_what_is_no_claim_counts_as_no_evidence(StatementKind kind)
    {
        FakeCheck check = new(_ => CheckResult.Judge("L0", [], Inequality.AtMost("0 ≤ 0", 0, 0)), kind: kind);
        TestResult.Passed passed = Assert.IsType<TestResult.Passed>(Outcomes.Of(TheoryProperties.For(check), 10));
        Assert.Equal((100, TheoryProperties.NoEvidence), (passed.Item1.Stamps.Single().Item1, passed.Item1.Stamps.Single().Item2.Head));
        Assert.Empty(Assert.IsType<TestResult.Passed>(Outcomes.Of(TheoryProperties.For(new FakeCheck(check.Check)), 10)).Item1.Stamps);
    }

    [Fact]
    public void A_constant_beyond_its_limit_falsifies()
    {
        FakeCheck Implying(double constant) => new(instance => CheckResult.Imply(
            "L0", [], new ImpliedConstant("C", constant, IsSmallest: true), Inequality.AtMost("d ≤ C", instance.Dimension, 1)));
        Assert.True(Outcomes.Of(TheoryProperties.For(Implying(4.9)), 3).IsPassed);
        Assert.True(Outcomes.Of(TheoryProperties.For(Implying(5.1)), 3).IsFailed);

        // A constant of an instance about which the statement says nothing is no counterexample; without any that it is about, nothing was tested.
        FakeCheck outside = new(instance => CheckResult.Imply(
            "L0",
            [Inequality.Above("d > 100", instance.Dimension, 100)],
            new ImpliedConstant("C", 5.1, IsSmallest: true),
            Inequality.AtMost("d ≤ C", instance.Dimension, 1)));
        Assert.True(Outcomes.Of(TheoryProperties.For(outside), 3).IsExhausted);
    }

    [Fact]
    public void The_callers_instances_are_taken_as_they_are()
    {
        TheoryInstance own = new() { Dimension = 50, Seed = 3 };
        FakeCheck check = FakeCheck.AtMost(instance => instance == own ? 1 : 0, 0, instance => instance with { Dimension = 2 });
        Assert.Equal(own, Outcomes.Shrunk<TheoryInstance>(TheoryProperties.For(check, Gen.Constant(own).ToArbitrary())));
    }

    private static Arbitrary<TheoryInstance> Unshrunk(TheoryCheck check) => InstanceArbitrary.For(check).Generator.ToArbitrary();
}
