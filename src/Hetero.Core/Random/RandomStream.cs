using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Random;

/// <summary>
/// A stream of random numbers, by the counter-based generator Philox and, for Gaussian ones, Box–Muller: a value, not a generator. Entry i is a pure function
/// of (seed, purpose, step, substream, i), so any part of
/// a stream can be computed at any time, on any thread and at any vector width, with the same bits.
/// </summary>
/// <remarks>
/// <para>Layout (<see cref="Version"/> 1). Philox4x32-10 with the seed as key and, as counter words from the lowest: the low and the
/// high half of the block number b, the step, and purpose·2²⁴ + substream. A block gives four words w0…w3.</para>
/// <para>Gaussian, double: blocks come in groups of 8, which give 16 numbers. Block 8g + j gives numbers 16g + j and 16g + 8 + j: with
/// U = w0·2⁻³² + (w1 + ½)·2⁻⁶⁴, a = (w2 − 2³¹)·2⁻³¹ + (w3 mod 2³⁰)·2⁻⁶¹, ρ = √(−2 ln U), c = ±cos(aπ/4) (minus if bit 30 of w3 is set),
/// s = sin(aπ/4), they are (ρc, ρs), or (ρs, ρc) if bit 31 of w3 is set. 62 bits of angle, and a tail to 9.5.</para>
/// <para>Gaussian, float: a group gives 32 numbers. Pair h (0 or 1) of block 8g + j gives numbers 32g + 2j + h and 32g + 16 + 2j + h from
/// the words (w0, w1) or (w2, w3): U = (w + ½)·2⁻³² from the first, the angle from the low 30 bits of the second (two's complement), the
/// choices from its two top bits as above. The full 32-bit tail, to 6.76.</para>
/// <para>Uniform, double: block b gives numbers 2b and 2b + 1: ⌊(w0·2³² + w1)/2¹¹⌋·2⁻⁵³ and the same of (w2, w3). Uniform, float: block b
/// gives 4b…4b + 3: ⌊w/2⁸⌋·2⁻²⁴. Both lie in [0, 1).</para>
/// <para>Use one stream for one kind of number only: the kinds share the blocks. Thread-safe: immutable.</para>
/// <example>
/// <code>
/// double[] z = new double[1000];
/// RandomStream stream = new(seed: 42);
/// stream.FillGaussian(z);                            // N(0, 1)
/// stream.FillGaussian(z, mean: 3.0, deviation: 0.5); // the same entries, as 3 + z/2
/// </code>
/// </example>
/// </remarks>
public readonly record struct RandomStream
{
    /// <summary>The version of the bit layout. Every manifest records it; it rises when any stream's numbers change.</summary>
    public const int Version = 1;

    /// <summary>The largest substream.</summary>
    public const int MaxSubstream = (1 << 24) - 1;

    /// <summary>Names a stream: 2⁶³ entries of each kind.</summary>
    /// <param name="seed">The seed: any 64-bit number.</param>
    /// <param name="purpose">What the numbers are for.</param>
    /// <param name="step">The training step, 0 or more.</param>
    /// <param name="substream">What tells apart streams of one purpose and step (an environment, say), 0 to 2²⁴ − 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step or the substream is out of range.</exception>
    public RandomStream(ulong seed, StreamPurpose purpose, int step = 0, int substream = 0)
    {
        Guard.AtLeast(step, 0);
        Guard.InRange(substream, 0, MaxSubstream);
        Seed = seed;
        Purpose = purpose;
        Step = step;
        Substream = substream;
    }

    /// <summary>Names the stream of a seed for the caller's own use: <see cref="StreamPurpose.User"/>, step 0, substream 0.</summary>
    /// <param name="seed">The seed: any 64-bit number.</param>
    public RandomStream(ulong seed)
        : this(seed, StreamPurpose.User)
    {
    }

    /// <summary>Gets the seed, Philox' key.</summary>
    public ulong Seed { get; }

    /// <summary>Gets what the numbers are for.</summary>
    public StreamPurpose Purpose { get; }

    /// <summary>Gets the training step.</summary>
    public int Step { get; }

    /// <summary>Gets the substream.</summary>
    public int Substream { get; }

    /// <summary>Gets the counter's highest word.</summary>
    internal uint Name => ((uint)Purpose << 24) | (uint)Substream;

    /// <summary>Returns the four words of block <paramref name="block"/>.</summary>
    public (uint Word0, uint Word1, uint Word2, uint Word3) Block(ulong block)
        => Philox4x32.Block((uint)block, (uint)(block >> 32), (uint)Step, Name, Seed);

    /// <summary>Writes independent N(0,1) numbers: entries <paramref name="first"/>, <paramref name="first"/> + 1, … of the stream.</summary>
    /// <typeparam name="T">float or double. The two are different numbers, not roundings of each other.</typeparam>
    /// <param name="first">The index of the first entry, 0 or more; the last one is at most 2⁶³ − 1.</param>
    /// <param name="destination">Where the numbers go.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is negative, or an entry lies beyond the last.</exception>
    public void FillGaussian<T>(long first, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        CheckEntries(first, destination.Length);
        GaussianFill.Fill(in this, first, destination);
    }

    /// <summary>Writes independent N(0,1) numbers: the first entries of the stream.</summary>
    /// <typeparam name="T">float or double. The two are different numbers, not roundings of each other.</typeparam>
    /// <param name="destination">Where the numbers go.</param>
    public void FillGaussian<T>(Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => FillGaussian(0, destination);

    /// <summary>Writes independent N(μ, σ²) numbers: μ + σ·z of the first entries z of the stream, rounded once (a fused multiply-add).</summary>
    /// <typeparam name="T">float or double. The two are different numbers, not roundings of each other.</typeparam>
    /// <param name="destination">Where the numbers go.</param>
    /// <param name="mean">μ, finite.</param>
    /// <param name="deviation">The standard deviation σ, finite, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean or the deviation is out of range.</exception>
    public void FillGaussian<T>(Span<T> destination, T mean, T deviation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => FillGaussian(0, destination, mean, deviation);

    /// <summary>Writes independent N(μ, σ²) numbers: μ + σ·z of entries <paramref name="first"/>, <paramref name="first"/> + 1, …, rounded once (a fused
    /// multiply-add).</summary>
    /// <typeparam name="T">float or double. The two are different numbers, not roundings of each other.</typeparam>
    /// <param name="first">The index of the first entry, 0 or more; the last one is at most 2⁶³ − 1.</param>
    /// <param name="destination">Where the numbers go.</param>
    /// <param name="mean">μ, finite.</param>
    /// <param name="deviation">The standard deviation σ, finite, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">The mean or the deviation is out of range, <paramref name="first"/> is negative, or an entry lies beyond the
    /// last.</exception>
    public void FillGaussian<T>(long first, Span<T> destination, T mean, T deviation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.Finite(mean);
        Guard.NotNegative(deviation);
        FillGaussian(first, destination);
        AffineMap.Apply(destination, deviation, mean);
    }

    /// <summary>Like <see cref="FillGaussian{T}(long, Span{T})"/>, on the threads of a team; the same bits.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="first">The index of the first entry, 0 or more; the last one is at most 2⁶³ − 1.</param>
    /// <param name="destination">Where the numbers go.</param>
    /// <param name="team">The team; null works on the calling thread.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is negative, or an entry lies beyond the last.</exception>
    public void FillGaussian<T>(long first, Span<T> destination, WorkerTeam? team)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        CheckEntries(first, destination.Length);
        if (team is null || team.Degree == 1)
        {
            GaussianFill.Fill(in this, first, destination);
            return;
        }

        GaussianFill.Parallel(in this, first, destination, team);
    }

    /// <summary>Writes independent numbers uniform on [0, 1): entries <paramref name="first"/>, <paramref name="first"/> + 1, … .</summary>
    /// <typeparam name="T">float (24 bits) or double (53 bits).</typeparam>
    /// <param name="first">The index of the first entry, 0 or more; the last one is at most 2⁶³ − 1.</param>
    /// <param name="destination">Where the numbers go.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="first"/> is negative, or an entry lies beyond the last.</exception>
    public void FillUniform<T>(long first, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        CheckEntries(first, destination.Length);
        UniformFill.Fill(in this, first, destination);
    }

    /// <summary>Writes independent numbers uniform on [0, 1): the first entries of the stream.</summary>
    /// <typeparam name="T">float (24 bits) or double (53 bits).</typeparam>
    /// <param name="destination">Where the numbers go.</param>
    public void FillUniform<T>(Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => FillUniform(0, destination);

    /// <summary>Writes independent numbers uniform on [a, b): a + (b − a)·u of the first entries u of the stream.</summary>
    /// <typeparam name="T">float (24 bits of u) or double (53 bits).</typeparam>
    /// <param name="destination">Where the numbers go.</param>
    /// <param name="low">a, finite.</param>
    /// <param name="high">b, above a; b − a is finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is out of range.</exception>
    public void FillUniform<T>(Span<T> destination, T low, T high)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => FillUniform(0, destination, low, high);

    /// <summary>
    /// Writes independent numbers uniform on [a, b): a + (b − a)·u of entries <paramref name="first"/>, <paramref name="first"/> + 1, … . b − a is rounded once and the
    /// rest once more (a fused multiply-add); what would round to b is the number below it.
    /// </summary>
    /// <typeparam name="T">float (24 bits of u) or double (53 bits).</typeparam>
    /// <param name="first">The index of the first entry, 0 or more; the last one is at most 2⁶³ − 1.</param>
    /// <param name="destination">Where the numbers go.</param>
    /// <param name="low">a, finite.</param>
    /// <param name="high">b, above a; b − a is finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is out of range, <paramref name="first"/> is negative, or an entry lies beyond the last.</exception>
    public void FillUniform<T>(long first, Span<T> destination, T low, T high)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.Element<T>();
        Guard.Finite(low);
        bool fits = T.IsFinite(high) && high > low && T.IsFinite(high - low);
        Guard.Accepted(high, fits ? null : "a finite number above 'low', at a finite distance", nameof(high));
        FillUniform(first, destination);
        AffineMap.Apply(destination, high - low, low);
        if (!destination.IsEmpty)
        {
            TensorPrimitives.Min(destination, T.BitDecrement(high), destination);
        }
    }

    private static void CheckEntries(long first, int length)
        => Guard.InRange(first, 0, long.MaxValue - Math.Max(length - 1, 0), nameof(first));
}
