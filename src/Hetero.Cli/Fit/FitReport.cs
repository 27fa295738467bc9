using System.Globalization;
using System.Numerics;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Fit;

/// <summary>What a fit says to a person.</summary>
internal static class FitReport
{
    private const int Shown = 8;

    public static void Write<T>(TextWriter writer, FitRequest request, DataManifest data, FitResult<T> result, FitVerdict verdict)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FitRow best = result.Chosen!.Best!, pooled = result.Pooled.Best!;
        bool hasHeldOut = result.HeldOutRows[0] > 0;
        writer.WriteLine($"{data.Environments.Count} environments, d = {data.Dimension}; {result.Chosen.Name}, step {best.Step} of {result.Chosen.Outcome.Step}, chosen by "
            + (hasHeldOut ? "the risk on rows held out and the invariance measured there" : "being the last, as no row is held out"));
        writer.WriteLine($"invariant rank: {verdict.Rank} (eigenvalues of a tenth of the largest or more); spectrum {Eigenvalues(verdict.Spectrum)}");
        writer.WriteLine($"pooled training finds rank {verdict.PooledRank}, spectrum {Eigenvalues(verdict.PooledSpectrum)}, {Percent(verdict.PooledDistance)} away");
        if (verdict.SeedSpread is { } spread)
        {
            writer.WriteLine($"other seeds end within {Percent(spread)}");
        }

        writer.WriteLine(hasHeldOut
            ? "risk of each environment on rows held out, and invariance: what its own gradient could still gain within the estimate's directions, over or below 0 by chance where that is nothing:"
            : "risk of each environment on the rows trained on:");
        for (int e = 0; e < data.Environments.Count; e++)
        {
            string invariance = hasHeldOut ? $", invariance {Number(best.Invariance[e])}, pooled {Number(pooled.Invariance[e])}" : "";
            writer.WriteLine($"  {Experiments.Values.Shown.Of(data.Environments[e].Name)}: {Number(best.Risks[e])}, pooled {Number(pooled.Risks[e])}{invariance}");
        }

        if (best.Error is { } error && pooled.Error is { } pooledError)
        {
            writer.WriteLine($"A* is known: the estimate is {Percent(error)} away from it, pooled {Percent(pooledError)}");
        }

        writer.WriteLine($"written: {request.Out}");
    }

    private static string Eigenvalues(IReadOnlyList<double> spectrum) => string.Join(", ", spectrum.Take(Shown).Select(Number)) + (spectrum.Count > Shown ? ", …" : "");

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Percent(double share) => $"{(100 * share).ToString("G3", CultureInfo.InvariantCulture)} %";
}
