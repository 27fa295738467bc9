using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

/// <summary>Norms, components and unit vectors at magnitudes where plain squares leave the range, against the same vector at magnitude 1.</summary>
public class ScaledProductsTests
{
    [Fact]
    public void EveryMagnitudeOfSingle() => Check<float>([-149, -130, -126, -80, -41, -39, 0, 39, 41, 63, 64, 100, 127]);

    [Fact]
    public void EveryMagnitudeOfDouble() => Check<double>([-1074, -1030, -1022, -700, -538, -466, -464, 0, 464, 466, 511, 512, 700, 1015]);

    [Fact]
    public void NothingHasNoNorm()
    {
        Assert.Equal(0, ScaledProducts.Norm<float>([]));
        Assert.Equal(0, ScaledProducts.Norm<double>(new double[700]));
        Assert.Equal(0, ScaledProducts.SumOfSquares<float>(new float[3]));
    }

    [Fact]
    public void WhatIsNotFiniteShows()
    {
        Assert.Equal(double.NaN, ScaledProducts.Norm<double>([1, double.NaN]));
        Assert.Equal(double.PositiveInfinity, ScaledProducts.Norm<double>([double.MaxValue, double.MaxValue]));
    }

    // Lengths around the blocks of the scaled sums; the largest magnitude is negative in half of the cases.
    private static void Check<T>(int[] exponents)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double ulp = double.CreateTruncating(Data.Epsilon<T>());
        foreach (int exponent in exponents)
        {
            foreach (int length in new[] { 1, 2, 511, 512, 513, 1500 })
            {
                T[] x = [.. Data.Uniform<T>(length, length + exponent).Select(value => T.ScaleB(value, exponent))], w = Data.Uniform<T>(length, 7), unit = new T[length];
                if (!x.Any(value => value != T.Zero))
                {
                    continue;
                }

                double[] plain = [.. x.Select(value => double.CreateTruncating(T.ScaleB(value, -exponent)))];
                double expected = Math.Sqrt(plain.Sum(value => value * value));
                double norm = ScaledProducts.Norm<T>(x);

                // A double norm among the subnormal numbers is rounded to a whole number of quanta.
                double tolerance = (length * ulp) + (typeof(T) == typeof(double) ? Math.ScaleB(1, -1074 - exponent) : 0);
                Assert.Equal(expected, Math.ScaleB(norm, -exponent), tolerance * expected + tolerance);
                double squares = ScaledProducts.SumOfSquares<T>(x);
                bool representable = 2 * exponent is > -1000 and < 1000;
                Assert.True(!representable || Math.Abs(Math.ScaleB(Math.Sqrt(squares), -exponent) - expected) <= (length * ulp * expected) + ulp);
                double component = w.Zip(plain, (a, b) => double.CreateTruncating(a) * b).Sum() / expected;
                Assert.Equal(component, ScaledProducts.Component<T>(w, x, norm), 2 * tolerance * Math.Sqrt(length) / Math.Min(expected, 1));
                ScaledProducts.Normalize<T>(x, norm, unit);
                Assert.Equal(1, Math.Sqrt(unit.Sum(value => double.CreateTruncating(value * value))), 2 * tolerance / Math.Min(expected, 1));
            }
        }
    }
}
