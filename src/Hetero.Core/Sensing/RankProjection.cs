using System.Numerics.Tensors;
using Hetero.Core.Numerics;

namespace Hetero.Core.Sensing;

/// <summary>The best approximation of a symmetric matrix by one of rank s: its s eigenvalues of largest magnitude stay (Eckart and Young).</summary>
/// <remarks>Owns scratch: not thread-safe.</remarks>
internal sealed class RankProjection
{
    private readonly int _dimension;
    private readonly int _rank;
    private readonly double[] _square;
    private readonly double[] _vectors;
    private readonly double[] _values;
    private readonly double[] _scratch;

    public RankProjection(int dimension, int rank)
    {
        (_dimension, _rank) = (dimension, rank);
        _square = new double[dimension * dimension];
        _vectors = new double[dimension * dimension];
        _values = new double[dimension];
        _scratch = new double[SymmetricEigen.GetScratchLength<double>(dimension)];
    }

    /// <summary>Replaces svec(M) by svec of its projection, scaled to norm 1. Returns false, with the memory unchanged, if that is 0.</summary>
    public bool Normalize(Span<double> svec)
    {
        int d = _dimension;
        Svec.Unpack<double>(svec, new MatrixSpan<double>(_square, d, d));
        SymmetricEigen.Decompose<double>(new(_square, d, d), _scratch, _values, new MatrixSpan<double>(_vectors, d, d));
        double size = 0;
        Array.Clear(_square);
        for (int kept = 0, low = 0, high = d - 1; kept < _rank; kept++)
        {
            int index = Math.Abs(_values[low]) > Math.Abs(_values[high]) ? low++ : high--;
            size += Math.Abs(_values[index]);
            for (int i = 0; i < d; i++)
            {
                double weight = _values[index] * _vectors[(i * d) + index];
                for (int j = 0; j <= i; j++)
                {
                    _square[(i * d) + j] = Math.FusedMultiplyAdd(weight, _vectors[(j * d) + index], _square[(i * d) + j]);
                }
            }
        }

        if (!(size > 0))
        {
            return false;
        }

        Svec.Pack<double>(new ReadOnlyMatrixSpan<double>(_square, d, d), svec);
        TensorPrimitives.Divide<double>(svec, Reductions.Norm<double>(svec), svec);
        return true;
    }
}
