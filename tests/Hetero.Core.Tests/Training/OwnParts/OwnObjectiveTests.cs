using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Objectives that a user writes: the mean, and a penalty on how far the environments' gradients differ.</summary>
public class OwnObjectiveTests
{
    private const int D = 4;
    private static readonly double[] Weights = [0.5, 0.2, 0.3];
    private static readonly int[] RowCounts = [9, 12, 7];
    private static readonly TrainingOptions Options = new()
    {
        Seed = 2, Samples = TrainingOptions.AllRows, InitialScale = 0.5, StepSize = StepSizeSchedule.Constant(0.02),
    };

    /// <summary>Σ π_e·G_e.</summary>
    private sealed class Mean : Objective<double>
    {
        public override void Combine(EnvironmentGradients<double> environments, Span<double> gradient, CancellationToken cancellation)
        {
            for (int e = 0; e < environments.Count; e++)
            {
                TensorPrimitives.FusedMultiplyAdd(environments.GetGradient(e), environments.GetProbability(e), gradient, gradient);
            }
        }

        public override void Describe(PartDescription description) => description.Add("objective", "mean");
    }

    /// <summary>
    /// Σ π_e·(R_e + λ/2·‖G_e‖²), R_e the risk with the gradient G_e. Its gradient is Σ π_e·(G_e + λH_e(G_e)), H_e the measurements of e as an operator.
    /// </summary>
    private sealed class GradientPenalty(double strength) : Objective<double>
    {
        private double[] _applied = [];

        public override void Combine(EnvironmentGradients<double> environments, Span<double> gradient, CancellationToken cancellation)
        {
            if (_applied.Length != gradient.Length)
            {
                _applied = new double[gradient.Length];
            }

            for (int e = 0; e < environments.Count; e++)
            {
                ReadOnlySpan<double> own = environments.GetGradient(e);
                Array.Clear(_applied);
                environments.Apply(e, own, _applied, cancellation);
                double weight = environments.GetProbability(e);
                for (int i = 0; i < gradient.Length; i++)
                {
                    gradient[i] += weight * (own[i] + (strength * _applied[i]));
                }
            }
        }

        public override void Describe(PartDescription description)
        {
            description.Add("objective", "gradient-penalty");
            description.Add("strength", strength);
        }
    }

    [Fact]
    public void TheirMeanIsPooledGd()
    {
        OwnData data = OwnData.Make(D, 3, RowCounts);
        foreach (long samples in new[] { TrainingOptions.AllRows, 5 })
        {
            PooledGd<double> plain = new(data.Measured<double>(Weights), Options with { Samples = samples });
            PooledGd<double> mean = new(data.Measured<double>(Weights), Options with { Samples = samples }, objective: new Mean());
            plain.Run(8);
            mean.Run(8);
            Assert.InRange(PlainMatrix.Distance(mean.Parameters.ToArray(), plain.Parameters.ToArray()), 0, 1e-14);
        }
    }

    [Theory]
    [InlineData("stored")]
    [InlineData("regenerated")]
    [InlineData("exact-law")]
    [InlineData("population")]
    public void SoItIsWithTheLibrarysMeasurements(string kind)
    {
        TrainingOptions options = new() { Seed = 3, Samples = 30, InitialScale = 0.3, NoiseDeviation = 0.1 };
        PooledGd<double> plain = Create(null), mean = Create(new Mean());
        plain.Run(6);
        mean.Run(6);
        Assert.InRange(PlainMatrix.Distance(mean.Parameters.ToArray(), plain.Parameters.ToArray()), 0, 1e-13);

        PooledGd<double> Create(Objective<double>? objective)
            => new(Runs.Problem(), Runs.Environments("PooledGD"), Runs.Source<double>(kind, 7, 30, 3, sets: 3), options, objective: objective);
    }

    // The gradient of the objective by central differences in each entry of svec; the objective from plain loops over the data.
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void ThePenaltysGradientIsItsDerivative(long samples)
    {
        OwnData data = OwnData.Make(D, 3, RowCounts);
        PooledGd<double> trainer = new(
            data.Measured<double>(Weights, RowOrder.InTurn), Options with { Samples = samples }, objective: new GradientPenalty(0.7));
        LastGradient last = new();
        for (int step = 0; step < 4; step++)
        {
            double[] matrix = new double[D * D];
            trainer.CopyEstimate(new(matrix, D, D));
            trainer.Run(1, last);
            double[] expected = new double[Svec.Length(D)];
            for (int i = 0, next = 0; i < D; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    // The objective is quartic at most in one entry, so that a large step costs little.
                    const double H = 1e-3;
                    double move = i == j ? H : H / Math.Sqrt(2);
                    double[] up = (double[])matrix.Clone(), down = (double[])matrix.Clone();
                    up[(i * D) + j] += move;
                    down[(i * D) + j] -= move;
                    if (i != j)
                    {
                        up[(j * D) + i] += move;
                        down[(j * D) + i] -= move;
                    }

                    expected[next++] = (Objective(data, up, step, samples) - Objective(data, down, step, samples)) / (2 * H);
                }
            }

            Assert.InRange(PlainMatrix.Distance(last.Gradient, expected), 0, 1e-9);
        }
    }

    // H_e(B) = (1/n) Σ ⟨X, B⟩X: the responses have no part in it.
    [Fact]
    public void AppliedToMatricesTheDataAreAnOperator()
    {
        OwnData data = OwnData.Make(D, 3, RowCounts);
        double[] b = OwnData.Symmetric(D, 77), applied = new double[Svec.Length(D)];
        Probe probe = new(OwnData.Svec(b, D), applied);
        new PooledGd<double>(data.Measured<double>(Weights), Options, objective: probe).Advance();
        double[] expected = new double[D * D];
        foreach (double[] x in data.Squares[1])
        {
            double product = x.Zip(b, (left, right) => left * right).Sum();
            expected = [.. expected.Select((value, i) => value + (product * x[i] / RowCounts[1]))];
        }

        Assert.InRange(PlainMatrix.Distance(applied, OwnData.Svec(expected, D)), 0, 1e-13);
    }

    // What a second matrix sees of the same measurements is drawn; a third one would have to fit to both.
    [Fact]
    public void TheExactLawIsAppliedOnceInEachEnvironmentAndStep()
    {
        TrainingOptions options = new() { Seed = 3, Samples = 30 };
        PooledGd<double> once = Create(new GradientPenalty(1)), twice = Create(new Twice());
        Assert.Equal(TrainingStatus.Completed, once.Run(3).Status);
        Assert.Contains("accepted are operators for a second one", Assert.Throws<NotSupportedException>(() => twice.Advance()).Message, StringComparison.Ordinal);
        Assert.Equal(0, twice.Step);

        PooledGd<double> Create(Objective<double> objective)
            => new(Runs.Problem(), Runs.Environments("PooledGD"), Runs.Source<double>("exact-law", 7, 30, 3), options, objective: objective);
    }

    [Fact]
    public void AnotherObjectiveIsAnotherRun()
    {
        OwnData data = OwnData.Make(D, 3, RowCounts);
        using MemoryStream stream = new();
        Create(new GradientPenalty(0.5)).Save(stream);
        Assert.Equal("strength", Mismatch(new GradientPenalty(0.6)));
        Assert.Equal("objective", Mismatch(new Mean()));
        Assert.Equal("objective", Mismatch(null));
        stream.Position = 0;
        Create(new GradientPenalty(0.5)).Restore(stream);

        PooledGd<double> Create(Objective<double>? objective) => new(data.Measured<double>(Weights), Options, objective: objective);

        string Mismatch(Objective<double>? objective)
        {
            stream.Position = 0;
            return Assert.Throws<RunMismatchException>(() => Create(objective).Restore(stream)).Name;
        }
    }

    private static double Objective(OwnData data, double[] matrix, int step, long samples)
    {
        double sum = 0;
        for (int e = 0; e < 3; e++)
        {
            int count = samples == 0 ? RowCounts[e] : (int)samples;
            long[] rows = [.. Enumerable.Range(0, count).Select(i => samples == 0 ? i : ((step * samples) + i) % RowCounts[e])];
            double risk = 0;
            foreach (long row in rows)
            {
                risk += Math.Pow(data.Squares[e][row].Zip(matrix, (x, m) => x * m).Sum() - data.Responses[e][row], 2) / (2 * count);
            }

            double norm = Matrices.Norm(data.Gradient(matrix, rows.Select(row => (e, row, 1.0 / count))));
            sum += Weights[e] * (risk + (0.5 * 0.7 * norm * norm));
        }

        return sum;
    }

    private sealed class Twice : Objective<double>
    {
        public override void Combine(EnvironmentGradients<double> environments, Span<double> gradient, CancellationToken cancellation)
        {
            Assert.False(environments.CanApply);
            environments.Apply(0, environments.Product, gradient, cancellation);
            environments.Apply(0, environments.GetGradient(1), gradient, cancellation);
        }

        public override void Describe(PartDescription description) => description.Add("objective", "twice");
    }

    private sealed class Probe(double[] matrix, double[] applied) : Objective<double>
    {
        public override void Combine(EnvironmentGradients<double> environments, Span<double> gradient, CancellationToken cancellation)
        {
            Assert.Equal(3, environments.Count);
            Assert.True(environments.CanApply);
            environments.Apply(1, matrix, applied, cancellation);
        }

        public override void Describe(PartDescription description) => description.Add("objective", "probe");
    }

    private sealed class LastGradient : ITrainingObserver<double>
    {
        public double[] Gradient { get; private set; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot) => Gradient = snapshot.Gradient.ToArray();
    }
}
