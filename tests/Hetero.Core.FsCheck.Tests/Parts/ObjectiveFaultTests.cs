using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Parts;

/// <summary>Each fault of an objective is found by its sentence.</summary>
public class ObjectiveFaultTests
{
    [Theory]
    [InlineData("no measurements", "Combine's gradient of the value is not the gradient")]
    [InlineData("twice", "(the constant that it must have; 0.5 fits all lines best)")]
    [InlineData("equal weights", "Combine's gradient of the value is not the gradient")]
    [InlineData("remembers", "Combine depends on what was asked for before")]
    [InlineData("allocates", "Combine, with a gradient of each of three environments, allocates")]
    [InlineData("NaN", "Combine writes what is not finite")]
    [InlineData("throws", "Combine throws InvalidOperationException")]
    [InlineData("no description", "Describe adds nothing")]
    public void EachFaultIsFound(string fault, string sentence)
        => Assert.Contains(PartChecks.FaultsOfObjective(() => new Broken(fault), Value), found => found.Contains(sentence, StringComparison.Ordinal));

    [Fact]
    public void TheSameObjectiveWithoutFaultsHasNone() => Assert.Empty(PartChecks.FaultsOfObjective(() => new Broken("none"), Value));

    // The mean of the risks, which is what there is without an objective.
    [Fact]
    public void TheMeanHasTheMeanOfTheGradients()
        => Assert.Empty(PartChecks.FaultsOfObjective(() => new Mean(), (risks, environments) =>
        {
            double value = 0;
            for (int e = 0; e < environments.Count; e++)
            {
                value += environments.GetProbability(e) * risks[e];
            }

            return value;
        }));

    /// <summary>½·Σ π_e‖G_e‖².</summary>
    private static double Value(ReadOnlySpan<double> risks, EnvironmentGradients<double> environments)
    {
        double value = 0;
        for (int e = 0; e < environments.Count; e++)
        {
            value += 0.5 * environments.GetProbability(e) * TensorPrimitives.SumOfSquares(environments.GetGradient(e));
        }

        return value;
    }

    private sealed class Mean : Objective<double>
    {
        public override void Combine(EnvironmentGradients<double> environments, Span<double> gradient, CancellationToken cancellation)
        {
            for (int e = 0; e < environments.Count; e++)
            {
                TensorPrimitives.MultiplyAdd(environments.GetGradient(e), environments.GetProbability(e), gradient, gradient);
            }
        }

        public override void Describe(PartDescription description) => description.Add("objective", "mean");
    }

    /// <summary>The gradient Σ π_e·H_e·G_e of the value, with one fault.</summary>
    private sealed class Broken(string fault) : Objective<double>
    {
        private readonly double[] _scaled = new double[10];
        private double _last;

        public override void Combine(EnvironmentGradients<double> environments, Span<double> gradient, CancellationToken cancellation)
        {
            for (int e = 0; e < environments.Count; e++)
            {
                double weight = fault switch
                {
                    "twice" => 2 * environments.GetProbability(e),
                    "equal weights" => 1.0 / 3,
                    "NaN" => double.NaN,
                    "throws" => throw new InvalidOperationException("No."),
                    _ => environments.GetProbability(e),
                };
                TensorPrimitives.Multiply(environments.GetGradient(e), fault == "NaN" ? 1 : weight, _scaled);
                if (fault == "no measurements")
                {
                    TensorPrimitives.Add(gradient, _scaled, gradient);
                }
                else
                {
                    environments.Apply(e, _scaled, gradient, cancellation);
                }
            }

            gradient[0] += fault switch
            {
                "remembers" => _last,
                "allocates" => (Kept.Array = new double[1])[0],
                "NaN" => double.NaN,
                _ => 0,
            };
            _last = gradient[1];
        }

        public override void Describe(PartDescription description)
        {
            if (fault != "no description")
            {
                description.Add("objective", "broken");
            }
        }
    }
}
