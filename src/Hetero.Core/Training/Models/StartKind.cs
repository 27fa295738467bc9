namespace Hetero.Core.Training;

/// <summary>The factor that training starts from.</summary>
public enum StartKind
{
    /// <summary>U_0 = αI, as in the paper; needs a square factor, k = d.</summary>
    Identity,

    /// <summary>U_0 = α times a Haar-random d×k frame: the same singular values, for any k ≤ d.</summary>
    Frame,
}
