using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Xunit;

namespace Hetero.Core.FsCheck.Tests.Parts;

/// <summary>The library's objectives have no fault: their gradients are those of their values by the Taylor slope, at any symmetric M.</summary>
public class LibraryObjectiveTests
{
    private const double Weight = 0.7;

    public static TheoryData<string> Names() => ["mean", "v-rex", "group-dro", "irm-v1", "matrix-irm", "gradient-variance", "gradient-norm-variance"];

    [Theory]
    [MemberData(nameof(Names))]
    public void HasNoFault(string name) => Assert.Empty(PartChecks.FaultsOfObjective(() => Create(name), (risks, environments) => Value(name, risks, environments)));

    private static Objective<double> Create(string name) => name switch
    {
        "mean" => new MeanRisk<double>(),
        "v-rex" => new RiskExtrapolation<double>(Weight),
        "group-dro" => new GroupDro<double>(),
        "irm-v1" => new IrmV1<double>(Weight),
        "matrix-irm" => new MatrixIrm<double>(Weight),
        "gradient-variance" => new GradientVariance<double>(Weight),
        _ => new GradientNormVariance<double>(Weight),
    };

    private static double Value(string name, ReadOnlySpan<double> risks, EnvironmentGradients<double> environments)
    {
        double[] own = risks.ToArray(), m = environments.Product.ToArray();
        double[][] gradients = [.. Enumerable.Range(0, own.Length).Select(e => environments.GetGradient(e).ToArray())];
        double[] average = [.. m.Select((_, i) => Mean(e => gradients[e][i]))];
        double penalty = name switch
        {
            "v-rex" => Variance(e => own[e]),
            "irm-v1" => Mean(e => Math.Pow(Numbers(gradients[e], m), 2)),
            "matrix-irm" => Mean(e => Length(gradients[e])),
            "gradient-variance" => Mean(e => Length([.. gradients[e].Zip(average, (x, y) => x - y)])),
            "gradient-norm-variance" => Variance(e => Length(gradients[e])),
            _ => 0,
        };
        return name == "group-dro" ? own.Max() : Mean(e => own[e]) + (Weight * penalty);

        double Mean(Func<int, double> of) => Enumerable.Range(0, own.Length).Sum(e => environments.GetProbability(e) * of(e));

        double Variance(Func<int, double> of) => Mean(e => Math.Pow(of(e) - Mean(of), 2));

        double Numbers(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

        // ⟨G², M⟩, entry by entry.
        double Length(double[] gradient)
        {
            int d = environments.Space.Dimension;
            double[] g = new double[d * d], matrix = new double[d * d];
            Svec.Unpack<double>(gradient, new MatrixSpan<double>(g, d, d));
            Svec.Unpack<double>(m, new MatrixSpan<double>(matrix, d, d));
            double sum = 0;
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    for (int k = 0; k < d; k++)
                    {
                        sum += g[(i * d) + k] * g[(k * d) + j] * matrix[(i * d) + j];
                    }
                }
            }

            return sum;
        }
    }
}
