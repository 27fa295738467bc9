using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck;
using NUnit.Framework;

namespace YourTests;

[TestFixture]
public class NUnitExample
{
    [Test]
    public void Lemma8Holds() => TheoryProperties.Of("L8").Check(TheoryConfig.Default);

    [Test]
    public void TheMeanIsWithinTheBound()
        => Prop.ForAll(EnvironmentArbitrary.InsideAssumption2(maxRank: 3), environments =>
        {
            double[] mean = new double[environments.Rank * environments.Rank];
            environments.Create().CopyMean(mean);
            return mean.All(entry => Math.Abs(entry) <= environments.Bound);
        }).Check(TheoryConfig.Default);
}
