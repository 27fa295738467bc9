using System.Runtime.CompilerServices;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Random.Lanes;

namespace Hetero.Core.Random;

/// <summary>
/// A cursor that walks through a stream block by block, for variates that need an unknown number of words (rejection samplers). What it
/// returns is a function of the stream and of the calls made before, nothing else.
/// </summary>
/// <remarks>
/// Each call takes whole blocks, at least one. A mutable value: pass it by reference, keep it in a variable that is not readonly (F#: <c>let mutable</c>); a copy draws the
/// same numbers again. Not thread-safe.
/// </remarks>
public struct RandomSequence
{
    private readonly RandomStream _stream;
    private ulong _block;

    /// <summary>Starts at the stream's first block.</summary>
    /// <param name="stream">The stream to walk through.</param>
    public RandomSequence(RandomStream stream)
        : this(stream, 0)
    {
    }

    /// <summary>Starts at a later block of a stream whose first blocks serve a fill.</summary>
    internal RandomSequence(RandomStream stream, ulong firstBlock)
    {
        _stream = stream;
        _block = firstBlock;
    }

    /// <summary>Returns a number uniform on [0, 1) with 53 bits.</summary>
    public double NextUniform()
    {
        (uint w0, uint w1, _, _) = _stream.Block(_block++);
        return UniformFill.ToDouble(w0, w1);
    }

    /// <summary>Returns an N(0,1) number.</summary>
    public double NextGaussian()
    {
        (uint w0, uint w1, uint w2, uint w3) = _stream.Block(_block++);
        GaussianLanesScalar<double>.Map(w0, w1, w2, w3, 0, out double uniform, out double angle, out double swap, out double negate);
        BoxMuller.Transform<double, Scalar<double>, GaussianLanesScalar<double>, double, ulong>(
            uniform, angle, swap, negate, out double first, out _);
        return first;
    }

    /// <summary>Returns an integer uniform on 0…<paramref name="bound"/> − 1, exactly (rejection of the ragged end).</summary>
    /// <param name="bound">The number of values, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is below 1.</exception>
    public long NextBelow(long bound)
    {
        Guard.AtLeast(bound, 1);
        ulong range = (ulong)bound;

        // Lemire's multiply-and-reject: the high half of x·range is uniform once the low halves below 2⁶⁴ mod range are refused.
        ulong refused = unchecked(0ul - range) % range;
        while (true)
        {
            (uint w0, uint w1, _, _) = _stream.Block(_block++);
            ulong high = Math.BigMul(((ulong)w0 << 32) | w1, range, out ulong low);
            if (low >= refused)
            {
                return (long)high;
            }
        }
    }

    /// <summary>Returns a χ² variate: the law of the sum of <paramref name="degrees"/> squared N(0,1) numbers.</summary>
    /// <param name="degrees">The degrees of freedom, 1 to 2⁵⁴.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="degrees"/> is out of range.</exception>
    public double NextChiSquared(long degrees) => ChiSquared.Next(ref this, degrees);

    /// <summary>Returns the number of successes in <paramref name="trials"/> trials of probability <paramref name="probability"/>.</summary>
    /// <param name="trials">The number of trials n, 0 to 2⁵³ − 1.</param>
    /// <param name="probability">The probability p of a success, 0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range or NaN.</exception>
    public long NextBinomial(long trials, double probability) => Binomial.Next(ref this, trials, probability);

    /// <summary>−2·ln x of a positive normal number, with the bits of the fills.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double NegativeTwoLog(double x)
        => BoxMuller.NegativeTwoLog<double, Scalar<double>, GaussianLanesScalar<double>, double, ulong>(x);
}
