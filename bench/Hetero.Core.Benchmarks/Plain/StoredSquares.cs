using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace Hetero.Core.Benchmarks.Plain;

/// <summary>Measurements stored as square matrices, twice the memory of svec.</summary>
internal sealed class StoredSquares
{
    private readonly int _length;
    private readonly int _samples;
    private readonly double[] _squares;

    public StoredSquares(int dimension, int samples, ulong seed)
    {
        _samples = samples;
        _length = dimension * dimension;
        _squares = GC.AllocateUninitializedArray<double>(checked(samples * _length));
        RandomStream stream = new(seed, StreamPurpose.Measurements);
        double[] svec = new double[Svec.Length(dimension)];
        for (int i = 0; i < samples; i++)
        {
            stream.FillGaussian<double>((long)i * svec.Length, svec);
            Svec.Unpack<double>(svec, new MatrixSpan<double>(Square(i), dimension, dimension));
        }
    }

    /// <summary>Adds (1/m) Σ ⟨X_i, D⟩X_i, one number at a time.</summary>
    public void Accumulate(ReadOnlySpan<double> residual, Span<double> gradient)
    {
        for (int i = 0; i < _samples; i++)
        {
            ReadOnlySpan<double> square = Square(i);
            double coefficient = LoopDot.Dot(square, residual) / _samples;
            gradient = gradient[..square.Length];
            for (int j = 0; j < square.Length; j++)
            {
                gradient[j] += coefficient * square[j];
            }
        }
    }

    /// <summary>The same with TensorPrimitives.</summary>
    public void AccumulateTensor(ReadOnlySpan<double> residual, Span<double> gradient)
    {
        for (int i = 0; i < _samples; i++)
        {
            ReadOnlySpan<double> square = Square(i);
            double coefficient = TensorPrimitives.Dot(square, residual) / _samples;
            TensorPrimitives.FusedMultiplyAdd(square, coefficient, gradient, gradient);
        }
    }

    private Span<double> Square(int sample) => _squares.AsSpan(sample * _length, _length);
}
