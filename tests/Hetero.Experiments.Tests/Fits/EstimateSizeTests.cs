using Hetero.Core.Sensing;
using Hetero.Experiments.Fits;
using Xunit;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>What still grows is told from what has been learned, in any unit of responses and inputs.</summary>
public class EstimateSizeTests
{
    private const int D = 3;

    // A* = e₀e₀ᵀ and s = −2 and 3: of 20,000 rows each B̂ is within 0.1 of diag(1, ½, 0) but for one seed in 10⁶.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1e-6, 1)]
    [InlineData(1, 100)]
    public void An_estimate_is_held_against_what_the_rows_have(double responses, double inputs)
    {
        EnvironmentSamples<double>[] rows = [.. new[] { -2.0, 3 }.Select((s, e) => Scaled(AxisData.Make(D, s, 20_000, 4, e), inputs, responses))];
        FitMeasure<double> measure = new(D, MeasurementLayout.Svec, rows, [], [0.5, 0.5], null) { Scales = [inputs * inputs, inputs * inputs] };
        double unit = responses / inputs;
        EstimateSize size = Of(3, 0.5 * unit, 0);
        Assert.Equal(unit, size.OfRows, 0.1 * unit);
        Assert.Equal(2, size.Factor, 0.2);
        Assert.Equal(0.5 * unit, size.Largest, 1e-12 * unit);
        Assert.True(size.IsLearned);

        // Of the sum Σ π² E y²/n = ¼(5 + 10)/20000, over ‖M‖ = ½.
        Assert.Equal(2 * Math.Sqrt(0.25 * 15 / 20_000), size.FactorDeviation, 0.002);
        Assert.True(Of(3, unit, 0).IsLearned);
        Assert.False(Of(0, unit, 0).IsLearned);
        Assert.False(Of(3, 0.05 * unit, 0).IsLearned);
        Assert.False(Of(3, 1e-5 * unit, 1e-6 * unit).IsLearned);

        // Turned to an axis on which the rows have nothing, a small estimate is told by its size alone.
        double[] elsewhere = new double[6];
        elsewhere[Svec.IndexOf(2, 2)] = 0.005 * unit;
        Assert.False(EstimateSize.Of(measure, 0, [Run(3, elsewhere)], default)[0].IsLearned);
        elsewhere[Svec.IndexOf(2, 2)] = 0.02 * unit;
        Assert.True(EstimateSize.Of(measure, 0, [Run(3, elsewhere)], default)[0].Factor < 10);

        EstimateSize Of(int step, double a, double b) => EstimateSize.Of(measure, 1e-6, [Run(step, AxisData.Matrix(D, a, b))], default)[0];
    }

    private static FittedRun<double> Run(int step, double[] estimate)
        => new("run", 1, 0.1, new(Core.Training.TrainingStatus.Completed, step), [new FitRow(step, 0, [], [])], 0, [], estimate);

    private static EnvironmentSamples<double> Scaled(EnvironmentSamples<double> rows, double inputs, double responses)
        => new((double[])[.. rows.Measurements.ToArray().Select(x => inputs * x)], (double[])[.. rows.Responses.ToArray().Select(y => responses * y)]);
}
