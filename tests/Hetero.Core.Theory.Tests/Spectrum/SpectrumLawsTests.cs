using Hetero.Core.Theory.Spectrum;
using Xunit;

namespace Hetero.Core.Theory.Tests.Spectrum;

public class SpectrumLawsTests
{
    // u ← (1 + η(λ − u²))u itself, between two steps as if u² grew by a constant factor. The next order in η is below 0.01 + 0.25η steps.
    [Theory]
    [InlineData(1, 0.05, 1e-3)]
    [InlineData(0.1, 0.05, 1e-3)]
    [InlineData(0.3, 0.01, 1e-5)]
    public void HalfOfAnEigenvalueIsLearnedAtItsTime(double eigenvalue, double stepSize, double initialScale)
    {
        double share = 0, before = 0, u = initialScale;
        int step = 0;
        for (; share < 0.5; step++)
        {
            before = u * u / eigenvalue;
            u *= 1 + (stepSize * (eigenvalue - (u * u)));
            share = u * u / eigenvalue;
        }

        double measured = step - (Math.Log(2 * share) / Math.Log(share / before));
        Assert.Equal(measured, SpectrumLaws.HalfTime(eigenvalue, stepSize, initialScale), 0.04);
        Assert.Equal(
            Math.Log(Math.Sqrt(eigenvalue) / initialScale) / Math.Log(1 + (stepSize * eigenvalue)),
            SpectrumLaws.ExponentialTime(eigenvalue, stepSize, initialScale),
            1e-9);
        Assert.Equal(0.5199, SpectrumLaws.ExponentialTime(eigenvalue, stepSize, initialScale) - SpectrumLaws.HalfTime(eigenvalue, stepSize, initialScale), 1e-4);
    }

    // The second moments of the linear recursion step by step: ξ ← (1 − ηλ)ξ − ηn for U's stray, δ ← (1 − η(λ − v))δ + ηn for what S_t differs
    // from it by, v = u² logistic, n of variance 1; their sum is the basis's. In units of η² the variance is the number of diffused steps.
    [Theory]
    [InlineData(1, 4000)]
    [InlineData(0.2, 20_000)]
    public void DiffusedStepsAreTheVarianceOfTheRecursion(double eigenvalue, int steps)
    {
        const double Eta = 0.002;
        double half = SpectrumLaws.HalfTime(eigenvalue, Eta, 1e-3 * Math.Sqrt(eigenvalue)), own = 0, rest = 0, both = 0;
        double u = 1e-3 * Math.Sqrt(eigenvalue), worst = 0;
        int seen = 0;
        for (int step = 1; step <= steps + half; step++)
        {
            double keep = 1 - (Eta * eigenvalue), follow = 1 - (Eta * (eigenvalue - (u * u)));
            (own, rest, both) = ((keep * keep * own) + 1, (follow * follow * rest) + 1, (keep * follow * both) - 1);
            u *= 1 + (Eta * (eigenvalue - (u * u)));
            double expected = SpectrumLaws.DiffusedSteps(eigenvalue, Eta, step - half), z = 2 * Eta * eigenvalue * (step - half);
            if (z is > -2 and < 12)
            {
                seen++;
                worst = Math.Max(worst, Math.Abs(((own + rest + (2 * both)) / expected) - 1));
            }
        }

        Assert.True(seen > 500);
        Assert.InRange(worst, 0, 0.03);
    }

    [Fact]
    public void LongBeforeAndLongAfterTheLawIsWhatItsSeriesSay()
    {
        const double Lambda = 0.5, Eta = 0.05;
        foreach (double z in new[] { -8.001, -7.999, -30, -800 })
        {
            double series = Math.Exp(2 * z) / (24 * Eta * Lambda);
            Assert.Equal(series, SpectrumLaws.DiffusedSteps(Lambda, Eta, z / (2 * Eta * Lambda)), 2e-3 * series);
        }

        Assert.Equal(2000 - (3 / (2 * Eta * Lambda)), SpectrumLaws.DiffusedSteps(Lambda, Eta, 2000), 1e-9);
        Assert.Equal(1e6 - (3 / (2 * Eta * Lambda)), SpectrumLaws.DiffusedSteps(Lambda, Eta, 1e6), 1e-6);
    }

    [Fact]
    public void TheAngleDiffusesAndSaturates()
    {
        Assert.Equal(0.05 * 0.05 * 65 * 97 / 16_000, SpectrumLaws.Diffusion(0.05, 65, 97, 8000), 1e-15);
        Assert.Equal(1e-3, SpectrumLaws.AngleTangent(1e-8, 100), 1e-8);
        Assert.Equal(Math.Sqrt(0.5), SpectrumLaws.AngleTangent(1, 100), 1e-12);

        // Where tan²θ grows by g(1 − 2·tan²θ) a step.
        double square = 0;
        for (int step = 0; step < 700; step++)
        {
            square += 1e-3 * (1 - (2 * square));
        }

        Assert.Equal(Math.Sqrt(square), SpectrumLaws.AngleTangent(1e-3, 700), 1e-3);
    }

    // √x·(1 − x/2 + …), also where 1 − 2x is 1.
    [Theory]
    [InlineData(1e-20)]
    [InlineData(1e-13)]
    [InlineData(1.01e-8)]
    [InlineData(0.99e-8)]
    public void ASmallAngleKeepsItsDigits(double angle)
        => Assert.Equal(1, SpectrumLaws.AngleTangent(angle / 4, 4) / (Math.Sqrt(angle) * (1 - (angle / 2))), 2e-8);

    [Fact]
    public void WhatIsOutOfRangeIsNamed()
    {
        Assert.Equal("eigenvalue", Assert.Throws<ArgumentOutOfRangeException>(() => SpectrumLaws.ExponentialTime(0, 0.05, 1e-3)).ParamName);
        Assert.Equal("stepSize", Assert.Throws<ArgumentOutOfRangeException>(() => SpectrumLaws.HalfTime(1, -0.05, 1e-3)).ParamName);
        Assert.Equal("initialScale", Assert.Throws<ArgumentOutOfRangeException>(() => SpectrumLaws.HalfTime(1, 0.05, double.NaN)).ParamName);
        Assert.Equal("samples", Assert.Throws<ArgumentOutOfRangeException>(() => SpectrumLaws.Diffusion(0.05, 1, 3, 0)).ParamName);
        Assert.Equal("codimension", Assert.Throws<ArgumentOutOfRangeException>(() => SpectrumLaws.Diffusion(0.05, 1, -1, 5)).ParamName);
        Assert.Equal("squaredScalar", Assert.Throws<ArgumentOutOfRangeException>(() => SpectrumLaws.Diffusion(0.05, -1, 1, 5)).ParamName);
        Assert.Equal("diffusedSteps", Assert.Throws<ArgumentOutOfRangeException>(() => SpectrumLaws.AngleTangent(1, -1)).ParamName);
        Assert.Equal("time", Assert.ThrowsAny<ArgumentException>(() => SpectrumLaws.DiffusedSteps(1, 0.05, double.NaN)).ParamName);
    }
}
