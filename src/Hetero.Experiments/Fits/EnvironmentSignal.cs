using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Experiments.Fits;

/// <summary>
/// Estimates of A* + A^(e) by rows that training has not seen, unbiased at any number of them: N − D̂/c² with the gradient D̂ of the risk of N on these rows, for any N that does not depend on them.
/// </summary>
/// <remarks>
/// Their noise is that of the residuals of N, of variance ‖A* + A^(e) − N‖²/n for a number of svec. M itself leaves A^(e), so that N is M and what the rows that were trained on have of
/// their own: with the gradient D̂' of M on n' of them, the eigenvalues γ of D̂'/c² beyond those of noise alone, which end at κ = √(2d)·ν with ν² the variance of a number of svec, are taken off, as
/// sign(γ)√(γ² − κ²), which is where the error of a low rank in such noise is the least (Gavish and Donoho). Not thread-safe: owns scratch memory.
/// </remarks>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class EnvironmentSignal<T>(FitMeasure<T> heldOut, FitMeasure<T> training)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _dimension = heldOut.Dimension;
    private readonly double[] _gradient = new double[heldOut.Dimension * heldOut.Dimension], _vectors = new double[heldOut.Dimension * heldOut.Dimension];
    private readonly double[] _values = new double[heldOut.Dimension], _svec = new double[Svec.Length(heldOut.Dimension)];
    private readonly T[] _signal = new T[Svec.Length(heldOut.Dimension)];

    /// <summary>Returns the estimate of an environment, d×d, which the next one overwrites.</summary>
    /// <param name="environment">e.</param>
    /// <param name="estimate">svec(M).</param>
    public double[] Of(int environment, ReadOnlySpan<T> estimate)
    {
        double[] own = FitSpectrum.Square(_dimension, estimate);
        TakeOffResidual(environment, estimate, own);
        Svec.PackSymmetricPart<double>(new ReadOnlyMatrixSpan<double>(own, _dimension, _dimension), _svec);
        TensorPrimitives.ConvertTruncating<double, T>(_svec, _signal);
        heldOut.EnvironmentGradient(environment, _signal, _gradient);
        TensorPrimitives.MultiplyAdd(_gradient, -1 / heldOut.Scales[environment], own, _gradient);
        return _gradient;
    }

    private void TakeOffResidual(int environment, ReadOnlySpan<T> estimate, double[] own)
    {
        training.EnvironmentGradient(environment, estimate, _gradient);
        if (!Reductions.AllFinite<double>(_gradient))
        {
            return;
        }

        int d = _dimension;
        double scale = training.Scales[environment];
        double squaredEdge = 4 * d * training.Risk(environment, estimate) / (training.RowsOf(environment) * training.LeastSquaresScale(environment));
        SymmetricEigen.Decompose<double>(new ReadOnlyMatrixSpan<double>(_gradient, d, d), _values, new MatrixSpan<double>(_vectors, d, d));
        for (int k = 0; k < d; k++)
        {
            double value = _values[k] / scale, left = (value * value) - squaredEdge;
            if (left > 0)
            {
                double taken = Math.CopySign(Math.Sqrt(left), value);
                for (int i = 0; i < own.Length; i++)
                {
                    own[i] -= taken * _vectors[(i / d * d) + k] * _vectors[(i % d * d) + k];
                }
            }
        }
    }
}
