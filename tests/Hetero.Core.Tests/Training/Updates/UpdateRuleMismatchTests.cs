using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A saved run is not continued with another update rule, nor with other numbers of the same one.</summary>
public class UpdateRuleMismatchTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 20 };

    // Every rule, and each of its numbers changed alone.
    private static readonly (string Named, UpdateRule<double> Rule)[] Rules =
    [
        ("", new Sgd<double>()), ("momentum", new HeavyBall<double>(0.9)), ("momentum", new HeavyBall<double>(0.8)), ("updateRule", new Nesterov<double>(0.9)),
        ("momentum", new Nesterov<double>(0.8)), ("updateRule", new SignDescent<double>()), ("momentum", new SignDescent<double>(0.9)), ("updateRule", new Adam<double>()),
        ("firstDecay", new Adam<double>(0.8)), ("secondDecay", new Adam<double>(0.9, 0.99)), ("epsilon", new Adam<double>(epsilon: 1e-7)),
        ("updateRule", new Muon<double>()), ("orthogonalization", new Muon<double>(0.95, Orthogonalization.Polar)), ("momentum", new Muon<double>(0.9)),
        ("weightDecay", new DecoupledWeightDecay<double>(new Sgd<double>(), 0.1)), ("weightDecay", new DecoupledWeightDecay<double>(new Sgd<double>(), 0.2)),
        ("largestNorm", new ClippedDirection<double>(new Sgd<double>(), 1)), ("largestNorm", new ClippedDirection<double>(new Sgd<double>(), 2)),
        ("updateRule", new ClippedDirection<double>(new HeavyBall<double>(0.9), 2)),
        ("largestNorm", new ClippedDirection<double>(new ClippedDirection<double>(new Sgd<double>(), 2), 1)),
        ("largestNorm", new ClippedDirection<double>(new ClippedDirection<double>(new Sgd<double>(), 1), 2)),
    ];

    [Fact]
    public void AnotherRuleIsAnotherRun()
    {
        for (int i = 0; i < Rules.Length; i++)
        {
            for (int j = 0; j < Rules.Length; j++)
            {
                if (i != j)
                {
                    _ = Mismatch(Rules[i].Rule, Rules[j].Rule);
                }
            }
        }
    }

    // Against the rule before it in the list.
    [Fact]
    public void WhatDiffersIsNamed()
    {
        foreach (int i in new[] { 2, 3, 4, 5, 7, 8, 12, 13, 15, 17, 18 })
        {
            Assert.Equal(Rules[i].Named, Mismatch(Rules[i - 1].Rule, Rules[i].Rule).Name);
        }

        RunMismatchException mismatch = Mismatch(new HeavyBall<double>(0.9), new HeavyBall<double>(0.8));
        Assert.Equal(("momentum", "0.9", "0.8"), (mismatch.Name, mismatch.Found, mismatch.Expected));

        // One in the other, and the other way around.
        Sgd<double> sgd = new();
        mismatch = Mismatch(
            new ClippedDirection<double>(new DecoupledWeightDecay<double>(sgd, 0.1), 2), new DecoupledWeightDecay<double>(new ClippedDirection<double>(sgd, 2), 0.1));
        Assert.Equal(("weightDecay", "at another place", "0.1"), (mismatch.Name, mismatch.Found, mismatch.Expected));
    }

    [Fact]
    public void NumbersOutOfRangeAreNamed()
    {
        Refused("momentum", () => new HeavyBall<double>(1));
        Refused("momentum", () => new HeavyBall<float>(1 - 1e-9));
        Refused("momentum", () => new Nesterov<double>(-0.1));
        Refused("momentum", () => new SignDescent<double>(double.NaN));
        Refused("momentum", () => new Muon<double>(1.5));
        Refused("orthogonalization", () => new Muon<double>(0.5, (Orthogonalization)7));
        Refused("firstDecay", () => new Adam<double>(1));
        Refused("secondDecay", () => new Adam<double>(secondDecay: double.PositiveInfinity));
        Refused("epsilon", () => new Adam<double>(epsilon: 0));
        Refused("epsilon", () => new Adam<float>(epsilon: 1e-40));
        Refused("decay", () => new DecoupledWeightDecay<double>(new Sgd<double>(), -1));
        Refused("largestNorm", () => new ClippedDirection<double>(new Sgd<double>(), 0));
        Assert.Throws<ArgumentNullException>("rule", () => new ClippedDirection<double>(null!, 1));
        Assert.Throws<ArgumentNullException>("rule", () => new DecoupledWeightDecay<double>(null!, 1));

        static void Refused(string name, Func<object> create)
            => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => create()).ParamName);
    }

    private static RunMismatchException Mismatch(UpdateRule<double> saved, UpdateRule<double> restored)
    {
        using MemoryStream stream = new();
        Create(saved).Save(stream);
        stream.Position = 0;
        return Assert.Throws<RunMismatchException>(() => Create(restored).Restore(stream));
    }

    private static HeteroSgd<double> Create(UpdateRule<double> rule)
        => new(Runs.Problem(), Runs.Environments("HeteroSGD"), Runs.Source<double>("exact-law", 7, 20, 1), Options, parts: new() { UpdateRule = rule });
}
