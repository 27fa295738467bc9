using Hetero.Core.Numerics;
using Hetero.Core.Problems;
using Hetero.Core.Random;
using Hetero.Core.Sensing;
using MathNet.Numerics.LinearAlgebra;

namespace Hetero.Core.Benchmarks.Plain;

/// <summary>A step with MathNet's matrices: the measurements are the rows of an m×p matrix G, and the gradient is Gᵀ(G·w)/m.</summary>
internal sealed class MathNetStep
{
    private readonly Matrix<double> _measurements;
    private readonly Matrix<double>[] _targets;
    private readonly Vector<double> _svec;
    private readonly Vector<double> _coefficients;
    private readonly Vector<double> _gradient;
    private readonly double[] _square;
    private readonly Matrix<double> _moved;
    private readonly Matrix<double> _product;
    private readonly Matrix<double> _factor;

    public MathNetStep(SensingProblem problem, int samples, ulong seed, double initialScale, params ReadOnlySpan<double> scalars)
    {
        int d = problem.Dimension;
        int p = Svec.Length(d);
        MathNet.Numerics.Control.UseSingleThread();

        // Column by column: independent numbers are as good in any order.
        double[] numbers = new double[checked(samples * p)];
        new RandomStream(seed, StreamPurpose.Measurements).FillGaussian<double>(0, numbers);
        _measurements = Matrix<double>.Build.Dense(samples, p, numbers);
        _svec = Vector<double>.Build.Dense(p);
        _coefficients = Vector<double>.Build.Dense(samples);
        _gradient = Vector<double>.Build.Dense(p);
        _square = new double[d * d];
        _moved = Matrix<double>.Build.Dense(d, d);
        _factor = Matrix<double>.Build.DenseDiagonal(d, d, initialScale);
        _product = _factor.TransposeAndMultiply(_factor);
        Matrix<double> invariant = FromRows(problem.InvariantBasis);
        Matrix<double> spurious = FromRows(problem.SpuriousBasis);
        _targets = new Matrix<double>[scalars.Length];
        for (int e = 0; e < scalars.Length; e++)
        {
            _targets[e] = invariant.TransposeAndMultiply(invariant) + (scalars[e] * spurious.TransposeAndMultiply(spurious));
        }
    }

    public void Advance(int environment, double stepSize)
    {
        int d = _factor.RowCount;
        Matrix<double> residual = _product - _targets[environment];

        // Symmetric, so that the order of MathNet's columns is the order of rows.
        Svec.Pack<double>(new MatrixSpan<double>(residual.AsColumnMajorArray(), d, d), _svec.AsArray());
        _measurements.Multiply(_svec, _coefficients);
        _measurements.TransposeThisAndMultiply(_coefficients, _gradient);
        Svec.Unpack<double>(_gradient.AsArray(), new MatrixSpan<double>(_square, d, d));
        Matrix<double>.Build.Dense(d, d, _square).Multiply(_factor, _moved);
        _moved.Multiply(-stepSize / _measurements.RowCount, _moved);
        _factor.Add(_moved, _factor);
        _factor.TransposeAndMultiply(_factor, _product);
    }

    private static Matrix<double> FromRows(ReadOnlyMatrixSpan<double> rows)
    {
        Matrix<double> matrix = Matrix<double>.Build.Dense(rows.Rows, rows.Columns);
        for (int i = 0; i < rows.Rows; i++)
        {
            for (int j = 0; j < rows.Columns; j++)
            {
                matrix[i, j] = rows[i, j];
            }
        }

        return matrix;
    }
}
