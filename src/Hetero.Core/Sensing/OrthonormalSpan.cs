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
    // An array for each vector: together they may have more elements than one holds.
    private readonly List<T[]> _basis = [];

    /// <summary>Gets the number of basis vectors.</summary>
    public int Order { get; private set; }

    /// <summary>Forgets the basis and makes room for a number of vectors.</summary>
    public void Clear(int vectors)
    {
        Order = 0;
        while (_basis.Count < vectors)
        {
            _basis.Add(new T[length]);
        }
    }

    /// <summary>Returns ‖x‖, of any magnitude.</summary>
    /// <exception cref="ArgumentException">The norm is beyond the range of double.</exception>
    public double Norm(ReadOnlySpan<T> vector)
    {
        double norm = ScaledProducts.Norm(vector, team);
        return double.IsFinite(norm)
            ? norm
            : throw new ArgumentException("'matrices' holds a matrix whose norm is beyond the range of double; accepted are smaller ones.", "matrices");
    }

    /// <summary>Adds what a vector has outside the span so far, if that is more than round-off.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="components">Receives the vector's components along the basis; zeros beyond. May be empty.</param>
    /// <returns>Whether the basis has grown.</returns>
    public bool Extend(ReadOnlySpan<T> vector, Span<double> components = default)
    {
        if (_basis.Count == Order)
        {
            _basis.Add(new T[length]);
        }

        components.Clear();
        Span<T> rest = _basis[Order];
        double norm = Norm(vector);
        if (norm == 0)
        {
            return false;
        }

        ScaledProducts.Normalize(vector, norm, rest);

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

    /// <summary>Adds <paramref name="amount"/> times one basis vector.</summary>
    public void Add(Span<T> vector, int index, double amount)
        => TensorPrimitives.FusedMultiplyAdd(Vector(index), T.CreateTruncating(amount), vector, vector);

    /// <summary>Changes a vector along one basis vector so that its component there is <paramref name="component"/>.</summary>
    public void SetComponent(Span<T> vector, int index, double component)
        => Add(vector, index, component - double.CreateTruncating(Reductions.Dot(Vector(index), vector, team)));

    private ReadOnlySpan<T> Vector(int index) => _basis[index];
}
