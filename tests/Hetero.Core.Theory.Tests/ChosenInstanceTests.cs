using System.Globalization;
using System.Reflection;
using Hetero.Core.Environments;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory;
using Xunit;

namespace Hetero.Core.Theory.Tests;

/// <summary>Checks on instances with values of the user's own.</summary>
public class ChosenInstanceTests(ITestOutputHelper output)
{
    /// <summary>The checks that take values far from those of their own instances.</summary>
    public static TheoryData<string> Open => [.. TheoryCatalog.All.Where(check => IsOpen(check) && !check.HasOwnSettings).Select(check => check.Id)];

    public static TheoryData<string> Closed => [.. TheoryCatalog.All.Where(check => !IsOpen(check) || check.HasOwnSettings).Select(check => check.Id)];

    [Theory]
    [MemberData(nameof(Open))]
    public void WhateverIsChosenNoTrueStatementFails(string id)
    {
        TheoryCheck check = TheoryCatalog.Find(id)[0];
        int count = int.TryParse(Environment.GetEnvironmentVariable("HETERO_CHOICES"), CultureInfo.InvariantCulture, out int given) ? given : 4;
        int found = 0, met = 0;
        for (int number = 0; number < count; number++)
        {
            Func<TheoryInstance, TheoryInstance> choice = Draw(new System.Random(number), LargestDimension(id), SmallestStepSize(id));
            try
            {
                CheckResult result = check.RunChosen((ulong)number, choice, 1);
                Assert.True(result.Verdict != Verdict.Fails || check.Stated == Verdict.Fails, result.ToString());
                (found, met) = (found + 1, met + result.HypothesesMet);
            }
            catch (ArgumentException exception)
            {
                Assert.Contains("accepted", exception.Message, StringComparison.Ordinal);
            }
        }

        output.WriteLine($"{id}: {found} of {count} choices taken, hypotheses met on {met} instances");
        Assert.True(found > 0);

        // The choices are the same every day, and for each statement that can be met one of the first four is inside its domain.
        Assert.True(met > 0 || count < 4 || check.Stated == Verdict.HypothesisNotMet);
    }

    [Theory]
    [MemberData(nameof(Closed))]
    public void WhatACheckSetsItselfCannotBeChosenButAsItIs(string id)
    {
        TheoryCheck check = TheoryCatalog.Find(id)[0];
        TheoryInstance drawn = TheoryInstance.Draw(3, 0), own = check.Adapt(drawn);
        Assert.Null(check.Choose(drawn, instance => instance with { Dimension = 37, Spread = 0.123, StepSize = 0.0123, Mean = 0.321, Overlap = 0.3, Samples = 77 }));
        TheoryInstance found = check.HasOwnSettings ? drawn : own;
        Assert.Equal(found, check.Choose(drawn, instance => instance with { Law = found.Law, Seed = drawn.Seed }) ?? (check.HasOwnSettings ? found : null));
        Assert.Equal(found, check.Choose(drawn, instance => instance));
    }

    // Half of all instances are two-point by themselves.
    [Theory]
    [InlineData("L16")]
    [InlineData("L12-printed")]
    public void AValueThatInstancesHaveByChanceIsChosenAllTheSame(string id)
        => Assert.Throws<ArgumentException>(() => TheoryCatalog.Find(id)[0].RunChosen(1, instance => instance with { Law = ScalarLaw.TwoPoint }, 12));

    // A spread is not what this check sets, and that it lowers d below the number of columns is not the user's doing.
    [Theory]
    [InlineData("A6-simulated")]
    [InlineData("L1-sharp")]
    public void ALowerDimensionLeavesNoInstanceOut(string id)
    {
        static TheoryInstance Choice(TheoryInstance instance)
            => instance with { Spread = 9, Columns = instance.Columns > instance.Dimension ? instance.Dimension : instance.Columns };
        TheoryCheck check = TheoryCatalog.Find(id)[0];
        Assert.All(Enumerable.Range(0, 200), trial => Assert.NotNull(check.Choose(TheoryInstance.Draw(1, trial), Choice)));
    }

    [Fact]
    public void ChosenValuesAreThoseOfTheInstances()
    {
        CheckResult result = TheoryCatalog.Find("L8")[0].RunChosen(5, instance => instance with { Dimension = 20, Columns = 7, Spread = 9 }, 3);
        Assert.Equal((3, 3, Verdict.Holds), (result.Trials, result.HypothesesMet, result.Verdict));
        Assert.StartsWith("d=20 ", result.Instance, StringComparison.Ordinal);
        Assert.Contains(" k=7 ", result.Instance, StringComparison.Ordinal);
        Assert.Contains(" M=9 ", result.Instance, StringComparison.Ordinal);
    }

    [Fact]
    public void OutsideOfTheHypothesesTheVerdictSaysSo()
    {
        TheoryCheck lemma = TheoryCatalog.Find("L7")[0];
        TheoryInstance Window(TheoryInstance instance) => instance with { Mean = 1, Spread = 3200, Law = ScalarLaw.TwoPoint, OffDiagonal = 0, StepSize = 4.8e-6 };
        Assert.Equal(Verdict.Holds, lemma.RunChosen(1, Window, 5).Verdict);
        Assert.Equal(Verdict.HypothesisNotMet, lemma.RunChosen(1, instance => Window(instance) with { StepSize = 4.9e-6 }, 5).Verdict);
        Assert.Equal(Verdict.HypothesisNotMet, lemma.RunChosen(1, instance => Window(instance) with { Spread = 6 }, 5).Verdict);
    }

    // The rest of an instance follows from what is chosen, so that the hypotheses are met as far as the chosen values allow. The choices are such that what is
    // computed from the values that an instance had before misses them: each check that moves instances around a choice has one.
    [Theory]
    [InlineData("L6", "d")]
    [InlineData("L6", "M 6000")]
    [InlineData("L6", "M 30000")]
    [InlineData("L6", "M 1537")]
    [InlineData("L6", "mean 3")]
    [InlineData("L6", "uniform, mean -2")]
    [InlineData("L7", "M 50000")]
    [InlineData("L7", "M 3200")]
    [InlineData("L7", "M 1537")]
    [InlineData("L7", "mean 40")]
    [InlineData("L7", "uniform, mean 3")]
    [InlineData("L9", "d 5, M 3300")]
    [InlineData("L9", "M 2000")]
    [InlineData("L9", "mean 3")]
    [InlineData("L10", "d 4, M 6000")]
    [InlineData("L10", "uniform")]
    [InlineData("L11", "uniform, mean 3")]
    [InlineData("L12", "mean -20")]
    [InlineData("L14", "uniform, mean 3")]
    [InlineData("L9-step", "M 400")]
    [InlineData("L10-step", "M 400")]
    [InlineData("L11-step", "mean 400")]
    [InlineData("L12-step", "M 400")]
    [InlineData("L14-step", "mean 400")]
    [InlineData("L15-step", "M 400")]
    [InlineData("L13", "M 400")]
    [InlineData("C1", "M 400")]
    public void WhatIsNotChosenFollows(string id, string chosen)
    {
        TheoryCheck check = TheoryCatalog.Find(id)[0];
        Assert.Equal(id, check.Id);
        CheckResult result = check.RunChosen(4, Parse(chosen), 10);
        Assert.Equal((0, 10), (result.LeftOut, result.Trials));

        // Some states that are drawn miss a hypothesis whatever the parameters are: about as many as of the check's own instances.
        int own = check.Run(4, 10).HypothesesMet;
        output.WriteLine($"{id}, {chosen}: {result.HypothesesMet}, own {own}");
        Assert.InRange(result.HypothesesMet, own == 10 ? 10 : own - 1, 10);
    }

    [Fact]
    public void EveryCheckThatMovesInstancesAroundAChoiceIsCovered()
    {
        HashSet<string> covered = [.. typeof(ChosenInstanceTests).GetMethod(nameof(WhatIsNotChosenFollows))!.GetCustomAttributes<InlineDataAttribute>().Select(row => (string)row.Data[0]!)];
        IEnumerable<string> moving = TheoryCatalog.All
            .Where(check => check.GetType().GetMethod("AdaptChosen", BindingFlags.Instance | BindingFlags.NonPublic)!.DeclaringType != typeof(TheoryCheck))
            .Select(check => check.Id);
        Assert.Empty(moving.Except(covered));
    }

    // An η above 1/3 leaves no step to phase 1, which is a hypothesis and no reason to leave the instance out; a run of other parameters says nothing.
    [Theory]
    [InlineData("L14", "eta 0.5")]
    [InlineData("L14", "eta 10")]
    [InlineData("L14-step", "eta 0.5")]
    [InlineData("L9", "eta 10")]
    public void OutsideOfThePhasesTheHypothesisIsNotMet(string id, string chosen)
    {
        CheckResult result = TheoryCatalog.Find(id)[0].RunChosen(1, Parse(chosen), 30);
        Assert.Equal((0, 30, 0, Verdict.HypothesisNotMet), (result.LeftOut, result.Trials, result.HypothesesMet, result.Verdict));
    }

    // What cannot be is refused by the value that the caller chose, and with what is accepted; long phases before their arrays are made.
    [Theory]
    [InlineData("L6", "M 0", "'instance.Spread' is 0; accepted")]
    [InlineData("L9", "M 0", "'instance.Spread' is 0; accepted")]
    [InlineData("L9-step", "M 1E-200", "'instance.Spread' is 1E-200; accepted")]
    [InlineData("L10-step", "M 1000000", "accepted are at most 10000000 steps")]
    [InlineData("L9-step", "eta 1E-08", "'instance.StepSize' is 1E-08, for phases of")]
    [InlineData("P1", "m 1", "'Samples' is 1, and P1 sets ")]
    [InlineData("L7-tail-run", "M 9, mean 3", "'Mean' is 3, and L7-tail-run sets 1; 'Spread' is 9, and L7-tail-run sets 8; accepted are")]
    [InlineData("L19", "m 100", "L19 is about settings of its own")]
    [InlineData("L19-sharp", "m 100", "L19-sharp is about settings of its own")]
    [InlineData("P1-edge", "d 40", "P1-edge is about settings of its own")]
    public void ARefusalNamesTheValueAndWhatIsAccepted(string id, string chosen, string message)
        => Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(() => TheoryCatalog.Find(id)[0].RunChosen(1, Parse(chosen), 3)).Message, StringComparison.Ordinal);

    [Fact]
    public void InstancesThatAreLeftOutAreCounted()
    {
        // r2 drawn is 1, 2 or 3: with d = 3 and r1 = 1 the last does not fit.
        TheoryCheck lemma = TheoryCatalog.Find("L8")[0];
        static TheoryInstance Choice(TheoryInstance instance) => instance with { Dimension = 3, InvariantRank = 1, Columns = null };
        int fitting = Enumerable.Range(0, 40).Count(trial => TheoryInstance.Draw(2, trial).SpuriousRank <= 2);
        CheckResult result = lemma.RunChosen(2, Choice, 40);
        Assert.InRange(fitting, 1, 39);
        Assert.Equal((fitting, 40 - fitting), (result.Trials, result.LeftOut));
        Assert.Contains("accepted", result.LeftOutReason, StringComparison.Ordinal);
        Assert.Equal((40, 0, ""), Counts(lemma.RunChosen(2, instance => instance, 40)));
        Assert.NotEqual(result, result with { LeftOut = 0 });
        CheckResult merged = CheckResult.Merge([result, result]);
        Assert.Equal((2 * fitting, 80 - (2 * fitting), result.LeftOutReason), Counts(merged));

        static (int Trials, int LeftOut, string Reason) Counts(CheckResult found) => (found.Trials, found.LeftOut, found.LeftOutReason);
    }

    // What refuses its own instance too is a fault, not a refusal of the chosen values.
    [Fact]
    public void AFaultOfTheCheckComesThrough()
    {
        ArgumentException own = new("'rows' is 0.");
        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(() => new Broken(_ => throw own).RunChosen(1, instance => instance with { Spread = 3 }));
        Assert.Same(own, fault.InnerException);
        Assert.Throws<FormatException>(() => new Broken(_ => throw new FormatException()).RunChosen(1, instance => instance with { Spread = 3 }));
        Broken picky = new(instance => instance.Spread == 3 ? throw new ArgumentException("'Spread' is 3; accepted are others.") : 1);
        Assert.Equal("'Spread' is 3; accepted are others.", Assert.Throws<ArgumentException>(() => picky.RunChosen(1, instance => instance with { Spread = 3 })).Message);
    }

    // It does not move its own instance either; one that refuses to move the chosen one alone is as it should be.
    [Fact]
    public void AnAdaptThatThrowsIsAFaultOfTheCheck()
    {
        Broken broken = new(_ => 1) { Move = _ => throw new ArgumentException("no") };
        Assert.Equal("no", Assert.Throws<InvalidOperationException>(() => broken.RunChosen(1, instance => instance with { Spread = 3 })).InnerException!.Message);
        TheoryOutcome outcome = Assert.Single(TheoryVerification.RunEach([broken], 1, instance => instance with { Spread = 3 }));
        Assert.Equal((true, true), (outcome.Refusal is null, outcome.Failure is ArgumentException));
        Broken picky = new(_ => 1) { Move = instance => instance.Spread == 3 ? throw new ArgumentException("others") : instance };
        Assert.Equal("others", Assert.Throws<ArgumentException>(() => picky.RunChosen(1, instance => instance with { Spread = 3 })).Message);
    }

    [Fact]
    public void ACheckThatTakesNoneOfTheInstancesSaysSo()
    {
        TheoryCheck tail = TheoryCatalog.Find("L7-tail-run")[0];
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => tail.RunChosen(1, instance => instance with { Spread = 9 }));
        Assert.Contains("L7-tail-run", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("accepted", refusal.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => TheoryCatalog.Find("L8")[0].RunChosen(1, instance => instance with { Dimension = 2, InvariantRank = 2 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TheoryCatalog.Find("L8")[0].RunChosen(1, instance => instance, 0));
        Assert.Throws<ArgumentNullException>(() => TheoryCatalog.Find("L8")[0].RunChosen(1, null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TheoryInstance { Dimension = 1000, Samples = 1_000_000 }.CreateMeasurements());
    }

    /// <summary>Reads a choice such as "d 5, M 3300, uniform"; "d" is 50 with ranks of at most 2.</summary>
    private static Func<TheoryInstance, TheoryInstance> Parse(string chosen) => instance => chosen.Split(", ").Aggregate(instance, (moved, part) =>
    {
        double value = part.Contains(' ', StringComparison.Ordinal) ? double.Parse(part.Split(' ')[1], CultureInfo.InvariantCulture) : 50;
        return part.Split(' ')[0] switch
        {
            "d" => moved with { Dimension = (int)value, InvariantRank = Math.Min(2, moved.InvariantRank), SpuriousRank = Math.Min(2, moved.SpuriousRank), Columns = null },
            "m" => moved with { Samples = (int)value },
            "M" => moved with { Spread = value },
            "mean" => moved with { Mean = value },
            "eta" => moved with { StepSize = value },
            "size" => moved with { FactorSize = value },
            "uniform" => moved with { Law = ScalarLaw.Uniform },
            _ => throw new FormatException(part),
        };
    });

    // Runs take log(1/α)/η steps. Lemmas about one step go down to where Theorem 2's window lies.
    private static double SmallestStepSize(string id)
        => id is "T2" or "T4" ? 0.02 : id == "L6" ? 1e-4 : id is "L7" or "L7-figures" or "L9" or "L10" or "L11" or "L12" or "L14" ? 1e-6 : 1e-3;

    // The spectrum of a form takes p³ steps, p = d(d + 1)/2.
    private static int LargestDimension(string id) => id is "A3" or "L1" or "L2" or "L3" or "L4" ? 8 : 20;

    private static bool IsOpen(TheoryCheck check)
    {
        TheoryInstance far = TheoryInstance.Draw(1, 0) with { Dimension = 9, Spread = 0.123, StepSize = 0.0123, Mean = 0.321, Overlap = 0.3, Samples = 77, OffDiagonal = 0, SpuriousRank = 2 };
        return check.TakesAnyInstance || check.Adapt(far) == far;
    }

    private static Func<TheoryInstance, TheoryInstance> Draw(System.Random random, int largestDimension, double smallestStepSize)
    {
        int dimension = 2 + random.Next(largestDimension - 1), invariant = 1 + random.Next(Math.Min(4, dimension - 1)), spurious = 1 + random.Next(Math.Min(4, dimension - invariant));
        int columns = 1 + random.Next(dimension), samples = 1 + random.Next(random.Next(2) == 0 ? 20 : 3000);
        double stepSize = LogUniform(smallestStepSize, 10), scale = LogUniform(1e-9, 0.99), mean = (random.Next(2) == 0 ? 1 : -1) * LogUniform(1e-2, 1e4);
        double spread = random.Next(6) == 0 ? 0 : LogUniform(1e-3, 1e5), off = random.Next(2) == 0 ? 0 : LogUniform(1e-9, 1e3), size = LogUniform(1e-5, 500);
        double overlap = random.Next(3) == 0 ? 0 : random.Next(3) == 0 ? 1 : random.NextDouble();
        ScalarLaw law = random.Next(2) == 0 ? ScalarLaw.TwoPoint : ScalarLaw.Uniform;
        bool[] isChosen = [.. Enumerable.Range(0, 11).Select(_ => random.Next(3) == 0)];
        return instance => instance with
        {
            Dimension = dimension,
            InvariantRank = Math.Min(isChosen[0] ? invariant : instance.InvariantRank, dimension - 1),
            SpuriousRank = Math.Min(isChosen[1] ? spurious : instance.SpuriousRank, dimension - Math.Min(isChosen[0] ? invariant : instance.InvariantRank, dimension - 1)),
            Columns = isChosen[2] ? columns : instance.Columns > dimension ? dimension : instance.Columns,
            Samples = isChosen[3] ? samples : instance.Samples,
            StepSize = isChosen[4] ? stepSize : instance.StepSize,
            InitialScale = isChosen[5] ? scale : instance.InitialScale,
            Mean = isChosen[6] ? mean : instance.Mean,
            Spread = isChosen[7] ? spread : instance.Spread,
            OffDiagonal = isChosen[8] ? off : instance.OffDiagonal,
            FactorSize = isChosen[9] ? size : instance.FactorSize,
            Overlap = isChosen[10] ? overlap : instance.Overlap,
            Law = isChosen[0] ? law : instance.Law,
        };

        double LogUniform(double low, double high) => low * Math.Pow(high / low, random.NextDouble());
    }

    private sealed class Broken(Func<TheoryInstance, double> left) : TheoryCheck
    {
        public override StatementInfo Info => new()
        {
            Id = "mine-1",
            Statement = "left ≤ 12",
            Equations = "(0)",
            Stated = Verdict.Holds,
            Remark = "Made up.",
            ControlStatement = "the same",
        };

        public Func<TheoryInstance, TheoryInstance> Move { get; init; } = instance => instance;

        public override TheoryInstance Adapt(TheoryInstance instance) => Move(instance);

        protected override CheckResult CheckCore(TheoryInstance instance) => CheckResult.Judge(Id, [], Inequality.AtMost("left ≤ 12", left(instance), 12));

        protected override CheckResult CheckControlCore(TheoryInstance instance) => CheckCore(instance);
    }
}
