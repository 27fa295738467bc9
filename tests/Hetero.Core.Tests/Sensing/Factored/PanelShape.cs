namespace Hetero.Core.Tests.Sensing.Factored;

/// <summary>How the columns of U lie to each other and to U* and V*.</summary>
public enum PanelShape
{
    /// <summary>All are independent.</summary>
    Ordinary,

    /// <summary>U = 0.</summary>
    Zero,

    /// <summary>U is a combination of U* and V*.</summary>
    InSpan,

    /// <summary>All columns of U are one.</summary>
    Repeated,
}
