namespace Hetero.Core.Benchmarks.Plain;

/// <summary>
/// The exact law of a gradient over fresh measurements, written out with square matrices and loops: the same idea as the library's source,
/// so that a comparison shows what the kernels give and not what the law gives.
/// </summary>
internal sealed class SquareExactLaw(int dimension)
{
    private readonly BoxMullerLoop _gaussian = new();
    private readonly double[] _numbers = new double[dimension * (dimension + 1) / 2];
    private readonly double[] _matrix = new double[dimension * dimension];

    /// <summary>Draws an environment with equal odds.</summary>
    public int NextEnvironment(int environments) => (int)(_gaussian.NextUniform() * environments);

    /// <summary>Adds scale·Σ ⟨X_i, D⟩X_i over <paramref name="samples"/> fresh X_i.</summary>
    public void Accumulate(int samples, double scale, ReadOnlySpan<double> residual, Span<double> gradient)
    {
        DrawMatrix();
        double square = LoopDot.Dot(residual, residual);
        double along = LoopDot.Dot(residual, _matrix) / square;
        double chiSquared = ChiSquared(samples);
        double across = scale * Math.Sqrt(chiSquared * square);
        double back = (scale * chiSquared) - (across * along);
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] += (back * residual[i]) + (across * _matrix[i]);
        }
    }

    private void DrawMatrix()
    {
        _gaussian.Fill(_numbers);
        int next = 0;
        double root = Math.Sqrt(0.5);
        for (int i = 0; i < dimension; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double entry = root * _numbers[next++];
                _matrix[(i * dimension) + j] = entry;
                _matrix[(j * dimension) + i] = entry;
            }

            _matrix[i * (dimension + 1)] = _numbers[next++];
        }
    }

    /// <summary>Marsaglia and Tsang's rejection method; 2 degrees or more.</summary>
    private double ChiSquared(int degrees)
    {
        double d = (degrees / 2.0) - (1.0 / 3);
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = _gaussian.Next();
            double root = 1 + (c * x);
            double v = root * root * root;
            if (v > 0 && Math.Log(1 - _gaussian.NextUniform()) < (x * x / 2) + (d * (1 - v + Math.Log(v))))
            {
                return 2 * d * v;
            }
        }
    }
}
