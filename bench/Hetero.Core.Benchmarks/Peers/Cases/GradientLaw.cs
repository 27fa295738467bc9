using Hetero.Core.Sensing;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>What any correct gradient from m fresh measurements obeys, however it was drawn.</summary>
internal static class GradientLaw
{
    /// <summary>Checks the two numbers of <see cref="TestData.Law"/>.</summary>
    public static void Check(PeerCase result, string label, int dimension, int samples, double[] law)
    {
        // Along D: a χ²_m over m, six standard deviations wide. Distance: (p + 1)/m in the mean, with a spread of a few percent at these sizes.
        double distance = (Svec.Length(dimension) + 1.0) / samples;
        result.RequireNear($"{label}, component along D", law[0], 1, 6 * Math.Sqrt(2.0 / samples));
        result.RequireNear($"{label}, squared distance from D", law[1], distance, 0.2 * distance);
    }
}
