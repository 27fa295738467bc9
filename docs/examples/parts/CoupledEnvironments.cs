using Hetero.Core.Environments;

namespace YourParts;

/// <summary>Two directions that move together: Σ^(e) = [s, c; c, s] with s uniform on mean ± M and c uniform on ± M/2.</summary>
public static class CoupledEnvironments
{
    // The name is what a saved run is held against, so the numbers of the function are part of it.
    public static FunctionEnvironments Create(double mean, double spread) => new(
        FormattableString.Invariant($"coupled({mean},{spread})"),
        mean: [mean, 0, 0, mean],
        largestEntry: Math.Abs(mean) + spread,
        draw: (stream, sigma) =>
        {
            Span<double> uniform = stackalloc double[2];
            stream.FillUniform(0, uniform);
            sigma[0] = sigma[3] = mean + (spread * ((2 * uniform[0]) - 1));
            sigma[1] = sigma[2] = spread * (uniform[1] - 0.5);
        });
}
