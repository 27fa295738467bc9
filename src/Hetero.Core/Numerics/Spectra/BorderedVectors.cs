using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>
/// Singular vectors of a matrix whose first row is z and whose others are those of diag(0, d_1, …): right ones v_j = ẑ_j/(d_j² − σ²), left ones u_j = d_j·v_j and
/// u_0 = −1, for σ and ẑ by <see cref="RankOneVectors"/> (Gu, Eisenstat, SIAM J. Matrix Anal. Appl. 16, 1995). Thread-safe as long as calls share no memory.
/// </summary>
internal readonly ref struct BorderedVectors<T>(ReadOnlySpan<T> poles, ReadOnlySpan<T> exact, int border, MatrixSpan<T> left, MatrixSpan<T> right) : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int RootsPerPart = 32;

    private readonly ReadOnlySpan<T> _poles = poles;
    private readonly ReadOnlySpan<T> _exact = exact;
    private readonly MatrixSpan<T> _left = left;
    private readonly MatrixSpan<T> _right = right;
    private readonly int _border = border;

    /// <summary>Gets the number of parts.</summary>
    public int Parts => (_poles.Length + RootsPerPart - 1) / RootsPerPart;

    /// <summary>Rows of the right matrix, d_j² − σ², become right vectors, those of the left one left vectors; both in the order of the poles, of which 0 is the border's.</summary>
    public void Execute(int part)
    {
        for (int k = part * RootsPerPart; k < Math.Min((part + 1) * RootsPerPart, _poles.Length); k++)
        {
            Span<T> v = _right.Row(k), u = _left.Row(k);
            TensorPrimitives.Divide(_exact, v, v);
            TensorPrimitives.Multiply(_poles, v, u);
            u[_border] = -T.One;
            TensorPrimitives.Multiply(v, T.One / Reductions.Norm<T>(v), v);
            TensorPrimitives.Multiply(u, T.One / Reductions.Norm<T>(u), u);
        }
    }
}
