using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>The product A∘B = (AB + BA)/2 of two symmetric matrices in svec form, which is symmetric again; A∘A = A².</summary>
/// <remarks>Owns three d×d matrices. Not thread-safe.</remarks>
internal sealed class JordanProduct<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _dimension;
    private readonly T[] _left;
    private readonly T[] _right;
    private readonly T[] _product;
    private readonly T[] _scratch;

    public JordanProduct(int dimension)
    {
        _dimension = dimension;
        _left = new T[dimension * dimension];
        _right = new T[dimension * dimension];
        _product = new T[dimension * dimension];
        _scratch = new T[Products.GetMultiplyScratchLength<T>(dimension, dimension, dimension)];
    }

    /// <summary>The bytes of it, before it is made.</summary>
    public static Int128 RequiredBytes(int dimension)
        => RunSizes.Bytes<T>((3 * (Int128)dimension * dimension) + Products.GetMultiplyScratchLength<T>(dimension, dimension, dimension));

    /// <summary>Writes svec(A∘B).</summary>
    public void Write(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> result, CancellationToken cancellation)
    {
        MatrixSpan<T> left = new(_left, _dimension, _dimension), right = new(_right, _dimension, _dimension), product = new(_product, _dimension, _dimension);
        Svec.Unpack(a, left);
        Svec.Unpack(b, right);
        Products.Multiply<T>(left, right, _scratch, product, cancellation: cancellation);
        Svec.PackSymmetricPart<T>(product, result);
    }
}
