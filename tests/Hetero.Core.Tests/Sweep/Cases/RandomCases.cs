using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Tests.Support;
using static Hetero.Core.Tests.Sweep.BufferSpec;
using static Hetero.Core.Tests.Sweep.SpanCase;

namespace Hetero.Core.Tests.Sweep.Cases;

/// <summary>Streams, variates and environments.</summary>
internal static class RandomCases
{
    public static IEnumerable<SpanCase> Of<T>(int n)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RandomStream stream = new(4, StreamPurpose.User);
        WorkerTeam? team = null;
        yield return Fill<T>("RandomStream.FillGaussian(first, destination)", n, span => stream.FillGaussian(5, span));
        yield return Fill<T>("RandomStream.FillGaussian(first, destination, team)", n, span => stream.FillGaussian(5, span, team));
        yield return Fill<T>("RandomStream.FillUniform(first, destination)", n, span => stream.FillUniform(5, span));
        yield return Fill<T>("RandomStream.FillGaussian(destination)", n, span => stream.FillGaussian(span));
        yield return Fill<T>("RandomStream.FillUniform(destination)", n, span => stream.FillUniform(span));
        T two = T.CreateChecked(2), three = T.CreateChecked(3);
        yield return Fill<T>("RandomStream.FillGaussian(destination, mean, deviation)", n, span => stream.FillGaussian(span, two, three));
        yield return Fill<T>("RandomStream.FillGaussian(first, destination, mean, deviation)", n, span => stream.FillGaussian(5, span, two, three));
        yield return Fill<T>("RandomStream.FillUniform(destination, low, high)", n, span => stream.FillUniform(span, two, three));
        yield return Fill<T>("RandomStream.FillUniform(first, destination, low, high)", n, span => stream.FillUniform(5, span, two, three));
    }

    public static IEnumerable<SpanCase> OfDouble(int n)
    {
        int rank = Math.Max(n, 1);
        if (n > 0)
        {
            yield return Void("Wishart.FillFactor(sequence, degrees, order, factor)", [Out<double>(Math.Min(2, n) * n, 0)], s =>
            {
                RandomSequence sequence = new(new RandomStream(4, StreamPurpose.User));
                Wishart.FillFactor(ref sequence, 2, n, s.Vector<double>(0));
            });
        }

        DiagonalEnvironments diagonal = DiagonalEnvironments.Uniform(rank, 1, 2, ownDraws: true);
        FiniteEnvironments finite = new(rank, [Matrix(rank, 1), Matrix(rank, 2), Matrix(rank, 3)]);
        List<EnvironmentDistribution> all = [diagonal, DiagonalEnvironments.TwoPoint(rank, 1, 2), finite];
        if (rank > 1)
        {
            all.Add(new OffDiagonalEnvironments(diagonal, 0.5));
            all.Add(new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(rank, 1, 2), 0.5));
        }

        foreach (EnvironmentDistribution environments in all)
        {
            BufferSpec sigma = Out<double>(rank * rank, 0), label = Out<double>(environments.LabelLength, 0);
            foreach (string type in Types(environments))
            {
                yield return Void($"{type}.Draw(stream, sigma, label)", [sigma, label], s =>
                    environments.Draw(new RandomStream(1, StreamPurpose.Environments), s.Vector<double>(0), s.Vector<double>(1)));
                if (environments.Count is not null)
                {
                    yield return Void($"{type}.CopyMatrix(index, sigma)", [sigma], s => environments.CopyMatrix(1, s.Vector<double>(0)));
                    yield return Void($"{type}.CopyLabel(index, label)", [label], s => environments.CopyLabel(1, s.Vector<double>(0)));
                }
            }

            string[] withMean = ["EnvironmentDistribution", environments.GetType().Name];
            foreach (string type in withMean)
            {
                yield return Void($"{type}.CopyMean(sigma)", [sigma], s => environments.CopyMean(s.Vector<double>(0)));
            }

            EnvironmentOrder[] orders = environments == finite ? [EnvironmentOrder.Cyclic, EnvironmentOrder.Shuffled] : [];
            foreach (EnvironmentOrder order in orders.Append(EnvironmentOrder.Independent))
            {
                EnvironmentSequence sequence = new(environments, order, 3);
                yield return Void(
                    "EnvironmentSequence.Get(step, sigma, label)",
                    [sigma, label],
                    s => sequence.Get(5, s.Vector<double>(0), s.Vector<double>(1)));
            }
        }

        yield return new("FiniteEnvironments.new(rank, matrices, probabilities)", [In<double>(3, 0, () => [0.25, 0.25, 0.5])], s =>
            [new FiniteEnvironments(rank, [Matrix(rank, 1), Matrix(rank, 2), Matrix(rank, 3)], s.Vector<double>(0)).GetProbability(2)])
        {
            // No probabilities mean equal ones.
            TakesAnyLength = true,
        };
    }

    private static SpanCase Fill<T>(string key, int n, Action<Span<T>> fill)
        where T : unmanaged
        => Void(key, [Out<T>(n, 0)], s => fill(s.Vector<T>(0))) with { TakesAnyLength = true };

    /// <summary>The types whose member is called: the one that overrides it, and its bases.</summary>
    private static IEnumerable<string> Types(EnvironmentDistribution environments)
        => ["EnvironmentDistribution", environments is ScalarEnvironments ? "ScalarEnvironments" : environments.GetType().Name];

    private static double[] Matrix(int rank, int seed) => Matrices.Mirrored(Data.Uniform<double>(rank * rank, seed), rank);
}
