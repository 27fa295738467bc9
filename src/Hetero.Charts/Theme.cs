namespace Hetero.Charts;

/// <summary>Which colours a picture carries.</summary>
internal enum Theme
{
    /// <summary>Both; the viewer's preference decides.</summary>
    Auto,
    Light,
    Dark,
}
