namespace Hetero.Core.Numerics;

/// <summary>The side of the unknown matrix on which a known one stands.</summary>
public enum MatrixSide
{
    /// <summary>T·X = B.</summary>
    Left,

    /// <summary>X·T = B.</summary>
    Right,
}
