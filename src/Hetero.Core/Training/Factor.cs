using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>A parameterization of the model's d×d matrix by trainable numbers. Training needs its value and a gradient step, nothing else.</summary>
/// <remarks>Not thread-safe: owns its parameters and scratch memory.</remarks>
/// <typeparam name="T">float or double.</typeparam>
internal abstract class Factor<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected Factor(int dimension, int columns)
    {
        Guard.Element<T>();
        Guard.InRange(dimension, 1, Sensing.Svec.MaxDimension);
        Guard.InRange(columns, 1, dimension);
        Dimension = dimension;
        Columns = columns;
        Parameters = new T[Guard.ArrayLength(dimension, columns, nameof(columns))];
    }

    /// <summary>Gets the dimension d.</summary>
    public int Dimension { get; }

    /// <summary>Gets the number k of columns.</summary>
    public int Columns { get; }

    /// <summary>Gets the trainable numbers as a d×k matrix.</summary>
    public ReadOnlyMatrixSpan<T> Matrix => new(Parameters, Dimension, Columns);

    /// <summary>Gets the memory of the parameters.</summary>
    internal T[] Parameters { get; }

    /// <summary>Writes svec of the model's matrix.</summary>
    /// <param name="svec">Receives d(d+1)/2 numbers.</param>
    /// <param name="cancellation">Ends the work; the numbers are undefined then.</param>
    public abstract void CopyProduct(Span<T> svec, CancellationToken cancellation = default);

    /// <summary>Makes the step of gradient descent that (3) defines for a gradient G in the model's matrix.</summary>
    /// <param name="gradient">svec(G).</param>
    /// <param name="stepSize">η times the gradient scale.</param>
    /// <param name="cancellation">Ends the work before the parameters are touched.</param>
    public abstract void Descend(ReadOnlySpan<T> gradient, T stepSize, CancellationToken cancellation = default);
}
