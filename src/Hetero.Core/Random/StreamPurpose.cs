namespace Hetero.Core.Random;

/// <summary>
/// The named streams of one seed. The name is part of the counter, so numbers drawn for one purpose are never used for another.
/// The values are part of the bit layout (<see cref="RandomStream.Version"/>) and never change meaning.
/// </summary>
public enum StreamPurpose : byte
{
    /// <summary>For the caller's own use; the library draws nothing here.</summary>
    User = 0,

    /// <summary>The problem itself: the subspaces U* (substream 0) and V* (substream 1).</summary>
    Structure = 1,

    /// <summary>The start of training: the frame of U_0.</summary>
    Initialization = 2,

    /// <summary>The environment e_t of each step.</summary>
    Environments = 3,

    /// <summary>Which environment each sample of a pooled batch belongs to.</summary>
    Assignment = 4,

    /// <summary>The measurements X_i, or the matrices W that stand for them in an exact-law draw.</summary>
    Measurements = 5,

    /// <summary>The coefficients of an exact-law draw: χ² and Wishart variates.</summary>
    Coefficients = 6,

    /// <summary>The noise ξ_i in the responses.</summary>
    Noise = 7,

    /// <summary>The random instances and the simulations by which statements of the theory are checked.</summary>
    Theory = 8,

    /// <summary>Which rows of stored measurements a step's batch takes.</summary>
    Rows = 9,

    /// <summary>The noise that every step adds anew to the responses that it sees.</summary>
    LabelNoise = 10,

    /// <summary>The noise that every step adds to the direction of the parameters.</summary>
    Perturbation = 11,
}
