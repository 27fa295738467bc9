namespace Hetero.Core.Theory;

/// <summary>How the two sides of an <see cref="Inequality"/> compare.</summary>
public enum Comparison
{
    /// <summary>left ≤ right.</summary>
    AtMost,

    /// <summary>left &lt; right.</summary>
    Below,

    /// <summary>left ≥ right.</summary>
    AtLeast,

    /// <summary>left &gt; right.</summary>
    Above,
}
