using Hetero.Core.Benchmarks.Peers.Ceilings;
using Hetero.Core.Benchmarks.Rates;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Sensing;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>
/// One pass over m = 8000 stored measurements, d = 100, float, on the same data: ours by svec rows and once through memory, NumPy's by squares and
/// two matrix-vector products.
/// </summary>
internal static class StoredCases
{
    private const int Dimension = 100;
    private const int Samples = 8000;

    public static IEnumerable<PeerCase> Create(PeerContext context)
    {
        PeerCase result = new();
        int length = Svec.Length(Dimension);
        string label = $"Stored pass m={Samples} d={Dimension} float";
        StoredMeasurements<float> source = new(Dimension, TestData.Create<float>(0, Samples * length), 1, context.Team);
        float[] residual = Residual(length), gradient = new float[length];
        SampleGroup<float> group = new() { Step = 0, Count = Samples, Scale = 1.0 / Samples };
        void Pass()
        {
            Array.Clear(gradient);
            source.Accumulate(in group, residual, gradient);
        }

        Pass();
        float[] square = new float[Dimension * Dimension];
        Svec.Unpack<float>(gradient, new(square, Dimension, Dimension));
        ReadCeiling reading = new(TestData.Create<float>(0, Samples * length), context.Team);
        IContender ours = result.Add(Pass, reading.Bytes);
        IContender? theirs = result.Add(
            context,
            "stored",
            $"float {Samples} {Dimension}",
            (double)Samples * square.Length * sizeof(float),
            answer => result.RequireSame(label, TestData.Fingerprint<float>(square), answer, Precision.Tolerance<float>()));
        result.Compare(label, "NumPy", ours, theirs, null, !SimdPath.Is512 ? null : context.Threads == 1 ? 3.7 : 3.3);
        result.Compare(label, "read ceiling", ours, result.Add(() => reading.Run(), reading.Bytes), WorkUnit.Byte, SimdPath.Is512 ? 0.85 : null);
        yield return result;
    }

    // stored.py keeps estimate and responses; ours keeps their difference, which is the same by linearity.
    private static float[] Residual(int length)
    {
        float[] residual = TestData.Create<float>((uint)(Samples * length), length);
        float[] truth = TestData.Create<float>((uint)((Samples + 1) * length), length);
        for (int i = 0; i < length; i++)
        {
            residual[i] -= truth[i];
        }

        return residual;
    }
}
