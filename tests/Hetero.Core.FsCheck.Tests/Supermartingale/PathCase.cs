using System.Globalization;
using Hetero.Core.Theory.Multipliers;
using Hetero.Core.Theory.Sequences;

namespace Hetero.Core.FsCheck.Tests.Supermartingale;

/// <summary>A row X_{k,t} of (40) along a path of environments.</summary>
/// <param name="Law">The law of Σ_ii.</param>
/// <param name="Power">1 − γ, above 0 and below 1.</param>
/// <param name="Place">The step size.</param>
/// <param name="Row">k, 0 or more, below the number of steps.</param>
/// <param name="Steps">The number of steps, 1 or more.</param>
/// <param name="IsRising">Whether L_t rises with R_t; otherwise it is α.</param>
/// <param name="Seed">The seed of the environments.</param>
public sealed record PathCase(LawCase Law, double Power, StepSizePlace Place, int Row, int Steps, bool IsRising, ulong Seed)
{
    /// <summary>α.</summary>
    public const double InitialScale = 1e-2;

    /// <summary>η; null if no step size up to a half lies on that side.</summary>
    public double? StepSize => Place.Of(StepSizeSets.Supermartingale(EntryLaw.Of(Law.Create()).Shifted(2), Power));

    /// <summary>L_t: α, or just below R_t.</summary>
    internal static CalibrationLine Line(double stepSize, int steps, bool isRising)
        => new(new AuxiliarySequences(stepSize, InitialScale, steps), 1, isRising ? 0.99 / (40 * Math.Sqrt(2)) : 0, 1, 1);

    /// <summary>Σ_ii of every step.</summary>
    public double[] CreatePath()
    {
        System.Random random = new((int)(Seed % int.MaxValue));
        return [.. Enumerable.Range(0, Steps).Select(_ => Law.Quantile(random.NextDouble()))];
    }

    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Law}, 1−γ={Power:R}, {Place}, k={Row} of {Steps}{(IsRising ? " rising" : "")} seed={Seed}");
}
