using System.Numerics;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>The numbers of shared.py, so that both sides work on the same data without a file between them.</summary>
internal static class TestData
{
    private const uint Projection = 0x40000000;

    /// <summary>Fills with the numbers <paramref name="first"/>, <paramref name="first"/> + 1, … of a fixed sequence in [−½, ½).</summary>
    public static void Fill<T>(uint first, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = T.CreateTruncating(Value(first + (uint)i));
        }
    }

    /// <summary>Returns an array of numbers of the sequence.</summary>
    public static T[] Create<T>(uint first, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[count];
        Fill<T>(first, values);
        return values;
    }

    /// <summary>Returns a projection on fixed numbers, and the norm.</summary>
    public static double[] Fingerprint<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double projection = 0, square = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double x = double.CreateTruncating(values[i]);
            projection += x * Value(Projection + (uint)i);
            square += x * x;
        }

        return [projection, Math.Sqrt(square)];
    }

    /// <summary>Returns the component of a gradient along D over ‖D‖, and ‖G − D‖²/‖D‖²; svec forms.</summary>
    public static double[] Law<T>(ReadOnlySpan<T> gradient, ReadOnlySpan<T> residual)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double square = 0, product = 0, distance = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            (double g, double r) = (double.CreateTruncating(gradient[i]), double.CreateTruncating(residual[i]));
            square += r * r;
            product += g * r;
            distance += (g - r) * (g - r);
        }

        return [product / square, distance / square];
    }

    private static double Value(uint index)
    {
        uint x = index * 0x9E3779B9;
        x = (x ^ (x >> 16)) * 0x85EBCA6B;
        x = (x ^ (x >> 13)) * 0xC2B2AE35;
        return ((x >> 8) * (1.0 / (1 << 24))) - 0.5;
    }
}
