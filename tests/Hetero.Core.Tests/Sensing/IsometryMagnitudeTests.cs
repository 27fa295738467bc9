using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing;

/// <summary>The form and its ratio at magnitudes whose squares leave the range of double.</summary>
public sealed class IsometryMagnitudeTests
{
    private const int D = 3;
    private const int P = 6;

    [Theory]
    [InlineData(1e200)]
    [InlineData(1)]
    [InlineData(1e-170)]
    [InlineData(1e-300)]
    public void SymmetryIsJudgedNextToTheMatrix(double unit)
    {
        double[] gram = Identity(unit);
        gram[1] = 0.1 * unit;
        Assert.Equal("gram", Assert.Throws<ArgumentException>(() => IsometryForm.OfGram(D, new(gram, P, P))).ParamName);
        gram[P] = Math.BitIncrement(gram[1]);
        Assert.Equal(gram[P], IsometryForm.OfGram(D, new(gram, P, P)).Gram[0, 1]);
        gram[(3 * P) + 3] = -1e-10 * unit;
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => IsometryForm.OfGram(D, new(gram, P, P)));
        Assert.Contains("eigenvalue", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATraceBeyondTheRangeIsRefused()
    {
        Assert.Equal("gram", Assert.Throws<ArgumentException>(() => IsometryForm.OfGram(D, new(Identity(1e308), P, P))).ParamName);
        double[] rows = new double[P * P];
        for (int i = 0; i < P; i++)
        {
            rows[i * (P + 1)] = 1.3e154;
        }

        Assert.Equal("svecRows", Assert.Throws<ArgumentException>(() => new IsometryForm(D, [.. rows, .. rows.Select(x => 3 * x)])).ParamName);
    }

    /// <summary>The ratio is that of 2^k·M for every k, and 2^l times as large for 2^l·H, bit for bit.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    [InlineData(-1000)]
    public void TheRatioDoesNotDependOnTheLengthOfM(int formExponent)
    {
        double[] w = Data.Uniform<double>(P, 1);
        double[] gram = Gram();
        double expected = IsometryForm.OfGram(D, new(gram, P, P)).Ratio(w);
        IsometryForm form = IsometryForm.OfGram(D, new(Array.ConvertAll(gram, x => Math.ScaleB(x, formExponent)), P, P));
        foreach (int exponent in new[] { -1015, -540, -300, 0, 300, 540, 1020 })
        {
            double ratio = form.Ratio(Array.ConvertAll(w, x => Math.ScaleB(x, exponent)));
            Assert.Equal(Math.ScaleB(expected, formExponent), ratio);
        }

        Assert.Equal("matrix", Assert.Throws<ArgumentException>(() => form.Ratio(new double[P])).ParamName);
        Assert.Equal("matrix", Assert.Throws<ArgumentException>(() => form.Ratio([1, 2, double.NaN, 4, 5, 6])).ParamName);
    }

    /// <summary>The constants of H and of 2^l·H stand in the same relation, and their matrices are the same.</summary>
    [Theory]
    [InlineData(900)]
    [InlineData(-900)]
    [InlineData(-1040)]
    public void ConstantsScaleWithTheForm(int exponent)
    {
        double[] gram = Gram();
        IsometryForm form = IsometryForm.OfGram(D, new(gram, P, P));
        IsometryForm scaled = IsometryForm.OfGram(D, new(Array.ConvertAll(gram, x => Math.ScaleB(x, exponent)), P, P));
        foreach ((RipConstant one, RipConstant other) in RipConstants.LowerBounds(form, D).Zip(RipConstants.LowerBounds(scaled, D)))
        {
            double tolerance = (Math.ScaleB(one.Largest.Ratio, exponent) * (exponent < -1022 ? 1e-2 : 1e-9)) + double.Epsilon;
            Assert.Equal(Math.ScaleB(one.Largest.Ratio, exponent), other.Largest.Ratio, tolerance);
        }
    }

    private static double[] Identity(double unit)
    {
        double[] identity = new double[P * P];
        for (int i = 0; i < P; i++)
        {
            identity[i * (P + 1)] = unit;
        }

        return identity;
    }

    private static double[] Gram()
    {
        double[] rows = Data.Uniform<double>(10 * P, 2), gram = new double[P * P];
        Products.Gram<double>(new ReadOnlyMatrixSpan<double>(rows, 10, P).Transposed, new double[Products.GetGramScratchLength<double>(P, 10)], new(gram, P, P));
        return gram;
    }
}
