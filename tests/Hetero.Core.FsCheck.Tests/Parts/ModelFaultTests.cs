using System.Numerics;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Parts;

/// <summary>Each fault of a model is found by its sentence, and the library's own has none.</summary>
public class ModelFaultTests
{
    [Theory]
    [InlineData("start", "Start writes what is not finite: entry 0 is NaN.")]
    [InlineData("start NaN", "Start writes what is not finite: entry 2")]
    [InlineData("adds", "CopyMatrix leaves NaN that stood there before")]
    [InlineData("not the Gram matrix", "IsGramFactor is true, but CopyMatrix is")]
    [InlineData("counts", "CopyMatrix leaves entries as they were, adds to them, or is not the same twice")]
    [InlineData("caches", "PullBack depends on what was asked for before")]
    [InlineData("adds to the direction", "PullBack leaves NaN that stood there before")]
    [InlineData("forgets √2", "PullBack's direction for ½‖M(θ) − B‖² is not a constant multiple of the gradient")]
    [InlineData("a factor for each point", "PullBack's direction for ½‖M(θ) − B‖² is not a constant multiple of the gradient")]
    [InlineData("off by 1e-3", "PullBack's direction for ½‖M(θ) − B‖² is not a constant multiple of the gradient")]
    [InlineData("uphill", "PullBack's direction for ½‖M(θ) − B‖² points uphill: the gradient is -2")]
    [InlineData("constant", "PullBack's direction for ½‖M(θ) − B‖² is not 0, and the function changes in none of the directions")]
    [InlineData("zero", "PullBack's direction for ½‖M(θ) − B‖² is 0 in all directions")]
    [InlineData("allocates in CopyMatrix", "CopyMatrix allocates 384 bytes in 8 calls")]
    [InlineData("throws", "PullBack throws InvalidOperationException: No direction today.")]
    [InlineData("no description", "Describe adds nothing")]
    [InlineData("comma", "where numbers are written with a comma")]
    public void EachFaultIsFound(string fault, string sentence)
        => Assert.Contains(PartChecks.FaultsOfModel(_ => new BrokenModel(fault)), found => found.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void TheSameModelWithoutFaultsHasNone() => Assert.Empty(PartChecks.FaultsOfModel(_ => new BrokenModel("none")));

    // −vvᵀ has the direction of −½ the gradient, which no constant above 0 makes right.
    [Fact]
    public void ASignIsNoConstant()
        => Assert.Contains("points uphill", Assert.Single(PartChecks.FaultsOfModel(_ => new BrokenModel("negative"))), StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(9, 2)]
    public void TheLibrarysModelHasNone(int dimension, int columns)
    {
        Assert.Empty(Faults<double>());
        Assert.Empty(Faults<float>());

        IReadOnlyList<string> Faults<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
            => PartChecks.FaultsOfModel(team => new GramModel<T>(dimension, new TrainingOptions { Seed = 1, FactorColumns = columns }, team));
    }

    // f(x) = exp(x_0)·x_1 + x_2²: the gradient by hand, and one with an error of a thousandth.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1.001, 1)]
    [InlineData(2, 1)]
    public void AnyGradientIsHeldAgainstItsFunction(double factor, int faults)
        => Assert.Equal(
            faults,
            PartChecks.FaultsOfGradient(
                [0.3, -1.2, 2],
                x => (Math.Exp(x[0]) * x[1]) + (x[2] * x[2]),
                (x, gradient) => (gradient[0], gradient[1], gradient[2]) = (factor * Math.Exp(x[0]) * x[1], Math.Exp(x[0]), 2 * x[2])).Count);
}
