using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Numerics;

/// <summary>Löwner's formula, see <see cref="RankOneVectors"/>, for some weights at a time: a weight is a product over the roots, in their order.</summary>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly ref struct LownerWork<T>(ReadOnlySpan<T> poles, ReadOnlySpan<T> weights, MatrixSpan<T> differences, Span<T> exact) : ITeamWork
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int WeightsPerPart = 128;

    private readonly ReadOnlySpan<T> _poles = poles;
    private readonly ReadOnlySpan<T> _weights = weights;
    private readonly MatrixSpan<T> _differences = differences;
    private readonly Span<T> _exact = exact;

    /// <summary>Gets the number of parts.</summary>
    public int Parts => (_poles.Length + WeightsPerPart - 1) / WeightsPerPart;

    /// <inheritdoc/>
    public void Execute(int part)
    {
        int first = part * WeightsPerPart;
        int length = Math.Min(WeightsPerPart, _poles.Length - first);
        Span<T> ratios = stackalloc T[length];
        Span<T> products = _exact.Slice(first, length);
        products.Fill(T.One);
        for (int k = 0; k < _poles.Length; k++)
        {
            TensorPrimitives.Subtract(_poles.Slice(first, length), _poles[k], ratios);
            if (k >= first && k < first + length)
            {
                ratios[k - first] = -T.One;
            }

            TensorPrimitives.Divide(_differences.Row(k).Slice(first, length), ratios, ratios);
            TensorPrimitives.Multiply(products, ratios, products);
        }

        for (int j = 0; j < length; j++)
        {
            products[j] = T.CopySign(T.Sqrt(T.Abs(products[j])), _weights[first + j]);
        }
    }
}
