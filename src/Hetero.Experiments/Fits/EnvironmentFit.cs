using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Experiments.Fits;

/// <summary>Least squares of one environment's rows, by conjugate gradients on the normal equations: A* + A^(e) as it is, with as many rows as unknowns or more.</summary>
internal static class EnvironmentFit
{
    private const int MostIterations = 500;

    // Of the residual of the normal equations, in units of the first.
    private const double Tolerance = 1e-10;
    private const double Rounding = 1e-5;

    /// <summary>Returns svec of the least-squares fit; with fewer rows than unknowns that of the least norm. Null where the precision cannot carry it: a curvature is 0 or not finite.</summary>
    public static double[]? LeastSquares<T>(MeasuredData<T> data, int environment, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int p = data.SvecLength, rows = data.GetSampleCount(environment);
        SampleGroup<T> group = new() { Step = 0, Count = rows, Scale = 1.0 / rows, MeasurementSet = environment, Group = environment };
        T[] argument = new T[p], result = new T[p];
        double[] fit = new double[p], residual = new double[p], direction = new double[p], product = new double[p];

        // At M = 0 the gradient is −(1/n) Σ y_iX_i.
        Apply(group, residual);
        TensorPrimitives.Negate(residual, residual);
        residual.CopyTo(direction, 0);
        double first = Reductions.SumOfSquares<double>(residual), square = first, goal = first * Tolerance * Tolerance;
        if (!double.IsFinite(square))
        {
            return null;
        }

        for (int i = 0; i < MostIterations && square > goal; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            TensorPrimitives.ConvertTruncating<double, T>(direction, argument);
            Apply(group with { IsBare = true }, product);
            double curvature = Reductions.Dot<double>(direction, product);
            if (!(curvature > 0 && double.IsFinite(curvature)))
            {
                // Of what rounding has left at the end any curvature may come.
                return square <= first * Rounding * Rounding ? fit : null;
            }

            double step = square / curvature;
            TensorPrimitives.MultiplyAdd(direction, step, fit, fit);
            TensorPrimitives.MultiplyAdd(product, -step, residual, residual);
            double next = Reductions.SumOfSquares<double>(residual);
            TensorPrimitives.MultiplyAdd(direction, next / square, residual, direction);
            square = next;
        }

        TensorPrimitives.ConvertTruncating<double, T>(fit, argument);
        return Reductions.AllFinite<T>(argument) ? fit : null;

        void Apply(SampleGroup<T> samples, double[] destination)
        {
            Array.Clear(result);
            data.Accumulate(in samples, argument, result, cancellation);
            TensorPrimitives.ConvertTruncating<T, double>(result, destination);
        }
    }
}
