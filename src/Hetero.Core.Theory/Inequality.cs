using System.Globalization;

namespace Hetero.Core.Theory;

/// <summary>A hypothesis or a claim with its numbers: left, comparison, right.</summary>
/// <remarks>A side that is NaN never holds, nor do two sides of the same infinity. Thread-safe: immutable.</remarks>
public sealed record Inequality
{
    private Inequality(string statement, double left, Comparison comparison, double right, double roundOff)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(statement);
        Guard.NotNegative(roundOff);
        (Statement, Left, Comparison, Right, RoundOff) = (statement, left, comparison, right, roundOff);
    }

    /// <summary>Gets the inequality in symbols.</summary>
    public string Statement { get; }

    /// <summary>Gets the left side.</summary>
    public double Left { get; }

    /// <summary>Gets how the sides compare.</summary>
    public Comparison Comparison { get; }

    /// <summary>Gets the right side.</summary>
    public double Right { get; }

    /// <summary>Gets by how much the computed sides may be off: the inequality counts as held within it.</summary>
    public double RoundOff { get; }

    /// <summary>Gets the distance to the bound and the round-off beyond it: negative if the inequality does not hold.</summary>
    public double Margin => RoundOff + (Comparison is Comparison.AtMost or Comparison.Below ? Right - Left : Left - Right);

    /// <summary>Gets the margin as a share of the largest of both sides and the round-off; 0 if all are 0, NaN if there is no margin.</summary>
    public double RelativeMargin
    {
        get
        {
            double scale = Math.Max(Math.Max(Math.Abs(Left), Math.Abs(Right)), RoundOff);
            return scale == 0 ? 0 : double.IsInfinity(scale) && !double.IsNaN(Margin) ? Math.Sign(Margin) : Margin / scale;
        }
    }

    /// <summary>Gets whether the inequality holds.</summary>
    public bool Holds => Comparison is Comparison.AtMost or Comparison.AtLeast ? Margin >= 0 : Margin > 0;

    /// <summary>left ≤ right.</summary>
    /// <param name="statement">The inequality in symbols.</param>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <param name="roundOff">By how much the computed sides may be off, finite and not negative.</param>
    public static Inequality AtMost(string statement, double left, double right, double roundOff = 0)
        => new(statement, left, Comparison.AtMost, right, roundOff);

    /// <summary>left &lt; right.</summary>
    /// <param name="statement">The inequality in symbols.</param>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <param name="roundOff">By how much the computed sides may be off, finite and not negative.</param>
    public static Inequality Below(string statement, double left, double right, double roundOff = 0)
        => new(statement, left, Comparison.Below, right, roundOff);

    /// <summary>left ≥ right.</summary>
    /// <param name="statement">The inequality in symbols.</param>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <param name="roundOff">By how much the computed sides may be off, finite and not negative.</param>
    public static Inequality AtLeast(string statement, double left, double right, double roundOff = 0)
        => new(statement, left, Comparison.AtLeast, right, roundOff);

    /// <summary>left &gt; right.</summary>
    /// <param name="statement">The inequality in symbols.</param>
    /// <param name="left">The left side.</param>
    /// <param name="right">The right side.</param>
    /// <param name="roundOff">By how much the computed sides may be off, finite and not negative.</param>
    public static Inequality Above(string statement, double left, double right, double roundOff = 0)
        => new(statement, left, Comparison.Above, right, roundOff);

    /// <summary>Returns the inequality with its numbers, on one line.</summary>
    public override string ToString()
    {
        string sign = Comparison switch { Comparison.AtMost => "≤", Comparison.Below => "<", Comparison.AtLeast => "≥", _ => ">" };
        return string.Create(CultureInfo.InvariantCulture, $"{Statement}: {Left:G6} {sign} {Right:G6} {(Holds ? "holds" : "does not hold")}");
    }
}
