namespace Hetero.Core.Sensing;

/// <summary>The sizes of a run, from which every part says how many bytes it needs before any of them is made.</summary>
/// <remarks>Thread-safe: an immutable value. What a part is not told here it knows itself.</remarks>
public readonly record struct RunSizes
{
    /// <summary>Gets the dimension d.</summary>
    public required int Dimension { get; init; }

    /// <summary>Gets the number k of a factor's columns.</summary>
    public int Columns { get; init; }

    /// <summary>Gets the rank r1 of the invariant signal; 0 where signals are not known.</summary>
    public int InvariantRank { get; init; }

    /// <summary>Gets the rank r2 of the spurious signals; 0 where signals are not known.</summary>
    public int SpuriousRank { get; init; }

    /// <summary>Gets the number m of samples in a batch.</summary>
    public long Samples { get; init; }

    /// <summary>Gets how many of them are spread over all environments.</summary>
    public long PooledSamples { get; init; }

    /// <summary>Gets the number of directions in which the residuals of single samples differ; 0 where groups of samples have one each.</summary>
    public int Directions { get; init; }

    /// <summary>Gets whether stored samples are gathered from positions that are drawn, and not taken in their order.</summary>
    public bool Gathers { get; init; }

    /// <summary>Gets whether samples are held against the model's predictions, <see cref="Training.TrainingOptions.TruncationLevel"/>.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Gets whether a step needs the mean of its responses, <see cref="Training.TraceKind.ResponseMean"/>.</summary>
    public bool NeedsResponses { get; init; }

    /// <summary>Gets how many matrices a source is asked about in one call: 2 where a step measures M − A* with its own samples too, or an objective
    /// has a draw see a second one; 0 counts as 1.</summary>
    public int Matrices { get; init; }

    /// <summary>Gets whether some eigenvalue of A* is negative.</summary>
    public bool HasNegativeSignals { get; init; }

    /// <summary>Gets the number of threads; 0 counts as 1.</summary>
    public int Threads { get; init; }

    /// <summary>Gets whether matrices are in factored form, <see cref="EstimateSpace.IsFactored"/>.</summary>
    public bool IsFactored { get; init; }

    /// <summary>Gets whether estimates are vectors, <see cref="EstimateSpace.IsVector"/>.</summary>
    public bool IsVector { get; init; }

    /// <summary>Gets the number p of coordinates: d(d + 1)/2 of svec, d of a vector, 0 in factored form.</summary>
    public Int128 SvecLength => IsFactored ? 0 : IsVector ? Dimension : (Int128)Dimension * (Dimension + 1) / 2;

    /// <summary>Gets the number of threads, 1 at least.</summary>
    internal int Degree => Math.Max(Threads, 1);

    /// <summary>Gets the number of matrices of a call, 1 at least.</summary>
    internal int CallMatrices => Math.Max(Matrices, 1);

    /// <summary>Returns the bytes of numbers.</summary>
    internal static Int128 Bytes<T>(Int128 numbers)
        where T : unmanaged
        => numbers * System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
}
