using Hetero.Core.Sensing;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Tests.Data;
using Xunit;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>Plain estimators beside a fit: exact where they are determined and nothing is added, and left out where they are not.</summary>
public class TwoFitsComparisonTests
{
    [Fact]
    public void Least_squares_are_those_of_the_normal_equations()
    {
        EnvironmentSamples<double> rows = AxisData.Make(3, 2, 20, 5, 0, noise: 0.7);
        double[] fit = EnvironmentFit.LeastSquares(new MeasuredData<double>(3, [rows]), 0, default)!;

        // Xᵀ(Xf − y) = 0, entry by entry.
        for (int j = 0; j < 6; j++)
        {
            double sum = 0, scale = 0;
            for (int i = 0; i < 20; i++)
            {
                double residual = -rows.Responses.Span[i];
                for (int k = 0; k < 6; k++)
                {
                    residual += rows.Row(i, 6)[k] * fit[k];
                }

                sum += residual * rows.Row(i, 6)[j];
                scale += Math.Abs(residual * rows.Row(i, 6)[j]);
            }

            Assert.InRange(Math.Abs(sum), 0, 1e-9 * scale);
        }
    }

    // Squares of 1e-30 are 0 in single precision and those of 1e25 infinite: the curvature of the first step is no number to divide by, and what came of it was NaN.
    [Theory]
    [InlineData(1e-30f, 1f)]
    [InlineData(1e25f, 1e-10f)]
    [InlineData(1e25f, 1e25f)]
    public void Where_the_precision_cannot_carry_the_squares_there_is_no_fit(float scale, float responses)
    {
        EnvironmentSamples<double> plain = AxisData.Make(3, 2, 20, 5, 0);
        EnvironmentSamples<float> rows = new(
            (float[])[.. plain.Measurements.ToArray().Select(x => scale * (float)x)], (float[])[.. plain.Responses.ToArray().Select(y => responses * (float)y)]);
        Assert.Null(EnvironmentFit.LeastSquares(new MeasuredData<float>(3, [rows]), 0, default));
    }

    // d = 4, p = 10, 96 rows to train on and noise of 0.3. By the criterion, on rows that the fit was chosen by, the fit looked better.
    [Fact]
    public void What_noise_does_to_it_is_known_and_says_whether_it_is_the_better_one()
    {
        double squares = 0, expected = 0;
        for (ulong seed = 1; seed <= 20; seed++)
        {
            using DataFolder folder = DataFolder.Make(120, noise: 0.3, seed);
            using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
            FitResult<double> fit = Fitting.Fit(data, new() { Training = new() { StepSize = 0.35, Steps = 40 } });
            double[] truth = [.. new DataGenerator(DataFolder.Recipe with { Seed = seed }).Invariant];
            if (!fit.Size!.IsLearned)
            {
                // One seed chooses a step of which the eigenvalues are below 0.01: there is no rank to take out.
                Assert.Equal((null, TwoFitsAbsence.NoEstimate, 19UL), (fit.TwoFits, fit.NoTwoFits, seed));
                continue;
            }

            TwoFitsComparison found = fit.TwoFits!;
            Assert.InRange(found.Noise!.Value, 0.2, 0.4);
            double size = Math.Sqrt(fit.Chosen!.Estimate.Sum(a => a * a)), error = Math.Sqrt(found.Estimate.Zip(truth, (a, b) => (a - b) * (a - b)).Sum()) / size;
            double own = Math.Sqrt(fit.Chosen.Estimate.Zip(truth, (a, b) => (a - b) * (a - b)).Sum()) / size;
            squares += error * error;
            expected += found.Uncertainty * found.Uncertainty;
            Assert.True(!found.IsBetter || error < own, $"{seed}: {error} against {own}");
        }

        // The bound is above σ by 1 + 3.09/√(2·172), 17 per cent; 19 errors of about ten numbers have a mean square within a half of theirs.
        Assert.InRange(expected / squares, 0.7, 2.2);
    }

    // As many rows as unknowns leave nothing to tell the noise by: least squares then fit the noise, and were said to be exact.
    [Fact]
    public void With_as_many_rows_as_unknowns_nothing_is_said_of_noise()
    {
        foreach (int rows in (int[])[10, 11])
        {
            using DataFolder folder = DataFolder.Make(rows, noise: 0.3);
            using DataSet<double> data = DataSet<double>.Open(folder.Manifest);
            TwoFitsComparison? found = Fitting.Fit(data, new() { HeldOut = 0, Training = new() { StepSize = 0.1, Steps = 200 } }).TwoFits;
            if (found is not null)
            {
                Assert.Equal((rows == 10, double.PositiveInfinity, false), (found.Noise is null, found.Uncertainty, found.IsBetter));
            }
        }

        // The quantile of χ² that one of a thousand is below: 1.4787 for 10 degrees of freedom, 61.918 for 100; of one there is next to none.
        Assert.Equal(1 / 1.4787, LeastSquaresNoise.Bound(10), 0.06);
        Assert.Equal(1 / 61.918, LeastSquaresNoise.Bound(100), 0.0001);
        Assert.Equal(double.PositiveInfinity, LeastSquaresNoise.Bound(0));
        Assert.Equal(double.PositiveInfinity, LeastSquaresNoise.DeviationOf(11, 10, 1));
        Assert.Equal(0.25, LeastSquaresNoise.DeviationOf(15, 10, 4));
    }

    [Fact]
    public void Without_noise_the_difference_of_two_fits_is_exact_and_below_p_there_is_none()
    {
        using DataFolder enough = DataFolder.Make(60), few = DataFolder.Make(11);
        using DataSet<double> data = DataSet<double>.Open(enough.Manifest), less = DataSet<double>.Open(few.Manifest);
        FitRecipe recipe = new() { Training = new() { StepSize = 0.2, Steps = 60 } };
        FitResult<double> fit = Fitting.Fit(data, recipe);
        double[] truth = [.. new DataGenerator(DataFolder.Recipe).Invariant];
        TwoFitsComparison found = fit.TwoFits!;
        Assert.Equal((0, 1, 1), (found.First, found.Second, found.SpuriousRank));
        double[] estimate = [.. fit.Chosen!.Estimate];
        double error = Math.Sqrt(estimate.Zip(truth, (a, b) => (a - b) * (a - b)).Sum()) / Math.Sqrt(estimate.Sum(a => a * a));
        if (FitSpectrum.Rank(FitSpectrum.Of<double>(4, estimate)) == 1)
        {
            Assert.Equal(error, found.Distance, 1e-6);
        }

        Assert.Null(found.Error);
        Assert.InRange(found.Noise!.Value, 0, 1e-8);
        Assert.True(found.IsBetter);
        Assert.Null(Fitting.Fit(less, recipe).TwoFits);
    }

    // A* = e₀e₀ᵀ + ½e₂e₂ᵀ or with −½, s = 2 and −3, and a fit that has the first direction alone: without the second one, of either sign, two eigenvalues are left in each fit where one may be. The
    // rank was that of the fit, and the difference was said to be the better one with half of A* missing.
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(-0.5, 0)]
    [InlineData(0.5, 0.05)]
    public void The_rank_is_the_least_that_explains_both_fits(double other, double noise)
    {
        const int D = 4, Rows = 400;
        EnvironmentSamples<double>[] rows = [.. new[] { 2.0, -3 }.Select((s, e) => With(AxisData.Make(D, s, Rows, 7, e, noise)))];
        FitMeasure<double> measure = new(D, MeasurementLayout.Svec, rows, [], [0.5, 0.5], null);
        FittedRun<double> run = new("run", 1, 0.1, new(Core.Training.TrainingStatus.Completed, 3), [new FitRow(3, 0, [], [])], 0, [], AxisData.Matrix(D, 1, 0));
        EstimateSize size = EstimateSize.Of(measure, 1e-6, [run], default)[0];
        TwoFitsComparison found = TwoFitsComparison.Of(new MeasuredData<double>(D, rows), measure, run, size, default).Found!;
        Assert.Equal((2, 1, true, true), (found.InvariantRank, found.SpuriousRank, found.IsConsistent, found.IsBetter));
        double[] expected = AxisData.Matrix(D, 1, 0);
        expected[Svec.IndexOf(2, 2)] = other;
        Assert.All(expected.Zip(found.Estimate), pair => Assert.Equal(pair.First, pair.Second, noise == 0 ? 1e-8 : 0.05));

        // What a spurious direction of less than a tenth leaves is not explained by any rank, as no more than one is taken out.
        EnvironmentSamples<double>[] hidden = [.. rows.Select((one, e) => new EnvironmentSamples<double>(
            one.Measurements,
            (double[])[.. one.Responses.ToArray().Select((y, i) => y + ((e == 0 ? 0.2 : -0.2) * one.Measurements.Span[(i * 10) + Svec.IndexOf(3, 3)]))]))];
        TwoFitsComparison unexplained = TwoFitsComparison.Of(new MeasuredData<double>(D, hidden), measure, run, size, default).Found!;
        Assert.Equal((false, false), (unexplained.IsConsistent, unexplained.IsBetter));
        Assert.False((found with { IsConsistent = false }).IsBetter);

        EnvironmentSamples<double> With(EnvironmentSamples<double> one)
            => new(one.Measurements, (double[])[.. one.Responses.ToArray().Select((y, i) => y + (other * one.Measurements.Span[(i * 10) + Svec.IndexOf(2, 2)]))]);
    }
}
