using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>Scaling that rounds nothing away: by powers of two.</summary>
internal static class PowerOfTwo
{
    /// <summary>
    /// Returns the power of two s and its inverse, both exact, such that s·magnitude is in [1, 2); 1 for 0. Near the ends of the range
    /// s is the closest power whose inverse exists, and s·magnitude at most 4 or at least ε.
    /// </summary>
    public static (T Scale, T Inverse) Normalizing<T>(T magnitude)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (T.IsZero(magnitude))
        {
            return (T.One, T.One);
        }

        int limit = typeof(T) == typeof(double) ? 1022 : 126;
        int exponent = Math.Clamp(T.ILogB(magnitude), -limit, limit);
        return (T.ScaleB(T.One, -exponent), T.ScaleB(T.One, exponent));
    }
}
