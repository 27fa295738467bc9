using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Core.Training;

/// <summary>What a recorder holds an iterate against: of its matrix M (<see cref="EstimateMeasure{T}"/>) or, where there is none, of the factor U (<see cref="FactorMeasure{T}"/>).</summary>
/// <remarks>Not thread-safe: owns scratch memory. Measuring allocates nothing.</remarks>
internal abstract class TrajectoryMeasure<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Gets what of a snapshot is measured.</summary>
    public abstract SnapshotParts Needs { get; }

    /// <summary>Returns the measure of a trainer's iterates.</summary>
    public static TrajectoryMeasure<T> Of(Trainer<T> trainer) => trainer.Model.Space.IsFactored ? new FactorMeasure<T>(trainer) : new EstimateMeasure<T>(trainer);

    /// <summary>Measures an iterate.</summary>
    public abstract TrajectoryRow Measure(in TrainingSnapshot<T> snapshot);

    /// <summary>The sum of squares in units of the whole, also where it is too small for double and the quotient is not.</summary>
    protected static double Share<TPart>(ReadOnlySpan<TPart> values, double whole)
        where TPart : unmanaged, IBinaryFloatingPointIeee754<TPart>
    {
        double squares = ScaledProducts.SumOfSquares(values);
        if (double.IsNormal(squares))
        {
            return squares / whole;
        }

        double part = ScaledProducts.Norm(values) / Math.Sqrt(whole);
        return part * part;
    }
}
