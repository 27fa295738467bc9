using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Tests.Numerics;

/// <summary>What becomes of the sums of a product: replaced, added, and multiplied in every way.</summary>
internal static class ProductUpdates
{
    public static ProductUpdate<T>[] Of<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        =>
        [
            ProductUpdate<T>.Replace, ProductUpdate<T>.Add, ProductUpdate<T>.Subtract, ProductUpdate<T>.Of(T.CreateChecked(0.7), T.Zero),
            ProductUpdate<T>.Of(T.CreateChecked(-1.3), T.CreateChecked(0.3)), ProductUpdate<T>.Of(T.Zero, T.CreateChecked(0.3)), ProductUpdate<T>.Of(T.Zero, T.Zero),
        ];
}
