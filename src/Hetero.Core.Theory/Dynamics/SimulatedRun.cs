using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Theory.Isometry;

namespace Hetero.Core.Theory.Dynamics;

/// <summary>HeteroSGD with near isometries of a given δ, or at m = ∞ if it is 0, as the list of its steps.</summary>
internal static class SimulatedRun
{
    private const int PerturbationStream = 64;

    /// <summary>Makes the steps 0, 1, … from a factor, with the environments of the instance's seed.</summary>
    public static List<AnalyzedStep> Train(TheoryInstance instance, SensingProblem problem, Matrix start, double ripConstant, int steps)
    {
        return Train(
            instance, problem, start, ripConstant == 0 ? null : NearIsometry.Create(instance.Dimension, NearIsometry.Random(instance, PerturbationStream), ripConstant), steps);
    }

    /// <summary>Makes the steps with given measurements, or at m = ∞ without any.</summary>
    public static List<AnalyzedStep> Train(
        TheoryInstance instance, SensingProblem problem, Matrix start, StoredMeasurements<double>? measurements, int steps)
    {
        List<AnalyzedStep> made = new(steps);
        Matrix u = start;
        for (int t = 0; t < steps; t++)
        {
            double[] sigma = instance.CreateSigma(t), residual = AnalyzedStep.Residual(problem, u, sigma);
            double[] gradient = measurements is null ? residual : NearIsometry.Apply(measurements, measurements.SamplesPerSet, residual);
            made.Add(new AnalyzedStep(problem, u.Span, instance.StepSize, sigma, gradient));
            u -= instance.StepSize * (Matrix.OfSvec(gradient, instance.Dimension) * u);
        }

        return made;
    }
}
