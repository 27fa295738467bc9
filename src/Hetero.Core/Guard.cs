using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Hetero.Core;

/// <summary>Argument checks whose messages name the argument, the value found and what is accepted. The throwing halves stay out of line.</summary>
internal static class Guard
{
    /// <summary>Accepts minimum ≤ value ≤ maximum. NaN is refused.</summary>
    public static void InRange<T>(T value, T minimum, T maximum, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T>
    {
        if (!(value >= minimum && value <= maximum))
        {
            ThrowOutOfRange(name, value, RangeOf(minimum, maximum));
        }
    }

    /// <summary>Accepts value ≥ minimum.</summary>
    public static void AtLeast<T>(T value, T minimum, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T>
    {
        if (!(value >= minimum))
        {
            ThrowOutOfRange(name, value, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at least {minimum}"));
        }
    }

    /// <summary>Accepts finite numbers.</summary>
    public static void Finite<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T>
    {
        if (!T.IsFinite(value))
        {
            ThrowOutOfRange(name, value, "a finite number");
        }
    }

    /// <summary>Accepts finite numbers above zero.</summary>
    public static void Positive<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T>
    {
        if (!(T.IsFinite(value) && value > T.Zero))
        {
            ThrowOutOfRange(name, value, "a finite number above 0");
        }
    }

    /// <summary>Accepts finite numbers that are zero or above.</summary>
    public static void NotNegative<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T>
    {
        if (!(T.IsFinite(value) && value >= T.Zero))
        {
            ThrowOutOfRange(name, value, "a finite number, 0 or above");
        }
    }

    /// <summary>Accepts numbers between zero and one, both excluded.</summary>
    public static void ProperFraction(double value, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!(value > 0 && value < 1))
        {
            ThrowOutOfRange(name, value, "a number above 0 and below 1");
        }
    }

    /// <summary>Accepts the named values of an enumeration.</summary>
    public static void Defined<TEnum>(TEnum value, [CallerArgumentExpression(nameof(value))] string name = "")
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"'{name}' is {value}; accepted are {string.Join(", ", Enum.GetNames<TEnum>())}.");
        }
    }

    /// <summary>Accepts what nobody refuses; a refusal says what is accepted instead.</summary>
    public static void Accepted<T>(T value, string? refusal, string name)
        where T : INumber<T>
    {
        if (refusal is not null)
        {
            ThrowOutOfRange(name, value, refusal);
        }
    }

    /// <summary>Accepts two parts of a problem whose sizes agree.</summary>
    public static void Agree(int value, int expected, string what, string name)
    {
        if (value != expected)
        {
            throw new ArgumentException($"'{name}' has the {what} {value}; accepted is {expected}, that of the problem.", name);
        }
    }

    /// <summary>Accepts a step size that is the same in every step.</summary>
    public static void ConstantStepSize(bool isConstant, object schedule, string name)
    {
        if (!isConstant)
        {
            throw new ArgumentException($"'{name}' is {schedule}; accepted is a constant step size.", name);
        }
    }

    /// <summary>Accepts exactly the expected length.</summary>
    public static void Length(long length, long expected, string name)
    {
        if (length != expected)
        {
            ThrowLength(name, length, $"exactly {expected}");
        }
    }

    /// <summary>Accepts the needed length or more.</summary>
    public static void MinimumLength(long length, long needed, string name)
    {
        if (length < needed)
        {
            ThrowLength(name, length, $"at least {needed}");
        }
    }

    /// <summary>Returns rows·columns as the length of an array; refuses more than an array holds.</summary>
    public static int ArrayLength(int rows, int columns, string name)
    {
        if ((long)rows * columns > Array.MaxLength)
        {
            ThrowShape(name, rows, columns, $"at most {Array.MaxLength} entries");
        }

        return rows * columns;
    }

    /// <summary>Accepts a matrix of exactly the expected shape.</summary>
    public static void Shape(int rows, int columns, int expectedRows, int expectedColumns, string name)
    {
        if (rows != expectedRows || columns != expectedColumns)
        {
            ThrowShape(name, rows, columns, $"exactly {expectedRows} by {expectedColumns}");
        }
    }

    /// <summary>Accepts a matrix with as many columns as rows.</summary>
    public static void Square(int rows, int columns, string name)
    {
        if (rows != columns)
        {
            ThrowShape(name, rows, columns, "as many columns as rows");
        }
    }

    /// <summary>Accepts a matrix with at least as many rows as columns.</summary>
    public static void Tall(int rows, int columns, string name)
    {
        if (rows < columns)
        {
            ThrowShape(name, rows, columns, "at least as many rows as columns");
        }
    }

    /// <summary>Accepts data without infinities and NaN.</summary>
    public static void AllFinite<T>(ReadOnlySpan<T> data, string name, string accepted = "finite entries")
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Element<T>();
        if (!(data.IsEmpty || TensorPrimitives.IsFiniteAll(data)))
        {
            ThrowNotFinite(data, name, accepted);
        }
    }

    /// <summary>Refuses two spans that share memory.</summary>
    public static void NoOverlap<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> destination, string inputName, string destinationName)
    {
        if (input.Overlaps(destination))
        {
            ThrowOverlap(inputName, destinationName, "");
        }
    }

    /// <summary>Refuses two spans of different elements that share memory.</summary>
    public static unsafe void NoOverlapOfTypes<TInput, TDestination>(
        ReadOnlySpan<TInput> input, ReadOnlySpan<TDestination> destination, string inputName, string destinationName)
        where TInput : unmanaged
        where TDestination : unmanaged
    {
        nint distance = Unsafe.ByteOffset(
            in Unsafe.As<TInput, byte>(ref MemoryMarshal.GetReference(input)), in Unsafe.As<TDestination, byte>(ref MemoryMarshal.GetReference(destination)));
        bool overlaps = (nuint)distance < (nuint)input.Length * (nuint)sizeof(TInput) || (nuint)(-distance) < (nuint)destination.Length * (nuint)sizeof(TDestination);
        if (overlaps && !input.IsEmpty && !destination.IsEmpty)
        {
            ThrowOverlap(inputName, destinationName, "");
        }
    }

    /// <summary>Refuses two spans that share memory, unless they start at the same element: for what goes element by element.</summary>
    public static void NoShiftedOverlap<T>(ReadOnlySpan<T> input, ReadOnlySpan<T> destination, string inputName, string destinationName)
    {
        if (input.Overlaps(destination, out int shift) && shift != 0)
        {
            ThrowOverlap(inputName, destinationName, " unless both start at the same element");
        }
    }

    /// <summary>Accepts <see cref="float"/> and <see cref="double"/>, the two element types of the library.</summary>
    public static void Element<T>()
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            throw new NotSupportedException($"The element type is {typeof(T)}; accepted are float and double.");
        }
    }

    // A range of one number or of none is not called one.
    private static string RangeOf<T>(T minimum, T maximum)
        where T : INumber<T>
        => minimum > maximum ? "none"
            : minimum == maximum ? minimum.ToString(null, System.Globalization.CultureInfo.InvariantCulture)
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"from {minimum} to {maximum}");

    [DoesNotReturn]
    private static void ThrowOutOfRange<T>(string name, T value, string accepted)
        => throw new ArgumentOutOfRangeException(name, value, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"'{name}' is {value}; accepted is {accepted}."));

    [DoesNotReturn]
    private static void ThrowLength(string name, long length, string accepted)
        => throw new ArgumentException($"'{name}' has {length} elements; accepted is {accepted}.", name);

    [DoesNotReturn]
    private static void ThrowOverlap(string inputName, string destinationName, string exception)
        => throw new ArgumentException($"'{destinationName}' must not share memory with '{inputName}'{exception}.", destinationName);

    [DoesNotReturn]
    private static void ThrowShape(string name, int rows, int columns, string accepted)
        => throw new ArgumentException($"'{name}' is {rows} by {columns}; accepted is {accepted}.", name);

    [DoesNotReturn]
    private static void ThrowNotFinite<T>(ReadOnlySpan<T> data, string name, string accepted)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int index = 0;
        while (T.IsFinite(data[index]))
        {
            index++;
        }

        throw new ArgumentException(
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"'{name}' holds {data[index]} at element {index}; accepted are {accepted}."),
            name);
    }
}
