using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Theory.Concentration;

/// <summary>
/// Points on the unit sphere S^(n−1) of R^n, n ≤ 3, meant as an ε-net (Definition 6): every point of the sphere lies within ε of one of them.
/// <see cref="CoveringRadiusBound"/> proves it, whoever made them.
/// </summary>
/// <remarks>Distances are Euclidean, through the ball. Immutable and thread-safe.</remarks>
public sealed class SphereNet
{
    // The share of ε that grids give away: one for the net's own, one for the grid of the proof.
    private const double Slack = 1.0 / 12;

    // For n = 3: the grid of a proof has 4π·(12/ε)² points, 7·10⁵ here, each to be compared with thousands of the net's.
    private const double SmallestRadius = 0.05;

    private readonly double[] _points;

    /// <summary>Takes points of the sphere.</summary>
    /// <param name="points">The points as rows, one or more, n ≤ 3 columns, each of norm 1 within 1e-12.</param>
    /// <param name="radius">ε, above 0; for n = 3 at least 0.05, as <see cref="CoveringRadiusBound"/> takes a grid finer than ε.</param>
    /// <exception cref="ArgumentException">The shape or the radius is out of range, or a row is not of norm 1.</exception>
    public SphereNet(ReadOnlyMatrixSpan<double> points, double radius)
    {
        Guard.AtLeast(points.Rows, 1, "points.Rows");
        Guard.InRange(points.Columns, 1, 3, "points.Columns");
        Guard.Positive(radius);
        if (points.Columns == 3)
        {
            Guard.AtLeast(radius, SmallestRadius);
        }

        (Dimension, Count, Radius) = (points.Columns, points.Rows, radius);
        _points = new double[Count * Dimension];
        for (int i = 0; i < Count; i++)
        {
            double square = 0;
            for (int j = 0; j < Dimension; j++)
            {
                _points[(i * Dimension) + j] = points[i, j];
                square += points[i, j] * points[i, j];
            }

            if (!(Math.Abs(square - 1) <= 2e-12))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"'{nameof(points)}' has the squared norm {square} in row {i}; accepted are points of the unit sphere."),
                    nameof(points));
            }
        }
    }

    /// <summary>Gets n.</summary>
    public int Dimension { get; }

    /// <summary>Gets ε.</summary>
    public double Radius { get; }

    /// <summary>Gets the number of points.</summary>
    public int Count { get; }

    /// <summary>Gets the points as rows.</summary>
    public ReadOnlyMatrixSpan<double> Points => new(_points, Count, Dimension);

    /// <summary>
    /// Makes an ε-net. A smallest one for n = 1 (both points, or one from ε = 2 on) and n = 2 (a regular polygon of ⌈π/(2·asin(ε/2))⌉ corners); for
    /// n = 3 a maximal set of points of a fine grid that are further than a little less than ε from each other: the volume of disjoint balls of
    /// half that radius gives the count (97).
    /// </summary>
    /// <param name="dimension">n, 1 to 3.</param>
    /// <param name="radius">ε, above 0; for n = 2 at least 10⁻⁶, for n = 3 at least 0.05, where it has thousands of points.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static SphereNet Create(int dimension, double radius)
    {
        Guard.InRange(dimension, 1, 3);
        Guard.Positive(radius);
        if (radius >= 2)
        {
            double[] point = new double[dimension];
            point[0] = 1;
            return new SphereNet(new(point, 1, dimension), radius);
        }

        return dimension switch
        {
            1 => new SphereNet(new([1, -1], 2, 1), radius),
            2 => Polygon(radius),
            _ => Separated(radius),
        };
    }

    /// <summary>
    /// Returns an upper bound of the net's covering radius, the largest distance of a point of the sphere from the net. It is an ε-net if this is
    /// at most ε. Exact for n ≤ 2; for n = 3 the largest distance over a grid of spacing h, plus h.
    /// </summary>
    public double CoveringRadiusBound()
    {
        switch (Dimension)
        {
            case 1:
                return Count > 1 && Points.Data.Contains(1) && Points.Data.Contains(-1) ? 0 : 2;
            case 2:
                double[] angles = new double[Count];
                for (int i = 0; i < Count; i++)
                {
                    angles[i] = Math.Atan2(_points[(2 * i) + 1], _points[2 * i]);
                }

                Array.Sort(angles);
                double gap = angles[0] + (2 * Math.PI) - angles[^1];
                for (int i = 1; i < Count; i++)
                {
                    gap = Math.Max(gap, angles[i] - angles[i - 1]);
                }

                // The middle of the widest gap is furthest, at an angle of half of it.
                return 2 * Math.Sin(gap / 4);
            default:
                double spacing = Slack * Math.Min(Radius, 2), largest = 0;
                double[] grid = SphereGrid.Create(spacing, axis: 0);
                for (int i = 0; i < grid.Length; i += 3)
                {
                    largest = Math.Max(largest, Distance(grid.AsSpan(i, 3)));
                }

                return Math.Min(2, largest + spacing);
        }
    }

    /// <summary>Returns the distance of a point from the net.</summary>
    /// <param name="point">n finite numbers.</param>
    /// <exception cref="ArgumentException">The length is not n, or a number is not finite.</exception>
    public double Distance(ReadOnlySpan<double> point)
    {
        Guard.Length(point.Length, Dimension, nameof(point));
        Guard.AllFinite(point, nameof(point));

        // From that far away the whole net is one point, and its size nothing.
        return Math.Abs(TensorPrimitives.MaxMagnitude(point)) > 1e100 ? Reductions.Norm(point) : Math.Sqrt(SquaredDistance(_points, Count, point));
    }

    private static double SquaredDistance(ReadOnlySpan<double> points, int count, ReadOnlySpan<double> point)
    {
        double nearest = double.PositiveInfinity;
        int dimension = point.Length;
        for (int i = 0; i < count; i++)
        {
            double square = 0;
            for (int j = 0; j < dimension; j++)
            {
                double difference = points[(i * dimension) + j] - point[j];
                square += difference * difference;
            }

            nearest = Math.Min(nearest, square);
        }

        return nearest;
    }

    private static SphereNet Polygon(double radius)
    {
        Guard.AtLeast(radius, 1e-6);

        // A corner serves an arc of 2·asin(ε/2) on either side. A quotient that is a whole number must not be rounded up to the next.
        int corners = (int)Math.Ceiling(Math.PI / (2 * Math.Asin(radius / 2)) * (1 - 1e-14));
        double[] points = new double[2 * corners];
        for (int i = 0; i < corners; i++)
        {
            (points[(2 * i) + 1], points[2 * i]) = Math.SinCos(2 * Math.PI * i / corners);
        }

        return new SphereNet(new(points, corners, 2), radius);
    }

    private static SphereNet Separated(double radius)
    {
        Guard.AtLeast(radius, SmallestRadius);
        double spacing = Slack * radius, separation = radius - (2 * spacing);
        double[] grid = SphereGrid.Create(spacing, axis: 2), kept = new double[grid.Length];
        int count = 0;
        for (int i = 0; i < grid.Length; i += 3)
        {
            ReadOnlySpan<double> point = grid.AsSpan(i, 3);
            if (SquaredDistance(kept, count, point) > separation * separation)
            {
                point.CopyTo(kept.AsSpan(3 * count++));
            }
        }

        return new SphereNet(new(kept.AsSpan(0, 3 * count), count, 3), radius);
    }
}
