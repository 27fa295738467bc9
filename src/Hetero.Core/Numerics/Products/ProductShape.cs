namespace Hetero.Core.Numerics;

/// <summary>Which entries of a product are written.</summary>
internal enum ProductShape
{
    /// <summary>All of them, each computed.</summary>
    Full,

    /// <summary>All of a symmetric product: those up to the diagonal are computed, those above are copies.</summary>
    Mirrored,

    /// <summary>Those of a symmetric product up to the diagonal; the others keep what they are.</summary>
    Lower,

    /// <summary>Those of a symmetric product up to the diagonal; tiles that cross it write what they compute above it too, no particular part of it.</summary>
    LowerTiles,
}
