using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.Tests.Training;

/// <summary>A itself: linear, so that its iterates are known in closed form.</summary>
public class DirectModelTests
{
    private const int D = 5, Steps = 60;
    private const double Eta = 0.1;

    private sealed class Drawn : ITrainingObserver<double>
    {
        public List<double> Values { get; } = [];

        public void Observe(in TrainingSnapshot<double> snapshot)
        {
            if (!snapshot.Environment.IsEmpty)
            {
                Values.Add(snapshot.Environment[0]);
            }
        }
    }

    // A_t = A* + (1 − η)^t(A_0 − A*) + η Σ_s (1 − η)^(t−1−s) A^(e_s) at m = ∞.
    [Fact]
    public void AtInfiniteSamplesTheIterateIsAGeometricMeanOverTheEnvironments()
    {
        SensingProblem problem = SensingProblem.Create(D, 2, 1, 3, eigenvalues: [1, -0.5]);
        TrainingOptions options = new() { Seed = 4, InitialScale = 0.5, StepSize = StepSizeSchedule.Constant(Eta) };
        HeteroSgd<double> trainer = new(
            problem, DiagonalEnvironments.TwoPoint(1, 0.5, 3), new PopulationMeasurements<double>(D), options, parts: new() { Model = new DirectModel<double>(D, options) });
        Drawn drawn = new();
        trainer.Run(Steps, drawn);
        double spurious = drawn.Values.Select((s, step) => Eta * Math.Pow(1 - Eta, Steps - 1 - step) * s).Sum(), left = Math.Pow(1 - Eta, Steps);
        for (int i = 0; i < D; i++)
        {
            for (int j = 0; j < D; j++)
            {
                double signal = (problem.InvariantBasis[i, 0] * problem.InvariantBasis[j, 0]) - (0.5 * problem.InvariantBasis[i, 1] * problem.InvariantBasis[j, 1]);
                double expected = ((1 - left) * signal) + (i == j ? left * 0.25 : 0) + (spurious * problem.SpuriousBasis[i, 0] * problem.SpuriousBasis[j, 0]);
                Assert.Equal(expected, trainer.Parameters[(i * D) + j], 1e-13);
            }
        }
    }

    [Fact]
    public void WhatOnlyFactorsHaveIsRefused()
    {
        TrainingOptions options = new() { Seed = 1 };
        Assert.Equal("options.FactorColumns", Assert.ThrowsAny<ArgumentException>(() => new DirectModel<double>(D, options with { FactorColumns = 2 })).ParamName);
        Assert.Equal("options.Start", Assert.ThrowsAny<ArgumentException>(() => new DirectModel<double>(D, options with { Start = StartKind.Frame })).ParamName);
        Assert.Equal("options.InitialScale", Assert.ThrowsAny<ArgumentException>(() => new DirectModel<float>(D, options with { InitialScale = 1e-40 })).ParamName);
        Assert.Equal(D * D, new DirectModel<double>(D, options with { FactorColumns = D, Start = StartKind.Identity }).ParameterCount);
    }
}
