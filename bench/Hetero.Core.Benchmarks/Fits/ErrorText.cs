using System.Globalization;
using Hetero.Charts;

namespace Hetero.Core.Benchmarks.Fits;

/// <summary>Errors ‖M − A*‖/‖A*‖ as a table has them.</summary>
internal static class ErrorText
{
    private const string Missing = "–";

    /// <summary>Returns a number; one that the decimals would make 0 as a power of ten, and +∞, what did not come to an end, as such.</summary>
    public static string Of(double error, int decimals)
    {
        if (double.IsNaN(error))
        {
            return Missing;
        }

        if (double.IsInfinity(error))
        {
            return "∞";
        }

        if (error > 0 && error < 0.5 * Math.Pow(10, -decimals))
        {
            string[] parts = error.ToString("0e0", CultureInfo.InvariantCulture).Split('e');
            return $"{parts[0]}·{TickLabels.Decade(int.Parse(parts[1], CultureInfo.InvariantCulture))}";
        }

        return error.ToString($"F{(error >= 1 ? Math.Min(decimals, 2) : decimals)}", CultureInfo.InvariantCulture);
    }
}
