using System.Globalization;
using System.Numerics;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Fit;

/// <summary>What a fit says to a person.</summary>
internal static class FitReport
{
    private const int Shown = 8;

    private const int ShownEnvironments = 20;

    public static void Write<T>(TextWriter writer, string folder, DataManifest data, FitResult<T> result, FitVerdict verdict)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FitRow best = result.Chosen!.Best!, pooled = result.Pooled!.Best!;
        bool hasHeldOut = result.HeldOutRows[0] > 0;
        string environments = data.Environments.Count == 1 ? "1 environment" : FormattableString.Invariant($"{data.Environments.Count} environments");
        writer.WriteLine($"{environments}, d = {data.Dimension}; {result.Chosen.Name}, step {best.Step} of {result.Chosen.Outcome.Step}, chosen by "
            + (result.Tuning is { } tuned ? $"the criterion over {tuned.Folds} folds"
                : hasHeldOut ? "the risk on rows held out and the invariance measured there"
                : "being the last, as no row is held out"));
        if (result.StepSize is { } choice)
        {
            WriteChoice(writer, choice, result.Recipe);
        }
        else if (result.Tuning is null && data.Environments.Count > 1 && result.Recipe.CanChooseStepSize(data.Layout))
        {
            writer.WriteLine($"step size {Number(result.Recipe.Training.StepSize)} as given, whatever the environments are: '--step-size auto' goes by how they vary");
        }

        if (result.Tuning is { } tuning)
        {
            WriteTuning(writer, tuning, result.Recipe.Training.Steps);
        }

        // Where it is known to be nearer, it comes first.
        if (result.TwoFits is { IsBetter: true })
        {
            WriteTwoFits(writer, data, result);
        }

        writer.WriteLine(verdict.Rank is null ? NothingLearned(result, data) : RankOf(verdict, hasHeldOut, data.Environments.Count) + $"; spectrum {Eigenvalues(verdict.Spectrum)}");
        if (verdict.Rank is not null && AdviceOf(result, hasHeldOut) is { } advice)
        {
            writer.WriteLine(advice);
        }

        string distance = verdict.Rank is null ? "" : $", {Percent(verdict.PooledDistance)} away from the estimate";
        writer.WriteLine(verdict.PooledRank is { } pooledRank
            ? $"pooled training finds rank {pooledRank}, spectrum {Eigenvalues(verdict.PooledSpectrum)}{distance}"
            : $"pooled training has learned nothing yet, spectrum {Eigenvalues(verdict.PooledSpectrum)}");
        if (verdict.SeedSpread is { } spread)
        {
            writer.WriteLine($"the estimates of the other seeds are within {Percent(spread)} of this one");
        }

        writer.WriteLine(hasHeldOut
            ? "risk of each environment on rows held out, and invariance, what its own gradient could still gain within the estimate's directions: about 0 where that is nothing, or below by chance:"
            : "risk of each environment on the rows trained on:");
        for (int e = 0; e < Math.Min(data.Environments.Count, ShownEnvironments); e++)
        {
            string invariance = hasHeldOut ? $", invariance {Number(best.Invariance[e])}, pooled {Number(pooled.Invariance[e])}" : "";
            writer.WriteLine($"  {Experiments.Values.Shown.Of(data.Environments[e].Name)}: {Number(best.Risks[e])}, pooled {Number(pooled.Risks[e])}{invariance}");
        }

        if (data.Environments.Count > ShownEnvironments)
        {
            writer.WriteLine($"  and {data.Environments.Count - ShownEnvironments} more, which trajectory.csv has");
        }

        if (result.TwoFits is not { IsBetter: true })
        {
            WriteTwoFits(writer, data, result);
        }

        if (best.Error is { } error && pooled.Error is { } pooledError && double.IsFinite(error))
        {
            writer.WriteLine($"A* is known: the estimate is {Percent(error)} away from it, pooled {Percent(pooledError)}");
        }

        writer.WriteLine($"written: {folder}");
    }

    private static void WriteTwoFits<T>(TextWriter writer, DataManifest data, FitResult<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (result.TwoFits is { } other)
        {
            string names = $"{Name(data, other.First)} and {Name(data, other.Second)}";
            string truth = other.Error is { } itsError ? $", {Percent(itsError)} away from A*" : "";
            string noise = other.Noise is { } deviation ? Number(deviation) : "not known";
            string judged = !other.IsConsistent ? "these ranks do not explain both fits, and neither of the two is said to be the better one"
                : double.IsInfinity(other.Uncertainty) ? "so few rows beyond the unknowns do not tell what noise does to it, and neither of the two is said to be the better one"
                : $"noise does about {Percent(other.Uncertainty)} to it: " + (other.IsBetter
                    ? "with these ranks the difference is the better one, as the two are farther apart than twice that"
                    : "that may be all they differ by, and neither of the two is said to be the better one");
            writer.WriteLine(
                $"difference of two fits ({names}, of the ranks {other.InvariantRank} and {other.SpuriousRank}, two-fits.npy): "
                + $"{Percent(other.Distance)} from the estimate{truth}; noise of responses {noise}; {judged}");
            double[] spectrum = FitSpectrum.Of<double>(data.Dimension, [.. other.Estimate]);
            if (other.IsBetter && result.Recipe.Training.Model is ModelKind.Gram or ModelKind.QuadraticNetwork && spectrum.Min() < -FitSpectrum.Counted * Math.Abs(spectrum[0]))
            {
                writer.WriteLine($"it has eigenvalues below 0, {Eigenvalues(spectrum[..other.InvariantRank])}, which no UUᵀ has: '--model indefinite' can have them");
            }
        }
        else if (result.NoTwoFits is { } absence)
        {
            writer.WriteLine($"difference of two fits: not determined, as {ReasonOf(absence)}");
        }
    }

    private static string RankOf(FitVerdict verdict, bool hasHeldOut, int environments)
    {
        if (environments == 1)
        {
            return $"rank: {verdict.Rank} (eigenvalues of a tenth of the largest or more) of the environment's own A* + A^(e): one alone tells nothing of what is shared";
        }

        const string Sizable = "of a tenth of the largest or more";
        if (verdict.RankTest is not { } test)
        {
            string missing = hasHeldOut ? "of fewer than five environments with about as many rows each" : "as no row is held out";
            return $"invariant rank: {verdict.Rank} (eigenvalues {Sizable}; without a rate of false alarms, {missing})";
        }

        int all = test.Components.Count;
        const string Shared = "shared by the environments at 5 %, by rows held out";
        string looked = all == 1 ? "the one eigenvalue" : $"{(test.Rank == all ? "all" : $"{test.Rank} of the")} {all} eigenvalues";
        return test.Rank > 0 ? $"invariant rank: {test.Rank} ({looked} {Sizable}, {Shared})"
            : all == 1 ? $"invariant rank: none is certain; the one eigenvalue {Sizable} is not {Shared}"
            : $"invariant rank: none is certain; of the {all} eigenvalues {Sizable} none is {Shared}";
    }

    private static string NothingLearned<T>(FitResult<T> result, DataManifest data)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        EstimateSize size = result.Size!;
        string auto = !result.Recipe.ChoosesStepSize && data.Environments.Count > 1 && result.Recipe.CanChooseStepSize(data.Layout) ? " (or auto)" : "";
        return $"nothing is learned yet, and there is no rank: the largest eigenvalue of the estimate is {Number(size.Largest)}, and the mean of the rows has one of {Number(size.OfRows)}; "
            + (IsLast(result) ? $"take more '--steps', a larger '--step-size'{auto} or a larger '--init-scale'" : $"of later steps the criterion is worse: take another '--step-size'{auto}")
            + ", if anything is shared at all";
    }

    /// <summary>What to try where the last step is the best and the criterion still falls, or the start is as large as what was found.</summary>
    private static string? AdviceOf<T>(FitResult<T> result, bool hasHeldOut)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (EstimateSize size, FittedRun<T> chosen) = (result.Size!, result.Chosen!);

        // Without rows held out, and of what was tuned, the last step is taken whatever its risk.
        bool isBest = hasHeldOut && result.Tuning is null && IsLast(result);
        const double Falls = 0.98, LastTenth = 0.1, AsLarge = 4;
        int before = chosen.Rows.Count - 2 - (int)(LastTenth * chosen.Rows.Count);
        return isBest && before >= 0 && chosen.Best!.Criterion < Falls * chosen.Rows[before].Criterion
                ? "the last step is the best, and the criterion still falls: more '--steps' may do better"
            : size.Largest <= AsLarge * size.Start
                ? $"the start is about as large as that, {Number(size.Start)}: take a smaller '--init-scale', or responses in smaller units, so that their numbers are larger"
            : null;
    }

    private static bool IsLast<T>(FitResult<T> result)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
        => result.Tuning?.Chosen is { } tuned ? tuned.Step == result.Recipe.Training.Steps : result.Chosen!.Best!.Step == result.Chosen.Outcome.Step;

    private static string ReasonOf(TwoFitsAbsence absence) => absence switch
    {
        TwoFitsAbsence.OneEnvironment => "there is one environment alone",
        TwoFitsAbsence.FewRows => "an environment has fewer rows to train on than the unknowns of a symmetric matrix",
        TwoFitsAbsence.NoEstimate => "nothing is learned yet, and there is no rank",
        TwoFitsAbsence.OutOfRange => "squares of the measurements leave the range of the precision",
        TwoFitsAbsence.NoDifference => "the fits of all environments are the same",
        _ => "those of two environments differ in so many directions that none are left for what they share",
    };

    private static void WriteTuning(TextWriter writer, FitTuningResult tuning, int steps)
    {
        writer.WriteLine($"tuned: step size {Number(tuning.Chosen!.StepSize)}, step {tuning.Chosen.Step} of {steps}; mean of the criterion over {tuning.Folds} folds, and its standard deviation:");
        foreach (TunedStepSize one in tuning.StepSizes)
        {
            writer.WriteLine($"  {Number(one.StepSize)}: " + (one.Step is { } step ? $"step {step}, {Number(one.Criterion)} ± {Number(one.Deviation!.Value)}"
                : one.DivergedFold is null ? "no criterion that is finite"
                : "diverged"));
        }

        bool isFirst = tuning.Chosen == tuning.StepSizes[0], isLast = tuning.Chosen == tuning.StepSizes[^1];
        if (tuning.StepSizes.Count > 1 && (isFirst || isLast))
        {
            writer.WriteLine($"  the {(isFirst ? "smallest" : "largest")} that was tried is the best: '--step-size' with a list tries {(isFirst ? "smaller" : "larger")} ones");
        }
    }

    private static void WriteChoice(TextWriter writer, StepSizeChoice choice, FitRecipe recipe)
    {
        int steps = recipe.Training.Steps;
        string multipliers = string.Join(", ", choice.Multipliers.Take(Shown).Select(Number)) + (choice.Multipliers.Count > Shown ? ", …" : "");
        string found = choice.Directions == 0
            ? "no variation of environments beyond chance is seen in the mean of their rows, as far as these tell; where there is none, pooled training finds the same"
            : $"environments vary in {choice.Directions} direction{(choice.Directions == 1 ? "" : "s")}, {(choice.Directions == 1 ? "s" : "the largest s of each environment")} about {multipliers}";
        writer.WriteLine($"step size {(recipe.Tuning is null ? "" : "auto ")}{Number(choice.StepSize)}: {found}" + (choice.Directions == 0 ? "" : "; " + (choice.From is { } from
            ? $"stable {(from > 0 ? $"from {Number(from)} to" : "up to")} {Number(choice.To!.Value)}, E log|1 + ηs| = {Number(choice.Growth)}"
            : $"no step size is predicted to be stable (E log|1 + ηs| = {Number(choice.Growth)} here): what is found is the work of stopping, not of invariance")));
        if (choice.GrowthSteps * 1.2 > steps)
        {
            writer.WriteLine($"the invariant part takes about {Number(choice.GrowthSteps)} steps to grow and some more to settle, and '--steps' is {steps}: take more");
        }

        if (choice.IsNegative)
        {
            writer.WriteLine("what the environments share is negative in the main, which no UUᵀ is: '--model indefinite' can be");
        }
    }

    private static string Name(DataManifest data, int environment) => Experiments.Values.Shown.Of(data.Environments[environment].Name);

    private static string Eigenvalues(IReadOnlyList<double> spectrum) => string.Join(", ", spectrum.Take(Shown).Select(Number)) + (spectrum.Count > Shown ? ", …" : "");

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Percent(double share) => $"{(100 * share).ToString("G3", CultureInfo.InvariantCulture)} %";
}
