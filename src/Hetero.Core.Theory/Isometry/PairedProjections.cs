using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Theory.Isometry;

/// <summary>
/// Forms whose RIP constant is known at every rank, and far below that at full rank: H = I + θ(ww'ᵀ + w'wᵀ) with w = svec(P)/√a, w' = svec(P')/√b, P and P' the
/// projections onto orthogonal subspaces of dimensions a and b, and either b = a or b = 1.
/// </summary>
/// <remarks>
/// For M of norm 1 and rank s at most, ⟨M, E∘(M)⟩ = 2θxy with x = ⟨M, w⟩ and y = ⟨M, w'⟩, and 4λμxy ≤ (λx + μy)², at most the sum of the s largest squared
/// eigenvalues of λP/√a + μP'/√b. With b = a and λ = μ that is δ_s = θs/(2a) for s ≤ 2a; with b = 1 and μ² = λ²(s − 1)/a it is δ_s = θ√((s − 1)/a) for
/// 2 ≤ s ≤ a + 1. Matrices that share their norm between P and P' attain both. At full rank it is θ.
/// </remarks>
internal sealed class PairedProjections
{
    private readonly Matrix _first;
    private readonly Matrix _second;
    private readonly double _theta;

    /// <summary>Makes the form, with random subspaces.</summary>
    public PairedProjections(RandomStream stream, int dimension, int first, bool isSecondEqual, double theta)
    {
        int second = isSecondEqual ? first : 1, p = Svec.Length(dimension);
        Guard.InRange(first + second, 2, dimension);
        Matrix frame = new(HaarFrame.Draw(stream, dimension, first + second), dimension, first + second);
        (_first, _second, _theta) = (Columns(frame, 0, first), Columns(frame, first, second), theta);
        double[] left = First(first).ToSvec(), right = Second(second).ToSvec();
        Matrix gram = Matrix.Identity(p);
        for (int i = 0; i < p; i++)
        {
            for (int j = 0; j < p; j++)
            {
                gram[i, j] += theta * ((left[i] * right[j]) + (right[i] * left[j]));
            }
        }

        Form = IsometryForm.OfGram(dimension, gram.Span);
    }

    public IsometryForm Form { get; }

    /// <summary>Returns δ_s, s from 2 to a + b.</summary>
    public double Delta(int rank)
    {
        Guard.InRange(rank, 2, _first.Columns + _second.Columns);
        return _second.Columns == _first.Columns ? _theta * rank / (2 * _first.Columns) : _theta * Math.Sqrt((rank - 1.0) / _first.Columns);
    }

    /// <summary>Returns the projection onto r directions of P's subspace, of norm 1.</summary>
    public Matrix First(int rank) => Projection(_first, rank);

    /// <summary>Returns the projection onto r directions of P''s subspace, of norm 1.</summary>
    public Matrix Second(int rank) => Projection(_second, rank);

    private static Matrix Projection(Matrix basis, int rank)
    {
        Matrix columns = Columns(basis, 0, rank);
        return (1 / Math.Sqrt(rank)) * (columns * columns.T);
    }

    private static Matrix Columns(Matrix matrix, int start, int count)
    {
        Matrix columns = new(matrix.Rows, count);
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < count; j++)
            {
                columns[i, j] = matrix[i, start + j];
            }
        }

        return columns;
    }
}
