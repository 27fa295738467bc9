namespace Hetero.Core.Sensing;

/// <summary>How a symmetric matrix X_i stands in memory.</summary>
public enum MeasurementLayout
{
    /// <summary>svec(X_i): d(d+1)/2 numbers, see <see cref="Svec"/>. Used where it is.</summary>
    Svec,

    /// <summary>d×d numbers, row after row. A matrix that is not symmetric counts as its symmetric part, (X + Xᵀ)/2. Packed into memory of the library's own.</summary>
    Square,
}
