using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>Data and options that do not go together are refused by name.</summary>
public class OwnDataRefusalTests
{
    private static readonly TrainingOptions Options = new() { Seed = 1, Samples = 6 };
    private static readonly OwnData Good = OwnData.Make(4, 1, 9, 7);

    [Fact]
    public void BadDataAreNamed()
    {
        EnvironmentSamples<double>[] samples = Good.Samples<double>(MeasurementLayout.Svec);
        double[] rows = samples[1].Measurements.ToArray(), responses = samples[1].Responses.ToArray();
        Refused("environments[1].Measurements", new(With(rows, 69, double.NaN), responses));
        Refused("environments[1].Measurements", new(With(rows, 0, double.PositiveInfinity), responses));
        Refused("environments[1].Responses", new(rows, With(responses, 6, double.NegativeInfinity)));
        Refused("environments[1].Measurements", new(rows.AsMemory(1), responses));
        Refused("environments[1].Measurements", new(rows, responses.AsMemory(1)));
        Refused("environments[1].Responses.Length", new(default, default));
        Refused("environments[1].Responses.Length", new(rows, default));
        Assert.Throws<ArgumentException>("environments[0].Measurements", () => new MeasuredData<double>(4, samples, MeasurementLayout.Square));
        Assert.Throws<ArgumentException>("environments[0].Measurements", () => new MeasuredData<double>(5, samples));
        Assert.ThrowsAny<ArgumentException>(() => new MeasuredData<double>(0, samples));
        Assert.Throws<ArgumentNullException>("environments", () => new MeasuredData<double>(4, null!));
        Assert.Equal("environments.Count", Assert.ThrowsAny<ArgumentException>(() => new MeasuredData<double>(4, [])).ParamName);
        Assert.Equal("layout", Assert.ThrowsAny<ArgumentException>(() => new MeasuredData<double>(4, samples, (MeasurementLayout)5)).ParamName);
        Assert.Equal("order", Assert.ThrowsAny<ArgumentException>(() => new MeasuredData<double>(4, samples, order: (RowOrder)5)).ParamName);
        foreach (double[] probabilities in new double[][] { [1], [0.5, 0.6], [0, 1], [-0.5, 1.5], [double.NaN, 0.5] })
        {
            Assert.Equal(
                "probabilities", Assert.ThrowsAny<ArgumentException>(() => new MeasuredData<double>(4, samples, probabilities: probabilities)).ParamName);
        }

        void Refused(string name, EnvironmentSamples<double> bad)
            => Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(() => new MeasuredData<double>(4, [samples[0], bad])).ParamName);
    }

    [Fact]
    public void OptionsThatDoNotFitAreNamed()
    {
        MeasuredData<double> data = Good.Measured<double>(), unequal = Good.Measured<double>([0.4, 0.6]);
        foreach (string algorithm in OwnRuns.Algorithms)
        {
            // Shares of a pooled batch are held against the rows of their environment.
            (long samples, string accepted) = algorithm is "HeteroSGD pooled share" or "HeteroSGD all pooled" or "PooledSGD"
                ? (16, "accepted is at most the ")
                : (8L, "at most 7, the samples of the smallest environment");
            Refused(
                algorithm.EndsWith("share", StringComparison.Ordinal) || algorithm.EndsWith("all pooled", StringComparison.Ordinal) ? "options.PooledShare" : "options.Samples",
                () => OwnRuns.Create(algorithm, data, Options with { Samples = samples }),
                accepted);
            Refused("options.Samples", () => OwnRuns.Create(algorithm, data, Options with { Samples = -1 }));
            Refused("options.NoiseDeviation", () => OwnRuns.Create(algorithm, data, Options with { NoiseDeviation = 0.1 }), "is 0.1; accepted is 0.");
            Refused("options.FactorColumns", () => OwnRuns.Create(algorithm, data, Options with { FactorColumns = 5 }));
        }

        TrainingOptions all = Options with { Samples = TrainingOptions.AllRows };
        Refused("options.Samples", () => new PooledSgd<double>(data, all));
        Refused("options.PooledShare", () => new HeteroSgd<double>(data, all with { PooledShare = 0.5 }));
        Refused("options.EnvironmentOrder", () => new HeteroSgd<double>(unequal, Options with { EnvironmentOrder = EnvironmentOrder.Cyclic }));
        Refused("options.EnvironmentOrder", () => new PooledGd<double>(data, Options with { EnvironmentOrder = EnvironmentOrder.Cyclic }));
        Refused("options.PooledShare", () => new PooledSgd<double>(data, Options with { PooledShare = 0.5 }));
        Refused("options.PooledSampling", () => new PooledGd<double>(data, Options with { PooledSampling = PooledSampling.Independent }));
        Refused("options.Samples", () => new PooledSgd<double>(data, Options with { Samples = 1 }));
        HeteroSgd<double> drawn = new(Good.Measured<double>(order: RowOrder.WithReplacement), Options with { Samples = 100 });
        Assert.Equal(TrainingStatus.Completed, drawn.Run(3).Status);
    }

    // Synthetic measurements know no whole environments.
    [Fact]
    public void AllRowsAreForOnesOwnDataAlone()
        => Refused(
            "options.Samples",
            () => new HeteroSgd<double>(
                Support.Runs.Problem(), DiagonalEnvironments.TwoPoint(2, 1, 2), new StoredMeasurements<double>(7, 20, 1), Options with { Samples = TrainingOptions.AllRows }));

    [Fact]
    public void WhatIsNotKnownOfThemIsSaid()
    {
        HeteroSgd<double> trainer = new(Good.Measured<double>(), Options);
        Assert.False(trainer.HasSignals);
        Assert.Contains("the data are one's own", Assert.Throws<InvalidOperationException>(() => trainer.Signals).Message, StringComparison.Ordinal);
        Exception refusal = Assert.ThrowsAny<Exception>(() => new TrajectoryRecorder<double>(trainer, 5));
        Assert.True(refusal is InvalidOperationException or ArgumentException, refusal.ToString());
        Assert.Contains("signals", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(2, trainer.Environments.Count);
        Assert.Equal(0.5, trainer.Environments.GetProbability(1));
    }

    private static void Refused(string name, Func<object> create, string message = "")
    {
        ArgumentException refusal = Assert.ThrowsAny<ArgumentException>(() => create());
        Assert.Equal(name, refusal.ParamName);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private static double[] With(double[] values, int index, double value)
    {
        double[] changed = (double[])values.Clone();
        changed[index] = value;
        return changed;
    }
}
