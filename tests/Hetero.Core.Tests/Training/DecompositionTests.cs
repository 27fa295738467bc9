using FsCheck.Fluent;
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
            Properties.Between(3, 40).Generator.Zip(Properties.Between(1, 1000).Generator, (d, seed) => (d, seed)).ToArbitrary(),
            shape =>
            {
                (int d, int seed) = shape;
                int r1 = 1 + (seed % (d / 2)), r2 = 1 + (seed / 7 % (d - r1)), k = 1 + (seed % d);
                SensingProblem problem = SensingProblem.Create(d, r1, r2, (ulong)seed);
                double[] factor = Data.Uniform<double>(d * k, seed);
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
