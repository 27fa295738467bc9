using Hetero.Core.Problems;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Subspaces;
using Xunit;

namespace Hetero.Core.Theory.Tests.Subspaces;

public class SubspaceOverlapTests
{
    [Theory]
    [InlineData(2, 1, 1, 0.3)]
    [InlineData(9, 2, 3, 0.75)]
    [InlineData(12, 4, 2, 1)]
    public void IsTheCosineThatWasPrescribed(int dimension, int invariantRank, int spuriousRank, double cosine)
        => Assert.Equal(
            cosine,
            SubspaceOverlap.Of(SensingProblem.Create(dimension, invariantRank, spuriousRank, 5, SubspaceLayout.PrescribedOverlap, cosine)),
            1e-13);

    [Fact]
    public void IsZeroForOrthogonalSubspacesAndTheInnerProductOfTwoDirections()
    {
        Assert.Equal(0, SubspaceOverlap.Of(SensingProblem.Create(8, 3, 2, 1, SubspaceLayout.Orthogonal)), 1e-14);
        SensingProblem problem = SensingProblem.Create(7, 1, 1, 4);
        double inner = 0;
        for (int i = 0; i < 7; i++)
        {
            inner += problem.InvariantBasis[i, 0] * problem.SpuriousBasis[i, 0];
        }

        Assert.Equal(Math.Abs(inner), SubspaceOverlap.Of(problem), 1e-15);
    }
}
