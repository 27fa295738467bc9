using System.Numerics;

namespace Hetero.Core.FsCheck;

/// <summary>One line on which a gradient is held against its function.</summary>
/// <param name="Name">Which one, for a sentence.</param>
/// <param name="Value">The function along the line, of h.</param>
/// <param name="Claimed">⟨D, v⟩ of the gradient D and the line's direction v.</param>
internal sealed record GradientLine(string Name, Func<double, double> Value, double Claimed)
{
    /// <summary>
    /// Holds lines against a constant c, the same for all of them: f'(0) = c·⟨D, v⟩. It is given, or the one of least squares of f' by
    /// differences on all lines.
    /// </summary>
    /// <param name="lines">The lines.</param>
    /// <param name="constant">c; null to find it, which must be above 0.</param>
    /// <param name="what">What the gradient is of, for a sentence.</param>
    /// <param name="faults">Receives one sentence at most, of the line with the worst slope.</param>
    public static void Check<T>(IReadOnlyList<GradientLine> lines, double? constant, string what, FaultList faults)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] found = [.. lines.Select(line => TaylorSlope.Derivative<T>(line.Value))];
        double squares = lines.Sum(line => line.Claimed * line.Claimed);
        double best = squares == 0 ? 0 : lines.Zip(found, (line, derivative) => line.Claimed * derivative).Sum() / squares;
        if (squares == 0 && found.Any(derivative => Math.Abs(derivative) > 1e-6))
        {
            faults.Add($"{what} is 0 in all directions, where the function changes at the rate {found.MaxBy(Math.Abs):G6}.");
            return;
        }

        if (constant is null && best == 0 && squares > 0)
        {
            faults.Add($"{what} is not 0, and the function changes in none of the directions.");
            return;
        }

        if (constant is null && best < 0)
        {
            faults.Add($"{what} points uphill: the gradient is {best:G6} times it, and the constant must be above 0.");
            return;
        }

        double c = constant ?? best;
        double[] slopes = [.. lines.Select(line => TaylorSlope.Of<T>(line.Value, c * line.Claimed))];
        int worst = Array.FindIndex(slopes, double.IsNaN);
        worst = worst >= 0 ? worst : Array.IndexOf(slopes, slopes.Min());
        FormattableString claimed = $"{what} is not {(constant is null ? "a constant multiple of the gradient" : "the gradient")}";
        FormattableString along = $"{lines[worst].Name} the function changes at the rate {found[worst]:G9}";
        FormattableString fitting = $"the constant {(constant is null ? "of all lines" : "that it must have")}; {best:G9} fits all lines best";
        FormattableString slope = $"The Taylor remainder has the slope {slopes[worst]:F2}; 2 is right.";
        faults.Require(
            slopes[worst] >= TaylorSlope.Least<T>(),
            $"{claimed}: {along}, and {c:G9} ({fitting}) times the direction says {c * lines[worst].Claimed:G9}. {slope}");
    }
}
