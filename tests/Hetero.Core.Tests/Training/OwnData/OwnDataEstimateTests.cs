using Hetero.Core.Environments;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>What comes out of training on data of one's own: the matrix that they were made of, and the numbers of the library's own measurements.</summary>
public class OwnDataEstimateTests
{
    private const int D = 20, N = 250;

    // 500 matrices from two environments, A* ± 2vvᵀ: five lines to an estimate. Pooled by halves, the environments cancel, HeteroSGD stays with A* as well.
    [Fact]
    public void ArraysToAnEstimate()
    {
        double[] signal = PlainMatrix.Gram(Matrices.Orthonormal(D, 2, 5), D), spurious = PlainMatrix.Gram(Matrices.Orthonormal(D, 1, 9), D);
        ((double[] x0, double[] y0), (double[] x1, double[] y1)) = (Make(signal, spurious, 0.5, 1), Make(signal, spurious, -0.5, 2));

        MeasuredData<double> data = new(D, [new(x0, y0), new(x1, y1)], MeasurementLayout.Square);
        HeteroSgd<double> trainer = new(data, new() { Seed = 1, Samples = 100, FactorColumns = 4, EnvironmentOrder = EnvironmentOrder.Cyclic });
        trainer.Run(1500);
        double[] estimate = new double[D * D];
        trainer.CopyEstimate(new(estimate, D, D));

        double error = PlainMatrix.Distance(estimate, signal);
        Assert.InRange(error, 0, 0.35);
        Assert.InRange(error, 0, 0.7 * PlainMatrix.Distance([.. estimate.Select((value, i) => value - (0.5 * spurious[i]))], signal));
    }

    // The same X, and y computed from the signals: the gradients of a step differ by round-off alone, of the sums and of the responses.
    [Fact]
    public void GradientsAreThoseOfTheLibrarysMeasurements()
    {
        SensingProblem problem = Runs.Problem();
        FiniteEnvironments environments = (FiniteEnvironments)Runs.Environments("PooledGD");
        const int P = 28, Rows = 40;
        StoredMeasurements<double> stored = new(7, Rows, 11, null, sets: 3);
        SignalModel<double> signals = new(problem);
        EnvironmentSamples<double>[] samples = new EnvironmentSamples<double>[3];
        for (int e = 0; e < 3; e++)
        {
            double[] rows = new double[Rows * P], responses = new double[Rows], sigma = new double[4], target = signals.Signal.ToArray();
            environments.CopyMatrix(e, sigma);
            signals.AddSpurious(sigma, 1, target);
            for (int i = 0; i < Rows; i++)
            {
                Span<double> row = rows.AsSpan(i * P, P);
                stored.CopySample((e * Rows) + i, row);
                for (int j = 0; j < P; j++)
                {
                    responses[i] += row[j] * target[j];
                }
            }

            samples[e] = new(rows, responses);
        }

        TrainingOptions options = new() { Seed = 2, Samples = Rows, InitialScale = 0.4, StepSize = StepSizeSchedule.Constant(0.02) };
        PooledGd<double> synthetic = new(problem, environments, stored, options);
        PooledGd<double> own = new(new MeasuredData<double>(7, samples, probabilities: [0.5, 0.2, 0.3]), options);
        LastGradient expected = new(), found = new();
        for (int step = 0; step < 5; step++)
        {
            synthetic.Run(1, expected);
            own.Run(1, found);
            Assert.InRange(PlainMatrix.Distance(found.Gradient, expected.Gradient), 0, 1e-13);
        }

        Assert.InRange(PlainMatrix.Distance(own.Parameters.ToArray(), synthetic.Parameters.ToArray()), 0, 1e-13);
    }

    [Fact]
    public void HeldOutRiskIsThePlainLoop()
    {
        OwnData training = OwnData.Make(5, 1, 20, 20), heldOut = OwnData.Make(5, 1, 13, 1, 40);
        HeteroSgd<double> trainer = new(training.Measured<double>(), new() { Seed = 1, Samples = 10, InitialScale = 0.4 });
        HeldOutRisk<double> risk = new(heldOut.Measured<double>(), lastStep: 7, every: 3);
        Estimates estimates = new();
        trainer.Run(7, new CompositeObserver<double>(risk, estimates));
        Assert.Equal([0, 3, 6, 7], risk.Steps.ToArray());
        Assert.Equal(4, risk.Count);
        for (int row = 0; row < 4; row++)
        {
            double[] matrix = PlainMatrix.Gram(estimates.Factors[risk.Steps[row]], 5);
            for (int e = 0; e < 3; e++)
            {
                double sum = heldOut.Squares[e].Select((x, i) => Math.Pow(x.Zip(matrix, (a, b) => a * b).Sum() - heldOut.Responses[e][i], 2)).Sum();
                Assert.InRange(risk.GetRisks(row)[e] / (sum / (2 * heldOut.Squares[e].Length)), 1 - 1e-12, 1 + 1e-12);
            }
        }

        Assert.Throws<ArgumentOutOfRangeException>("row", () => risk.GetRisks(4).Length);
        HeldOutRisk<double> other = new(OwnData.Make(4, 1, 13, 1, 40).Measured<double>(), lastStep: 9);
        Assert.Contains(
            "'row' is 0; accepted is none.",
            Assert.Throws<ArgumentOutOfRangeException>("row", () => other.GetRisks(0).Length).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "'snapshot' is of symmetric 5×5 matrices; accepted are iterates of symmetric 4×4 matrices, the space of the data held out.",
            Assert.Throws<ArgumentException>("snapshot", () => trainer.Run(1, other)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("data", () => new HeldOutRisk<double>(null!, 7));
        Assert.Throws<ArgumentOutOfRangeException>("every", () => new HeldOutRisk<double>(heldOut.Measured<double>(), 7, 0));
        Assert.Throws<ArgumentOutOfRangeException>("lastStep", () => new HeldOutRisk<double>(heldOut.Measured<double>(), -1));
    }

    private static (double[] X, double[] Y) Make(double[] signal, double[] spurious, double size, int seed)
    {
        // Symmetric with E[⟨X, D⟩X] = D: N(0,1) on the diagonal, N(0,1)/√2 off it.
        double[] x = new double[N * D * D], y = new double[N];
        new RandomStream((ulong)seed, StreamPurpose.Measurements).FillGaussian<double>(0, x);
        for (int i = 0; i < N; i++)
        {
            Span<double> matrix = x.AsSpan(i * D * D, D * D);
            for (int a = 0; a < D; a++)
            {
                for (int b = 0; b < a; b++)
                {
                    matrix[(b * D) + a] = matrix[(a * D) + b] /= Math.Sqrt(2);
                }
            }

            for (int j = 0; j < matrix.Length; j++)
            {
                y[i] += matrix[j] * (signal[j] + (size * spurious[j]));
            }
        }

        return (x, y);
    }

    private sealed class LastGradient : ITrainingObserver<double>
    {
        public double[] Gradient { get; private set; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot) => Gradient = snapshot.Gradient.ToArray();
    }

    private sealed class Estimates : ITrainingObserver<double>
    {
        public List<double[]> Factors { get; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot) => Factors.Add(snapshot.Factor.Data.ToArray());
    }
}
