using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>An orthonormal basis B_0, B_1, … of the span of a few vectors, built one vector at a time by Gram–Schmidt.</summary>
/// <remarks>Not thread-safe. Keeps its memory; extending allocates only beyond the largest order so far.</remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class OrthonormalSpan<T>(int length, WorkerTeam? team)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The norms that a vector may have, apart from 0. Beyond them products of norms and their inverses leave the range of float.</summary>
    public const double SmallestNorm = 1e-30, LargestNorm = 1e30;

    // Squares of floats beyond these bounds come near the ends of their range; then the vector is scaled by a power of two first.
    private const double SmallestSquare = 1e-24;
    private const double LargestSquare = 1e24;

    private T[] _basis = [];

    /// <summary>Gets the number of basis vectors.</summary>
    public int Order { get; private set; }

    /// <summary>Forgets the basis and makes room for a number of vectors.</summary>
    public void Clear(int vectors)
    {
        Order = 0;
        int needed = checked((vectors + 1) * length);
        if (vectors > 0 && _basis.Length < needed)
        {
            _basis = new T[needed];
        }
    }

    /// <summary>Returns ‖x‖, without over- or underflow on the way.</summary>
    /// <param name="vector">The vector x.</param>
    /// <param name="scratch">As long as x.</param>
    /// <exception cref="ArgumentException">The norm is neither 0 nor within <see cref="SmallestNorm"/> and <see cref="LargestNorm"/>.</exception>
    public double Norm(ReadOnlySpan<T> vector, Span<T> scratch)
    {
        double square = double.CreateTruncating(Reductions.Dot(vector, vector, team));
        if (square is > SmallestSquare and < LargestSquare)
        {
            return Math.Sqrt(square);
        }

        double largest = double.CreateTruncating(TensorPrimitives.MaxMagnitude(vector));
        if (largest == 0)
        {
            return 0;
        }

        if (largest is < SmallestNorm or > LargestNorm)
        {
            throw new ArgumentException(
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"'matrices' holds a matrix with a largest entry of {largest}; accepted are 0 and {SmallestNorm} to {LargestNorm}."),
                "matrices");
        }

        int exponent = Math.ILogB(largest);
        TensorPrimitives.Multiply(vector, T.ScaleB(T.One, -exponent), scratch);
        return Math.ScaleB(Math.Sqrt(double.CreateTruncating(Reductions.Dot<T>(scratch, scratch, team))), exponent);
    }

    /// <summary>Adds what a vector has outside the span so far, if that is more than round-off.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="components">Receives the vector's components along the basis; zeros beyond. May be empty.</param>
    /// <returns>Whether the basis has grown.</returns>
    public bool Extend(ReadOnlySpan<T> vector, Span<double> components = default)
    {
        if (_basis.Length < (long)(Order + 2) * length)
        {
            Array.Resize(ref _basis, checked((Order + 2) * length));
        }

        components.Clear();
        Span<T> rest = _basis.AsSpan(Order * length, length);
        double norm = Norm(vector, _basis.AsSpan((Order + 1) * length, length));
        if (norm == 0)
        {
            return false;
        }

        TensorPrimitives.Multiply(vector, T.CreateTruncating(1 / norm), rest);

        // Twice is enough for orthogonality to round-off (Kahan; Parlett, The Symmetric Eigenvalue Problem, 6.9).
        for (int pass = 0; pass < 2; pass++)
        {
            for (int a = 0; a < Order; a++)
            {
                ReadOnlySpan<T> known = Vector(a);
                T component = Reductions.Dot(known, rest, team);
                TensorPrimitives.FusedMultiplyAdd(known, -component, rest, rest);
                if (!components.IsEmpty)
                {
                    components[a] += norm * double.CreateTruncating(component);
                }
            }
        }

        double left = Math.Sqrt(double.CreateTruncating(Reductions.Dot<T>(rest, rest, team)));
        if (left <= 64 * double.CreateTruncating(T.BitIncrement(T.One) - T.One))
        {
            return false;
        }

        TensorPrimitives.Multiply(rest, T.CreateTruncating(1 / left), rest);
        if (!components.IsEmpty)
        {
            components[Order] = norm * left;
        }

        Order++;
        return true;
    }

    /// <summary>Changes a vector along one basis vector so that its component there is <paramref name="component"/>.</summary>
    public void SetComponent(Span<T> vector, int index, double component)
    {
        ReadOnlySpan<T> direction = Vector(index);
        double change = component - double.CreateTruncating(Reductions.Dot(direction, vector, team));
        TensorPrimitives.FusedMultiplyAdd(direction, T.CreateTruncating(change), vector, vector);
    }

    private ReadOnlySpan<T> Vector(int index) => _basis.AsSpan(index * length, length);
}
