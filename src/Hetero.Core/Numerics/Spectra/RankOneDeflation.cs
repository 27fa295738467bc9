using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>
/// Deflation of diag(d) + ρ·z·zᵀ (Dongarra, Sorensen, SIAM J. Sci. Stat. Comput. 8, 1987; LAPACK: LAED2): a weight of the size of rounding errors leaves its pole an
/// eigenvalue, and of two poles that close a rotation takes one weight away.
/// </summary>
internal static class RankOneDeflation
{
    /// <summary>A vector that is zero in the second half of the problem.</summary>
    public const int Upper = 0;

    /// <summary>A vector of both halves: rotated.</summary>
    public const int Both = 1;

    /// <summary>A vector that is zero in the first half.</summary>
    public const int Lower = 2;

    /// <summary>Gets what may be left out of the problem.</summary>
    public static T Tolerance<T>(ReadOnlySpan<T> values, ReadOnlySpan<T> weights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T largest = T.Zero;
        for (int i = 0; i < values.Length; i++)
        {
            largest = T.Max(largest, T.Max(T.Abs(values[i]), T.Abs(weights[i])));
        }

        return T.CreateChecked(8) * (T.BitIncrement(T.One) - T.One) * T.CreateChecked(0.5) * largest;
    }

    /// <summary>Sorts the rows into what is left and what is deflated.</summary>
    /// <param name="values">d, by row; changed by rotations.</param>
    /// <param name="weights">z, by row; ‖z‖ = 1 as a rule.</param>
    /// <param name="rho">ρ ≥ 0.</param>
    /// <param name="tolerance">See <see cref="Tolerance"/>.</param>
    /// <param name="order">The rows by ascending d. On return first what is left, ascending, then what is deflated.</param>
    /// <param name="kinds"><see cref="Upper"/>, <see cref="Both"/> or <see cref="Lower"/> for each row; updated.</param>
    /// <param name="deflated">Scratch of as many places as rows.</param>
    /// <param name="transposed">The eigenvectors of the two halves as rows: rotated.</param>
    /// <param name="beside">Other vectors that turn with them, or none.</param>
    /// <returns>The number of rows that are left.</returns>
    public static int Run<T>(
        Span<T> values,
        Span<T> weights,
        T rho,
        T tolerance,
        Span<int> order,
        Span<int> kinds,
        Span<int> deflated,
        MatrixSpan<T> transposed,
        MatrixSpan<T> beside = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int kept = 0;
        int gone = 0;
        int pending = -1;
        for (int place = 0; place < order.Length; place++)
        {
            int row = order[place];
            if (rho * T.Abs(weights[row]) <= tolerance)
            {
                deflated[gone++] = row;
                continue;
            }

            if (pending >= 0)
            {
                T c = weights[row], s = weights[pending];
                T length = TridiagonalQl.Hypotenuse(c, s);
                T gap = values[row] - values[pending];
                c /= length;
                s /= length;
                if (T.Abs(gap * c * s) <= tolerance)
                {
                    // An angle of at most 90°, so that its half has a tangent of at most 1.
                    (c, s, length) = T.IsNegative(c) ? (-c, -s, -length) : (c, s, length);
                    weights[row] = length;
                    weights[pending] = T.Zero;

                    // (row, pending) ← (c·row + s·pending, c·pending − s·row): z has nothing left in the second.
                    PlaneRotation.Apply(transposed.Row(pending), transposed.Row(row), s, s / (T.One + c));
                    if (beside.Rows != 0)
                    {
                        PlaneRotation.Apply(beside.Row(pending), beside.Row(row), s, s / (T.One + c));
                    }

                    if (kinds[row] != kinds[pending])
                    {
                        kinds[row] = kinds[pending] = Both;
                    }

                    T moved = gap * s * s;
                    values[row] -= moved;
                    values[pending] += moved;
                    deflated[gone++] = pending;
                }
                else
                {
                    order[kept++] = pending;
                }
            }

            pending = row;
        }

        if (pending >= 0)
        {
            order[kept++] = pending;
        }

        deflated[..gone].CopyTo(order[kept..]);
        return kept;
    }
}
