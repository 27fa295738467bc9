using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck.Tests.Support;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.FsCheck.Tests;

public class ReportTests
{
    [Fact]
    public void One_line_names_the_instance_the_margin_and_the_replay()
    {
        TheoryCheck check = TheoryCatalog.Find("L8")[0];
        string message = Message(TheoryProperties.ControlOf(check), TheoryConfig.For(check).Replayed());
        Match match = Regex.Match(
            message, @"^L8 is falsified after [0-9]+ tests? and [0-9]+ shrinks?: L8 fails \[(d=[23] r1=1 r2=1 .* seed=[0-9]+)\] .* ≤ .* does not hold, margin -[0-9.E-]+; "
            + @"replay with WithReplay\(([0-9]+)UL, ([0-9]+)UL, ([0-9]+)\)$");
        Assert.True(match.Success, message);

        // The replay draws the failing case first, and shrinks it to the same one.
        Config replay = TheoryConfig.For(check).WithReplay(Number(match, 2), Number(match, 3), (int)Number(match, 4));
        string again = Message(TheoryProperties.ControlOf(check), replay);
        Assert.StartsWith("L8 is falsified after 1 test and", again, StringComparison.Ordinal);
        Assert.Contains(match.Groups[1].Value, again, StringComparison.Ordinal);

        // Another start finds another case.
        Assert.NotEqual(match.Groups[2].Value, Regex.Match(Message(TheoryProperties.ControlOf(check), TheoryConfig.For(check).WithReplay(5, 7)), "WithReplay\\(([0-9]+)").Groups[1].Value);
    }

    [Fact]
    public void Fscheck_itself_prints_the_same_facts()
    {
        Exception exception = Assert.ThrowsAny<Exception>(() => TheoryProperties.ControlOf("L8").Check(Config.QuickThrowOnFailure.Replayed()));
        Assert.Contains("Label of failing property: L8 fails [d=", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Shrunk:\nd=", exception.Message.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_label_the_case_itself_is_named()
    {
        string message = Message(Prop.ForAll(ProblemArbitrary.Any(), problem => problem.Dimension < 3), TheoryConfig.Default.Replayed());
        Assert.Matches(@"^the property is falsified after [0-9]+ tests? and [0-9]+ shrinks?: problem d=3 r1=1 r2=1 overlap=0 seed=0; replay with ", message);
    }

    [Fact]
    public void An_exception_is_named()
    {
        Property property = Prop.ForAll(StepSizeArbitrary.Any(), new Action<StepSize>(_ => throw new InvalidOperationException("first\nsecond")));
        Assert.IsType<InvalidOperationException>(Assert.Throws<TheoryFalsifiedException>(() => property.Check(TheoryConfig.Default.Replayed())).InnerException);
        Assert.Matches(@"shrinks?: η=0\.0?1: InvalidOperationException: first second; replay with ", Message(property, TheoryConfig.Default.Replayed()));
    }

    [Fact]
    public void Too_many_discarded_cases_are_no_success()
    {
        Property property = Prop.ForAll(StepSizeArbitrary.Any(), step => true.When(step.Value < 0));
        Assert.Contains("exhausted", Message(property, TheoryConfig.Default.WithName("mine")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_is_run_as_often_as_it_likes()
    {
        FakeCheck check = FakeCheck.AtMost(_ => 0, 1);
        Assert.Equal((check.DefaultTrials, "L0"), (TheoryConfig.For(check).MaxTest, TheoryConfig.For(check).Name));
    }

    private static ulong Number(Match match, int group) => ulong.Parse(match.Groups[group].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static string Message(Property property, Config config)
    {
        string message = Assert.Throws<TheoryFalsifiedException>(() => property.Check(config)).Message;
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
