using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Figures;

/// <summary>
/// Where training with an objective ends, for r1 = r2 = 1 and orthogonal subspaces: the mean over the samples of its value at
/// M = a·uuᵀ + b·vvᵀ + c·(uvᵀ + vuᵀ), D_e = M − uuᵀ − s_e·vvᵀ, to first order in 1/m, its descent with c = 0 and its minimizer, and whether noise turns the end of the descent.
/// docs/rivals.md has the derivation.
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

    // What c is set to, to see whether it grows, and the b that counts as none.
    private const double Turn = 1e-3, Gone = 1e-3;

    /// <summary>The end of a small start.</summary>
    public (double A, double B) SmallStart() => Descend(Start, Start);

    /// <summary>The least value that descents from a grid of starts find.</summary>
    public (double A, double B) Global()
    {
        double[] starts = [Start, 1];
        return (from a in starts from b in starts let end = Descend(a, b) orderby Value(end.A, end.B) select end).First();
    }

    /// <summary>
    /// How fast a stop at a and b is left by turning, in a unit of η times steps: the growth rate of c into V*, or, where b is gone, into any direction outside of both subspaces, whose
    /// s is always 0. Not above 0 where the stop stays.
    /// </summary>
    public double TurningRate(double a, double b)
    {
        double into = TurningIntoV(a, b);
        return b > Gone ? into : Math.Max(into, new RivalPrediction(kind, weight, [(0, 1)], dimension, 0).TurningIntoV(a, 0));
    }

    /// <summary>The mean of the objective over the samples.</summary>
    public double Value(double a, double b, double c = 0)
    {
        double risk = 0, largest = 0, penalty = 0, lengths = 0, squares = 0, risks = 0, ownVariance = 0;
        double mean = law.Sum(one => one.Probability * one.S), variance = law.Sum(one => one.Probability * Math.Pow(one.S - mean, 2));
        double half = (dimension + 1) / 2.0 * inverse, trace = a + b, across = c * c;
        foreach ((double s, double p) in law)
        {
            (double inA, double inB) = (a - 1, b - s);
            double q = (inA * inA) + (inB * inB) + (2 * across), slope = (inA * a) + (inB * b) + (2 * across);
            double length = (inA * inA * a) + (inB * inB * b) + (across * (trace + (2 * (inA + inB))));
            double noisy = ((1 + inverse) * length) + (half * q * trace), others = p * (1 - p);
            risk += p * q / 2;
            largest = Math.Max(largest, q / 2);
            lengths += p * noisy;
            squares += p * noisy * noisy;
            risks += p * q * q / 4;
            penalty += kind switch
            {
                ObjectiveKind.VRex => others * q * q / 2 * inverse,
                ObjectiveKind.IrmV1 => p * ((slope * slope) + (inverse * ((q * ((a * a) + (b * b) + (2 * across))) + (slope * slope)))),
                ObjectiveKind.MatrixIrm => p * noisy,
                ObjectiveKind.GradientVariance => others * ((inverse * length) + (half * q * trace)),
                _ => 0,
            };

            // ‖D∘M‖², D∘M = ½(DM + MD).
            double symmetric = (inA * inA * a * a) + (inB * inB * b * b)
                + (2 * across * ((inA * a) + (inB * b) + across + (Math.Pow(trace + inA + inB, 2) / 4)));
            ownVariance += others * 4 * inverse * ((q * symmetric) + (length * length));
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

    /// <summary>ċ = −((a + b)κ + g_a + g_b)c, where κ is the coefficient of c² in the objective.</summary>
    private double TurningIntoV(double a, double b)
    {
        (double inA, double inB) = Gradient(a, b);
        double curvature = (Value(a, b, Turn) - Value(a, b)) / (Turn * Turn);
        return -(((a + b) * curvature) + inA + inB);
    }

    private (double InA, double InB) Gradient(double a, double b)
        => ((Value(a + Difference, b) - Value(a - Difference, b)) / (2 * Difference), (Value(a, b + Difference) - Value(a, b - Difference)) / (2 * Difference));

    /// <summary>a ← a(1 − ηg_a)² and the same for b, with ever smaller steps.</summary>
    private (double A, double B) Descend(double a, double b)
    {
        double first = 0.02 / (1 + (weight / (kind is ObjectiveKind.MatrixIrm or ObjectiveKind.IrmV1 ? 4 : 1)));

        // The slowest part, a, does not know λ: it has 25 units of time or more.
        int steps = (int)(10_000 * Math.Max(1, 0.005 / first));
        for (int step = 0; step < steps; step++)
        {
            (double inA, double inB) = Gradient(a, b);
            double size = first * (1 - ((double)step / (steps + 1)));
            (a, b) = (a * Math.Pow(1 - (size * inA), 2), b * Math.Pow(1 - (size * inB), 2));
        }

        return (a, b);
    }
}
