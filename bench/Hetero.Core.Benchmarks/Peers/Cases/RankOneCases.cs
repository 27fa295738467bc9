using System.Numerics;
using Hetero.Core.Benchmarks.Rates;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Sensing;

namespace Hetero.Core.Benchmarks.Peers.Cases;

/// <summary>
/// One pass over m = 8000 stored rank-one measurements xxᵀ, d = 100, on the same inputs: ours by triangles, NumPy's by two products over the m×d inputs. Both are counted as those two products, 4md².
/// </summary>
internal static class RankOneCases
{
    private const int Dimension = 100;
    private const int Samples = 8000;

    public static IEnumerable<PeerCase> Create(PeerContext context)
    {
        yield return Create<double>(context);
        yield return Create<float>(context);
    }

    private static PeerCase Create<T>(PeerContext context)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PeerCase result = new();
        int length = Svec.Length(Dimension);
        string label = $"Rank-one pass m={Samples} d={Dimension} {Precision.Name<T>()}";
        const double Flops = 4.0 * Samples * Dimension * Dimension;
        StoredRankOneMeasurements<T> source = new(Dimension, TestData.Create<T>(0, Samples * Dimension), 1, context.Team);
        T[] residual = TestData.Create<T>(Samples * Dimension, length), gradient = new T[length], square = new T[Dimension * Dimension];
        SampleGroup<T> group = new() { Step = 0, Count = Samples, Scale = 1.0 / Samples };
        void Pass()
        {
            Array.Clear(gradient);
            source.Accumulate(in group, residual, gradient);
        }

        Pass();
        Svec.Unpack<T>(gradient, new(square, Dimension, Dimension));
        IContender ours = result.Add(Pass, Flops);
        IContender? theirs = result.Add(
            context,
            "rank_one",
            $"{Precision.Name<T>()} {Samples} {Dimension}",
            Flops,
            answer => result.RequireSame(label, TestData.Fingerprint<T>(square), answer, Precision.Tolerance<T>()));
        result.Compare(label, "NumPy", ours, theirs, WorkUnit.Flop, SimdPath.Is512 && context.Threads == 1 && typeof(T) == typeof(float) ? 2.0 : null);
        return result;
    }
}
