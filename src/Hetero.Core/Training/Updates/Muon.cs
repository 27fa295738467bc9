using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>
/// Muon, orthogonalized momentum (Jordan et al., 2024): v ← βv + D, W ← D + βv, θ ← θ − η·√max(1, rows/columns)·O for each matrix of parameters, O a matrix with W's singular vectors and
/// singular values near 1, see <see cref="Orthogonalization"/>.
/// </summary>
/// <remarks>
/// Keeps v, as long as the parameters. Every singular direction of W moves by about η·√max(1, rows/columns), however small W is as a whole: where W is round-off, so is O. With the polar factor
/// that holds for every singular value above round-off; Newton–Schulz moves those below 0.002 of ‖W‖_F less, 10⁻⁵ of it by 0.005 instead of 1. Immutable and thread-safe.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
public sealed class Muon<T> : UpdateRule<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _momentum;
    private readonly Orthogonalization _orthogonalization;

    /// <summary>Creates the rule.</summary>
    /// <param name="momentum">β, 0 or a normal number of the precision, below 1.</param>
    /// <param name="orthogonalization">How O is made.</param>
    /// <exception cref="ArgumentException">An argument is out of range.</exception>
    public Muon(double momentum = 0.95, Orthogonalization orthogonalization = Orthogonalization.NewtonSchulz)
    {
        Momentum<T>.Check(momentum, nameof(momentum));
        Guard.Defined(orthogonalization);
        (_momentum, _orthogonalization) = (momentum, orthogonalization);
    }

    /// <inheritdoc/>
    public override int StateLength(ReadOnlySpan<MatrixShape> shapes) => PerParameter(1, shapes);

    /// <inheritdoc/>
    public override int ScratchLength(ReadOnlySpan<MatrixShape> shapes)
    {
        _ = CountOf(shapes);
        int largest = 0;
        foreach (MatrixShape shape in shapes)
        {
            largest = Math.Max(
                largest,
                _orthogonalization == Orthogonalization.Polar ? PolarFactor<T>.ScratchLength(shape) : NewtonSchulz<T>.ScratchLength(shape));
        }

        return largest;
    }

    /// <inheritdoc/>
    public override void Apply(in UpdateStep<T> step)
    {
        Check(in step);
        Momentum<T>.Add(_momentum, step.Direction, step.State);
        TensorPrimitives.FusedMultiplyAdd(step.State, T.CreateTruncating(_momentum), step.Direction, step.Direction);
        int first = 0;
        foreach (MatrixShape shape in step.Shapes)
        {
            Span<T> direction = step.Direction.Slice(first, shape.Length), parameters = step.Parameters.Slice(first, shape.Length);
            double norm = ScaledProducts.Norm<T>(direction);
            if (!double.IsFinite(norm))
            {
                // What the run diverges by is not to be lost, or refused, on the way.
                direction.Fill(T.NaN);
            }
            else if (norm > 0)
            {
                Orthogonalize(new MatrixSpan<T>(direction, shape.Rows, shape.Columns), norm, step.Scratch);
            }

            T rate = step.StepSize * T.CreateTruncating(Math.Sqrt(Math.Max(1, (double)shape.Rows / shape.Columns)));
            TensorPrimitives.FusedMultiplyAdd(direction, -rate, parameters, parameters);
            first += shape.Length;
        }
    }

    /// <inheritdoc/>
    public override void Describe(PartDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        description.Add("updateRule", "muon");
        description.Add("momentum", _momentum);
        description.Add("orthogonalization", _orthogonalization);
    }

    private void Orthogonalize(MatrixSpan<T> matrix, double norm, Span<T> scratch)
    {
        // To norm 1 first: the squares of what comes then stay in the range of the precision.
        ScaledProducts.Normalize(matrix.Data, norm, matrix.Data);
        if (_orthogonalization == Orthogonalization.Polar)
        {
            PolarFactor<T>.Replace(matrix, scratch);
        }
        else
        {
            NewtonSchulz<T>.Replace(matrix, scratch);
        }
    }
}
