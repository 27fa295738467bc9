using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Random;

namespace Hetero.Core.Sensing;

/// <summary>
/// What <see cref="ExactLawMeasurements{T}"/> are, applied to a panel: G·U of m fresh Gaussian measurements in their exact law, in O(dk²) time for
/// any m and O(dk) memory, of dimensions where no d×d
/// matrix fits. A draw.
/// </summary>
/// <remarks>
/// <para>With B an orthonormal basis of the q columns of F = [U, U*, V*], F = B·R, a symmetric Gaussian W has WB = B·S + (I − BBᵀ)H, where S is a q×q
/// symmetric Gaussian matrix and H a d×q matrix of independent N(0, ½)
/// numbers, independent of S; and ⟨W, D⟩ = ⟨S, BᵀDB⟩. So everything that tells G·P from W·P, P = B·R_P, happens inside the span, in q×q matrices.
/// Outside of it H·R_P has the law of
/// H'·L with LᵀL = R_PᵀR_P: as many Gaussian columns as the panel has. H' is drawn tile by tile, multiplied and forgotten. The proof is in
/// docs/exact-law.md.</para>
/// <para>A step reads F four times and the result twice, on all threads. It takes pooled batches of any law, noise and Gaussian label noise as
/// <see cref="ExactLawMeasurements{T}"/> do.</para>
/// <para>Not thread-safe: owns scratch memory of the order of q² and of some hundred rows for each thread, made by the first step.</para>
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class FactoredExactLawMeasurements<T> : PanelMeasurements<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most columns of [U, U*, V*] together.</summary>
    public const int MaxColumns = FactoredDraw<T>.MaxColumns;

    private readonly ulong _seed;
    private readonly WorkerTeam? _team;
    private FactoredDraw<T>? _draw;

    /// <summary>Creates the source.</summary>
    /// <param name="dimension">The dimension d, 1 or more.</param>
    /// <param name="seed">The seed; each step draws from its own streams.</param>
    /// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">The dimension is out of range.</exception>
    public FactoredExactLawMeasurements(int dimension, ulong seed, WorkerTeam? team = null)
        : base(dimension)
        => (_seed, _team) = (seed, team);

    /// <inheritdoc/>
    public override bool IsOperator => false;

    internal override bool TakesMixtures => true;

    /// <summary>Returns the bytes that such a source needs before any is made.</summary>
    /// <param name="sizes">The sizes of the run.</param>
    public static Int128 RequiredBytes(in RunSizes sizes) => FactoredDraw<T>.BytesOf(in sizes);

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes) => RequiredBytes(in sizes);

    /// <inheritdoc/>
    public override string? RefuseLabelNoise(LabelNoise noise) => ExactLawMeasurements<T>.RefuseLabels(noise);

    /// <inheritdoc/>
    public override void Describe(PartDescription description, long batchSize)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("kind", "factored-exact-law");
        description.Add("seed", _seed);
    }

    /// <summary>Returns ‖BᵀB − I‖_F of the basis that a step makes of U, U* and V*: round-off, at any ranks and magnitudes.</summary>
    /// <param name="residual">U, U* and V*.</param>
    /// <exception cref="ArgumentException">A shape does not fit, or a number is not finite.</exception>
    /// <exception cref="InvalidOperationException">Another call is going on.</exception>
    public double MeasureBasis(in FactoredResidual<T> residual)
    {
        residual.Check(Dimension);
        using ExclusiveUse.Scope use = EnterUse();
        return DrawOf(in residual).MeasureBasis(in residual);
    }

    /// <inheritdoc/>
    protected override void AccumulatePanelCore(in SampleGroup<T> group, in FactoredResidual<T> residual, MatrixSpan<T> result, CancellationToken cancellation)
    {
        SampleGroup<T> noisy = ExactLawMeasurements<T>.WithOneNoise(in group);
        DrawOf(in residual).Accumulate(in noisy, in residual, result, cancellation);
    }

    private FactoredDraw<T> DrawOf(in FactoredResidual<T> residual)
    {
        if (_draw is null || !_draw.Fits(in residual))
        {
            _draw = new FactoredDraw<T>(Dimension, residual.Factor.Columns, residual.InvariantBasis.Columns, residual.SpuriousBasis.Columns, _seed, _team);
        }

        return _draw;
    }
}
