using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Pooled samples with weights of the neurons of their own: all laws of scalars that other problems take.</summary>
public class NeuronMixtureTests
{
    private const int R2 = 21, D = 24, M = 60;
    private const ulong Seed = 5;

    private static readonly QuadraticNeurons Neurons = QuadraticNeurons.Draw(D, 1, R2, 3);

    public static TheoryData<ScalarLaw, PooledSampling> All()
        => new()
        {
            // 2²¹ environments are more than are counted one by one, and 60 samples are too few to be spread over them.
            { ScalarLaw.TwoPoint, PooledSampling.Independent },
            { ScalarLaw.Uniform, PooledSampling.Independent },
            { ScalarLaw.Uniform, PooledSampling.Stratified },
        };

    // (1/m) Σ (xᵀMx − y)xxᵀ with y = (aᵀx)² + Σ_j a_ij·(n_jᵀx)², in loops over samples and neurons.
    [Theory]
    [MemberData(nameof(All))]
    public void AGradientIsThePlainOne(ScalarLaw law, PooledSampling sampling)
    {
        DiagonalEnvironments weights = law == ScalarLaw.TwoPoint
            ? DiagonalEnvironments.TwoPoint(R2, 0.5, 4, ownDraws: true)
            : DiagonalEnvironments.Uniform(R2, 0.5, 4, ownDraws: true);
        TrainingOptions options = new() { Seed = Seed, Samples = M, PooledSampling = sampling };
        RankOneMeasurements<double> source = new(D, Seed);
        PooledBatch<double> batch = new(new SignalModel<double>(Neurons.Problem), Neurons.CreateEnvironments(weights), source, options);
        double[] product = Data.Uniform<double>(Svec.Length(D), 1), gradient = new double[product.Length], expected = new double[product.Length];
        batch.ComputeGradient(new BatchStep<double> { Step = 2, Product = product, Gradient = gradient, PopulationGradient = new double[product.Length] });

        double[] drawn = new double[M * R2], matrix = new double[D * D], x = new double[D];
        ScalarAssignment.Fill(weights, sampling, M, new RandomStream(Seed, StreamPurpose.Assignment, 2), drawn, new int[M]);
        Svec.Unpack<double>(product, new(matrix, D, D));
        for (int i = 0; i < M; i++)
        {
            source.CopyInput(2, i, x);
            double residual = -Square(Neurons.Invariant, 0);
            for (int j = 0; j < R2; j++)
            {
                residual += drawn[(i * R2) + j] * Square(Neurons.Variant, j);
            }

            for (int k = 0; k < D * D; k++)
            {
                residual += x[k / D] * matrix[k] * x[k % D];
            }

            for (int k = 0; k < D; k++)
            {
                for (int l = 0; l <= k; l++)
                {
                    expected[Svec.IndexOf(k, l)] += residual / M * x[k] * x[l] * (k == l ? 1 : Math.Sqrt(2));
                }
            }
        }

        double size = expected.Max(Math.Abs);
        Assert.All(expected.Zip(gradient), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * size));

        double Square(ReadOnlyMatrixSpan<double> neurons, int column)
        {
            double inner = 0;
            for (int i = 0; i < D; i++)
            {
                inner += neurons[i, column] * x[i];
            }

            return inner * inner;
        }
    }

    // What is counted before a run, its memory for one, is counted by the law of the weights.
    [Fact]
    public void TheLawOnTheSubspaceHasTheScalarsOfTheWeights()
    {
        ScalarEnvironments[] laws = [DiagonalEnvironments.Uniform(R2, 0.5, 4), new OffDiagonalEnvironments(DiagonalEnvironments.TwoPoint(R2, 0.5, 4), 0.3)];
        Assert.All(laws, weights =>
        {
            ScalarEnvironments seen = Assert.IsAssignableFrom<ScalarEnvironments>(Neurons.CreateEnvironments(weights));
            Assert.Equal((weights.Law, weights.Scalars, weights.Count, weights.LabelLength), (seen.Law, seen.Scalars, seen.Count, seen.LabelLength));
        });
    }
}
