using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.Training;

/// <content>The estimate.</content>
public partial class Trainer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// Gets the estimate in the coordinates of its space, svec(M_t), M_t = U_tU_tᵀ for UUᵀ, or the vector w_t: the one of <see cref="Parameters"/>, of a
    /// diverged run too, all NaN where those are not finite. The memory belongs to the trainer and
    /// is overwritten by the next step.
    /// </summary>
    /// <exception cref="InvalidOperationException">The trainer has failed: <see cref="HasFailed"/>; or the estimate is in factored form, see <see cref="Factor"/>.</exception>
    public ReadOnlySpan<T> Estimate
    {
        get
        {
            RefuseHalfMade();
            RefuseFactored();
            return _work.Estimate;
        }
    }

    /// <summary>Writes the estimate M_t, U_tU_tᵀ for UUᵀ, as a matrix.</summary>
    /// <param name="destination">d×d.</param>
    /// <exception cref="ArgumentException">The shape is not d×d.</exception>
    /// <exception cref="InvalidOperationException">The trainer has failed: <see cref="HasFailed"/>; or the estimate is a vector, see <see cref="Estimate"/>.</exception>
    public void CopyEstimate(MatrixSpan<T> destination)
    {
        if (_model.Space.IsVector)
        {
            throw new InvalidOperationException($"The estimate is one of the {_model.Space}, and '{nameof(Estimate)}' has it; accepted is a model of matrices.");
        }

        RefuseFactored();
        Guard.Shape(destination.Rows, destination.Columns, _model.Dimension, _model.Dimension, nameof(destination));
        Svec.Unpack(Estimate, destination);
    }

    private void RefuseFactored()
    {
        if (_model.Space.IsFactored)
        {
            throw new InvalidOperationException($"The estimate is one of the {_model.Space}, and '{nameof(Factor)}' has it; accepted is a run whose source gives gradients in coordinates.");
        }
    }
}
