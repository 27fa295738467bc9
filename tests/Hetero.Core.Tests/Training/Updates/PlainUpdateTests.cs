using System.Numerics;
using Hetero.Core.Environments;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Twenty steps of training with each update rule against plain loops: the gradient from the data, the direction, and the rule's formula.</summary>
public class PlainUpdateTests
{
    private const int Steps = 20;

    public static TheoryData<string> All() => Rules.All();

    // A tall, a wide and a square matrix at once.
    [Theory]
    [MemberData(nameof(All))]
    public void TrainingIsThePlainLoop(string name)
        => Properties.Check(
            Properties.Between(1, 500),
            seed =>
            {
                int d = 2 + (seed % 5);
                Check<double>(name, d, seed, 1e-12);
                Check<float>(name, d, seed, 2e-4);
            },
            trials: 8);

    [Theory]
    [MemberData(nameof(All))]
    public void SoItIsWithTheFactorOfThePaper(string name)
    {
        foreach (int columns in new[] { 1, 3, 5 })
        {
            OwnData data = OwnData.Make(5, columns, 9, 12);
            TrainingOptions options = Options with { FactorColumns = columns, Start = StartKind.Frame, InitialScale = 0.5 };
            HeteroSgd<double> trainer = new(data.Measured<double>(), options, parts: new() { UpdateRule = Rules.Create<double>(name) });
            double[] plain = trainer.Parameters.ToArray();
            trainer.Run(Steps);
            Train(
                data, name, plain, [new(5, columns)], theta => PlainMatrix.Gram(theta, 5), (theta, gradient) => PlainMatrix.Times(gradient, theta, 5, 5, columns));
            Assert.InRange(PlainMatrix.Distance(trainer.Parameters.ToArray(), plain), 0, 1e-12);
        }
    }

    private static TrainingOptions Options { get; } = new()
    {
        Seed = 2,
        Samples = TrainingOptions.AllRows,
        EnvironmentOrder = EnvironmentOrder.Cyclic,
        StepSize = StepSizeSchedule.Piecewise((0, 0.02), (11, 0.01)),
        GradientScale = 1.5,
    };

    private static void Check<T>(string name, int d, int seed, double bound)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        OwnData data = OwnData.Make(d, seed, 9, 12);
        ThreeFactors<T> model = new(d, seed);
        HeteroSgd<T> trainer = new(data.Measured<T>(), Options, parts: new() { Model = model, UpdateRule = Rules.Create<T>(name) });
        double[] plain = [.. trainer.Parameters.ToArray().Select(double.CreateChecked)];
        Assert.Equal(new TrainingOutcome(TrainingStatus.Completed, Steps), trainer.Run(Steps));
        Train(
            data,
            name,
            plain,
            model.Shapes.ToArray(),
            theta => ThreeFactors<double>.Matrix(theta, d),
            (theta, gradient) => ThreeFactors<double>.Direction(theta, gradient, d));
        Assert.InRange(PlainMatrix.Distance([.. trainer.Parameters.ToArray().Select(double.CreateChecked)], plain), 0, bound);
    }

    private static void Train(
        OwnData data, string name, double[] theta, MatrixShape[] shapes, Func<double[], double[]> matrix, Func<double[], double[], double[]> pullBack)
    {
        PlainUpdate.Rule rule = Rules.Plain(name);
        double[][] memory = [new double[theta.Length], new double[theta.Length]];
        for (int step = 0; step < Steps; step++)
        {
            int environment = step % 2, rows = data.Responses[environment].Length;
            double[] gradient = data.Gradient(matrix(theta), Enumerable.Range(0, rows).Select(row => (environment, (long)row, 1.0 / rows)));
            rule(step, 1.5 * (step < 11 ? 0.02 : 0.01), theta, pullBack(theta, gradient), memory, shapes);
        }
    }
}
