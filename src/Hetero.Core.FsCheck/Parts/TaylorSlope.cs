using System.Numerics;

namespace Hetero.Core.FsCheck;

/// <summary>
/// How fast the Taylor remainder |f(h) − f(0) − h·s| of a smooth function f along a line shrinks with h: like h² if s is the derivative
/// f'(0), like h if it is not.
/// </summary>
/// <remarks>
/// h is halved 10 times from 2⁻⁶ on in double, 5 times from 2⁻² on in float. The slope is the straight line through the logarithms of the
/// last four remainders above 64 units of
/// rounding of the largest |f|. With fewer than two of them s is right up to rounding, and the slope counts as 2. A slope of 1.8 (1.6 in
/// float) is accepted: a derivative that is wrong by
/// more than about 10⁻⁵ (10⁻² in float) has less.
/// </remarks>
internal static class TaylorSlope
{
    private const int Last = 4;

    /// <summary>Returns the least slope that is accepted.</summary>
    public static double Least<T>() => typeof(T) == typeof(float) ? 1.6 : 1.8;

    /// <summary>Returns the derivative f'(0) by two central differences, of which the terms in h² cancel.</summary>
    public static double Derivative<T>(Func<double, double> f)
    {
        double h = typeof(T) == typeof(float) ? 1.0 / 4 : 1.0 / 128;
        return ((4 * Central(f, h / 2)) - Central(f, h)) / 3;
    }

    /// <summary>Returns the slope.</summary>
    /// <param name="f">f(h) along the line.</param>
    /// <param name="derivative">s, what f'(0) is said to be.</param>
    public static double Of<T>(Func<double, double> f, double derivative)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (double first, int halvings, double rounding) = typeof(T) == typeof(float) ? (1.0 / 4, 5, Math.ScaleB(1, -24)) : (1.0 / 64, 10, Math.ScaleB(1, -53));
        double start = f(0), largest = Math.Abs(start);
        List<(double Step, double Remainder)> all = [];
        for (int i = 0; i <= halvings; i++)
        {
            double h = Math.ScaleB(first, -i), value = f(h);
            largest = Math.Max(largest, Math.Abs(value));
            all.Add((h, Math.Abs(value - start - (h * derivative))));
        }

        // NaN is above no floor, and no slope.
        if (all.Exists(one => !double.IsFinite(one.Remainder)))
        {
            return double.NaN;
        }

        (double Step, double Remainder)[] used = [.. all.TakeWhile(one => one.Remainder > 64 * rounding * largest).TakeLast(Last)];
        return used.Length < 2 ? 2 : Line(used);
    }

    private static double Central(Func<double, double> f, double h) => (f(h) - f(-h)) / (2 * h);

    private static double Line((double Step, double Remainder)[] points)
    {
        double x = points.Average(point => Math.Log2(point.Step)), y = points.Average(point => Math.Log2(point.Remainder));
        return points.Sum(point => (Math.Log2(point.Step) - x) * (Math.Log2(point.Remainder) - y)) / points.Sum(point => Math.Pow(Math.Log2(point.Step) - x, 2));
    }
}
