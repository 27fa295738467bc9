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

    // Of the largest risk: what float leaves of responses that are exact.
    private const double Negligible = 1e-9;

    public static void Write<T>(TextWriter writer, FitRequest request, DataManifest data, FitResult<T> result, FitVerdict verdict)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FitRow best = result.Chosen!.Best!, pooled = result.Pooled.Best!;
        bool hasHeldOut = result.HeldOutRows[0] > 0;
        writer.WriteLine($"{data.Environments.Count} environments, d = {data.Dimension}; {result.Chosen.Name}, step {best.Step} of {result.Chosen.Outcome.Step}, chosen by "
            + (hasHeldOut ? "the risk on rows held out and the invariance measured there" : "being the last, as no row is held out"));
        if (result.StepSize is { } choice)
        {
            WriteChoice(writer, choice, result.Recipe.Training.Steps);
        }

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

        if (result.TwoFits is { } other)
        {
            string names = $"{Name(data, other.First)} and {Name(data, other.Second)}";
            string truth = other.Error is { } itsError ? $", {Percent(itsError)} away from A*" : "";
            bool isExact = other.Noise * other.Noise < Negligible * best.Risks.Max();
            string judged = isExact ? "responses have no noise to speak of, and rows suffice: the difference is the better one"
                : other.Criterion < best.Criterion ? "the difference is the better one here"
                : "the fit is the better one here, by rows that it was chosen by";
            writer.WriteLine($"difference of two fits ({names}): {Percent(other.Distance)} from the estimate{truth}; noise of responses {Number(other.Noise)}, criterion {Number(other.Criterion)} "
                + $"against {Number(best.Criterion)}: {judged}");
        }
        else
        {
            writer.WriteLine("difference of two fits: not determined, as an environment has fewer rows to train on than the unknowns of a symmetric matrix");
        }

        if (best.Error is { } error && pooled.Error is { } pooledError)
        {
            writer.WriteLine($"A* is known: the estimate is {Percent(error)} away from it, pooled {Percent(pooledError)}");
        }

        writer.WriteLine($"written: {request.Out}");
    }

    private static void WriteChoice(TextWriter writer, StepSizeChoice choice, int steps)
    {
        string multipliers = string.Join(", ", choice.Multipliers.Take(Shown).Select(Number)) + (choice.Multipliers.Count > Shown ? ", …" : "");
        string found = choice.Directions == 0
            ? "environments do not vary by more than chance"
            : $"environments vary in {choice.Directions} direction{(choice.Directions == 1 ? "" : "s")}, s about {multipliers}";
        writer.WriteLine($"step size {Number(choice.StepSize)}: {found}; " + (choice.From is { } from
            ? $"stable from {Number(from)} to {Number(choice.To!.Value)}, E log|1 + ηs| = {Number(choice.Growth)}"
            : $"no step size is predicted to be stable (E log|1 + ηs| = {Number(choice.Growth)} here): what is found is the work of stopping, not of invariance"));
        if (choice.GrowthSteps * 1.2 > steps)
        {
            writer.WriteLine($"the invariant part takes about {Number(choice.GrowthSteps)} steps to grow, and '--steps' is {steps}: take more");
        }
    }

    private static string Name(DataManifest data, int environment) => Experiments.Values.Shown.Of(data.Environments[environment].Name);

    private static string Eigenvalues(IReadOnlyList<double> spectrum) => string.Join(", ", spectrum.Take(Shown).Select(Number)) + (spectrum.Count > Shown ? ", …" : "");

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Percent(double share) => $"{(100 * share).ToString("G3", CultureInfo.InvariantCulture)} %";
}
