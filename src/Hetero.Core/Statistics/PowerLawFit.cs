namespace Hetero.Core.Statistics;

/// <summary>The line log y = intercept + slope·log x through points by least squares: the power with which a measured quantity
/// scales.</summary>
/// <param name="Slope">The slope with its interval, from Student's t of n − 2 degrees of freedom: it presumes independent errors of log y
/// of one size.</param>
/// <param name="Intercept">The natural logarithm of y at x = 1.</param>
/// <param name="SlopeError">The standard error of the slope.</param>
/// <remarks>Thread-safe: immutable.</remarks>
public sealed record PowerLawFit(ConfidenceInterval Slope, double Intercept, double SlopeError)
{
    /// <summary>Fits points.</summary>
    /// <param name="x">Three or more numbers above 0 that are not all equal.</param>
    /// <param name="y">As many numbers above 0.</param>
    /// <param name="level">The level of the slope's interval, above 0 and below 1.</param>
    /// <exception cref="ArgumentException">The points are too few, do not match, are not above 0, or have one x only; the level is out of
    /// range.</exception>
    public static PowerLawFit Fit(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double level)
    {
        Guard.MinimumLength(x.Length, 3, nameof(x));
        Guard.Length(y.Length, x.Length, nameof(y));
        Guard.ProperFraction(level);
        double[] logX = Logarithms(x, nameof(x)), logY = Logarithms(y, nameof(y));
        double meanX = logX.Average(), meanY = logY.Average(), squares = 0, products = 0;
        for (int i = 0; i < logX.Length; i++)
        {
            squares += (logX[i] - meanX) * (logX[i] - meanX);
            products += (logX[i] - meanX) * (logY[i] - meanY);
        }

        if (squares == 0)
        {
            throw new ArgumentException($"'{nameof(x)}' holds one value only; accepted are two different ones or more.", nameof(x));
        }

        double slope = products / squares, intercept = meanY - (slope * meanX), rest = 0;
        for (int i = 0; i < logX.Length; i++)
        {
            double residual = logY[i] - intercept - (slope * logX[i]);
            rest += residual * residual;
        }

        int degrees = x.Length - 2;
        double error = Math.Sqrt(rest / degrees / squares);
        double half = TailQuantile.StudentT((1 - level) / 2, degrees) * error;
        return new PowerLawFit(new ConfidenceInterval(slope, slope - half, slope + half, level), intercept, error);
    }

    private static double[] Logarithms(ReadOnlySpan<double> values, string name)
    {
        double[] logarithms = new double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            Guard.Positive(values[i], name);
            logarithms[i] = Math.Log(values[i]);
        }

        return logarithms;
    }
}
