using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A law of environments by a function: against the library's own uniform law, made from the same stream.</summary>
public class OwnEnvironmentsTests
{
    private const int D = 6, P = 21;
    private static readonly TrainingOptions Options = new()
    {
        Seed = 3, Samples = 30, InitialScale = 0.3, PooledSampling = PooledSampling.Independent, StepSize = StepSizeSchedule.Constant(0.02),
    };

    private static readonly DiagonalEnvironments Library = DiagonalEnvironments.Uniform(2, 0.5, 2, ownDraws: true);

    // s uniform on [−1.5, 2.5] in each direction.
    private static readonly FunctionEnvironments Own = new(
        "uniform",
        [0.5, 0, 0, 0.5],
        2.5,
        (stream, sigma) =>
        {
            Span<double> uniform = stackalloc double[2];
            stream.FillUniform(0, uniform);
            (sigma[0], sigma[3]) = ((4 * uniform[0]) - 1.5, (4 * uniform[1]) - 1.5);
        });

    [Theory]
    [InlineData("exact-law")]
    [InlineData("regenerated")]
    [InlineData("stored, shuffled")]
    [InlineData("population")]
    public void HeteroSgdHasTheNumbersOfTheLibrary(string kind)
    {
        HeteroSgd<double> own = Hetero(Own), library = Hetero(Library);
        Last ownLast = new(), libraryLast = new();
        for (int step = 0; step < 10; step++)
        {
            own.Run(1, ownLast);
            library.Run(1, libraryLast);
            Assert.Equal([libraryLast.Sigma[0], 0, libraryLast.Sigma[3]], ownLast.Label, (a, b) => Math.Abs(a - b) <= 1e-14);
        }

        Assert.InRange(PlainMatrix.Distance(own.Parameters.ToArray(), library.Parameters.ToArray()), 0, 1e-13);

        HeteroSgd<double> Hetero(EnvironmentDistribution environments)
            => new(Runs.Problem(D), environments, Runs.Source<double>(kind, D, 30, 3), Options);
    }

    // The mean of the gradient of PooledSGD is M − A* − Ā. Each of 21 entries of the mean over 4000 steps lies within 5.5 standard errors, as estimated: by the
    // central limit theorem all do with probability 1 − 21·4e-8, so that a false alarm comes once in 10⁶ seeds.
    [Theory]
    [InlineData("exact-law")]
    [InlineData("regenerated")]
    public void PooledGradientsHaveTheMeanOfTheLaw(string kind)
    {
        const int Steps = 4000;
        SensingProblem problem = Runs.Problem(D);
        TrainingOptions still = Options with { Samples = 4, StepSize = StepSizeSchedule.Constant(1e-12) };
        Moments moments = new();
        PooledSgd<double> trainer = new(problem, Own, Runs.Source<double>(kind, D, 4, 3), still);
        double[] expected = trainer.Estimate.ToArray();
        trainer.Run(Steps, moments);
        SignalModel<double> signals = new(problem);
        double[] target = signals.Signal.ToArray();
        signals.AddSpurious([0.5, 0, 0, 0.5], 1, target);
        for (int j = 0; j < P; j++)
        {
            double mean = moments.Sum[j] / Steps, variance = (moments.Squares[j] / Steps) - (mean * mean);
            Assert.InRange((mean - (expected[j] - target[j])) / Math.Sqrt(variance / Steps), -5.5, 5.5);
        }
    }

    // Every sample of a batch has an environment of its own: a plain loop that draws them one after another.
    [Fact]
    public void PooledSamplesDrawTheirOwn()
    {
        FunctionEnvironments full = new(
            "full",
            [0, 0, 0, 0],
            1,
            (stream, sigma) =>
            {
                Span<double> uniform = stackalloc double[3];
                stream.FillUniform(0, uniform);
                (sigma[0], sigma[3]) = (uniform[0] - 0.5, uniform[1] - 0.5);
                sigma[1] = sigma[2] = uniform[2] - 0.5;
            });
        SensingProblem problem = Runs.Problem(D);
        StoredMeasurements<double> stored = new(D, 30, 3);
        PooledSgd<double> trainer = new(problem, full, stored, Options with { FactorColumns = 3 });
        SignalModel<double> signals = new(problem);
        double[] plain = trainer.Parameters.ToArray();
        for (int step = 0; step < 5; step++)
        {
            double[] matrix = OwnData.Svec(PlainMatrix.Gram(plain, D), D), gradient = new double[P], row = new double[P], sigma = new double[4], label = new double[3];
            for (int i = 0; i < 30; i++)
            {
                double[] target = signals.Signal.ToArray();
                full.Draw(new RandomStream(3, StreamPurpose.Assignment, step, 2 + i), sigma, label);
                signals.AddSpurious(sigma, 1, target);
                stored.CopySample(i, row);
                double residual = row.Select((x, j) => x * (matrix[j] - target[j])).Sum();
                gradient = [.. gradient.Select((value, j) => value + (residual * row[j] / 30))];
            }

            double[] square = new double[D * D];
            Svec.Unpack<double>(gradient, new(square, D, D));
            double[] direction = PlainMatrix.Times(square, plain, D, D, 3);
            plain = [.. plain.Select((value, i) => value - (0.02 * direction[i]))];
        }

        trainer.Run(5);
        Assert.InRange(PlainMatrix.Distance(trainer.Parameters.ToArray(), plain), 0, 1e-12);
    }

    [Fact]
    public void WhatCannotBeIsRefused()
    {
        Refused("mean", () => new FunctionEnvironments("f", [1, 2, 3, 4], 5, (_, _) => { }));
        Refused("mean", () => new FunctionEnvironments("f", [1, 2], 5, (_, _) => { }));
        Refused("mean", () => new FunctionEnvironments("f", [6], 5, (_, _) => { }));
        Refused("mean", () => new FunctionEnvironments("f", [double.NaN], 5, (_, _) => { }));
        Refused("largestEntry", () => new FunctionEnvironments("f", [0], -1, (_, _) => { }));
        Refused("largestEntry", () => new FunctionEnvironments("f", [0], double.PositiveInfinity, (_, _) => { }));
        Refused("name", () => new FunctionEnvironments("", [0], 1, (_, _) => { }));
        Refused("draw", () => new FunctionEnvironments("f", [0], 1, null!));
        Refused(
            "options.PooledSampling",
            () => new PooledSgd<double>(
                Runs.Problem(D), Own, Runs.Source<double>("exact-law", D, 30, 3), Options with { PooledSampling = PooledSampling.Stratified }));
        Refused("environments", () => new PooledGd<double>(
            Runs.Problem(D), Own, Runs.Source<double>("stored", D, 30, 3), Options with { PooledSampling = PooledSampling.Stratified }));
        foreach (DrawEnvironment bad in new DrawEnvironment[]
            {
                (_, sigma) => sigma[0] = 1.5, (_, sigma) => sigma[1] = 0.5, (_, sigma) => sigma[3] = double.NaN, (_, sigma) => sigma[0] = double.NegativeInfinity,
            })
        {
            HeteroSgd<double> trainer = new(
                Runs.Problem(D), new FunctionEnvironments("bad one", [0, 0, 0, 0], 1, bad), Runs.Source<double>("exact-law", D, 30, 3), Options);
            Assert.Contains("'bad one'", Assert.Throws<InvalidOperationException>(() => trainer.Advance()).Message, StringComparison.Ordinal);
            Assert.Equal(0, trainer.Step);
        }

        static void Refused(string name, Func<object> create) => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => create()).ParamName);
    }

    private sealed class Last : ITrainingObserver<double>
    {
        public double[] Sigma { get; private set; } = [];

        public double[] Label { get; private set; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot)
            => (Sigma, Label) = (snapshot.Environment.ToArray(), snapshot.EnvironmentLabel.ToArray());
    }

    private sealed class Moments : ITrainingObserver<double>
    {
        public double[] Sum { get; } = new double[P];

        public double[] Squares { get; } = new double[P];

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            for (int j = 0; j < snapshot.Gradient.Length; j++)
            {
                Sum[j] += snapshot.Gradient[j];
                Squares[j] += snapshot.Gradient[j] * snapshot.Gradient[j];
            }
        }
    }
}
