using System.Numerics;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training.Models;

/// <summary>v⊙v − u⊙u where v and u are nearly the same, as they are at the start.</summary>
public class SquareDifferenceModelTests
{
    [Fact]
    public void ASmallDifferenceOfSquaresKeepsItsDigits()
    {
        Check<double>(1e-9, 4e-16);
        Check<float>(1e-4f, 2.5e-7);

        static void Check<T>(T distance, double tolerance)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            const int D = 50;
            T[] parameters = Data.Uniform<T>(2 * D, 4), estimate = new T[D];
            for (int i = 0; i < D; i++)
            {
                parameters[D + i] += T.CreateChecked(2);
                parameters[i] = parameters[D + i] * (T.One + distance);
            }

            new SquareDifferenceModel<T>(D, 0.1).CopyMatrix(parameters, estimate);
            for (int i = 0; i < D; i++)
            {
                // Squares with their round-off, so that the difference has all its digits.
                double v = double.CreateChecked(parameters[i]), u = double.CreateChecked(parameters[D + i]), high = v * v, other = u * u;
                double expected = high - other + (Math.FusedMultiplyAdd(v, v, -high) - Math.FusedMultiplyAdd(u, u, -other));
                Assert.NotEqual(0, expected);
                Assert.Equal(1, double.CreateChecked(estimate[i]) / expected, tolerance);
            }
        }
    }
}
