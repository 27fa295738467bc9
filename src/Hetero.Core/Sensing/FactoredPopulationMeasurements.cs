using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>
/// Infinitely many samples in factored form: G = D = UUᵀ − U* diag(λ) U*ᵀ − V*ΣV*ᵀ applied to a panel of c columns in O(dc(k + r1 + r2)) time;
/// its own memory has no number for each of d but the products' packed blocks. What <see cref="PopulationMeasurements{T}"/> are,
/// up to round-off, at dimensions where no d×d matrix fits. Noise, of responses or labels, averages out.
/// </summary>
/// <remarks>Not thread-safe: owns scratch memory, which grows with the largest panel so far and is made by the first step. Where a product leaves the range of T the result is not finite.</remarks>
/// <typeparam name="T">float or double.</typeparam>
/// <param name="dimension">The dimension d, 1 or more.</param>
/// <param name="team">The threads to use; null works on the calling thread. The bits are the same.</param>
public sealed class FactoredPopulationMeasurements<T>(int dimension, WorkerTeam? team = null) : PanelMeasurements<T>(dimension)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _products = [];
    private T[] _scratch = [];

    /// <inheritdoc/>
    public override bool IsOperator => true;

    /// <inheritdoc/>
    public override bool IsPopulation => true;

    /// <inheritdoc/>
    public override string? RefuseLabelNoise(LabelNoise noise) => null;

    /// <inheritdoc/>
    public override string? RefuseBatch(long samples) => null;

    /// <inheritdoc/>
    public override Int128 BufferBytes(in RunSizes sizes)
    {
        int largest = Math.Max(sizes.Columns, Math.Max(sizes.InvariantRank, sizes.SpuriousRank));
        return RunSizes.Bytes<T>((2 * (Int128)largest * sizes.Columns) + ScratchLength(sizes.Dimension, largest, sizes.Columns, sizes.Degree));
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description, long batchSize)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("kind", "factored-population");
    }

    /// <inheritdoc/>
    protected override void AccumulatePanelCore(in SampleGroup<T> group, in FactoredResidual<T> residual, MatrixSpan<T> result, CancellationToken cancellation)
    {
        double weight = group.Scale * group.Count;
        Guard.Finite(T.CreateTruncating(weight), "group.Scale");
        int k = residual.Factor.Columns, r1 = residual.InvariantBasis.Columns, r2 = residual.SpuriousBasis.Columns;
        Add(in residual, residual.Factor, weight, result.Slice(0, 0, Dimension, k), cancellation);
        if (result.Columns > k)
        {
            Add(in residual, residual.InvariantBasis, weight, result.Slice(0, k, Dimension, r1), cancellation);
            Add(in residual, residual.SpuriousBasis, weight, result.Slice(0, k + r1, Dimension, r2), cancellation);
        }
    }

    private static int ScratchLength(int dimension, int largest, int columns, int threads)
        => Math.Max(
            Products.GetScratchLength<T>(largest, dimension, columns, threads, symmetric: false),
            Products.GetScratchLength<T>(dimension, largest, columns, threads, symmetric: false));

    /// <summary>Adds weight·D·P.</summary>
    private void Add(in FactoredResidual<T> residual, ReadOnlyMatrixSpan<T> panel, double weight, MatrixSpan<T> result, CancellationToken cancellation)
    {
        int c = panel.Columns;
        T factor = T.CreateTruncating(weight);

        // U(UᵀP).
        Span<T> inner = Inner(residual.Factor, panel, cancellation);
        TensorPrimitives.Multiply(inner, factor, inner);
        AddTo(residual.Factor, inner, c, result, cancellation);

        // −U* diag(λ)(U*ᵀP).
        inner = Inner(residual.InvariantBasis, panel, cancellation);
        for (int i = 0; i < residual.Eigenvalues.Length; i++)
        {
            Span<T> row = inner.Slice(i * c, c);
            TensorPrimitives.Multiply(row, T.CreateTruncating(-weight * residual.Eigenvalues[i]), row);
        }

        AddTo(residual.InvariantBasis, inner, c, result, cancellation);

        // −V*Σ(V*ᵀP).
        int r2 = residual.SpuriousBasis.Columns;
        inner = Inner(residual.SpuriousBasis, panel, cancellation);
        Span<T> mixed = _products.AsSpan(_products.Length / 2, inner.Length);
        mixed.Clear();
        for (int i = 0; i < r2; i++)
        {
            Span<T> row = mixed.Slice(i * c, c);
            for (int j = 0; j < r2; j++)
            {
                TensorPrimitives.FusedMultiplyAdd(inner.Slice(j * c, c), T.CreateTruncating(-weight * residual.Sigma[(i * r2) + j]), row, row);
            }
        }

        AddTo(residual.SpuriousBasis, mixed, c, result, cancellation);
    }

    /// <summary>BᵀP, in memory that the next call takes again.</summary>
    private Span<T> Inner(ReadOnlyMatrixSpan<T> basis, ReadOnlyMatrixSpan<T> panel, CancellationToken cancellation)
    {
        int length = basis.Columns * panel.Columns;
        Ensure(ref _products, Guard.ArrayLength(2 * panel.Columns, basis.Columns, "residual.Factor"));
        Ensure(ref _scratch, ScratchLength(Dimension, basis.Columns, panel.Columns, team?.Degree ?? 1));
        Products.Multiply(basis.Transposed, panel, _scratch, new MatrixSpan<T>(_products.AsSpan(0, length), basis.Columns, panel.Columns), team, cancellation);
        return _products.AsSpan(0, length);
    }

    private void AddTo(ReadOnlyMatrixSpan<T> basis, ReadOnlySpan<T> inner, int columns, MatrixSpan<T> result, CancellationToken cancellation)
        => Products.MultiplyAdd(basis, new ReadOnlyMatrixSpan<T>(inner, basis.Columns, columns), _scratch, result, team, cancellation);

    private static void Ensure(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[length];
        }
    }
}
