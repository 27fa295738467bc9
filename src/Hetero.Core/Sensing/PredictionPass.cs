using System.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// What a pass over samples does with the model's predictions ŷ_i = ⟨X_i, M⟩: samples with ŷ_i above a level are left out of the gradient (the truncation 1{‖Uᵀx_i‖² ≤ R} of Algorithm 4 for
/// X_i = x_ix_iᵀ), and the responses y_i are summed. One for the groups of a step.
/// </summary>
/// <remarks>Owned and refilled by the batch, added to by the source; not thread-safe.</remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class PredictionPass<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _matrix;

    /// <summary>Makes room for M.</summary>
    /// <param name="space">The space of M.</param>
    /// <param name="level">R, above 0; +∞ leaves no sample out.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is out of range.</exception>
    public PredictionPass(EstimateSpace space, double level = double.PositiveInfinity)
    {
        Guard.AtLeast(level, double.Epsilon);
        Level = level;
        _matrix = new T[space.Length];
    }

    /// <summary>The bytes of M.</summary>
    public static Int128 BytesOf(in RunSizes sizes) => RunSizes.Bytes<T>(sizes.SvecLength);

    /// <summary>Gets R.</summary>
    public double Level { get; }

    /// <summary>Gets the coordinates of M, svec(M) for a matrix.</summary>
    public ReadOnlySpan<T> Matrix => _matrix;

    /// <summary>Gets Σ Scale·y_i over all samples of the step so far, those left out included: with Scale = 1/m the mean of the responses.</summary>
    public double ResponseMean { get; private set; }

    /// <summary>Gets the number of samples of the step so far.</summary>
    public long Samples { get; private set; }

    /// <summary>Gets how many of them were left out.</summary>
    public long LeftOut { get; private set; }

    /// <summary>Begins a step.</summary>
    /// <param name="matrix">The coordinates of M, finite.</param>
    /// <exception cref="ArgumentException">The length is not p, or a number is not finite.</exception>
    public void Begin(ReadOnlySpan<T> matrix)
    {
        Guard.Length(matrix.Length, _matrix.Length, nameof(matrix));
        Guard.AllFinite(matrix, nameof(matrix));
        matrix.CopyTo(_matrix);
        (ResponseMean, Samples, LeftOut) = (0, 0, 0);
    }

    /// <summary>Adds what a source has found in a group's samples.</summary>
    /// <param name="responses">Scale·Σ y_i.</param>
    /// <param name="samples">The number of samples, 0 or more.</param>
    /// <param name="leftOut">How many were left out, at most all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public void Add(double responses, long samples, long leftOut)
    {
        Guard.AtLeast(samples, 0);
        Guard.InRange(leftOut, 0, samples);
        (ResponseMean, Samples, LeftOut) = (ResponseMean + responses, Samples + samples, LeftOut + leftOut);
    }
}
