using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Training;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Recipes;
using Xunit;

namespace Hetero.Cli.Tests.Figures;

/// <summary>
/// What docs/rivals.md derives for a finite m, against plain sums over samples. Intervals of five standard errors: less than one false alarm in 10⁵ runs.
/// </summary>
public class RivalsAtFiniteMTests
{
    private const int Dimension = 4, Samples = 100, Draws = 10_000;

    private const double A = 0.9, B = 0.4;

    private static readonly (double S, double Probability)[] Law = [(5, 0.3), (-3, 0.7)];

    // What m takes from or adds to the value of each objective at diag(a, b, 0, 0): to be found 1 times. Norm variance has terms of the order 1/m² besides, a tenth at this m.
    [Fact]
    public void The_value_is_the_mean_over_the_samples()
    {
        (ObjectiveKind Kind, double Room)[] kinds =
        [
            (ObjectiveKind.VRex, 0), (ObjectiveKind.IrmV1, 0), (ObjectiveKind.MatrixIrm, 0), (ObjectiveKind.GradientVariance, 0), (ObjectiveKind.GradientNormVariance, 0.15),
        ];
        double[] sums = new double[kinds.Length], squares = new double[kinds.Length];
        Batch[] batches = [.. Law.Select(one => new Batch(one.S))];
        for (int draw = 0; draw < Draws; draw++)
        {
            for (int e = 0; e < batches.Length; e++)
            {
                batches[e].Draw(new RandomStream((ulong)(23 + e), StreamPurpose.User, draw));
            }

            for (int i = 0; i < kinds.Length; i++)
            {
                double value = Penalty(kinds[i].Kind, batches);
                (sums[i], squares[i]) = (sums[i] + value, squares[i] + (value * value));
            }
        }

        List<string> misses = [];
        for (int i = 0; i < kinds.Length; i++)
        {
            double risk = Law.Sum(one => one.Probability * (((A - 1) * (A - 1)) + ((B - one.S) * (B - one.S))) / 2);
            double atInfinity = new RivalPrediction(kinds[i].Kind, 1, Law, Dimension, 0).Value(A, B) - risk;
            double expected = new RivalPrediction(kinds[i].Kind, 1, Law, Dimension, 1.0 / Samples).Value(A, B) - risk - atInfinity;
            double mean = sums[i] / Draws, error = Math.Sqrt(((squares[i] / Draws) - (mean * mean)) / Draws) / expected, found = (mean - atInfinity) / expected;
            Assert.InRange(error, 0, 0.08);
            if (Math.Abs(found - 1) > kinds[i].Room + (5 * error))
            {
                misses.Add($"{kinds[i].Kind}: {found} times what is expected, ± {error}");
            }
        }

        Assert.Empty(misses);
    }

    // Errors of the fits with variance σ² on the diagonal and σ²/2 off it, in four dimensions, where what the overlap changes is most of the error: n = p + 2.
    [Theory]
    [InlineData(0)]
    [InlineData(0.6)]
    [InlineData(0.8)]
    public void Two_fits_are_off_by_what_their_errors_become(double overlap)
    {
        const double Noise = 1e-5;
        double sum = 0, squares = 0;
        double[] v = [overlap, Math.Sqrt(1 - (overlap * overlap)), 0, 0], estimate = new double[Dimension * Dimension];
        for (int draw = 0; draw < Draws; draw++)
        {
            DifferenceOfFits.Write<double>(Fit(5, 29, draw), Fit(-3, 30, draw), 1, 1, new MatrixSpan<double>(estimate, Dimension, Dimension));
            estimate[0]--;
            double square = estimate.Sum(x => x * x);
            (sum, squares) = (sum + square, squares + (square * square));
        }

        double mean = sum / Draws, error = Math.Sqrt(((squares / Draws) - (mean * mean)) / Draws) / mean;
        double expected = Math.Pow(TwoFits.Expected(Dimension, 12, Noise, overlap), 2);
        Assert.InRange(mean / expected, 1 - (5 * error), 1 + (5 * error));
        Assert.InRange(error, 0, 0.012);

        ReadOnlyMatrixSpan<double> Fit(double s, ulong seed, int draw)
        {
            double[] fit = new double[Dimension * Dimension], noise = new double[fit.Length];
            new RandomStream(seed, StreamPurpose.User, draw).FillGaussian<double>(noise);
            for (int i = 0; i < Dimension; i++)
            {
                for (int j = 0; j < Dimension; j++)
                {
                    fit[(i * Dimension) + j] = (s * v[i] * v[j]) + (Noise * (noise[(i * Dimension) + j] + noise[(j * Dimension) + i]) / 2);
                }
            }

            fit[0]++;
            return new(fit, Dimension, Dimension);
        }
    }

    private static double Penalty(ObjectiveKind kind, Batch[] batches)
    {
        double Mean(Func<Batch, double> of) => Law.Zip(batches, (one, batch) => one.Probability * of(batch)).Sum();
        double Variance(Func<Batch, double> of) => Mean(batch => of(batch) * of(batch)) - (Mean(of) * Mean(of));
        return kind switch
        {
            ObjectiveKind.VRex => Variance(batch => batch.Risk),
            ObjectiveKind.IrmV1 => Mean(batch => batch.Slope * batch.Slope),
            ObjectiveKind.MatrixIrm => Mean(batch => batch.SquaredLength),
            ObjectiveKind.GradientNormVariance => Variance(batch => batch.SquaredLength),
            _ => Enumerable.Range(0, 2 * Dimension).Sum(at => (at < Dimension ? A : B) * Variance(batch => batch.G[at])),
        };
    }

    /// <summary>Fresh samples of an environment, D = diag(a − 1, b − s, 0, 0), and of G = (1/m) Σ ⟨X_i, D⟩X_i the two rows that U = (√a·e_1, √b·e_2) sees.</summary>
    private sealed class Batch(double s)
    {
        private readonly double[] _numbers = new double[Samples * 7];

        public double[] G { get; } = new double[2 * Dimension];

        public double Risk { get; private set; }

        public double Slope => (A * G[0]) + (B * G[Dimension + 1]);

        public double SquaredLength => Enumerable.Range(0, 2 * Dimension).Sum(at => (at < Dimension ? A : B) * G[at] * G[at]);

        /// <summary>Entries (0,0), (1,1), (0,1), (0,2), (0,3), (1,2), (1,3) of each X_i: of variance 1 on the diagonal and ½ off it.</summary>
        public void Draw(RandomStream stream)
        {
            stream.FillGaussian<double>(_numbers);
            Array.Clear(G);
            Risk = 0;
            for (int i = 0; i < Samples; i++)
            {
                ReadOnlySpan<double> x = _numbers.AsSpan(i * 7, 7);
                double inner = ((A - 1) * x[0]) + ((B - s) * x[1]), share = inner / Samples, off = share / Math.Sqrt(2);
                Risk += inner * share / 2;
                G[0] += share * x[0];
                G[1] += off * x[2];
                G[2] += off * x[3];
                G[3] += off * x[4];
                G[4] += off * x[2];
                G[5] += share * x[1];
                G[6] += off * x[5];
                G[7] += off * x[6];
            }
        }
    }
}
