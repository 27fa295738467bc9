using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Theory;
using Hetero.Core.Theory.Convergence;
using Hetero.Core.Theory.Phases;
using Hetero.Core.Theory.Simulations;
using Hetero.Core.Theory.Sequences;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Theory.Tests.Convergence;

/// <summary>The counterexamples to (9), (10), (86) and (87) as printed, against plain loops.</summary>
public class PrintedTheoremTests
{
    // d = 5, r1 = r2 = 1, s = 1 ± 3200, η = 4.8·10⁻⁶, α = 0.03, T = 2·log(1/α)/η: r ← (1 + η − ηr²)r and e ← (1 − ηe²)e, three times outside.
    [Fact]
    public void NineHasNoTermForTheStart()
    {
        const double Eta = 4.8e-6, Alpha = 0.03;
        int steps = (int)Math.Ceiling(2 * Math.Log(1 / Alpha) / Eta);
        double r = Alpha, e = Alpha;
        for (int t = 0; t < steps; t++)
        {
            r *= 1 + Eta - (Eta * r * r);
            e *= 1 - (Eta * e * e);
        }

        double error = Math.Sqrt(((1 - (r * r)) * (1 - (r * r))) + (3 * e * e * e * e)), logarithm = Math.Log(5);
        double least = error / (3201 * logarithm * logarithm);
        Assert.Equal(2.15e-7, least, 9);

        TheoryInstance instance = new Theorem2Population().Adapt(new TheoryInstance { Seed = 11 });
        TheoremSetting limit = Theorem2Population.Setting(instance);
        Assert.Equal(1, limit.PrintedDeltaStar, 1e-12);
        CheckResult below = Theorem2Printed.Check(Theorem2Population.Setting(instance, 0.99 * least), 11), above = Theorem2Printed.Check(Theorem2Population.Setting(instance, 1.01 * least), 11);
        Assert.Equal((Verdict.Fails, Verdict.Holds), (below.Verdict, above.Verdict));
        Assert.Equal(error, below.Claim.Left, 1e-9);

        // With the start's share added it holds for the smallest δ, and the share is sharp.
        CheckResult mended = Theorem2Population.Check(Theorem2Population.Setting(instance, 1e-6 * least), 11);
        Assert.Equal(Verdict.Holds, mended.Verdict);
        Assert.Equal(error, mended.Claim.Right, 1e-7);
    }

    // d = 2, s = ±1600, α = 0.24, T = 2·log(1/α)/η: 1 − r_T² = 0.05 in every run, C1·log d·√(d/m) = 3·10⁻¹¹·C1 at m = 10²¹.
    [Fact]
    public void TenIsRefutedByItselfAtFixedDimension()
    {
        const double M = 1600, Alpha = 0.24, Samples = 1e21;
        double eta = ((24 / (M * M)) + (1 / (64 * M))) / 2, r = Alpha;
        int steps = (int)Math.Ceiling(2 * Math.Log(1 / Alpha) / eta);
        for (int t = 0; t < steps; t++)
        {
            r *= 1 + eta - (eta * r * r);
        }

        TheoremSetting setting = new(
            SensingProblem.Create(2, 1, 1, 5, SubspaceLayout.Orthogonal), DiagonalEnvironments.TwoPoint(1, 0, M), Math.Sqrt(2 / Samples), eta, Alpha);
        CheckResult result = Theorem2ProbabilityPrinted.Check(setting, Samples, 3);
        Assert.All(result.Hypotheses, hypothesis => Assert.True(hypothesis.Holds, hypothesis.ToString()));
        Assert.Equal((Verdict.Fails, 1), (result.Verdict, result.Claim.Left));
        Assert.Equal(10 * Math.Pow(2 * Math.Log(2) / Samples, 0.4), result.Claim.Right, 1e-20);

        // Every C1 up to what the start leaves is refuted.
        double largest = (1 - (r * r)) / (Math.Log(2) * Math.Sqrt(2 / Samples));
        Assert.InRange(largest, 1e9, 2e9);
        Assert.True(Theorem2ProbabilityPrinted.Check(setting, Samples, 3, 0.999 * largest).Claim.Left == 1);
        Assert.True(Theorem2ProbabilityPrinted.Check(setting, Samples, 3, 1.001 * largest).Claim.Left == 0);

        // δ that is not √(d/m) is another statement.
        Assert.Equal(Verdict.HypothesisNotMet, Theorem2ProbabilityPrinted.Check(setting, 2 * Samples, 3).Verdict);
    }

    // The same chance from a plain 4×4 loop with the Gaussian limit of E∘(D), ‖D‖_F·G + g·D over √m: G symmetric Gaussian, g ~ N(0, 1). Five standard errors of the
    // difference: a false alarm in 6·10⁻⁷ of the seeds.
    [Fact]
    public void TheChanceAtALargeNumberOfSamplesIsThatOfItsLimit()
    {
        const int D = 4, Runs = 3000, Library = 1000;
        const double Eta = 0.05, Alpha = 1e-3, M = 8, Samples = 1e9;
        TrainingOptions options = new() { Seed = 5, Samples = (long)Samples, InitialScale = Alpha };
        CheckResult result = Theorem2Probability.CheckBound(
            SensingProblem.Create(D, 1, 1, 1, SubspaceLayout.Orthogonal), DiagonalEnvironments.TwoPoint(1, 1, M), options, 10, Library);
        Assert.Equal(Verdict.Holds, result.Verdict);

        int steps = PhaseSchedule.Create(Eta, Alpha).ConvergenceEnd, count = 0;
        double limit = 10 * Math.Log(D) * Math.Sqrt(D / Samples);
        System.Random random = new(17);
        for (int run = 0; run < Runs; run++)
        {
            double[,] u = new double[D, D], next = new double[D, D], g = new double[D, D];
            for (int i = 0; i < D; i++)
            {
                u[i, i] = Alpha;
            }

            for (int t = 0; t < steps; t++)
            {
                double s = random.Next(2) == 0 ? 1 - M : 1 + M, size = 0, along = Normal();
                for (int i = 0; i < D; i++)
                {
                    for (int j = 0; j < D; j++)
                    {
                        g[i, j] = Product(u, i, j) - (i == j && i == 0 ? 1 : 0) - (i == j && i == 1 ? s : 0);
                        size += g[i, j] * g[i, j];
                    }
                }

                size = Math.Sqrt(size);
                for (int i = 0; i < D; i++)
                {
                    for (int j = 0; j <= i; j++)
                    {
                        double noise = size * Normal() * (i == j ? 1 : Math.Sqrt(0.5));
                        g[i, j] = g[j, i] = g[i, j] + ((noise + (along * g[i, j])) / Math.Sqrt(Samples));
                    }
                }

                for (int i = 0; i < D; i++)
                {
                    for (int j = 0; j < D; j++)
                    {
                        double sum = 0;
                        for (int k = 0; k < D; k++)
                        {
                            sum += g[i, k] * u[k, j];
                        }

                        next[i, j] = u[i, j] - (Eta * sum);
                    }
                }

                (u, next) = (next, u);
            }

            double error = 0;
            for (int i = 0; i < D; i++)
            {
                for (int j = 0; j < D; j++)
                {
                    double off = Product(u, i, j) - (i == 0 && j == 0 ? 1 : 0);
                    error += off * off;
                }
            }

            count += Math.Sqrt(error) > limit ? 1 : 0;
        }

        double chance = count / (double)Runs, measured = double.Parse(result.Note.Split(": ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(measured, chance - (5 * Deviation()), chance + (5 * Deviation()));
        Assert.InRange(chance, 0.03, 0.08);

        double Deviation() => Math.Sqrt(chance * (1 - chance) * ((1.0 / Runs) + (1.0 / Library)));

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

        static double Product(double[,] factor, int row, int column)
        {
            double sum = 0;
            for (int k = 0; k < D; k++)
            {
                sum += factor[row, k] * factor[column, k];
            }

            return sum;
        }
    }

    // (86): a step multiplies R_t by 1.044 or more below 1/3 at η = 0.05, and R̄_t/R_t never exceeds e^(1/32). (87): L_t ≥ α.
    [Fact]
    public void EightySixSlipsByAnIndexAtEveryStep()
    {
        AuxiliarySequences sequences = new(0.05, 1e-3, PhaseSchedule.Create(0.05, 1e-3).GrowthEnd + 1);
        for (int t = 0; t < sequences.LastStep; t++)
        {
            Assert.True(sequences.Reference[t + 1] > sequences.Upper[t] && sequences.Reference[t + 1] <= sequences.Upper[t + 1]);
        }

        // With every hypothesis met, d = 2: σ_1 after a step is (1 + η − ηα²)α at m = ∞, and R̄_0 = L_0 = α.
        const double Eta = 4.8e-6, Alpha = 0.2;
        HeteroSgd<double> trainer = new(
            SensingProblem.Create(2, 1, 1, 5, SubspaceLayout.Orthogonal),
            DiagonalEnvironments.TwoPoint(1, 1, 3200),
            new PopulationMeasurements<double>(2),
            new TrainingOptions { Seed = 1, StepSize = StepSizeSchedule.Constant(Eta), InitialScale = Alpha });
        CheckResult result = Theorem4Printed.Check(trainer, 1, 1e-11);
        Assert.All(result.Hypotheses, hypothesis => Assert.True(hypothesis.Holds, hypothesis.ToString()));
        Assert.Equal(Verdict.Fails, result.Verdict);
        Assert.Equal(1 + Eta - (Eta * Alpha * Alpha), result.Claims[0].Left, 1e-13);
        Assert.Equal((10, false), (result.Claims[1].Left, result.Claims[1].Holds));
    }
}
