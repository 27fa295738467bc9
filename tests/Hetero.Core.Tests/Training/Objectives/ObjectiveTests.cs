using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Tests.Sweep;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>The library's objectives: their gradients against plain ones and differences of values, bits, saved runs, and what they refuse.</summary>
public class ObjectiveTests
{
    private const int D = 4;
    private const double Weight = 0.3;
    private static readonly double[] Probabilities = [0.5, 0.2, 0.3];
    private static readonly int[] RowCounts = [13, 17, 11];
    private static readonly TrainingOptions Options = new()
    {
        Seed = 2, Samples = TrainingOptions.AllRows, InitialScale = 0.5, StepSize = StepSizeSchedule.Constant(0.02),
    };

    public static TheoryData<string> Names() => [.. Parts.Objectives<double>().Select(NameOf)];

    public static TheoryData<string> NamesWithValues() => [.. PlainObjective.WithValues];

    public static TheoryData<string, string> NamesAndSources()
    {
        TheoryData<string, string> all = [];
        foreach (string name in Parts.Objectives<double>().Select(NameOf))
        {
            foreach (string kind in Runs.Kinds)
            {
                all.Add(name, kind);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void AStepIsThePlainOne(string name)
    {
        OwnData data = OwnData.Make(D, 3, RowCounts);
        PooledGd<double> trainer = new(data.Measured<double>(Probabilities), Options, objective: Create<double>(name));
        PlainObjective plain = new(data, Probabilities, Weight);
        for (int step = 0; step < 4; step++)
        {
            double[] u = trainer.Factor.Data.ToArray();
            double[] direction = PlainMatrix.Times(plain.Gradient(name, PlainMatrix.Gram(u, D)), u, D, D, D);
            trainer.Advance();
            Assert.InRange(PlainMatrix.Distance(trainer.Factor.Data.ToArray(), [.. u.Select((value, i) => value - (0.02 * direction[i]))]), 0, 1e-12);
        }
    }

    [Theory]
    [MemberData(nameof(NamesWithValues))]
    public void TheGradientIsThatOfTheValue(string name)
    {
        OwnData data = OwnData.Make(D, 3, RowCounts);
        PlainObjective plain = new(data, Probabilities, Weight);
        for (int point = 0; point < 3; point++)
        {
            double[] matrix = OwnData.Symmetric(D, 50 + point);
            double[] gradient = new double[Svec.Length(D)], expected = new double[Svec.Length(D)];
            new FullBatch<double>(data.Measured<double>(Probabilities), Options, Create<double>(name)).ComputeGradient(
                new() { Step = 0, Product = OwnData.Svec(matrix, D), Gradient = gradient });
            for (int i = 0, next = 0; i < D; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    // The terms in h² cancel between two steps.
                    expected[next++] = ((4 * Difference(i, j, 0.5e-2)) - Difference(i, j, 1e-2)) / 3;
                }
            }

            Assert.InRange(PlainMatrix.Distance(gradient, expected), 0, 1e-6);

            double Difference(int i, int j, double h)
            {
                double move = i == j ? h : h / Math.Sqrt(2);
                double[] up = [.. matrix], down = [.. matrix];
                foreach (int at in new[] { (i * D) + j, (j * D) + i }.Distinct())
                {
                    up[at] += move;
                    down[at] -= move;
                }

                return (plain.Value(name, up) - plain.Value(name, down)) / (2 * h);
            }
        }
    }

    [Theory]
    [MemberData(nameof(NamesAndSources))]
    public void TheSameBitsOnAnyTeamAndSavedAndContinued(string name, string kind)
    {
        Check<double>();
        Check<float>();

        void Check<T>()
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            Trainer<T> whole = Run<T>(null, 7), first = Run<T>(null, 3), second = Run<T>(null, 0);
            Assert.Equal(7, whole.Step);
            foreach (int degree in new[] { 1, 2, 3 })
            {
                using WorkerTeam team = new(degree);
                Assert.Equal(whole.Factor.Data.ToArray(), Run<T>(team, 7).Factor.Data.ToArray());
            }

            using MemoryStream stream = new();
            first.Save(stream);
            stream.Position = 0;
            second.Restore(stream);
            second.Run(4);
            Assert.Equal(whole.Factor.Data.ToArray(), second.Factor.Data.ToArray());
        }

        Trainer<T> Run<T>(WorkerTeam? team, int steps)
            where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            TrainingOptions options = new() { Seed = 3, Samples = 30, InitialScale = 0.3, StepSize = StepSizeSchedule.Constant(0.01) };
            PooledGd<T> trainer = new(
                Runs.Problem(), Runs.Environments("PooledGD"), Runs.Source<T>(kind, 7, 30, 3, team, 3), options, team, objective: Create<T>(name));
            Assert.Equal(TrainingStatus.Completed, trainer.Run(steps).Status);
            return trainer;
        }
    }

    [Fact]
    public void EachObjectiveAndEachNumberOfItIsAnotherRun()
    {
        string[] lines = [.. Parts.Objectives<double>(0.3).Concat(Parts.Objectives<double>(0.4)).Append(new AndMask<double>(0.5)).Select(Line)];

        // The mean, GroupDRO and the mask have no λ.
        Assert.Equal(lines.Length - 3, lines.Distinct().Count());

        static string Line(Objective<double> objective)
        {
            PartDescription description = new();
            objective.Describe(description);
            return description.ToString();
        }
    }

    [Theory]
    [InlineData("population")]
    [InlineData("exact-law")]
    [InlineData("regenerated")]
    [InlineData("stored")]
    public void TheRiskIsHalfTheMeanSquare(string kind)
    {
        Risks risks = new();
        TrainingOptions options = new() { Seed = 3, Samples = 30, InitialScale = 0.3 };
        new PooledGd<double>(
            Runs.Problem(), Runs.Environments("PooledGD"), Runs.Source<double>(kind, 7, 30, 3, sets: 3), options, objective: risks).Advance();
        for (int e = 0; e < 3; e++)
        {
            double[] residual = new double[Svec.Length(7)];
            double[] sigma = new double[4];
            SignalModel<double> signals = new(Runs.Problem());
            Runs.Environments("PooledGD").CopyMatrix(e, sigma);
            risks.Product.CopyTo(residual, 0);
            signals.AddSpurious(sigma, -1, residual);
            residual = [.. residual.Zip(signals.Signal.ToArray(), (x, y) => x - y)];
            double expected = kind == "population" ? MeanSquare(residual) : residual.Zip(risks.Gradients[e], (x, y) => x * y).Sum();
            Assert.Equal(expected / 2, risks.Values[e], 1e-12 * Math.Abs(expected));
        }

        static double MeanSquare(double[] residual) => residual.Sum(x => x * x);
    }

    [Fact]
    public void ARunThatCannotGiveWhatAnObjectiveNeedsIsRefused()
    {
        TrainingOptions noisy = new() { Seed = 1, Samples = 20, NoiseDeviation = 0.1 };
        foreach (Objective<double> objective in new Objective<double>[] { new RiskExtrapolation<double>(1), new GroupDro<double>() })
        {
            Refused("risks, which are not known: 'options.NoiseDeviation' is 0.1", () => Run("exact-law", objective, noisy));
            Refused("'options.LabelNoise' is given", () => Run("regenerated", objective, noisy with { NoiseDeviation = 0, LabelNoise = new() { Deviation = 1 } }));
            Refused("'options.Samples' is 2 with data of one's own", () => new PooledGd<double>(Parts.Data<double>(D), Options with { Samples = 2 }, objective: objective));
            Refused("'options.TruncationLevel' is 5", () => new PooledGd<double>(Parts.Data<double>(D), Options with { TruncationLevel = 5 }, objective: objective));

            // At m = ∞ noise averages out.
            Run("population", objective, noisy);
        }

        foreach (Objective<double> objective in new Objective<double>[]
        {
            new MatrixIrm<double>(1), new GradientVariance<double>(1), new GradientNormVariance<double>(1),
        })
        {
            Refused("'parts.Model' is DirectModel", () => Run("exact-law", objective, noisy, "direct"));
            Refused("'parts.Model' is IndefiniteModel", () => Run("exact-law", objective, noisy, "indefinite"));
            Run("exact-law", objective, noisy);
        }

        // The others work on M, and take any model.
        foreach (string model in new[] { "direct", "indefinite" })
        {
            foreach (Objective<double> objective in new Objective<double>[] { new MeanRisk<double>(), new IrmV1<double>(1), new AndMask<double>() })
            {
                Run("exact-law", objective, noisy, model);
            }
        }

        static void Run(string kind, Objective<double> objective, TrainingOptions options, string model = "gram")
            => new PooledGd<double>(
                Runs.Problem(),
                Runs.Environments("PooledGD"),
                Runs.Source<double>(kind, 7, 20, 1, sets: 3),
                options,
                parts: new() { Model = Runs.Model<double>(model, 7, options) },
                objective: objective).Advance();

        static void Refused(string part, Action create) => Assert.Contains(part, Assert.Throws<ArgumentException>(create).Message, StringComparison.Ordinal);
    }

    // Numbers beyond the precision end a run as diverged, not as an exception.
    [Theory]
    [MemberData(nameof(Names))]
    public void WhatLeavesTheRangeDiverges(string name)
    {
        TrainingOptions options = new() { Seed = 3, Samples = 30, InitialScale = 100, StepSize = StepSizeSchedule.Constant(1) };
        PooledGd<float> trainer = new(
            Runs.Problem(), Runs.Environments("PooledGD"), new PopulationMeasurements<float>(7), options, objective: Create<float>(name));
        Assert.Equal(TrainingStatus.Diverged, trainer.Run(100).Status);
    }

    private static Objective<T> Create<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => Parts.Objectives<T>(Weight).Single(objective => NameOf(objective) == name);

    private static string NameOf<T>(Objective<T> objective)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        PartDescription description = new();
        objective.Describe(description);
        return description.ToString().Split(' ')[0].Split('=')[1];
    }

    private sealed class Risks : Objective<double>
    {
        public double[] Product { get; private set; } = [];

        public double[] Values { get; private set; } = [];

        public double[][] Gradients { get; private set; } = [];

        public override ObjectiveNeeds Needs => ObjectiveNeeds.Risks;

        public override void Combine(EnvironmentGradients<double> environments, Span<double> gradient, CancellationToken cancellation)
        {
            Assert.True(environments.KnowsRisks);
            Product = environments.Product.ToArray();
            Values = [.. Enumerable.Range(0, environments.Count).Select(environments.GetRisk)];
            Gradients = [.. Enumerable.Range(0, environments.Count).Select(e => environments.GetGradient(e).ToArray())];
        }

        public override void Describe(PartDescription description) => description.Add("objective", "risks");
    }
}
