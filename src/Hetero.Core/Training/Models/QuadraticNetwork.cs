using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>The model UUᵀ as a two-layer network with quadratic activation: f(x) = Σ_j q(u_jᵀx) = ‖Uᵀx‖² = ⟨xxᵀ, UUᵀ⟩ with q(z) = z² (14), (124). Thread-safe: no state.</summary>
public static class QuadraticNetwork
{
    // A tile of Uᵀx stays in a first-level cache.
    private const int TileNumbers = 1 << 12;

    /// <summary>Predicts y for rows of inputs. Its scratch memory is rented: it may allocate.</summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="factor">U, d×k: a neuron in each column, such as <see cref="Trainer{T}.Factor"/>.</param>
    /// <param name="inputs">x_1, x_2, …, m×d.</param>
    /// <param name="predictions">Receives ‖Uᵀx_i‖², m numbers; shares no memory with the rest. A prediction does not depend on the other inputs.</param>
    /// <exception cref="ArgumentException">A shape or length does not fit, or memory is shared.</exception>
    public static void Predict<T>(ReadOnlyMatrixSpan<T> factor, ReadOnlyMatrixSpan<T> inputs, Span<T> predictions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Guard.AtLeast(factor.Rows, 1, "factor.Rows");
        Guard.AtLeast(factor.Columns, 1, "factor.Columns");
        Guard.Agree(inputs.Columns, factor.Rows, "column count", nameof(inputs));
        Guard.Length(predictions.Length, inputs.Rows, nameof(predictions));
        Guard.NoOverlap(factor.Data, predictions, nameof(factor), nameof(predictions));
        Guard.NoOverlap(inputs.Data, predictions, nameof(inputs), nameof(predictions));
        int columns = factor.Columns, most = Math.Min(inputs.Rows, Math.Max(1, TileNumbers / columns));
        using RentedScratch<T> memory = new(Guard.ArrayLength(most, columns, nameof(factor)));
        for (int first = 0; first < inputs.Rows; first += most)
        {
            int rows = Math.Min(most, inputs.Rows - first);
            Span<T> hidden = memory.Span[..(rows * columns)];
            Products.Multiply(inputs.Slice(first, 0, rows, inputs.Columns), factor, new MatrixSpan<T>(hidden, rows, columns));
            for (int i = 0; i < rows; i++)
            {
                predictions[first + i] = Reductions.SumOfSquares<T>(hidden.Slice(i * columns, columns));
            }
        }
    }
}
