using System.Numerics;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Tests.Support;
using Hetero.Core.Training;

namespace Hetero.Core.Tests.Training;

/// <summary>
/// A model of three matrices, a tall, a wide and a square one: M = UUᵀ − WᵀW + SSᵀ with U d×2, W 2×d, S d×d. Its directions are GU, −WG and GS.
/// </summary>
internal sealed class ThreeFactors<T>(int dimension, int seed)
    : Model<T>(dimension, [new(dimension, 2), new(2, dimension), new(dimension, dimension)])
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[] _start = [.. Data.Uniform<double>(dimension * (dimension + 4), seed).Select(value => 0.4 * value)];
    private readonly T[] _square = new T[dimension * dimension];

    /// <summary>M(θ), plainly.</summary>
    public static double[] Matrix(double[] parameters, int d)
    {
        double[] w = Matrices.Transposed(parameters[(2 * d)..(4 * d)], 2, d);
        double[] u = PlainMatrix.Gram(parameters[..(2 * d)], d), ww = PlainMatrix.Gram(w, d), s = PlainMatrix.Gram(parameters[(4 * d)..], d);
        return [.. u.Select((value, i) => value - ww[i] + s[i])];
    }

    /// <summary>The directions, plainly.</summary>
    public static double[] Direction(double[] parameters, double[] gradient, int d)
        =>
        [
            .. PlainMatrix.Times(gradient, parameters[..(2 * d)], d, d, 2),
            .. PlainMatrix.Times(parameters[(2 * d)..(4 * d)], gradient, 2, d, d).Select(value => -value),
            .. PlainMatrix.Times(gradient, parameters[(4 * d)..], d, d, d),
        ];

    public override void Start(Span<T> parameters, CancellationToken cancellation = default)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] = T.CreateTruncating(_start[i]);
        }
    }

    public override void CopyMatrix(ReadOnlySpan<T> parameters, Span<T> svec, CancellationToken cancellation = default)
    {
        int d = Dimension;
        ReadOnlySpan<T> u = parameters[..(2 * d)], w = parameters.Slice(2 * d, 2 * d), s = parameters[(4 * d)..];
        for (int i = 0; i < d; i++)
        {
            for (int j = 0; j < d; j++)
            {
                T sum = T.Zero;
                for (int l = 0; l < 2; l++)
                {
                    sum += (u[(i * 2) + l] * u[(j * 2) + l]) - (w[(l * d) + i] * w[(l * d) + j]);
                }

                for (int l = 0; l < d; l++)
                {
                    sum += s[(i * d) + l] * s[(j * d) + l];
                }

                _square[(i * d) + j] = sum;
            }
        }

        Svec.Pack<T>(new ReadOnlyMatrixSpan<T>(_square, d, d), svec);
    }

    public override void PullBack(ReadOnlySpan<T> parameters, ReadOnlySpan<T> gradient, Span<T> direction, CancellationToken cancellation = default)
    {
        int d = Dimension;
        Svec.Unpack(gradient, new MatrixSpan<T>(_square, d, d));
        direction.Clear();
        for (int i = 0; i < d; i++)
        {
            for (int l = 0; l < d; l++)
            {
                T g = _square[(i * d) + l];
                for (int j = 0; j < 2; j++)
                {
                    direction[(i * 2) + j] += g * parameters[(l * 2) + j];
                    direction[(2 * d) + (j * d) + i] -= parameters[(2 * d) + (j * d) + l] * g;
                }

                for (int j = 0; j < d; j++)
                {
                    direction[(4 * d) + (i * d) + j] += g * parameters[(4 * d) + (l * d) + j];
                }
            }
        }
    }

    public override void Describe(PartDescription description) => description.Add("model", "three-factors");
}
