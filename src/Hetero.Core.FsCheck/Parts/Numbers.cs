using System.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.FsCheck;

/// <summary>Numbers that parts are checked on: the same for float and double, up to rounding.</summary>
internal static class Numbers
{
    /// <summary>Independent N(0, scale²) numbers, others for each index.</summary>
    public static T[] Gaussian<T>(ulong seed, int index, int length, double scale = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] numbers = new double[length];
        new RandomStream(seed, StreamPurpose.User, index).FillGaussian<double>(0, numbers);
        return Array.ConvertAll(numbers, number => T.CreateTruncating(scale * number));
    }

    /// <summary>An array of one value.</summary>
    public static T[] Filled<T>(int length, T value)
    {
        T[] numbers = new T[length];
        Array.Fill(numbers, value);
        return numbers;
    }

    /// <summary>⟨a, b⟩ in double.</summary>
    public static double Dot<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(double.CreateTruncating(a[i]), double.CreateTruncating(b[i]), sum);
        }

        return sum;
    }

    /// <summary>a + h·v, rounded once.</summary>
    public static T[] Along<T>(T[] a, double h, T[] v)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [.. a.Zip(v, (x, y) => T.CreateTruncating(double.CreateTruncating(x) + (h * double.CreateTruncating(y))))];

    /// <summary>‖a − b‖.</summary>
    public static double Distance<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double difference = double.CreateTruncating(a[i]) - double.CreateTruncating(b[i]);
            sum = Math.FusedMultiplyAdd(difference, difference, sum);
        }

        return Math.Sqrt(sum);
    }

    /// <summary>The relative error that sums of some numbers in a precision stay below.</summary>
    public static double Tolerance<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => typeof(T) == typeof(float) ? 1e-3 : 1e-10;
}
