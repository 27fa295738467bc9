using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>The triangles −T of blocks of reflections, see <see cref="ReflectorBlocks"/>, a block to a part.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct ReflectorTriangles<T>(Span<T> reflectors, int stride, ReadOnlySpan<T> factors, int first, int width, int lead, Span<T> triangles) : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Span<T> _reflectors = reflectors;
    private readonly ReadOnlySpan<T> _factors = factors;
    private readonly Span<T> _triangles = triangles;
    private readonly int _stride = stride, _first = first, _width = width, _lead = lead;

    /// <summary>Makes one triangle, and puts zeros where a vector is shorter than the block's longest.</summary>
    /// <remarks>t_cc = τ_c, and above it −τ_c·T·(Yᵀ·v_c), T being what there is of it so far; column c of Y is the block's reflection c from its end.</remarks>
    public void Execute(int part)
    {
        int start = _first + (part * _width);
        int count = Math.Min(_width, _factors.Length - start);
        int rows = start + count - 1 + _lead;
        MatrixSpan<T> triangle = new(_triangles.Slice(part * _width * _width, _width * _width), _width, _width);
        triangle.Data.Clear();
        Span<T> products = stackalloc T[count];
        for (int c = 0; c < count; c++)
        {
            int i = start + count - 1 - c;
            Span<T> v = _reflectors.Slice(i * _stride, rows);
            v[(i + _lead)..].Clear();

            // Those that are columns c − 1, c − 2, … of Y.
            RowProducts.Compute(_reflectors[((i + 1) * _stride)..], _stride, v, products[..c]);
            T factor = -_factors[i];
            for (int row = 0; row < c; row++)
            {
                T sum = T.Zero;
                for (int j = row; j < c; j++)
                {
                    sum = T.FusedMultiplyAdd(triangle[row, j], products[c - 1 - j], sum);
                }

                triangle[row, c] = factor * sum;
            }

            triangle[c, c] = factor;
        }
    }
}
