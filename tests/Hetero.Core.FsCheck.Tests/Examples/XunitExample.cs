using FsCheck;
using FsCheck.Fluent;
using Hetero.Core.FsCheck;
using Hetero.Core.Numerics;
using Xunit;

namespace YourTests;

public class XunitExample
{
    [Fact]
    public void Lemma8Holds() => TheoryProperties.Of("L8").Check(TheoryConfig.Default);

    [Fact]
    public void TheFrobeniusNormIsTheLargerOne()
        => Prop.ForAll(SymmetricMatrixArbitrary.LowRank(maxDimension: 20), matrix =>
        {
            ReadOnlyMatrixSpan<double> view = new(matrix.Create(), matrix.Dimension, matrix.Dimension);
            double[] scratch = new double[Norms.GetSpectralScratchLength<double>(matrix.Dimension, matrix.Dimension)];
            return Norms.Spectral(view, scratch) <= Norms.Frobenius(view) * (1 + 1e-12);
        }).Check(TheoryConfig.Default);
}
