using Hetero.Core.Tests.Support;

namespace Hetero.Core.Tests.Training;

/// <summary>The library's objectives on made-up data by plain loops over d×d matrices: values and gradients in M.</summary>
internal sealed class PlainObjective(OwnData data, double[] probabilities, double weight)
{
    /// <summary>The objectives with a value, in the order of the sweep's list.</summary>
    public static readonly string[] WithValues =
        ["mean-risk", "v-rex", "group-dro", "irm-v1", "matrix-irm", "gradient-variance", "gradient-norm-variance"];

    private int D => data.Dimension;

    private IEnumerable<int> Environments => Enumerable.Range(0, probabilities.Length);

    public double Value(string objective, double[] m)
    {
        double[] risks = [.. Environments.Select(e => Risk(e, m))];
        double[][] gradients = [.. Environments.Select(e => Gradient(e, m))];
        double[] mean = Sum(gradients, probabilities);
        double penalty = objective switch
        {
            "mean-risk" => 0,
            "v-rex" => Variance(risks),
            "irm-v1" => Mean(e => Math.Pow(Dot(gradients[e], m), 2)),
            "matrix-irm" => Mean(e => Dot(Square(gradients[e]), m)),
            "gradient-variance" => Mean(e => Dot(Square(Minus(gradients[e], mean)), m)),
            "gradient-norm-variance" => Variance([.. Environments.Select(e => Dot(Square(gradients[e]), m))]),
            "group-dro" => 0,
            _ => throw new ArgumentException(objective, nameof(objective)),
        };
        return objective == "group-dro" ? risks.Max() : Mean(e => risks[e]) + (weight * penalty);
    }

    public double[] Gradient(string objective, double[] m)
    {
        double[] risks = [.. Environments.Select(e => Risk(e, m))];
        double[][] gradients = [.. Environments.Select(e => Gradient(e, m))];
        double[] mean = Sum(gradients, probabilities), lengths = [.. Environments.Select(e => Dot(Square(gradients[e]), m))];
        double[] result = [.. mean];
        switch (objective)
        {
            case "group-dro":
                return gradients[Array.IndexOf(risks, risks.Max())];
            case "and-mask":
                return [.. mean.Select((value, i) => gradients.All(g => g[i] > 0) || gradients.All(g => g[i] < 0) ? value : 0)];
            case "mean-risk":
                return mean;
        }

        foreach (int e in Environments)
        {
            double[] g = objective == "gradient-variance" ? Minus(gradients[e], mean) : gradients[e];
            double[] own = objective switch
            {
                "v-rex" => Times(2 * (risks[e] - Mean(i => risks[i])), g),
                "irm-v1" => Times(2 * Dot(g, m), Plus(g, Apply(e, m))),
                "gradient-norm-variance" => Times(2 * (lengths[e] - Mean(i => lengths[i])), OfLength(e, g, m)),
                _ => OfLength(e, g, m),
            };
            result = Plus(result, Times(weight * probabilities[e], own));
        }

        return result;
    }

    private double[] OfLength(int e, double[] g, double[] m)
        => Plus(Square(g), Apply(e, Plus(PlainMatrix.Times(g, m, D, D, D), PlainMatrix.Times(m, g, D, D, D))));

    private double Risk(int e, double[] m)
        => data.Squares[e].Select((x, i) => Math.Pow(Dot(x, m) - data.Responses[e][i], 2)).Sum() / (2 * data.Squares[e].Length);

    private double[] Gradient(int e, double[] m)
        => data.Gradient(m, Enumerable.Range(0, data.Squares[e].Length).Select(i => (e, (long)i, 1.0 / data.Squares[e].Length)));

    private double[] Apply(int e, double[] b)
        => Sum(data.Squares[e], [.. data.Squares[e].Select(x => Dot(x, b) / data.Squares[e].Length)]);

    private double Mean(Func<int, double> value) => Environments.Sum(e => probabilities[e] * value(e));

    private double Variance(double[] values) => Mean(e => Math.Pow(values[e] - Mean(i => values[i]), 2));

    private double[] Square(double[] a) => PlainMatrix.Times(a, a, D, D, D);

    private static double Dot(double[] x, double[] y) => x.Zip(y, (a, b) => a * b).Sum();

    private static double[] Plus(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a + b)];

    private static double[] Minus(double[] x, double[] y) => [.. x.Zip(y, (a, b) => a - b)];

    private static double[] Times(double factor, double[] x) => [.. x.Select(value => factor * value)];

    private static double[] Sum(double[][] matrices, double[] weights)
        => [.. Enumerable.Range(0, matrices[0].Length).Select(i => matrices.Select((matrix, e) => weights[e] * matrix[i]).Sum())];
}
