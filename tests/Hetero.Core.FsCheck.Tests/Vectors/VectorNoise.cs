namespace Hetero.Core.FsCheck.Tests.Vectors;

/// <summary>The noises that a run of vectors is made with.</summary>
public enum VectorNoise
{
    /// <summary>None: gradient descent.</summary>
    None,

    /// <summary>Gaussian label noise on each sample.</summary>
    Labels,

    /// <summary>Label noise of ±δ on each sample.</summary>
    LabelSigns,

    /// <summary>Gaussian label noise on one sample.</summary>
    OneLabel,

    /// <summary>Label noise of ±δ on one sample.</summary>
    OneLabelSign,

    /// <summary>The classical label-noise SGD: batches of one sample.</summary>
    OneSample,

    /// <summary>The difference of two mini-batches.</summary>
    MiniBatches,

    /// <summary>Spherical Gaussian noise on the direction.</summary>
    Spherical,
}
