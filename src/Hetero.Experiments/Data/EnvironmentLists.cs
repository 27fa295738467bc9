using Hetero.Core;
using Hetero.Core.Environments;
using Hetero.Core.Random;
using Hetero.Experiments.Recipes;

namespace Hetero.Experiments.Data;

/// <summary>Recipes whose environments are a list: data have some environments, which their recipe then names one by one.</summary>
internal static class EnvironmentLists
{
    /// <summary>The most numbers that the matrices of a list may have together: the manifest has them as text.</summary>
    public const int MostNumbers = 1 << 20;

    /// <summary>Draws environments from the law of a recipe, which <see cref="RunRecipe.Check"/> accepts.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="count">How many, 1 or more.</param>
    public static RunRecipe Draw(RunRecipe recipe, int count)
    {
        Guard.InRange(count, 1, Most(recipe), "environments");
        EnvironmentDistribution law = recipe.Environments.Create(recipe.SpuriousRank);
        double[] label = new double[law.LabelLength], sigma = new double[recipe.SpuriousRank * recipe.SpuriousRank];
        List<ListedEnvironment> list = [];
        for (int e = 0; e < count; e++)
        {
            law.Draw(new RandomStream(recipe.Seed, StreamPurpose.Environments, e), sigma, label);
            list.Add(new ListedEnvironment(sigma));
        }

        return With(recipe, list);
    }

    /// <summary>Environments s·I.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="values">s of each.</param>
    public static RunRecipe OfValues(RunRecipe recipe, IReadOnlyList<double> values)
        => OfDiagonals(recipe, [.. values.Select(s => Enumerable.Repeat(s, recipe.SpuriousRank).ToArray())]);

    /// <summary>Environments diag(s_1, …, s_r).</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="values">s_1, …, s_r of each.</param>
    public static RunRecipe OfDiagonals(RunRecipe recipe, IReadOnlyList<double[]> values)
    {
        int rank = recipe.SpuriousRank;
        Guard.InRange(values.Count, 1, Most(recipe), "values.Count");
        return With(recipe, [.. values.Select(s => new ListedEnvironment([.. Enumerable.Range(0, rank * rank).Select(i => i / rank == i % rank ? s[i / rank] : 0)]))]);
    }

    /// <summary>The most environments of a list: with matrices of this order.</summary>
    public static int Most(RunRecipe recipe) => (int)Math.Max(1, MostNumbers / ((long)recipe.SpuriousRank * recipe.SpuriousRank));

    private static RunRecipe With(RunRecipe recipe, IReadOnlyList<ListedEnvironment> list)
        => recipe with { Environments = new EnvironmentRecipe { List = list }, EnvironmentFile = null };
}
