namespace Hetero.Core.Tests.Sweep;

/// <summary>What a method does with a piece of memory.</summary>
internal enum BufferRole
{
    /// <summary>Reads it.</summary>
    Input,

    /// <summary>Overwrites it.</summary>
    Output,

    /// <summary>Adds to it.</summary>
    Update,

    /// <summary>Leaves nothing of use in it.</summary>
    Scratch,
}

/// <summary>A span or a matrix that a method is given.</summary>
/// <param name="Role">What the method does with it.</param>
/// <param name="Element">The type of an element.</param>
/// <param name="Rows">The rows; 1 for a vector.</param>
/// <param name="Columns">The columns; the length of a vector.</param>
/// <param name="Degree">By which power of 2^k the numbers grow when the inputs grow by 2^k; 0 for what does not.</param>
/// <param name="Content">The numbers at the start; null for random ones.</param>
internal sealed record BufferSpec(BufferRole Role, Type Element, int Rows, int Columns, int Degree = 0, Func<double[]>? Content = null)
{
    public int Length => Rows * Columns;

    public int ElementBytes => System.Runtime.InteropServices.Marshal.SizeOf(Element);

    public int Bytes => Length * ElementBytes;

    public static BufferSpec InMatrix<T>(int rows, int columns, int degree = 1, Func<double[]>? content = null)
        => new(BufferRole.Input, typeof(T), rows, columns, degree, content);

    public static BufferSpec In<T>(int length, int degree = 1, Func<double[]>? content = null) => InMatrix<T>(1, length, degree, content);

    public static BufferSpec OutMatrix<T>(int rows, int columns, int degree = 1) => new(BufferRole.Output, typeof(T), rows, columns, degree);

    public static BufferSpec Out<T>(int length, int degree = 1) => OutMatrix<T>(1, length, degree);

    public static BufferSpec UpdateMatrix<T>(int rows, int columns, int degree = 1) => new(BufferRole.Update, typeof(T), rows, columns, degree);

    public static BufferSpec Update<T>(int length, int degree = 1) => UpdateMatrix<T>(1, length, degree);

    public static BufferSpec Scratch<T>(int length) => new(BufferRole.Scratch, typeof(T), 1, length);
}
