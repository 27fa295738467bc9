using Hetero.Core.Theory.Networks;
using Xunit;

namespace Hetero.Core.Theory.Tests.Networks;

public class NeuronPairTests
{
    // U_{t+1} = ((1 − η·tr D)·U − 2η·DU)/(1 − η(‖U‖_F² − τ)) with whole matrices: the mean of Algorithm 4's step, as E[⟨X, D⟩X] = 2D + tr(D)·I.
    [Fact]
    public void FiveNumbersAreTheWholeMatrix()
    {
        const int D = 5;
        const double Eta = 0.05, Scale = 0.04;
        double[] first = [0.9, 0, 0, 0, 0], second = [0.3, 0.8, 0, 0, 0];
        NeuronPair pair = new(first[0], second[0], second[1], D, Scale);
        double[,] u = new double[D, D];
        for (int i = 0; i < D; i++)
        {
            u[i, i] = Math.Sqrt(Scale);
        }

        foreach (double weight in new[] { 4.5, -3.5, -3.5, 4.5, 4.5, -3.5, 0.5, 4.5 })
        {
            double[,] residual = Square(u);
            double norm = 0, tau = 0, trace = 0;
            for (int i = 0; i < D; i++)
            {
                norm += residual[i, i];
                tau += (first[i] * first[i]) + (weight * second[i] * second[i]);
                for (int j = 0; j < D; j++)
                {
                    residual[i, j] -= (first[i] * first[j]) + (weight * second[i] * second[j]);
                }

                trace += residual[i, i];
            }

            double[,] next = new double[D, D];
            for (int i = 0; i < D; i++)
            {
                for (int j = 0; j < D; j++)
                {
                    double product = Enumerable.Range(0, D).Sum(k => residual[i, k] * u[k, j]);
                    next[i, j] = (u[i, j] - (Eta * ((2 * product) + (trace * u[i, j])))) / (1 - (Eta * (norm - tau)));
                }
            }

            u = next;
            Assert.True(pair.Step(weight, Eta));
            double[,] square = Square(u);
            double error = 0;
            for (int i = 0; i < D; i++)
            {
                for (int j = 0; j < D; j++)
                {
                    double entry = square[i, j] - (first[i] * first[j]);
                    error += entry * entry;
                }
            }

            Assert.Equal(Math.Sqrt(error) / (first[0] * first[0]), pair.Error, 1e-13);
        }
    }

    // tr D = −(0.8 − 30) at the start: 1 − 0.05·29 is below 0.
    [Fact]
    public void ADenominatorBelowZeroIsDivergence()
        => Assert.False(new NeuronPair(0.9, 0, 1, 3, 0.01).Step(-30, 0.05));

    private static double[,] Square(double[,] u)
    {
        int d = u.GetLength(0);
        double[,] square = new double[d, d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                for (int k = 0; k < d; k++)
                {
                    square[i, j] += u[i, k] * u[j, k];
                }
            }
        }

        return square;
    }
}
