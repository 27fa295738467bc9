namespace Hetero.Core.Benchmarks.Plain;

/// <summary>Gaussian numbers as a textbook makes them: two uniform ones, a logarithm, a root, a sine and a cosine for every pair.</summary>
/// <remarks>
/// The generator has no seed on purpose: a seeded <see cref="System.Random"/> keeps the slow algorithm of old versions, which would
/// flatter whatever it is compared with.
/// </remarks>
internal sealed class BoxMullerLoop
{
    private readonly System.Random _random = new();

    public void Fill(Span<double> destination)
    {
        for (int i = 0; i < destination.Length; i += 2)
        {
            // 1 − u is never 0.
            double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
            double angle = 2 * Math.PI * _random.NextDouble();
            destination[i] = radius * Math.Cos(angle);
            if (i + 1 < destination.Length)
            {
                destination[i + 1] = radius * Math.Sin(angle);
            }
        }
    }

    public void Fill(Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i += 2)
        {
            float radius = MathF.Sqrt(-2 * MathF.Log(1 - _random.NextSingle()));
            float angle = 2 * MathF.PI * _random.NextSingle();
            destination[i] = radius * MathF.Cos(angle);
            if (i + 1 < destination.Length)
            {
                destination[i + 1] = radius * MathF.Sin(angle);
            }
        }
    }

    public double Next()
    {
        Span<double> one = stackalloc double[1];
        Fill(one);
        return one[0];
    }

    public double NextUniform() => _random.NextDouble();
}
