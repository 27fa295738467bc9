using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <summary>
/// The squared length ‖GU‖_F² = ⟨G², M⟩ of the direction that a gradient G of an environment makes in the factor U of M = UUᵀ, and its gradient in M, G² + H(GM + MG), where H is the
/// derivative of G.
/// </summary>
/// <remarks>Owns memory for a space of matrices. Not thread-safe.</remarks>
internal sealed class FactorPenalty<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly JordanProduct<T> _products;
    private readonly T[] _square;
    private readonly T[] _withProduct;

    private FactorPenalty(EnvironmentGradients<T> environments)
    {
        _products = new JordanProduct<T>(environments.Space.Dimension);
        _square = new T[environments.Product.Length];
        _withProduct = new T[environments.Product.Length];
    }

    /// <summary>Makes memory for a space if what is there is null or of another one.</summary>
    public static FactorPenalty<T> Of(FactorPenalty<T>? held, EnvironmentGradients<T> environments)
        => held is not null && held._square.Length == environments.Product.Length ? held : new(environments);

    /// <summary>The bytes of it, before it is made.</summary>
    public static Int128 RequiredBytes(in RunSizes sizes) => JordanProduct<T>.RequiredBytes(sizes.Dimension) + RunSizes.Bytes<T>(2 * sizes.SvecLength);

    /// <summary>Returns ⟨G², M⟩.</summary>
    public double Value(ReadOnlySpan<T> gradient, EnvironmentGradients<T> environments, CancellationToken cancellation)
    {
        _products.Write(gradient, environments.Product, _withProduct, cancellation);
        return double.CreateTruncating(Reductions.Dot<T>(gradient, _withProduct));
    }

    /// <summary>Adds weight·(G² + H_e(GM + MG)).</summary>
    public void AddGradient(int environment, ReadOnlySpan<T> gradient, double weight, EnvironmentGradients<T> environments, Span<T> result, CancellationToken cancellation)
    {
        _products.Write(gradient, gradient, _square, cancellation);
        _products.Write(gradient, environments.Product, _withProduct, cancellation);
        TensorPrimitives.FusedMultiplyAdd(_square, T.CreateTruncating(weight), result, result);
        TensorPrimitives.Multiply(_withProduct, T.CreateTruncating(2 * weight), _withProduct);
        environments.ApplyAny(environment, _withProduct, result, cancellation);
    }
}
