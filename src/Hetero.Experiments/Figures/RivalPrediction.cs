using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Where training with an objective ends, for r1 = r2 = 1 and orthogonal subspaces: the mean over the samples of its value at M = a·uuᵀ + b·vvᵀ, D_e = diag(a − 1, b − s_e), to first
/// order in 1/m, and its descent and minimizer. docs/rivals.md has the derivation.
/// </summary>
/// <param name="kind">The objective, one that is the gradient of a function.</param>
/// <param name="weight">λ.</param>
/// <param name="law">The s and their probabilities.</param>
/// <param name="dimension">d.</param>
/// <param name="inverse">1/m, 0 for m = ∞.</param>
internal sealed class RivalPrediction(ObjectiveKind kind, double weight, IReadOnlyList<(double S, double Probability)> law, int dimension, double inverse)
{
    private const double Start = 1e-3;

    private const double Difference = 1e-6;

    /// <summary>The end of a small start.</summary>
    public (double A, double B) SmallStart() => Descend(Start, Start);

    /// <summary>The least value that descents from a grid of starts find.</summary>
    public (double A, double B) Global()
    {
        double[] starts = [Start, 1];
        return (from a in starts from b in starts let end = Descend(a, b) orderby Value(end.A, end.B) select end).First();
    }

    /// <summary>The mean of the objective over the samples.</summary>
    public double Value(double a, double b)
    {
        double risk = 0, largest = 0, penalty = 0, lengths = 0, squares = 0, risks = 0, ownVariance = 0;
        double mean = law.Sum(one => one.Probability * one.S), variance = law.Sum(one => one.Probability * Math.Pow(one.S - mean, 2));
        double half = (dimension + 1) / 2.0 * inverse, trace = a + b;
        foreach ((double s, double p) in law)
        {
            (double inA, double inB) = (a - 1, b - s);
            double q = (inA * inA) + (inB * inB), length = (inA * inA * a) + (inB * inB * b), slope = (inA * a) + (inB * b);
            double noisy = ((1 + inverse) * length) + (half * q * trace), others = p * (1 - p);
            risk += p * q / 2;
            largest = Math.Max(largest, q / 2);
            lengths += p * noisy;
            squares += p * noisy * noisy;
            risks += p * q * q / 4;
            penalty += kind switch
            {
                ObjectiveKind.VRex => others * q * q / 2 * inverse,
                ObjectiveKind.IrmV1 => p * ((slope * slope) + (inverse * ((q * ((a * a) + (b * b))) + (slope * slope)))),
                ObjectiveKind.MatrixIrm => p * noisy,
                ObjectiveKind.GradientVariance => others * ((inverse * length) + (half * q * trace)),
                _ => 0,
            };
            ownVariance += others * 4 * inverse * ((q * ((inA * inA * a * a) + (inB * inB * b * b))) + (length * length));
        }

        return kind switch
        {
            ObjectiveKind.GroupDro => largest,
            ObjectiveKind.VRex => risk + (weight * (penalty + risks - (risk * risk))),
            ObjectiveKind.GradientVariance => risk + (weight * (penalty + (variance * b))),
            ObjectiveKind.GradientNormVariance => risk + (weight * (squares - (lengths * lengths) + ownVariance)),
            _ => risk + (weight * penalty),
        };
    }

    /// <summary>a ← a(1 − ηg_a)² and the same for b, with ever smaller steps.</summary>
    private (double A, double B) Descend(double a, double b)
    {
        double first = 0.02 / (1 + (weight / (kind is ObjectiveKind.MatrixIrm or ObjectiveKind.IrmV1 ? 4 : 1)));

        // The slowest part, a, does not know λ: it has 25 units of time or more.
        int steps = (int)(10_000 * Math.Max(1, 0.005 / first));
        for (int step = 0; step < steps; step++)
        {
            double inA = (Value(a + Difference, b) - Value(a - Difference, b)) / (2 * Difference);
            double inB = (Value(a, b + Difference) - Value(a, b - Difference)) / (2 * Difference);
            double size = first * (1 - ((double)step / (steps + 1)));
            (a, b) = (a * Math.Pow(1 - (size * inA), 2), b * Math.Pow(1 - (size * inB), 2));
        }

        return (a, b);
    }
}
