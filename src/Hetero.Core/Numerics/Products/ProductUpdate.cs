using System.Numerics;

namespace Hetero.Core.Numerics;

/// <summary>What becomes of the sums of a product: C ← α·A·B + β·C.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal readonly struct ProductUpdate<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private ProductUpdate(T alpha, T beta)
    {
        Alpha = alpha;
        Beta = beta;
    }

    /// <summary>Gets C ← A·B.</summary>
    public static ProductUpdate<T> Replace => new(T.One, T.Zero);

    /// <summary>Gets C ← C + A·B.</summary>
    public static ProductUpdate<T> Add => new(T.One, T.One);

    /// <summary>Gets C ← C − A·B.</summary>
    public static ProductUpdate<T> Subtract => new(T.NegativeOne, T.One);

    /// <summary>Gets α.</summary>
    public T Alpha { get; }

    /// <summary>Gets β.</summary>
    public T Beta { get; }

    /// <summary>Gets whether what the destination holds is read.</summary>
    public bool Accumulates => !T.IsZero(Beta);

    /// <summary>Gets whether what the destination holds is multiplied first.</summary>
    public bool ScalesOld => Accumulates && Beta != T.One;

    /// <summary>Gets whether the sums are multiplied.</summary>
    public bool ScalesSums => Alpha != T.One;

    /// <summary>C ← α·A·B + β·C.</summary>
    public static ProductUpdate<T> Of(T alpha, T beta)
    {
        Guard.Finite(alpha);
        Guard.Finite(beta);
        return new(alpha, beta);
    }
}
