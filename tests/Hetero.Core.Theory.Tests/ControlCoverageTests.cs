using Xunit;

namespace Hetero.Core.Theory.Tests;

/// <summary>A control that leaves a claim as it is says nothing about that claim.</summary>
public class ControlCoverageTests
{
    [Theory]
    [InlineData("T7")]
    [InlineData("T7-rate")]
    [InlineData("T8-angle")]
    [InlineData("T8-population")]
    [InlineData("L20-simulated")]
    [InlineData("L20-dimension")]
    public void TheControlRefutesEachClaim(string id)
    {
        TheoryCheck check = TheoryCatalog.Find(id)[0];
        TheoryInstance instance = check.Adapt(TheoryInstance.Draw(3, 0));
        Assert.All(check.CheckControl(instance).Claims, claim => Assert.False(claim.Holds, claim.ToString()));
    }
}
