namespace Hetero.Charts;

/// <summary>A distance between ticks: 1, 2, 2.5 or 5 times a power of ten, kept as whole numbers so that ticks come out round.</summary>
internal readonly record struct NiceStep(int Tenths, int Exponent)
{
    /// <summary>How many decimals a multiple of the step needs; negative where trailing zeros are certain.</summary>
    public int Decimals => Tenths == 25 ? -Exponent : -Exponent - 1;

    /// <summary>The tick with this index: an exact integer times or over a power of ten, so correctly rounded in the usual range.</summary>
    public double At(double index) =>
        Exponent >= 0 ? index * Tenths * PowerOfTen.Of(Exponent) : index * Tenths / PowerOfTen.Of(-Exponent);

    /// <summary>Index of the last tick that is not above the value, up to rounding.</summary>
    public double IndexBelow(double value) => Math.Floor(Snap(value / At(1)));

    /// <summary>Index of the first tick that is not below the value, up to rounding.</summary>
    public double IndexAbove(double value) => Math.Ceiling(Snap(value / At(1)));

    // 0.3 / 0.1 is a little less than 3, which must not cost a whole step.
    private static double Snap(double quotient)
    {
        double nearest = Math.Round(quotient);
        return Math.Abs(quotient - nearest) <= 1e-9 + (4e-16 * Math.Abs(quotient)) ? nearest : quotient;
    }
}
