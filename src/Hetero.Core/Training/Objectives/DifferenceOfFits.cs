using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>
/// The plain rival of all that trains for invariance: with fits Â₁ and Â₂ of two environments, K an orthonormal basis of the range of Â₁ − Â₂ and P = I − KKᵀ, the invariant part is
/// Â₁P(PÂ₁P)⁺PÂ₁.
/// </summary>
/// <remarks>
/// Exact for Â_e = A* + V*Σ^(e)V*ᵀ if Σ^(1) − Σ^(2) is regular and no direction of U* lies in the range of V*: P removes V*, and the pseudo-inverse puts back what overlap with V* took of A*.
/// PÂ₁P alone is exact without overlap only. Errors of the fits grow with the overlap, like 1/(1 − κ²) in its largest cosine κ, and nothing is averaged over more than two environments.
/// </remarks>
public static class DifferenceOfFits
{
    /// <summary>Writes the invariant part of two fits.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="first">Â₁, d×d symmetric and finite; the lower triangle is used.</param>
    /// <param name="second">Â₂, of the same shape.</param>
    /// <param name="invariantRank">r1, 1 or more: as many eigenvalues of PÂ₁P, the largest in size, are inverted. r1 + r2 ≤ d.</param>
    /// <param name="spuriousRank">r2, 1 or more: K has the eigenvectors of as many eigenvalues of Â₁ − Â₂, the largest in size.</param>
    /// <param name="destination">Receives the d×d matrix; may share memory with the fits.</param>
    /// <exception cref="ArgumentException">A shape does not fit, an entry is not finite, or a rank is out of range.</exception>
    public static void Write<T>(
        ReadOnlyMatrixSpan<T> first, ReadOnlyMatrixSpan<T> second, int invariantRank, int spuriousRank, MatrixSpan<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        int d = first.Rows;
        Guard.Square(first.Rows, first.Columns, nameof(first));
        Guard.Shape(second.Rows, second.Columns, d, d, nameof(second));
        Guard.Shape(destination.Rows, destination.Columns, d, d, nameof(destination));
        Guard.InRange(spuriousRank, 1, d - 1);
        Guard.InRange(invariantRank, 1, d - spuriousRank);
        T[] whole = Mirrored(first, nameof(first)), work = Mirrored(second, nameof(second)), values = new T[d], vectors = new T[d * d];
        MatrixSpan<T> fit = new(whole, d, d), matrix = new(work, d, d), basis = new(vectors, d, d);
        TensorPrimitives.Subtract(whole, work, work);

        // I − KKᵀ, then P·Â₁·P, whose eigenvectors of eigenvalues other than 0 lie in the range of P.
        SymmetricEigen.Decompose<T>(matrix, values, basis);
        T[] projection = new T[d * d], half = new T[d * d];
        for (int i = 0; i < d; i++)
        {
            projection[i * (d + 1)] = T.One;
        }

        foreach (int k in Largest(values, spuriousRank))
        {
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < d; j++)
                {
                    projection[(i * d) + j] -= basis[i, k] * basis[j, k];
                }
            }
        }

        ReadOnlyMatrixSpan<T> p = new(projection, d, d);
        Products.Multiply<T>(p, fit, new MatrixSpan<T>(half, d, d));
        Products.Multiply<T>(new ReadOnlyMatrixSpan<T>(half, d, d), p, matrix);
        SymmetricEigen.Decompose<T>(matrix, values, basis);
        Products.Multiply<T>(fit, basis, new MatrixSpan<T>(half, d, d));
        T floor = T.Abs(values[Largest(values, 1)[0]]) * T.CreateTruncating(d) * (T.BitIncrement(T.One) - T.One);
        int[] inverted = [.. Largest(values, invariantRank).Where(k => T.Abs(values[k]) > floor)];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                T sum = T.Zero;
                foreach (int k in inverted)
                {
                    sum += half[(i * d) + k] / values[k] * half[(j * d) + k];
                }

                destination[i, j] = sum;
            }
        }
    }

    /// <summary>Copies the lower triangle to both.</summary>
    private static T[] Mirrored<T>(ReadOnlyMatrixSpan<T> matrix, string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int d = matrix.Rows;
        T[] copy = new T[d * d];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                copy[(i * d) + j] = copy[(j * d) + i] = matrix[i, j];
            }
        }

        Guard.AllFinite<T>(copy, name);
        return copy;
    }

    private static int[] Largest<T>(T[] values, int count)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => [.. Enumerable.Range(0, values.Length).OrderByDescending(i => T.Abs(values[i])).Take(count)];
}
