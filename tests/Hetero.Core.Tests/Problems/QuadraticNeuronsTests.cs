using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Problems;

public class QuadraticNeuronsTests
{
    // A* + A^(e) of problem and environments is Σ a_ja_jᵀ + Σ a_j^(e)·a_ja_jᵀ, and the weights of that matrix are 1 and the a_j^(e).
    [Fact]
    public void TheSignalsAreThoseOfTheNeurons()
        => Properties.Check(Properties.Between(0, 99), code =>
        {
            int r1 = 1 + (code % 3), r2 = 1 + (code / 3 % 3), d = r1 + r2 + (code % 7);
            QuadraticNeurons neurons = QuadraticNeurons.Draw(d, r1, r2, (ulong)code);
            EnvironmentDistribution environments = neurons.CreateEnvironments(DiagonalEnvironments.TwoPoint(r2, 0.5, 4, ownDraws: true));
            SignalModel<double> signals = new(neurons.Problem);
            double[] sigma = new double[r2 * r2], label = new double[r2], weights = new double[r1 + r2];
            double largest = 0;
            for (int e = 0; e < environments.Count; e++)
            {
                environments.CopyMatrix(e, sigma);
                environments.CopyLabel(e, label);
                double[] svec = signals.Signal.ToArray();
                signals.AddSpurious(sigma, 1, svec);
                double[] expected = new double[svec.Length];
                for (int i = 0; i < d; i++)
                {
                    for (int j = 0; j <= i; j++)
                    {
                        double sum = 0;
                        for (int k = 0; k < r1; k++)
                        {
                            sum += neurons.Invariant[i, k] * neurons.Invariant[j, k];
                        }

                        for (int k = 0; k < r2; k++)
                        {
                            sum += label[k] * neurons.Variant[i, k] * neurons.Variant[j, k];
                        }

                        expected[Svec.IndexOf(i, j)] = sum * (i == j ? 1 : Math.Sqrt(2));
                    }
                }

                for (int i = 0; i < svec.Length; i++)
                {
                    Assert.Equal(expected[i], svec[i], 1e-12);
                }

                new NeuronWeights<double>(neurons).Compute(svec, weights);

                // Neurons that are nearly dependent amplify round-off by the square of their duals' length.
                double length = neurons.DualVectors.Data.ToArray().Sum(entry => entry * entry);
                for (int j = 0; j < weights.Length; j++)
                {
                    Assert.Equal(j < r1 ? 1 : label[j - r1], weights[j], 1e-13 * (1 + length));
                }

                largest = Math.Max(largest, sigma.Max(Math.Abs));
            }

            Assert.InRange(largest, 0, environments.LargestEntry * (1 + 1e-12));
        });

    [Fact]
    public void LengthsAndAnglesAreThoseOfTheorem7()
    {
        // The squared length of a neuron is χ²_d/d: 1 ± 6·√(2/d) with false alarms below 1e-8 for each of eight.
        const int D = 4000;
        QuadraticNeurons neurons = QuadraticNeurons.Draw(D, 4, 4, 9);
        double[] gram = new double[16];
        Products.Gram(neurons.Variant.Transposed, new MatrixSpan<double>(gram, 4, 4));
        for (int i = 0; i < 4; i++)
        {
            for (int j = 0; j < 4; j++)
            {
                Assert.Equal(i == j ? 1 : 0, gram[(i * 4) + j], 6 * Math.Sqrt(2.0 / D));
            }
        }
    }

    [Fact]
    public void DependentNeuronsAreRefusedByName()
    {
        double[] one = [1, 0, 0], same = [2, 0, 0];
        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => new QuadraticNeurons(new ReadOnlyMatrixSpan<double>(one, 3, 1), new ReadOnlyMatrixSpan<double>(same, 3, 1)));
        Assert.Equal("variant", refusal.ParamName);
        Assert.Contains("column 0, that is a combination of those before it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NeuronsAsRowsAreRefusedByTheirNumbers()
    {
        double[] one = [1, 0, 0], other = [0, 1, 0];
        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => new QuadraticNeurons(new ReadOnlyMatrixSpan<double>(one, 1, 3), new ReadOnlyMatrixSpan<double>(other, 1, 3)));
        Assert.Equal("invariant", refusal.ParamName);
        Assert.StartsWith("'invariant' and 'variant' have 3 + 3 columns, each a neuron, of 1 numbers", refusal.Message, StringComparison.Ordinal);
    }

    // No neuron stands before the first, and a length whose square is no number of double precision is no matter of dependence.
    [Theory]
    [InlineData(1e160, 1e-160, "invariant", "whose squared length is 0 or leaves the range")]
    [InlineData(1, 1e160, "variant", "whose squared length is 0 or leaves the range")]
    [InlineData(1e-170, 1, "invariant", "makes a signal with eigenvalue 0")]
    [InlineData(0, 1, "invariant", "whose squared length is 0 or leaves the range")]
    public void NeuronsBeyondTheRangeOfSquaresAreRefusedAsSuch(double first, double second, string name, string fault)
    {
        double[] one = [first, 0, 0], other = [0, second, 0];
        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => new QuadraticNeurons(new ReadOnlyMatrixSpan<double>(one, 3, 1), new ReadOnlyMatrixSpan<double>(other, 3, 1)));
        Assert.Equal(name, refusal.ParamName);
        Assert.Contains(fault, refusal.Message, StringComparison.Ordinal);
    }
}
