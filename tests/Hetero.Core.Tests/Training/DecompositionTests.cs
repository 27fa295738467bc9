using Hetero.Core.FsCheck;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

public class DecompositionTests
{
    [Fact]
    public void ThePartsAddUpToTheFactor()
        => Properties.Check(
            ProblemArbitrary.Any(40),
            description =>
            {
                SensingProblem problem = description.Create();
                int d = problem.Dimension, r1 = problem.InvariantRank, r2 = problem.SpuriousRank, k = 1 + (int)(description.Seed % (ulong)d);
                double[] factor = Data.Uniform<double>(d * k, (int)description.Seed);
                Decomposition<double> parts = new(problem, k);
                parts.Compute(new ReadOnlyMatrixSpan<double>(factor, d, k), new SignalModel<double>(problem));
                for (int i = 0; i < d; i++)
                {
                    for (int c = 0; c < k; c++)
                    {
                        double sum = parts.Residual[i, c];
                        for (int j = 0; j < r1; j++)
                        {
                            sum += problem.InvariantBasis[i, j] * parts.Invariant[c, j];
                        }

                        for (int j = 0; j < r2; j++)
                        {
                            sum += problem.SpuriousBasis[i, j] * parts.Spurious[c, j];
                        }

                        Assert.Equal(factor[(i * k) + c], sum, 1e-13 * d);
                    }
                }
            });
}
