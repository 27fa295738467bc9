using Hetero.Core.Numerics;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Single steps of update rules at the edges: no direction, directions that are not finite, directions of lower rank.</summary>
public class UpdateRuleCornerTests
{
    public static TheoryData<string> All() => Rules.All();

    [Theory]
    [MemberData(nameof(All))]
    public void WithoutADirectionNothingMoves(string name)
    {
        double[] start = Data.Uniform<double>(6), parameters = (double[])start.Clone();
        Apply(name, parameters, new double[6]);
        double kept = name is "AdamW" ? 1 - (0.5 * 0.3) : name is "decayed heavy ball" ? 1 - (0.5 * 0.2) : 1;

        // Both sides round once or twice.
        double slack = kept == 1 ? 0 : 3e-16;
        Assert.All(start.Zip(parameters), pair => Assert.InRange(Math.Abs((pair.First * kept) - pair.Second), 0, slack * Math.Abs(pair.First)));
    }

    // The same seed would draw the same z twice, and 2σ of noise are not the √2·σ of two draws.
    [Fact]
    public void NoiseWithinNoiseHasASeedOfItsOwn()
    {
        NoisyDirection<double> inner = new(new Sgd<double>(), 0.1, 3);
        UpdateRule<double>[] around =
        [
            inner, new ClippedDirection<double>(inner, 1), new DecoupledWeightDecay<double>(inner, 0.1), new Shrinkage<double>(inner), new NoisyDirection<double>(inner, 0.1, 4),
        ];
        Assert.All(around, rule =>
        {
            ArgumentException refusal = Assert.Throws<ArgumentException>(() => new NoisyDirection<double>(rule, 0.2, 3));
            Assert.Equal("seed", refusal.ParamName);
            Assert.Contains("'seed' is 3", refusal.Message, StringComparison.Ordinal);
            Assert.NotNull(new NoisyDirection<double>(rule, 0.2, 5));
        });
    }

    // The run is to end as diverged, not to go on as if nothing had been.
    [Theory]
    [MemberData(nameof(All))]
    public void ADirectionThatIsNotANumberReachesTheParameters(string name)
    {
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity })
        {
            double[] parameters = Data.Uniform<double>(6), direction = Data.Uniform<double>(6, 2);
            direction[4] = bad;
            Apply(name, parameters, direction);
            Assert.False(parameters.All(double.IsFinite));
        }
    }

    // Adam's first step is η·D/(|D| + ε), whatever β1 and β2, and however they are rounded.
    [Fact]
    public void TheFirstStepOfAdamIsTheStepSize()
    {
        float[] parameters = new float[6], direction = [1, -1, 0.25f, -3, 1e3f, -1e-3f];
        new Adam<float>(0.9, 0.999, 1e-17).Apply(new UpdateStep<float>
        {
            Step = 0, StepSize = 0.5f, Parameters = parameters, Direction = direction, State = new float[12], Shapes = [new MatrixShape(3, 2)],
        });
        for (int i = 0; i < 6; i++)
        {
            Assert.InRange(parameters[i] / (-0.5f * MathF.Sign(direction[i])), 1 - 5e-7f, 1 + 5e-7f);
        }
    }

    // xyᵀ has one singular direction: the polar factor is xyᵀ/‖xyᵀ‖, and no other direction moves.
    [Theory]
    [InlineData(5, 3)]
    [InlineData(3, 5)]
    [InlineData(4, 4)]
    [InlineData(1, 6)]
    [InlineData(6, 1)]
    public void ThePolarFactorOfOneDirectionIsThatDirection(int rows, int columns)
    {
        double[] x = Data.Uniform<double>(rows, 4), y = Data.Uniform<double>(columns, 5), direction = PlainMatrix.Times(x, y, rows, 1, columns);
        double norm = Matrices.Norm(direction);
        double[] expected = [.. direction.Select(value => -0.5 * Math.Sqrt(Math.Max(1, (double)rows / columns)) * value / norm)];
        double[] parameters = new double[rows * columns];
        Muon<double> rule = new(0, Orthogonalization.Polar);
        MatrixShape[] shapes = [new(rows, columns)];
        rule.Apply(new UpdateStep<double>
        {
            Step = 0,
            StepSize = 0.5,
            Parameters = parameters,
            Direction = direction,
            State = new double[rule.StateLength(shapes)],
            Scratch = new double[rule.ScratchLength(shapes)],
            Shapes = shapes,
        });
        Assert.InRange(PlainMatrix.Distance(parameters, expected), 0, 1e-13);
    }

    // The bounds that the documentation of Newton–Schulz gives, over the whole range of singular values.
    [Fact]
    public void NewtonSchulzBringsSingularValuesNearOne()
    {
        double[] values = [.. Enumerable.Range(0, 9).Select(i => Math.Pow(10, -2.4 * i / 8))];
        double norm = Matrices.Norm(values);
        double[] direction = Matrices.WithSingularValues<double>(values, 11, 9), parameters = new double[99];
        Muon<double> rule = new(0);
        MatrixShape[] shapes = [new(11, 9)];
        rule.Apply(new UpdateStep<double>
        {
            Step = 0,
            StepSize = -1 / Math.Sqrt(11.0 / 9),
            Parameters = parameters,
            Direction = direction,
            State = new double[99],
            Scratch = new double[rule.ScratchLength(shapes)],
            Shapes = shapes,
        });
        Assert.True(values[^1] / norm is > 0.002 and < 0.004);
        double[] reached = new double[9];
        JacobiSvd.Decompose<double>(
            new(parameters, 11, 9), new double[JacobiSvd.GetValuesScratchLength<double>(11, 9)], reached);
        Assert.All(reached, value => Assert.InRange(value, 0.68, 1.21));
    }

    private static void Apply(string name, double[] parameters, double[] direction)
    {
        UpdateRule<double> rule = Rules.Create<double>(name);
        MatrixShape[] shapes = [new(3, 2)];
        rule.Apply(new UpdateStep<double>
        {
            Step = 0,
            StepSize = 0.5,
            Parameters = parameters,
            Direction = direction,
            State = new double[rule.StateLength(shapes)],
            Scratch = new double[rule.ScratchLength(shapes)],
            Shapes = shapes,
        });
    }
}
