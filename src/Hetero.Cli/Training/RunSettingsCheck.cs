using Hetero.Cli.CommandLine;
using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Training;

namespace Hetero.Cli.Training;

/// <summary>Refuses settings that do not fit each other, before anything is allocated.</summary>
internal static class RunSettingsCheck
{
    public static void Check(RunSettings settings)
    {
        CheckValues(settings);
        MemoryEstimate.Check(settings);
    }

    /// <summary>The same but for the memory, where nothing is trained.</summary>
    public static void CheckValues(RunSettings settings)
    {
        CheckShape(settings);
        CheckSubspaces(settings);
        CheckEnvironments(settings);
        CheckPrecision(settings);
    }

    /// <summary>What the precision rounds to 0 or beyond its range: it would train nothing, or garbage.</summary>
    private static void CheckPrecision(RunSettings settings)
    {
        bool single = settings.Precision == Precision.Single;
        bool Fits(double value) => single ? float.IsNormal((float)value) : double.IsNormal(value);
        string range = single ? "what '--precision single' can hold, about 1e-38 to 1e38" : "what double precision can hold";
        if (!Fits(settings.StepSize * settings.GradientScale))
        {
            throw UsageException.Of(
                "--step-size", Texts.Of(settings.StepSize), $"a number that times '--gradient-scale', {Texts.Of(settings.GradientScale)}, is {range}");
        }

        if (!Fits(settings.InitialScale))
        {
            throw UsageException.Of("--init-scale", Texts.Of(settings.InitialScale), range);
        }

        // Residuals are sums of these and gradients products with measurements: beyond this they leave the range of single precision, and in double
        // nothing of this size can be learned before a run counts as diverged.
        const double Largest = 1e28;
        CheckSize("--spurious-mean", settings.SpuriousMean);
        CheckSize("--spread", settings.Spread);
        CheckSize("--off-diagonal", settings.OffDiagonal);
        CheckSize("--noise", settings.Noise);
        if (settings.Noise != 0 && !Fits(settings.Noise))
        {
            throw UsageException.Of("--noise", Texts.Of(settings.Noise), $"0, or {range}");
        }

        if (settings.EnvironmentList is { } list && FirstAbove(list, Largest) is { } entry)
        {
            throw UsageException.Of(
                "--environments",
                settings.EnvironmentsText,
                $"a list with numbers of size {Texts.Of(Largest)} at most; environments[{entry.Environment}].sigma has {Texts.Of(entry.Value)}");
        }

        foreach (double eigenvalue in settings.Eigenvalues)
        {
            CheckSize("--eigenvalues", eigenvalue);
            if (!Fits(eigenvalue))
            {
                throw UsageException.Of("--eigenvalues", Texts.Of(eigenvalue), range);
            }
        }

        // The share of the signal that U has found is in units of their sum, and grows up to where a run counts as diverged.
        double smallest = Trainer<double>.DivergenceThreshold / double.MaxValue;
        if (settings.Eigenvalues.Count > 0 && !(settings.Eigenvalues.Sum() > smallest))
        {
            throw UsageException.Of(
                "--eigenvalues", string.Join(',', settings.Eigenvalues.Select(Texts.Of)), $"a list with a sum above {Texts.Of(smallest)}");
        }

        static void CheckSize(string option, double value)
        {
            if (!(Math.Abs(value) <= Largest))
            {
                throw UsageException.Of(option, Texts.Of(value), $"a number of size {Texts.Of(Largest)} at most");
            }
        }
    }

    private static (int Environment, double Value)? FirstAbove(FiniteEnvironments list, double largest)
    {
        double[] sigma = new double[list.Rank * list.Rank];
        for (int e = 0; e < list.Count; e++)
        {
            list.CopyMatrix(e, sigma);
            int place = Array.FindIndex(sigma, value => !(Math.Abs(value) <= largest));
            if (place >= 0)
            {
                return (e, sigma[place]);
            }
        }

        return null;
    }

    private static void CheckShape(RunSettings settings)
    {
        if ((long)settings.InvariantRank + settings.SpuriousRank > settings.Dimension)
        {
            throw new UsageException(
                $"'--invariant-rank' + '--spurious-rank' is {settings.InvariantRank} + {settings.SpuriousRank}; "
                + $"accepted is at most '--dimension', {settings.Dimension}.");
        }

        if (settings.Columns > settings.Dimension)
        {
            throw UsageException.Of("--factor-columns", Texts.Of(settings.Columns), $"a whole number from 1 to '--dimension', {settings.Dimension}");
        }

        if (settings.Start == StartKind.Identity && settings.Columns < settings.Dimension)
        {
            throw UsageException.Of(
                "--start",
                RunChoices.Starts.NameOf(StartKind.Identity),
                $"frame where '--factor-columns', {settings.Columns}, is below '--dimension', {settings.Dimension}");
        }

        // Either start has k orthogonal columns of length α.
        double largest = Math.Sqrt(Trainer<double>.DivergenceThreshold / settings.Columns);
        if (!(settings.InitialScale <= largest))
        {
            throw UsageException.Of(
                "--init-scale", Texts.Of(settings.InitialScale), $"at most {Texts.Of(Math.Floor(largest))}, where a run starts to count as diverged");
        }
    }

    private static void CheckSubspaces(RunSettings settings)
    {
        if (settings.Eigenvalues.Count != 0 && settings.Eigenvalues.Count != settings.InvariantRank)
        {
            throw UsageException.Of(
                "--eigenvalues",
                string.Join(',', settings.Eigenvalues.Select(Texts.Of)),
                $"a list of as many numbers as '--invariant-rank', {settings.InvariantRank}");
        }

        if (settings.Layout == SubspaceLayout.PrescribedOverlap && settings.Overlap is not (>= 0 and <= 1))
        {
            throw UsageException.Of("--overlap", Texts.Of(settings.Overlap), "a number from 0 to 1");
        }
    }

    private static void CheckEnvironments(RunSettings settings)
    {
        if (!double.IsFinite(Math.Abs(settings.SpuriousMean) + settings.Spread))
        {
            throw UsageException.Of("--spread", Texts.Of(settings.Spread), "a number so that '--spurious-mean' ± it is finite");
        }

        if (settings.OffDiagonal > 0 && settings.SpuriousRank < 2)
        {
            throw UsageException.Of(
                "--off-diagonal", Texts.Of(settings.OffDiagonal), "0 where '--spurious-rank' is 1: there is nothing off the diagonal");
        }

        EnvironmentDistribution environments = TrainingSetup.EnvironmentsOf(settings);
        if (settings is { Algorithm: Algorithm.PooledGd, Measurements: MeasurementKind.Stored } && environments.Count is null)
        {
            throw UsageException.Of(
                "--measurements", "stored", "exact-law, regenerated or population for '--algorithm pooled-gd' with a continuous '--environments'");
        }

        const int MaxSets = Hetero.Core.Random.RandomStream.MaxSubstream + 1;
        if (settings.Algorithm == Algorithm.PooledGd && environments.Count > MaxSets)
        {
            throw UsageException.Of("--spurious-rank", Texts.Of(settings.SpuriousRank), $"one with at most {MaxSets} environments for '--algorithm pooled-gd'");
        }

        const int MaxNoisyEnvironments = 1 << 20;
        bool pools = TrainingSetup.PooledSamples(settings) > 0;
        if (pools && settings is { Measurements: MeasurementKind.Stored, Noise: > 0 } && environments.Count > MaxNoisyEnvironments)
        {
            throw UsageException.Of(
                "--spurious-rank",
                Texts.Of(settings.SpuriousRank),
                $"one with at most {MaxNoisyEnvironments} environments for stored measurements with '--noise'");
        }

        if (pools && environments is ScalarEnvironments scalar && !(environments.Count <= 16) && settings.Samples > Array.MaxLength / scalar.Scalars)
        {
            throw UsageException.Of(
                "--samples", Texts.Of(settings.Samples), $"at most {Array.MaxLength / scalar.Scalars} where every pooled sample has an environment of its own");
        }

        const int MaxListed = 1 << 20;
        if (pools && settings.Environments == EnvironmentKind.Listed && environments.Count > MaxListed)
        {
            throw UsageException.Of(
                "--environments",
                settings.EnvironmentsText,
                $"a list of at most {MaxListed} environments where samples are pooled; this one has {environments.Count}");
        }

        CheckOrder(settings, environments);
        CheckPooled(settings, environments);
    }

    private static void CheckOrder(RunSettings settings, EnvironmentDistribution environments)
    {
        string order = RunChoices.EnvironmentOrders.NameOf(settings.EnvironmentOrder.Kind);
        if (settings.Algorithm != Algorithm.HeteroSgd && settings.EnvironmentOrder.Kind != EnvironmentOrderKind.Independent)
        {
            throw UsageException.Of("--environment-order", order, "independent where '--algorithm' is not hetero-sgd");
        }

        if (EnvironmentSequence.Refusal(environments, settings.EnvironmentOrder) is { } refusal)
        {
            throw UsageException.Of("--environment-order", order, refusal);
        }
    }

    private static void CheckPooled(RunSettings settings, EnvironmentDistribution environments)
    {
        if (settings is { Algorithm: Algorithm.PooledGd, PooledSampling: not PooledSampling.Stratified })
        {
            throw UsageException.Of(
                "--pooled-sampling",
                RunChoices.PooledSamplings.NameOf(settings.PooledSampling),
                "stratified for '--algorithm pooled-gd', where every environment has its samples");
        }

        if (settings.Algorithm != Algorithm.HeteroSgd && settings.PooledShare != 0)
        {
            throw UsageException.Of("--pooled-share", Texts.Of(settings.PooledShare), "0 where '--algorithm' is not hetero-sgd");
        }

        long pooled = TrainingSetup.PooledSamples(settings);
        if (settings.PooledSampling != PooledSampling.Stratified || pooled == 0 || !(pooled < environments.Count))
        {
            return;
        }

        string accepted = $"at least the number of environments, {environments.Count}, for '--pooled-sampling stratified'";
        throw settings.Algorithm == Algorithm.PooledSgd
            ? UsageException.Of("--samples", Texts.Of(settings.Samples), accepted)
            : UsageException.Of(
                "--pooled-share", Texts.Of(settings.PooledShare), $"a share that pools {accepted}; of {settings.Samples} '--samples' it pools {pooled}");
    }
}
