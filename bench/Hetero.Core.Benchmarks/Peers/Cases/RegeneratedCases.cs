using Hetero.Core.Numerics.Simd;
using Hetero.Core.Sensing;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>m = 8000 fresh measurements, d = 100, float, on one thread: ours are never in memory, the others' are drawn as squares and read twice.</summary>
internal static class RegeneratedCases
{
    private const int Dimension = 100;
    private const int Samples = 8000;

    public static IEnumerable<PeerCase> Create(PeerContext context)
    {
        if (context.Threads > 1)
        {
            yield break;
        }

        PeerCase result = new();
        string label = $"Regenerated step m={Samples} d={Dimension} float";
        RegeneratedMeasurements<float> source = new(Dimension, 1);
        float[] residual = TestData.Create<float>(0, source.SvecLength), gradient = new float[source.SvecLength];
        int step = 0;
        void Pass()
        {
            Array.Clear(gradient);
            SampleGroup<float> group = new() { Step = step++, Count = Samples, Scale = 1.0 / Samples };
            source.Accumulate(in group, residual, gradient);
        }

        Pass();
        GradientLaw.Check(result, label, Dimension, Samples, TestData.Law<float>(gradient, residual));
        IContender ours = result.Add(Pass);
        foreach ((string name, string against, double target) in new[] { ("numpy", "NumPy", 22.0), ("torch", "PyTorch", 8) })
        {
            IContender? theirs = result.Add(
                context,
                "regenerated",
                $"{name} {Samples} {Dimension}",
                1,
                answer => GradientLaw.Check(result, $"{label}, {name}", Dimension, Samples, answer));
            result.Compare(label, against, ours, theirs, null, SimdPath.Is512 ? target : null);
        }

        yield return result;
    }
}
