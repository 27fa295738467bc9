using System.Globalization;
using Hetero.Core.Numerics;

namespace Hetero.Core.Theory.Concentration;

/// <summary>
/// Lemma 18, (99), (100): the operator norm of an m×n matrix from ε-nets of the two spheres, sup⟨Ax, y⟩ ≤ ‖A‖ ≤ sup⟨Ax, y⟩/(1 − 2ε), and for m = n
/// with 1 − 2ε − ε², which is the weaker bound. Checked for m, n ≤ 3.
/// </summary>
/// <remarks>
/// (100) is printed for ε below 1/2 but needs ε &lt; √2 − 1, where 1 − 2ε − ε² = 0: beyond that its right side is negative
/// (<see cref="Lemma18Printed"/>). With x = y, the quadratic form alone, it would hold for symmetric A only: a rotation by a right angle has ⟨Ax,
/// x⟩ = 0.
/// </remarks>
public sealed class Lemma18 : TheoryCheck
{
    private static readonly StatementInfo Facts = new()
    {
        Id = "L18",
        Statement = "sup⟨Ax, y⟩ ≤ ‖A‖ ≤ sup⟨Ax, y⟩/(1 − 2ε) over ε-nets; (100) for ε < √2 − 1",
        Equations = "(99), (100)",
        Stated = Verdict.Holds,
        Remark = "Deterministic on nets that are proved to cover; (100) only where its denominator is positive.",
        ControlStatement = "‖A‖ ≤ sup⟨Ax, y⟩ over the nets",
        DefaultTrials = 30,
        HasOwnSettings = true,
    };

    /// <inheritdoc/>
    public override StatementInfo Info => Facts;

    /// <summary>Checks the lemma on a matrix and two nets.</summary>
    /// <param name="matrix">A, m×n, with m, n ≤ 3.</param>
    /// <param name="netX">The points x, an ε-net of S^(n−1).</param>
    /// <param name="netY">The points y, an ε-net of S^(m−1), of the same ε.</param>
    /// <exception cref="ArgumentException">A shape or the radii do not fit, or a number is not finite.</exception>
    public static CheckResult Check(ReadOnlyMatrixSpan<double> matrix, SphereNet netX, SphereNet netY) => Check(matrix, netX, netY, control: false);

    internal static double Supremum(Matrix matrix, SphereNet netX, SphereNet netY)
    {
        Matrix products = Matrix.Of(netY.Points) * (matrix * Matrix.Of(netX.Points).T);
        return products.Entries.Max();
    }

    internal static Matrix DrawMatrix(TheoryInstance instance, out double radius, double lowRadius, double highRadius, bool square)
    {
        double[] uniform = new double[1];
        instance.Stream(1).FillUniform(0, uniform.AsSpan());
        radius = lowRadius + ((highRadius - lowRadius) * uniform[0]);
        int n = 1 + (int)(instance.Seed % 3), m = square ? n : 1 + (int)(instance.Seed / 3 % 3);
        return new Matrix(instance.CreateGaussian(2, m, n), m, n);
    }

    /// <inheritdoc/>
    protected override CheckResult CheckCore(TheoryInstance instance) => Check(instance, control: false);

    /// <inheritdoc/>
    protected override CheckResult CheckControlCore(TheoryInstance instance) => Check(instance, control: true);

    private static CheckResult Check(TheoryInstance instance, bool control)
    {
        Matrix matrix = DrawMatrix(instance, out double radius, 0.2, 0.49, square: false);
        return Check(matrix.Span, SphereNet.Create(matrix.Columns, radius), SphereNet.Create(matrix.Rows, radius), control);
    }

    private static CheckResult Check(ReadOnlyMatrixSpan<double> matrix, SphereNet netX, SphereNet netY, bool control)
    {
        ArgumentNullException.ThrowIfNull(netX);
        ArgumentNullException.ThrowIfNull(netY);
        Guard.Shape(matrix.Rows, matrix.Columns, netY.Dimension, netX.Dimension, nameof(matrix));
        Guard.InRange(netY.Radius, netX.Radius, netX.Radius, "netY.Radius");
        Matrix a = Matrix.Of(matrix, nameof(matrix));
        double epsilon = netX.Radius, norm = a.Norm(), supremum = Supremum(a, netX, netY), roundOff = Math.ScaleB(64 * norm, -52);
        Inequality[] hypotheses =
        [
            Inequality.AtMost("the points x are an ε-net", netX.CoveringRadiusBound(), epsilon, 1e-12),
            Inequality.AtMost("the points y are an ε-net", netY.CoveringRadiusBound(), epsilon, 1e-12),
            Inequality.Below("ε < 1/2", epsilon, 0.5),
        ];
        List<Inequality> claims =
        [
            Inequality.AtMost("sup⟨Ax, y⟩ ≤ ‖A‖", supremum, norm, roundOff),
            control
                ? Inequality.AtMost("‖A‖ ≤ sup⟨Ax, y⟩", norm, supremum, roundOff)
                : Inequality.AtMost("‖A‖ ≤ sup⟨Ax, y⟩/(1 − 2ε)", norm, supremum / (1 - (2 * epsilon)), roundOff),
        ];
        if (matrix.Rows == matrix.Columns && epsilon < Math.Sqrt(2) - 1)
        {
            claims.Add(Inequality.AtMost("sup⟨Ax, x⟩ ≤ ‖A‖", QuadraticSupremum(a, netX), norm, roundOff));
            claims.Add(Inequality.AtMost(
                "‖A‖ ≤ sup|⟨Ax, y⟩|/(1 − 2ε − ε²)",
                norm,
                Math.Max(supremum, Supremum(-1 * a, netX, netY)) / (1 - (2 * epsilon) - (epsilon * epsilon)),
                roundOff));
        }

        return CheckResult.Judge(Facts.Id, hypotheses, claims) with
        {
            Note = string.Create(
                CultureInfo.InvariantCulture,
                $"{matrix.Rows} by {matrix.Columns}, ε = {epsilon:G4}: sup/‖A‖ = {supremum / norm:G6} with {netX.Count} and {netY.Count} points."),
        };
    }

    private static double QuadraticSupremum(Matrix a, SphereNet net)
    {
        Matrix points = Matrix.Of(net.Points), images = points * a.T;
        double largest = double.NegativeInfinity;
        for (int i = 0; i < net.Count; i++)
        {
            double product = 0;
            for (int j = 0; j < net.Dimension; j++)
            {
                product += points[i, j] * images[i, j];
            }

            largest = Math.Max(largest, product);
        }

        return largest;
    }
}
