using FsCheck.Fluent;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory.Sequences;
using Xunit;

namespace Hetero.Core.Theory.Tests.Sequences;

public class ControllerProcessTests
{
    // L_t by hand: slope 40·2·0.001·√4 = 0.16, so α rules until R_t > α/0.16.
    [Fact]
    public void TheLineIsTheLargerOfTheTwo()
    {
        AuxiliarySequences sequences = new(0.2, 0.01, 60);
        CalibrationLine line = new(sequences, 2, 0.001, 3, 1);
        Assert.Equal(0.16, line.Slope, 1e-15);
        for (int t = 0; t <= 60; t++)
        {
            Assert.Equal(sequences.Reference[t] > 0.0625 ? 0.16 * sequences.Reference[t] : 0.01, line.Values[t], 1e-16);
        }

        Assert.All(new CalibrationLine(sequences, 2, 0, 3, 1).Values.ToArray(), value => Assert.Equal(0.01, value));
    }

    [Fact]
    public void ReflectsAndIsAbsorbed()
    {
        // η = 1/4, L = α = 1/4 throughout (δ = 0), barrier factor (1/p)^1.5 = 8: absorbed at 2. Multipliers 1.5 + Σ/4.
        CalibrationLine line = new(new AuxiliarySequences(0.25, 0.25, 10), 1, 0, 1, 1);
        ControllerProcess process = new(line, 0.25, 1);
        Assert.Equal(8, process.BarrierFactor, 1e-12);
        (double Sigma, double Value, int Row, int? Absorbed)[] steps =
        [
            (2, 0.5, 0, null), (-4, 0.25, 0, null), (-4, 0.25, 3, null), (6, 0.75, 3, null), (6, 2.25, 3, 5), (-6, 2.25, 3, 5), (6, 2.25, 3, 5),
        ];
        foreach ((double sigma, double value, int row, int? absorbed) in steps)
        {
            process.Advance(sigma);
            Assert.Equal(value, process.Value);
            Assert.Equal(row, process.Row);
            Assert.Equal(absorbed, process.AbsorptionStep);
        }

        process.Reset();
        Assert.Equal((0, 0.25, 0, null), (process.Step, process.Value, process.Row, process.AbsorptionStep));
    }

    // (41), against the whole matrix (40) built from plain loops.
    [Fact]
    public void ItAlwaysRunsAlongARow()
        => Properties.Check(
            Properties.Between(1, 100_000),
            seed =>
            {
                System.Random random = new(seed);
                int steps = 1 + random.Next(60), r2 = 1 + random.Next(4);
                double eta = 0.001 + (0.3 * random.NextDouble()), alpha = Math.Pow(10, -1 - (3 * random.NextDouble()));
                CalibrationLine line = new(new AuxiliarySequences(eta, alpha, steps), 5, 0.002 * random.NextDouble(), 1, r2);
                ControllerProcess process = new(line, 0.1 + random.NextDouble(), r2);
                double[] sigmas = [.. Enumerable.Range(0, steps).Select(_ => -6 + (10 * random.NextDouble()))];
                double[,] x = new double[steps + 1, steps + 1];
                double[] row = new double[steps + 1];
                for (int k = 0; k <= steps; k++)
                {
                    for (int t = 0; t <= steps; t++)
                    {
                        x[k, t] = t <= k ? line.Values[t] : (1 + (eta * sigmas[t - 1]) + (2 * eta)) * x[k, t - 1];
                    }

                    ControllerProcess.CopyRow(line, k, sigmas, row);
                    Assert.Equal(Enumerable.Range(0, steps + 1).Select(t => x[k, t]), row);
                }

                double highest = double.NegativeInfinity;
                for (int t = 0; t <= steps; t++)
                {
                    if (process.AbsorptionStep is null || process.AbsorptionStep == t)
                    {
                        Assert.Equal(x[Assert.NotNull(process.Row), t], process.Value);
                        Assert.True(process.Value >= line.Values[t]);
                    }

                    highest = Math.Max(highest, process.Value / line.Values[t]);
                    Assert.Equal(highest >= process.BarrierFactor, process.AbsorptionStep is not null);
                    if (t < steps)
                    {
                        process.Advance(sigmas[t]);
                    }
                }
            });

    [Fact]
    public void AboveSlopeOneTheStartIsOnNoRow()
    {
        CalibrationLine line = new(new AuxiliarySequences(0.1, 0.1, 3), 10, 0.01, 1, 1);
        ControllerProcess process = new(line, 0.1, 1);
        Assert.True(line.Slope > 1);
        Assert.Null(process.Row);
        process.Advance(-20);
        Assert.Equal(1, process.Row);
    }

    [Fact]
    public void BadArgumentsAreNamed()
    {
        CalibrationLine line = new(new AuxiliarySequences(0.1, 0.1, 1), 1, 0.1, 1, 1);
        Assert.Equal(0.5 / (3 * Math.Log(7)), ControllerProcess.ViolationProbability(0.5, 3, 7), 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>("violationProbability", () => new ControllerProcess(line, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>("spuriousRank", () => new ControllerProcess(line, 0.1, 0));
        Assert.Throws<ArgumentOutOfRangeException>("bound", () => new CalibrationLine(line.Sequences, -1, 0.1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("ripConstant", () => new CalibrationLine(line.Sequences, 1, double.NaN, 1, 1));
        ControllerProcess process = new(line, 0.1, 1);
        Assert.Throws<ArgumentOutOfRangeException>("sigma", () => process.Advance(double.NaN));
        process.Advance(0);
        Assert.Throws<InvalidOperationException>(() => process.Advance(0));
        Assert.Throws<ArgumentOutOfRangeException>("row", () => ControllerProcess.CopyRow(line, 2, [0], new double[2]));
        Assert.Throws<ArgumentException>("sigmas", () => ControllerProcess.CopyRow(line, 1, [], new double[2]));
        Assert.Throws<ArgumentOutOfRangeException>("destination.Length", () => ControllerProcess.CopyRow(line, 1, [0, 0], new double[3]));
    }
}
