using Hetero.Core.Tests.Support;

namespace Hetero.Core.Tests.Sweep;

/// <summary>How to call a method that takes spans, which reflection cannot.</summary>
/// <param name="Key">The method's key in <see cref="PublicSurface"/>.</param>
/// <param name="Buffers">Its spans and matrices.</param>
/// <param name="Call">Calls it and returns the numbers that it returns, if any.</param>
internal sealed record SpanCase(string Key, BufferSpec[] Buffers, Func<Slots, double[]> Call)
{
    /// <summary>Gets the degree of what is returned.</summary>
    public int ResultDegree { get; init; }

    /// <summary>Gets what results may be off by, in ε of the largest number of the result, when the inputs are scaled.</summary>
    public double Tolerance { get; init; } = 1000;

    /// <summary>Gets how many powers of two below the largest number the documentation leaves off; huge if it promises nothing.</summary>
    public int HeadRoom { get; init; } = 8;

    /// <summary>Gets whether products of the inputs are formed as they are, as documented: they may overflow, or lose digits.</summary>
    public bool FormsProducts { get; init; }

    /// <summary>Gets whether a buffer of another length is another valid call.</summary>
    public bool TakesAnyLength { get; init; }

    /// <summary>A method that returns nothing.</summary>
    public static SpanCase Void(string key, BufferSpec[] buffers, Action<Slots> call) => new(
        key,
        buffers,
        slots =>
        {
            call(slots);
            return [];
        });

    /// <summary>Fills buffers with their numbers, times 2^(exponent·degree) where they are inputs.</summary>
    public void Fill(Slots slots, int exponent = 0)
    {
        for (int i = 0; i < Buffers.Length; i++)
        {
            BufferSpec buffer = Buffers[i];
            double[] numbers = buffer.Content is { } content ? content() : Data.Uniform<double>(buffer.Length, 17 + i);
            int shift = buffer.Role == BufferRole.Scratch ? 0 : exponent * buffer.Degree;

            // A short content is that of a buffer which a law has made longer.
            slots.Write(i, [.. Enumerable.Range(0, buffer.Length).Select(j => j < numbers.Length ? Math.ScaleB(numbers[j], shift) : 0)]);
        }
    }

    public override string ToString() => $"{Key} of {string.Join(", ", Buffers.Select(b => $"{b.Element.Name} {b.Rows}×{b.Columns}"))}";
}
