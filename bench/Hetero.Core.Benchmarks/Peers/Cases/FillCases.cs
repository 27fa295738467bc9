using System.Numerics;
using Hetero.Core.Benchmarks.Rates;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Random;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>10⁷ Gaussian numbers into a warm buffer on one thread; the others' fills have no second one.</summary>
internal static class FillCases
{
    private const int Count = 10_000_000;

    public static IEnumerable<PeerCase> Create(PeerContext context)
    {
        if (context.Threads == 1)
        {
            yield return Create<float>(context, SimdPath.Is512 ? 13 : null, SimdPath.Is512 ? 4.5 : 2.5);
            yield return Create<double>(context, SimdPath.Is512 ? 8 : null, null);
        }
    }

    private static PeerCase Create<T>(PeerContext context, double? numPyTarget, double? torchTarget)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PeerCase result = new();
        string precision = Precision.Name<T>();
        string label = $"Gaussian fill {precision}";
        T[] buffer = new T[Count];
        RandomStream stream = new(1, StreamPurpose.User);
        stream.FillGaussian<T>(0, buffer);
        Check(result, label, Count, Moments(buffer));
        IContender ours = result.Add(() => stream.FillGaussian<T>(0, buffer), Count);
        foreach ((string name, double? target) in new[] { ("numpy", numPyTarget), ("torch", torchTarget) })
        {
            IContender? theirs = result.Add(
                context, "fill", $"{name}-{precision} {Count}", Count, answer => Check(result, $"{label}, {name}", Count, answer));
            result.Compare(label, name == "numpy" ? "NumPy" : "PyTorch", ours, theirs, WorkUnit.Number, target);
        }

        NumSharpCases.Fill<T>(result, label, ours, Count, numbers => Check(result, $"{label}, NumSharp", Count, Moments(numbers)));
        return result;
    }

    /// <summary>Mean and mean square of so many numbers must lie within six of their standard deviations.</summary>
    public static void Check(PeerCase result, string label, int count, double[] moments)
    {
        result.RequireNear($"{label}, mean", moments[0], 0, 6 / Math.Sqrt(count));
        result.RequireNear($"{label}, mean square", moments[1], 1, 6 * Math.Sqrt(2.0 / count));
    }

    private static double[] Moments<T>(T[] values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0, square = 0;
        foreach (T value in values)
        {
            double x = double.CreateTruncating(value);
            sum += x;
            square += x * x;
        }

        return [sum / values.Length, square / values.Length];
    }
}
