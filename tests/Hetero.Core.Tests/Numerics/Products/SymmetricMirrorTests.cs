using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Hetero.Core.Numerics;
using Hetero.Core.Numerics.Simd;
using Hetero.Core.Tests.Support;
using Xunit;

namespace Hetero.Core.Tests.Numerics;

public sealed class SymmetricMirrorOfDoubleTests : SymmetricMirrorTests<double>;

public sealed class SymmetricMirrorOfFloatTests : SymmetricMirrorTests<float>;

/// <summary>Copies to above the diagonal, through the caches and past them.</summary>
public abstract class SymmetricMirrorTests<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Line = 64;

    /// <summary>Every distance of the first entry from a cache line; rows before, on and after the diagonal of the panel. All entries but the copies keep what they are.</summary>
    [Theory]
    [InlineData(0, 90, 0, 24)]
    [InlineData(0, 90, 0, 48)]
    [InlineData(24, 60, 24, 24)]
    [InlineData(48, 42, 0, 16)]
    [InlineData(50, 37, 3, 47)]
    [InlineData(80, 10, 8, 50)]
    [InlineData(64, 3, 0, 24)]
    [InlineData(40, 50, 5, 1)]
    public void CopiesTheEntriesOfAPanelWhereverItLies(int firstRow, int rows, int firstColumn, int columns)
    {
        if (!Streaming512<T>.IsSupported)
        {
            return;
        }

        int stride = Padded(97);
        for (int offset = 0; offset < Line / Unsafe.SizeOf<T>(); offset++)
        {
            T[] memory = Place((100 * stride) + 1, offset, out int start);
            Data.Uniform<T>(memory.Length, 3).CopyTo(memory, 0);
            T[] expected = [.. memory];
            for (int i = firstRow; i < firstRow + rows; i++)
            {
                for (int j = firstColumn; j < Math.Min(firstColumn + columns, i); j++)
                {
                    expected[start + (j * stride) + i] = expected[start + (i * stride) + j];
                }
            }

            Stream(memory, start, stride, firstRow, rows, firstColumn, columns);
            Assert.True(Data.SameBits<T>(expected, memory), $"offset {offset}");
        }
    }

    /// <summary>A square beyond the caches, in a matrix with wider rows, against the triangle alone; the steps along k are cut once or not at all.</summary>
    [Theory]
    [InlineData(5, 0, 2)]
    [InlineData(5, 3, 1)]
    [InlineData(200, 1, 3)]
    public void LargeGramsAreSymmetricAndWriteNothingBetweenRows(int inner, int offset, int degree)
    {
        int rows = Unsafe.SizeOf<T>() == 8 ? 1030 : 1453, stride = Padded(rows + 1);
        using WorkerTeam team = new(degree);
        ReadOnlyMatrixSpan<T> factor = new(Data.Uniform<T>(rows * inner, 5), rows, inner);
        T[] lower = new T[rows * rows], memory = Place(rows * stride, offset, out int start);
        T[] scratch = new T[Products.GetGramScratchLength<T>(rows, inner, team)];
        MatrixSpan<T> square = new(memory.AsSpan(start), rows, rows, stride);
        foreach (bool accumulates in (bool[])[false, true])
        {
            // Above the diagonal nothing is read.
            memory.AsSpan().Fill(T.NaN);
            for (int i = 0; i < rows; i++)
            {
                lower.AsSpan(i * rows, i + 1).Fill(T.One);
                square.Row(i)[..(i + 1)].Fill(T.One);
            }

            T beta = accumulates ? T.CreateChecked(0.3) : T.Zero;
            Products.GramLower(T.One, factor, beta, scratch, new MatrixSpan<T>(lower, rows, rows), team);
            Products.Gram(T.One, factor, beta, scratch, square, team);
            for (int i = 0; i < rows; i++)
            {
                Assert.True(Data.SameBits<T>(lower.AsSpan(i * rows, i + 1), square.Row(i)[..(i + 1)]), $"row {i}");
                for (int j = 0; j < i; j++)
                {
                    if (square[j, i] != square[i, j])
                    {
                        Assert.Fail($"({j}, {i}) is {square[j, i]}, not {square[i, j]}");
                    }
                }

                Assert.True(i == rows - 1 || !memory.AsSpan(start + (i * stride) + rows, stride - rows).ContainsAnyExcept(T.NaN), $"after row {i}");
            }
        }
    }

    /// <summary>Streams need places of whole elements; where there are none the copies are plain.</summary>
    [Fact]
    public unsafe void EntriesBesideTheirPlacesAreNotStreamed()
    {
        T* even = (T*)1024, odd = (T*)1026;
        Assert.Equal(Streaming512<T>.IsSupported, SymmetricMirror.Streams(even, 2000, 2000));
        Assert.False(SymmetricMirror.Streams(odd, 2000, 2000));
        Assert.False(SymmetricMirror.Streams(even, 2000, 2001));
        Assert.False(SymmetricMirror.Streams(even, 200, 200_000));
    }

    private static int Padded(int length) => (length + (Line / Unsafe.SizeOf<T>()) - 1) / (Line / Unsafe.SizeOf<T>()) * (Line / Unsafe.SizeOf<T>());

    /// <summary>Memory in which an element so far from a cache line has so many behind it.</summary>
    private static unsafe T[] Place(int length, int offset, out int start)
    {
        int line = Line / Unsafe.SizeOf<T>();
        T[] memory = GC.AllocateArray<T>(length + (2 * line), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(memory));
        start = ((int)((Line - (address % Line)) % Line) / Unsafe.SizeOf<T>()) + offset;
        return memory;
    }

    private static unsafe void Stream(T[] memory, int start, int stride, int firstRow, int rows, int firstColumn, int columns)
    {
        fixed (T* first = memory)
        {
            SymmetricMirror.Copy<T, Simd512<T>, Vector512<T>>(first + start, stride, firstRow, rows, firstColumn, columns, streams: true);
            Streaming512<T>.End();
        }
    }
}
