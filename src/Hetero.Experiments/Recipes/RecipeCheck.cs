using Hetero.Core.Environments;
using Hetero.Core.Problems;
using Hetero.Core.Sensing;
using Hetero.Core.Training;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Recipes;

/// <summary>Refuses values that do not fit each other, before anything is allocated.</summary>
internal static class RecipeCheck
{
    /// <summary>Refuses what the table, the other values or the library refuse.</summary>
    /// <returns>The distribution over the environments, which is made on the way.</returns>
    public static EnvironmentDistribution Check(RunRecipe recipe)
    {
        CheckValues(recipe);
        CheckShape(recipe);
        CheckSubspaces(recipe);
        CheckOrder(recipe);
        CheckLaw(recipe);
        CheckNoise(recipe);
        EnvironmentDistribution environments = CreateEnvironments(recipe);
        CheckEnvironments(recipe, environments);
        RoundOptions.Check(recipe, environments);
        ScheduleOptions.Check(recipe);
        UpdateOptions.Check(recipe);
        ObjectiveOptions.Check(recipe, environments);
        CheckPrecision(recipe);
        CheckUpdate(recipe);
        return environments;
    }

    /// <summary>Refuses what an option by itself does not accept.</summary>
    public static void CheckValues(RunRecipe recipe)
    {
        foreach (RunOption option in RunOptions.All)
        {
            option.Check(recipe);
        }
    }

    /// <summary>What the precision rounds to 0 or beyond its range: it would train nothing, or garbage.</summary>
    private static void CheckPrecision(RunRecipe recipe)
    {
        bool single = recipe.Precision == Precision.Single;
        bool Fits(double value) => single ? float.IsNormal((float)value) : double.IsNormal(value);
        string range = single ? "what '--precision single' can hold, about 1e-38 to 1e38" : "what double precision can hold";
        foreach ((string option, string text, double stepSize) in ScheduleOptions.Bounds(recipe))
        {
            if (!Fits(stepSize * recipe.GradientScale))
            {
                string times = $"times '--gradient-scale', {Texts.Of(recipe.GradientScale)},";
                throw RecipeException.Of(
                    option, text, option == "--halving" ? $"one with which all step sizes {times} are {range}" : $"a number that {times} is {range}");
            }
        }

        if (!Fits(recipe.InitialScale))
        {
            throw RecipeException.Of("--init-scale", Texts.Of(recipe.InitialScale), range);
        }

        if (recipe.Truncation is { } level && !Fits(level))
        {
            throw RecipeException.Of("--truncation", Texts.Of(level), range);
        }

        // A recipe's own limit, below the library's: TrainingCheck takes single-precision signals up to float.MaxValue / (512·√d·max(m, 10⁶)), which is above 1e28 until √d·max(m, 10⁶)
        // is 6.6e7 and says so itself from there on, and in double up to 1e290 or so. But a run counts as diverged at ‖U‖² = 10¹², so that beyond it nothing is learned in either; and the
        // same recipe in single precision, another dimension or another m would be another limit.
        const double Largest = 1e28;
        CheckSize("--spurious-mean", recipe.SpuriousMean);
        CheckSize("--spread", recipe.Spread);
        CheckSize("--off-diagonal", recipe.OffDiagonal);
        foreach ((string option, double deviation) in new[] { ("--noise", recipe.Noise), ("--label-noise", recipe.LabelNoise) })
        {
            CheckSize(option, deviation);
            if (deviation != 0 && !Fits(deviation))
            {
                throw RecipeException.Of(option, Texts.Of(deviation), $"0, or {range}");
            }
        }

        if (FirstAbove(recipe.Environments.List, Largest) is { } entry)
        {
            throw RecipeException.Of(
                "--environments",
                recipe.EnvironmentsText,
                $"a list with numbers of size {Texts.Of(Largest)} at most; environments[{entry.Environment}].sigma has {Texts.Of(entry.Value)}");
        }

        foreach (double eigenvalue in recipe.Eigenvalues)
        {
            CheckSize("--eigenvalues", eigenvalue);
            if (!Fits(Math.Abs(eigenvalue)))
            {
                throw RecipeException.Of("--eigenvalues", Texts.Of(eigenvalue), range);
            }
        }

        // The share of the signal that U has found is in units of their sum, and grows up to where a run counts as diverged.
        double smallest = Trainer<double>.DivergenceThreshold / double.MaxValue;
        if (recipe.Eigenvalues.Count > 0 && !(recipe.Eigenvalues.Sum(Math.Abs) > smallest))
        {
            throw RecipeException.Of(
                "--eigenvalues", string.Join(',', recipe.Eigenvalues.Select(Texts.Of)), $"a list whose sizes have a sum above {Texts.Of(smallest)}");
        }

        static void CheckSize(string option, double value)
        {
            if (!(Math.Abs(value) <= Largest))
            {
                throw RecipeException.Of(option, Texts.Of(value), $"a number of size {Texts.Of(Largest)} at most");
            }
        }
    }

    /// <summary>What the rules themselves refuse, such as a momentum that single precision rounds to 1.</summary>
    private static void CheckUpdate(RunRecipe recipe)
    {
        try
        {
            _ = recipe.Precision == Precision.Single ? (object)recipe.Update.Create<float>() : recipe.Update.Create<double>();
        }
        catch (ArgumentException exception)
        {
            throw RecipeArguments.Translate(exception, recipe)
                ?? RecipeException.Refused("--update-rule", RecipeWords.Updates.NameOf(recipe.Update.Rule), ArgumentText.Of(exception));
        }
    }

    private static (int Environment, double Value)? FirstAbove(IReadOnlyList<ListedEnvironment> list, double largest)
    {
        for (int e = 0; e < list.Count; e++)
        {
            foreach (double entry in list[e].Sigma)
            {
                if (!(Math.Abs(entry) <= largest))
                {
                    return (e, entry);
                }
            }
        }

        return null;
    }

    private static EnvironmentDistribution CreateEnvironments(RunRecipe recipe)
    {
        try
        {
            return recipe.Environments.Create(recipe.SpuriousRank);
        }
        catch (ArgumentException exception)
        {
            throw RecipeArguments.Translate(exception, recipe)
                ?? RecipeException.Refused("--environments", recipe.EnvironmentsText, ArgumentText.Of(exception));
        }
    }

    private static void CheckShape(RunRecipe recipe)
    {
        if ((long)recipe.InvariantRank + recipe.SpuriousRank > recipe.Dimension)
        {
            throw new RecipeException(
                $"'--invariant-rank' + '--spurious-rank' is {recipe.InvariantRank} + {recipe.SpuriousRank}; accepted is at most '--dimension', {recipe.Dimension}.");
        }

        if (recipe.Columns > recipe.Dimension)
        {
            throw RecipeException.Of("--factor-columns", Texts.Of(recipe.Columns), $"a whole number from 1 to '--dimension', {recipe.Dimension}");
        }

        if (recipe.Start == StartKind.Identity && recipe.Columns < recipe.Dimension)
        {
            throw RecipeException.Of(
                "--start", RecipeWords.Starts.NameOf(StartKind.Identity), $"frame where '--factor-columns', {recipe.Columns}, is below '--dimension', {recipe.Dimension}");
        }

        CheckModel(recipe);

        // Either start has k orthogonal columns of length α; that of UUᵀ − VVᵀ twice, and α²I stands for itself.
        double columns = recipe.Model == ModelKind.Indefinite ? 2.0 * recipe.Columns : recipe.Columns;
        double largest = Math.Sqrt(Trainer<double>.DivergenceThreshold / columns);
        largest = recipe.Model == ModelKind.Direct ? Math.Sqrt(largest) : largest;
        if (!(recipe.InitialScale <= largest))
        {
            throw RecipeException.Of(
                "--init-scale", Texts.Of(recipe.InitialScale), $"at most {Texts.Of(Math.Floor(largest))}, where a run starts to count as diverged");
        }
    }

    private static void CheckModel(RunRecipe recipe)
    {
        string model = $"'--model {RecipeWords.Models.NameOf(recipe.Model)}'";
        if (recipe.Model == ModelKind.Direct && recipe.Columns < recipe.Dimension)
        {
            throw RecipeException.Of("--factor-columns", Texts.Of(recipe.Columns), $"'--dimension', {recipe.Dimension}, for {model}, which has no factor");
        }

        if (recipe is { Model: ModelKind.Direct, Start: StartKind.Frame })
        {
            throw RecipeException.Of("--start", RecipeWords.Starts.NameOf(StartKind.Frame), $"identity for {model}, which has no factor");
        }

        FactoredOptions.Check(recipe);
        int most = Array.MaxLength / 2 / recipe.Dimension;
        if (recipe.Model == ModelKind.Indefinite && recipe.Columns > most)
        {
            throw RecipeException.Of("--factor-columns", Texts.Of(recipe.Columns), $"at most {most} for {model}, whose two factors stand in one array");
        }
    }

    private static void CheckSubspaces(RunRecipe recipe)
    {
        if (recipe.Eigenvalues.Count != 0 && recipe.Eigenvalues.Count != recipe.InvariantRank)
        {
            throw RecipeException.Of(
                "--eigenvalues",
                string.Join(',', recipe.Eigenvalues.Select(Texts.Of)),
                $"a list of as many numbers as '--invariant-rank', {recipe.InvariantRank}");
        }

        CheckNetwork(recipe);
        if (recipe is { Orthogonal: true, Overlap: { } overlap })
        {
            throw RecipeException.Of("--overlap", Texts.Of(overlap), "one of '--overlap' and '--orthogonal', not both");
        }
    }

    private static void CheckNetwork(RunRecipe recipe)
    {
        string measurements = RecipeWords.Measurements.NameOf(recipe.Measurements);
        if (recipe is { Model: ModelKind.QuadraticNetwork, IsRankOne: false })
        {
            throw RecipeException.Of("--measurements", measurements, "rank-one or stored-rank-one for '--model quadratic-network', whose shrinkage is for them");
        }

        if (recipe.IsRankOne && recipe.Dimension > RankOneMeasurements<double>.MaxDimension)
        {
            throw RecipeException.Of(
                "--dimension", Texts.Of(recipe.Dimension), $"at most {Texts.Of(RankOneMeasurements<double>.MaxDimension)} for '--measurements {measurements}', which keep d×d sums");
        }

        if (recipe.ShrinkageTrace != TraceKind.Known && recipe.Model != ModelKind.QuadraticNetwork)
        {
            throw RecipeException.Of(
                "--shrinkage-trace", RecipeWords.Traces.NameOf(recipe.ShrinkageTrace), "known where '--model' is not quadratic-network: nothing shrinks");
        }

        if (recipe.Truncation is { } level && (recipe.IsFactored || recipe.Measurements is MeasurementKind.ExactLaw or MeasurementKind.Population))
        {
            throw RecipeException.Of("--truncation", Texts.Of(level), $"none for '--measurements {measurements}', which see no single samples");
        }

        if (recipe.Neurons && (recipe.Orthogonal || recipe.Overlap is not null || recipe.Eigenvalues.Count > 0))
        {
            string other = recipe.Orthogonal ? "--orthogonal" : recipe.Overlap is not null ? "--overlap" : "--eigenvalues";
            throw new RecipeException($"'--neurons' and '{other}' are both given; accepted is one of them: neurons are neither orthogonal nor of length 1.");
        }
    }

    /// <summary>At m = ∞ noise averages out: a number of it would change nothing.</summary>
    private static void CheckNoise(RunRecipe recipe)
    {
        foreach ((string option, double deviation) in new[] { ("--noise", recipe.Noise), ("--label-noise", recipe.LabelNoise) })
        {
            if (recipe.Measurements == MeasurementKind.Population && deviation != 0)
            {
                throw RecipeException.Of(option, Texts.Of(deviation), "0 for '--measurements population', where noise averages out");
            }
        }
    }

    private static void CheckLaw(RunRecipe recipe)
    {
        if (!double.IsFinite(Math.Abs(recipe.SpuriousMean) + recipe.Spread))
        {
            throw RecipeException.Of("--spread", Texts.Of(recipe.Spread), "a number so that '--spurious-mean' ± it is finite");
        }

        if (recipe.OffDiagonal > 0 && recipe.SpuriousRank < 2)
        {
            throw RecipeException.Of(
                "--off-diagonal", Texts.Of(recipe.OffDiagonal), "0 where '--spurious-rank' is 1: there is nothing off the diagonal");
        }
    }

    private static void CheckOrder(RunRecipe recipe)
    {
        string blocks = $"'--environment-order {RecipeWords.EnvironmentOrders.NameOf(EnvironmentOrderKind.Blocks)}'";
        if (recipe.EnvironmentOrder == EnvironmentOrderKind.Blocks && recipe.BlockLength is null)
        {
            throw new RecipeException($"{blocks} is given without '--block-length'; accepted are both of them together.");
        }

        if (recipe.EnvironmentOrder != EnvironmentOrderKind.Blocks && recipe.BlockLength is { } length)
        {
            throw RecipeException.Of("--block-length", Texts.Of(length), $"a block length together with {blocks} alone");
        }
    }

    private static void CheckEnvironments(RunRecipe recipe, EnvironmentDistribution environments)
    {
        if (recipe is { Algorithm: Algorithm.PooledGd, IsStored: true } && environments.Count is null)
        {
            throw RecipeException.Of(
                "--measurements",
                RecipeWords.Measurements.NameOf(recipe.Measurements),
                "exact-law, regenerated, population or rank-one for '--algorithm pooled-gd' with a continuous '--environments'");
        }

        const int MaxSets = Hetero.Core.Random.RandomStream.MaxSubstream + 1;
        if (recipe.Algorithm == Algorithm.PooledGd && environments.Count > MaxSets)
        {
            throw RecipeException.Of("--spurious-rank", Texts.Of(recipe.SpuriousRank), $"one with at most {MaxSets} environments for '--algorithm pooled-gd'");
        }

        bool pools = recipe.PooledSamples > 0;
        if (pools && recipe is { IsStored: true, Noise: > 0 } && environments.Count > PooledShare.MaxEnvironments)
        {
            throw RecipeException.Of(
                "--spurious-rank",
                Texts.Of(recipe.SpuriousRank),
                $"one with at most {PooledShare.MaxEnvironments} environments for stored measurements with '--noise'");
        }

        if (pools
            && environments is ScalarEnvironments scalar
            && !(environments.Count <= PooledShare.MaxScalarGroups)
            && recipe.Samples > Array.MaxLength / scalar.Scalars)
        {
            throw RecipeException.Of(
                "--samples", Texts.Of(recipe.Samples), $"at most {Array.MaxLength / scalar.Scalars} where every pooled sample has an environment of its own");
        }

        if (pools && recipe.Environments.IsListed && environments.Count > PooledShare.MaxEnvironments)
        {
            throw RecipeException.Of(
                "--environments",
                recipe.EnvironmentsText,
                $"a list of at most {PooledShare.MaxEnvironments} environments where samples are pooled; this one has {environments.Count}");
        }

        CheckSequence(recipe, environments);
        CheckPooled(recipe, environments);
    }

    private static void CheckSequence(RunRecipe recipe, EnvironmentDistribution environments)
    {
        string order = RecipeWords.EnvironmentOrders.NameOf(recipe.EnvironmentOrder);
        if (recipe.Algorithm != Algorithm.HeteroSgd && recipe.EnvironmentOrder != EnvironmentOrderKind.Independent)
        {
            throw RecipeException.Of("--environment-order", order, "independent where '--algorithm' is not hetero-sgd");
        }

        if (recipe.Order.Refuse(environments) is { } refusal)
        {
            throw RecipeException.Of("--environment-order", order, refusal);
        }
    }

    private static void CheckPooled(RunRecipe recipe, EnvironmentDistribution environments)
    {
        if (recipe is { Algorithm: Algorithm.PooledGd, PooledSampling: not PooledSampling.Stratified })
        {
            throw RecipeException.Of(
                "--pooled-sampling",
                RecipeWords.PooledSamplings.NameOf(recipe.PooledSampling),
                "stratified for '--algorithm pooled-gd', where every environment has its samples");
        }

        if (recipe.Algorithm != Algorithm.HeteroSgd && recipe.PooledShare != 0)
        {
            throw RecipeException.Of("--pooled-share", Texts.Of(recipe.PooledShare), "0 where '--algorithm' is not hetero-sgd");
        }

        long pooled = recipe.PooledSamples;
        if (recipe.PooledSampling != PooledSampling.Stratified && pooled == 0)
        {
            throw RecipeException.Of(
                "--pooled-sampling",
                RecipeWords.PooledSamplings.NameOf(recipe.PooledSampling),
                recipe.Measurements == MeasurementKind.Population
                    ? "stratified for '--measurements population', which draw no sample"
                    : "stratified for '--algorithm hetero-sgd' without a '--pooled-share' that pools a sample");
        }

        if (recipe.PooledSampling != PooledSampling.Stratified || pooled == 0 || !(pooled < environments.Count))
        {
            return;
        }

        string accepted = $"at least the number of environments, {environments.Count}, for '--pooled-sampling stratified'";
        throw recipe.Algorithm == Algorithm.PooledSgd
            ? RecipeException.Of("--samples", Texts.Of(recipe.Samples), accepted)
            : RecipeException.Of(
                "--pooled-share", Texts.Of(recipe.PooledShare), $"a share that pools {accepted}; of {recipe.Samples} '--samples' it pools {pooled}");
    }
}
