using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics.Simd;

namespace Hetero.Core.Numerics;

/// <summary>
/// The two products of rank-one measurements xxᵀ on a tile of samples: the quadratic forms xᵀDx from one triangle of D, and the lower triangle of Σ r·xxᵀ. Both are half of the
/// multiplications of a general product, in the tiles that it uses.
/// </summary>
/// <remarks>
/// A tile stands in memory twice: transposed, d̄ rows of <see cref="Samples"/> numbers with d̄ = d rounded up to 8 and zeros below, and sample after sample, <see cref="RowStride"/> apart. Both
/// and a block of eight rows fit a second-level cache beside the triangles. What is computed does not depend on the width: chains run over whole blocks of eight rows on every path.
/// Thread-safe: no state.
/// </remarks>
internal static unsafe class RankOneTile
{
    /// <summary>The samples of a tile: whole panels of three registers at every width, and chains no longer than a product's.</summary>
    public const int Samples = 96;

    /// <summary>The numbers of a block that the forms are computed in: eight rows of the widest panel.</summary>
    public const int BlockLength = BlockRows * 3 * 16;

    private const int BlockRows = 8;

    /// <summary>Returns d̄, the dimension in whole blocks of rows.</summary>
    public static int PaddedRows(int dimension) => checked((dimension + BlockRows - 1) / BlockRows * BlockRows);

    /// <summary>Returns the distance of rows along samples, in whole cache lines: an odd number of them, so that rows do not compete for few sets of a cache.</summary>
    public static int RowStride<T>(int dimension)
        where T : unmanaged
    {
        int line = AlignedArray<T>.LineBytes / sizeof(T);
        int lines = (dimension + line - 1) / line;
        return checked((lines | 1) * line);
    }

    /// <summary>
    /// Writes the lower triangle L of a symmetric matrix D with xᵀLx = xᵀDx: the diagonal as it is, twice what is below, zeros above, d̄×d̄.
    /// </summary>
    /// <param name="svec">svec(D).</param>
    /// <param name="dimension">d.</param>
    /// <param name="triangle">d̄² numbers.</param>
    public static void CopyTriangle<T>(ReadOnlySpan<T> svec, int dimension, Span<T> triangle)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int padded = PaddedRows(dimension);
        T root = T.Sqrt(T.CreateTruncating(2));
        triangle[..(padded * padded)].Clear();
        for (int i = 0, start = 0; i < dimension; start += ++i)
        {
            Span<T> row = triangle.Slice(i * padded, i + 1);
            System.Numerics.Tensors.TensorPrimitives.Multiply(svec.Slice(start, i), root, row);
            row[i] = svec[start + i];
        }
    }

    /// <summary>Writes xᵀDx for every sample of a tile: Σ_i x_i·(Lx)_i, i ascending.</summary>
    /// <param name="triangle">L of <see cref="CopyTriangle"/>.</param>
    /// <param name="transposed">The tile, transposed.</param>
    /// <param name="dimension">d.</param>
    /// <param name="samples">The number of samples, 1 to <see cref="Samples"/>.</param>
    /// <param name="block">Memory for <see cref="BlockLength"/> numbers.</param>
    /// <param name="forms">Receives the forms; <see cref="Samples"/> numbers can be written.</param>
    public static void QuadraticForms<T>(
        ReadOnlySpan<T> triangle, ReadOnlySpan<T> transposed, int dimension, int samples, Span<T> block, Span<T> forms)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = PaddedRows(dimension);
        Guard.MinimumLength(triangle.Length, rows * rows, nameof(triangle));
        Guard.MinimumLength(transposed.Length, rows * Samples, nameof(transposed));
        Guard.MinimumLength(block.Length, BlockLength, nameof(block));
        Guard.MinimumLength(forms.Length, Samples, nameof(forms));
        Guard.InRange(samples, 1, Samples);
        fixed (T* l = triangle, x = transposed, y = block, z = forms)
        {
            if (SimdPath.Is512)
            {
                QuadraticForms<T, Simd512<T>, Vector512<T>>(l, x, rows, samples, y, z);
            }
            else if (SimdPath.Is256)
            {
                QuadraticForms<T, Simd256<T>, Vector256<T>>(l, x, rows, samples, y, z);
            }
            else if (SimdPath.Is128)
            {
                QuadraticForms<T, Simd128<T>, Vector128<T>>(l, x, rows, samples, y, z);
            }
            else
            {
                QuadraticForms<T, Scalar<T>, T>(l, x, rows, samples, y, z);
            }
        }
    }

    /// <summary>The lower triangle of Σ x·wᵀ over the samples of a tile, w = r·x, added to what was there or written; what stands above the diagonal is undefined.</summary>
    /// <param name="transposed">The tile, transposed.</param>
    /// <param name="weighted">Each sample times its weight r, <see cref="RowStride"/> apart, zeros after d numbers.</param>
    /// <param name="dimension">d.</param>
    /// <param name="samples">The number of samples, 1 to <see cref="Samples"/>.</param>
    /// <param name="gram">d̄ rows, <see cref="RowStride"/> apart.</param>
    /// <param name="accumulate">True to add, false to write without reading, as if zeros had been there (but for the sign of a sum that underflows to zero).</param>
    public static void WeightedGram<T>(ReadOnlySpan<T> transposed, ReadOnlySpan<T> weighted, int dimension, int samples, Span<T> gram, bool accumulate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = PaddedRows(dimension);
        int stride = RowStride<T>(dimension);
        Guard.MinimumLength(transposed.Length, rows * Samples, nameof(transposed));
        Guard.MinimumLength(weighted.Length, samples * stride, nameof(weighted));
        Guard.MinimumLength(gram.Length, rows * stride, nameof(gram));
        Guard.InRange(samples, 1, Samples);
        fixed (T* x = transposed, w = weighted, g = gram)
        {
            if (SimdPath.Is512)
            {
                WeightedGram<T, Simd512<T>, Vector512<T>>(x, w, dimension, samples, g, stride, accumulate);
            }
            else if (SimdPath.Is256)
            {
                WeightedGram<T, Simd256<T>, Vector256<T>>(x, w, dimension, samples, g, stride, accumulate);
            }
            else if (SimdPath.Is128)
            {
                WeightedGram<T, Simd128<T>, Vector128<T>>(x, w, dimension, samples, g, stride, accumulate);
            }
            else
            {
                WeightedGram<T, Scalar<T>, T>(x, w, dimension, samples, g, stride, accumulate);
            }
        }
    }

    /// <summary>Writes each sample times its weight, <see cref="RowStride"/> apart.</summary>
    /// <param name="inputs">The samples.</param>
    /// <param name="inputStride">From one sample to the next.</param>
    /// <param name="weights">A weight for each sample.</param>
    /// <param name="dimension">d.</param>
    /// <param name="samples">The number of samples, 1 to <see cref="Samples"/>.</param>
    /// <param name="weighted">Receives the products.</param>
    public static void Weigh<T>(ReadOnlySpan<T> inputs, int inputStride, ReadOnlySpan<T> weights, int dimension, int samples, Span<T> weighted)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int stride = RowStride<T>(dimension);
        Guard.InRange(samples, 1, Samples);
        Guard.MinimumLength(inputs.Length, ((samples - 1) * inputStride) + dimension, nameof(inputs));
        Guard.MinimumLength(weights.Length, samples, nameof(weights));
        Guard.MinimumLength(weighted.Length, samples * stride, nameof(weighted));
        fixed (T* x = inputs, r = weights, w = weighted)
        {
            if (SimdPath.Is512 && dimension >= Vector512<T>.Count)
            {
                Weigh<T, Simd512<T>, Vector512<T>>(x, inputStride, r, dimension, samples, w, stride);
            }
            else if (SimdPath.Is256 && dimension >= Vector256<T>.Count)
            {
                Weigh<T, Simd256<T>, Vector256<T>>(x, inputStride, r, dimension, samples, w, stride);
            }
            else
            {
                Weigh<T, Scalar<T>, T>(x, inputStride, r, dimension, samples, w, stride);
            }
        }
    }

    /// <summary>The products at one width, d at least that: the last register overlaps the one before it, which writes the same numbers once more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Weigh<T, TSimd, TVector>(T* inputs, int inputStride, T* weights, int dimension, int samples, T* weighted, int stride)
        where T : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        where TVector : unmanaged
    {
        nint last = dimension - TSimd.Count;
        for (int s = 0; s < samples; s++, inputs += inputStride, weighted += stride)
        {
            TVector weight = TSimd.Create(weights[s]);
            for (nint j = 0; j < last; j += TSimd.Count)
            {
                TSimd.Store(TSimd.Multiply(TSimd.Load(ref inputs[j]), weight), ref weighted[j]);
            }

            TSimd.Store(TSimd.Multiply(TSimd.Load(ref inputs[last]), weight), ref weighted[last]);
        }
    }

    /// <summary>The forms at one width: blocks of eight rows of LX, each multiplied by X and added at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void QuadraticForms<T, TSimd, TVector>(T* triangle, T* transposed, int rows, int samples, T* block, T* forms)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        where TSimd : struct, ISimd<T, TVector>
        where TVector : unmanaged
    {
        for (int first = 0; first < samples;)
        {
            int registers = Registers<TSimd, T, TVector>(samples - first);
            T* x = transposed + first;
            T* z = forms + first;
            new Span<T>(z, registers * TSimd.Count).Clear();
            int stride = registers * TSimd.Count;
            for (int i = 0; i < rows; i += BlockRows)
            {
                int depth = i + BlockRows;
                for (int k = 0; k < depth; k += ProductBlocking.ChainLength)
                {
                    Tiles<T, TSimd, TVector>(
                        registers, Math.Min(ProductBlocking.ChainLength, depth - k), triangle + ((nint)i * rows) + k, rows, 1, x + ((nint)k * Samples), Samples, block, stride, k > 0);
                }

                for (int lane = 0; lane < stride; lane += TSimd.Count)
                {
                    TVector sum = TSimd.Load(ref z[lane]);
                    for (int r = 0; r < BlockRows; r++)
                    {
                        sum = TSimd.FusedMultiplyAdd(TSimd.Load(ref x[((nint)(i + r) * Samples) + lane]), TSimd.Load(ref block[(r * stride) + lane]), sum);
                    }

                    TSimd.Store(sum, ref z[lane]);
                }
            }

            first += stride;
        }
    }

    /// <summary>
    /// The sum at one width: for each panel of up to three registers the blocks of eight rows at and below its diagonal. The panel stays in a first-level cache while the rows pass by.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void WeightedGram<T, TSimd, TVector>(T* transposed, T* weighted, int dimension, int samples, T* gram, int stride, bool accumulate)
        where T : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        where TVector : unmanaged
    {
        int panel = ProductTile4Rows.MaximumRegisters * TSimd.Count;
        for (int j = 0; j < dimension; j += panel)
        {
            for (int i = j / BlockRows * BlockRows; i < dimension; i += BlockRows)
            {
                int columns = Math.Min(panel, Math.Min(i + BlockRows, dimension) - j);
                int registers = (columns + TSimd.Count - 1) / TSimd.Count;
                Tiles<T, TSimd, TVector>(
                    registers, samples, transposed + ((nint)i * Samples), Samples, 1, weighted + j, stride, gram + ((nint)i * stride) + j, stride, accumulate);
            }
        }
    }

    /// <summary>Three registers, except that four are left: 2 + 2 keep more chains in flight than 3 + 1.</summary>
    private static int Registers<TSimd, T, TVector>(int columns)
        where T : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        where TVector : unmanaged
    {
        int registers = (columns + TSimd.Count - 1) / TSimd.Count;
        return registers == ProductTile4Rows.MaximumRegisters + 1 ? 2 : Math.Min(registers, ProductTile4Rows.MaximumRegisters);
    }

    /// <summary>Eight rows by some registers: one tall tile, or two of four rows where there are 16 registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tiles<T, TSimd, TVector>(
        int registers, int depth, T* a, nint row, nint step, T* b, nint panelStep, T* c, nint stride, bool accumulate)
        where T : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        where TVector : unmanaged
    {
        switch (registers)
        {
            case 1:
                Tiles<T, TSimd, TVector, OneRegister>(depth, a, row, step, b, panelStep, c, stride, accumulate);
                break;
            case 2:
                Tiles<T, TSimd, TVector, TwoRegisters>(depth, a, row, step, b, panelStep, c, stride, accumulate);
                break;
            default:
                Tiles<T, TSimd, TVector, ThreeRegisters>(depth, a, row, step, b, panelStep, c, stride, accumulate);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tiles<T, TSimd, TVector, TWidth>(
        int depth, T* a, nint row, nint step, T* b, nint panelStep, T* c, nint stride, bool accumulate)
        where T : unmanaged
        where TSimd : struct, ISimd<T, TVector>
        where TVector : unmanaged
        where TWidth : struct, IPanelRegisters
    {
        if (TSimd.Registers >= 32)
        {
            ProductTile8Rows.Run<T, TSimd, TVector, TWidth>(depth, a, row, step, b, panelStep, c, stride, null, accumulate);
            return;
        }

        ProductTile4Rows.Run<T, TSimd, TVector, TWidth>(depth, a, row, 2 * row, 3 * row, step, b, panelStep, c, stride, null, accumulate);
        ProductTile4Rows.Run<T, TSimd, TVector, TWidth>(
            depth, a + (4 * row), row, 2 * row, 3 * row, step, b, panelStep, c + (4 * stride), stride, null, accumulate);
    }
}
