namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>What depends on the element alone.</summary>
internal static class Precision
{
    /// <summary>Returns the name that the scripts use.</summary>
    public static string Name<T>() => typeof(T) == typeof(float) ? "float" : "double";

    /// <summary>How far two sums in different order may differ, relative to the norm.</summary>
    public static double Tolerance<T>() => typeof(T) == typeof(float) ? 1e-4 : 1e-12;
}
