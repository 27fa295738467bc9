using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Sensing.Factored;

/// <summary>
/// G·U of the factored exact law against that of the exact law with all d² numbers, by two-sample Kolmogorov–Smirnov tests on nine functionals. The
/// total false-alarm rate of the class is 1e-3 over seeds, split
/// evenly over its comparisons (Bonferroni).
/// </summary>
public class FactoredExactLawTests
{
    private const int Draws = 4000;
    private const int Comparisons = 128;
    private const double Level = 1e-3 / (Comparisons * PanelLaw.Functionals);

    /// <summary>What a batch is made of.</summary>
    public enum Batch
    {
        OneEnvironment,
        TwoEnvironments,
        Noise,
        LabelNoise,
        Mixture,
        MixtureWithNoise,
    }

    public static TheoryData<Batch, int, PanelShape> Cases()
    {
        TheoryData<Batch, int, PanelShape> cases = [];
        foreach (Batch batch in Enum.GetValues<Batch>())
        {
            foreach (int m in new[] { 1, 2, 16 })
            {
                cases.Add(batch, m, PanelShape.Ordinary);
            }
        }

        foreach (PanelShape shape in new[] { PanelShape.InSpan, PanelShape.Repeated })
        {
            cases.Add(Batch.OneEnvironment, 4, shape);
            cases.Add(Batch.MixtureWithNoise, 4, shape);
        }

        return cases;
    }

    // q = 3 + 2 + 2 of d = 7, 9 and 16; and q > d.
    [Theory]
    [MemberData(nameof(Cases))]
    public void HasTheLawOfTheFullOne(Batch batch, int samples, PanelShape shape) => Compare(new PanelLaw(9, 3, 2, 2, shape), batch, samples);

    [Theory]
    [InlineData(4, 3, 2, 2)]
    [InlineData(7, 3, 2, 2)]
    [InlineData(16, 3, 2, 2)]
    [InlineData(16, 16, 1, 1)]
    [InlineData(12, 1, 1, 1)]
    [InlineData(1, 1, 1, 1)]
    public void HasTheLawOfTheFullOneInAllDimensions(int dimension, int columns, int r1, int r2)
    {
        PanelLaw law = new(dimension, columns, r1, r2);
        Compare(law, Batch.OneEnvironment, 3);
        Compare(law, Batch.Noise, 3);
    }

    [Theory]
    [InlineData("deviation 1 outside", 1)]
    [InlineData("no projection", 1)]
    [InlineData("S not symmetric", 1)]
    [InlineData("c in place of c²", 4)]
    [InlineData("no Gaussian inside", 4)]
    [InlineData("another matrix in the product with D", 1)]
    public void TheTestRejectsAWrongSampler(string fault, int samples)
    {
        PanelLaw law = new(9, 3, 2, 2);
        Assert.InRange(PValueOf(law, fault, samples), 0, Level);
    }

    // The control of the control: written out plainly and without a fault, the same sampler passes.
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void TheTestAcceptsTheRightSamplerWrittenPlainly(int samples) => Assert.InRange(PValueOf(new PanelLaw(9, 3, 2, 2), "none", samples), Level, 1);

    private static double PValueOf(PanelLaw law, string fault, int samples)
        => PanelLaw.SmallestPValue(law.Sample(Draws, (i, result) => DrawPlainly(law, fault, i, samples, result)), Full(law, Batch.OneEnvironment, samples));

    private static void Compare(PanelLaw law, Batch batch, int samples)
    {
        FactoredExactLawMeasurements<double> source = new(law.Dimension, 11);
        double[][] factored = law.Sample(Draws, (i, result) =>
        {
            foreach ((SampleGroup<double> group, double shift) in Groups(law, batch, i, samples, isFactored: true))
            {
                double[] sigma = [.. law.Sigma.Select(value => value + shift)];
                FactoredResidual<double> parts = law.Parts;
                FactoredResidual<double> residual = new()
                {
                    Factor = parts.Factor, InvariantBasis = parts.InvariantBasis, Eigenvalues = parts.Eigenvalues, SpuriousBasis = parts.SpuriousBasis, Sigma = sigma,
                };
                source.AccumulatePanel(in group, in residual, new MatrixSpan<double>(result, law.Dimension, law.Columns));
            }
        });
        double p = PanelLaw.SmallestPValue(factored, Full(law, batch, samples));
        Assert.True(p > Level, $"p-value {p}");
    }

    private static double[][] Full(PanelLaw law, Batch batch, int samples)
    {
        ExactLawMeasurements<double> source = new(law.Dimension, 12);
        double[] shiftDirection = law.Direction(_ => 1), gradient = new double[law.Residual.Length];
        return law.Sample(Draws, (i, result) =>
        {
            Array.Clear(gradient);
            foreach ((SampleGroup<double> group, double shift) in Groups(law, batch, i, samples, isFactored: false))
            {
                double[] residual = [.. law.Residual.Select((value, a) => value - (shift * shiftDirection[a]))];
                source.Accumulate(in group, residual, gradient);
            }

            law.Apply(gradient, result);
        });
    }

    private static IEnumerable<(SampleGroup<double> Group, double Shift)> Groups(PanelLaw law, Batch batch, int step, int samples, bool isFactored)
    {
        bool isNoisy = batch is Batch.Noise or Batch.MixtureWithNoise;
        yield return (new SampleGroup<double>
        {
            Step = step,
            Count = samples,
            Scale = 1.0 / samples,
            NoiseDeviation = isNoisy ? 0.9 : 0,
            LabelNoise = batch == Batch.LabelNoise ? new LabelNoise { Deviation = 1.3 } : null,
            Mixture = batch is Batch.Mixture or Batch.MixtureWithNoise ? Mixture(law, samples, isFactored) : null,
        }, 0);
        if (batch == Batch.TwoEnvironments)
        {
            yield return (new SampleGroup<double> { Step = step, Count = Math.Max(1, samples / 2), Scale = 1.0 / samples, Group = 1, FirstSample = samples }, 1.5);
        }
    }

    private static ResidualMixture<double> Mixture(PanelLaw law, int samples, bool isFactored)
    {
        int r2 = law.SpuriousRank, length = isFactored ? r2 * r2 : law.Residual.Length;
        double[] directions = new double[2 * length];
        for (int v = 0; v < 2; v++)
        {
            double[] pattern = [.. Enumerable.Range(0, r2 * r2).Select(i => i % (r2 + 1) == 0 ? (i == 0) == (v == 0) ? 1.0 : 0 : 0.2 * (v + 1))];
            (isFactored ? pattern : law.Direction(i => pattern[i])).CopyTo(directions, v * length);
        }

        ResidualMixture<double> mixture = new(directions, 2, samples);
        Data.Uniform<double>(2 * samples, 9).CopyTo(mixture.Coefficients);
        return mixture;
    }

    /// <summary>(1/m)(c²·D + c‖D‖·P^⊥W)U, W inside the span of [U, U*, V*] and outside of it apart, with dense projections.</summary>
    private static void DrawPlainly(PanelLaw law, string fault, int step, int samples, double[] result)
    {
        int d = law.Dimension;
        RandomSequence sequence = new(new RandomStream(21, StreamPurpose.Coefficients, step));
        double[] gaussian = new double[2 * d * d];
        new RandomStream(21, StreamPurpose.Measurements, step).FillGaussian<double>(0, gaussian);
        double[] w = new double[d * d], h = gaussian[(d * d)..];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                // Diagonal entries have variance 1, the others ½.
                double other = fault == "S not symmetric" ? gaussian[((d - 1 - i) * d) + d - 1 - j] : gaussian[(j * d) + i];
                w[(i * d) + j] = i == j ? gaussian[(i * d) + i] : (gaussian[(i * d) + j] + other) / 2;
            }
        }

        double[] outside = law.Projection, inside = [.. outside.Select((value, i) => (i % (d + 1) == 0 ? 1 : 0) - value)];

        // WP_in = P_in·W·P_in + P_out·H·P_in.
        double[] within = PanelLaw.Multiply(inside, PanelLaw.Multiply(w, inside, d, d), d, d);
        double[] across = PanelLaw.Multiply(outside, PanelLaw.Multiply(h, inside, d, d), d, d);
        if (fault == "no projection")
        {
            across = PanelLaw.Multiply(h, inside, d, d);
        }

        double deviation = fault == "deviation 1 outside" ? 1 : Math.Sqrt(0.5);
        double[] all = [.. within.Select((value, i) => (fault == "no Gaussian inside" ? 0 : value) + (deviation * across[i]))];
        double norm = Math.Sqrt(MeasurementLaw.Dot(law.Dense, law.Dense));
        double square = sequence.NextChiSquared(samples), root = Math.Sqrt(square), product = MeasurementLaw.Dot(fault == "another matrix in the product with D" ? h : within, law.Dense) / norm;
        double first = fault == "c in place of c²" ? root : square;
        double[] gradient = [.. all.Select((value, i) => ((first * law.Dense[i]) + (root * ((value * norm) - (product * law.Dense[i])))) / samples)];
        PanelLaw.Multiply(gradient, law.Factor, d, law.Columns).CopyTo(result, 0);
    }
}
