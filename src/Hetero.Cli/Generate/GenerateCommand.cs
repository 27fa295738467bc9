using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Core.Environments;
using Hetero.Core.Sensing;
using Hetero.Experiments.Data;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Generate;

/// <summary>hetero generate: writes a data set of several environments.</summary>
internal static class GenerateCommand
{
    private const int MostEnvironments = 100_000;

    private static readonly string[] Options =
    [
        "dimension", "invariant-rank", "spurious-rank", "spurious-mean", "spread", "environments", "own-draws", "off-diagonal", "orthogonal", "overlap", "eigenvalues",
        "neurons", "noise", "precision", "seed", "memory",
    ];

    // What values of one's own, or a list, take the place of.
    private static readonly string[] Law = ["environments", "spurious-mean", "spread", "off-diagonal", "own-draws"];

    private static readonly Choices<MeasurementLayout> Layouts = new(("svec", MeasurementLayout.Svec), ("square", MeasurementLayout.Square), ("rank-one", MeasurementLayout.RankOne));

    public static Command Create(CommandContext context)
    {
        RecipeLine recipe = new(RunOptions.All.Where(option => Options.Contains(option.Name)));
        ValueOption<double[]> values = new(
            "--values", "LIST", NumberSyntax.FiniteSeries, "The spurious scalar s of each environment, in the place of a law, as in --values -5:7:8.");
        ValueOption<int> count = new(
            "--count", "E", NumberSyntax.Whole(1, MostEnvironments), "How many environments to draw from the law; else each of a finite law's once.");
        ValueOption<long> samples = new("--samples", "n", NumberSyntax.Whole(1, (long)Array.MaxLength), "The rows of each environment.", "1000");
        ValueOption<MeasurementLayout> layout = new(
            "--layout", "", Layouts, "What a measurement is in its array: X as d(d+1)/2 numbers or as d times d, or x of X = xx^T.", "svec");
        Option<string> output = new("--out")
        {
            HelpName = "DIR",
            Description = "Where the files go: a folder that has none of them yet.",
            Arity = ArgumentArity.ExactlyOne,
            DefaultValueFactory = _ => "./hetero-data",
        };
        ValueOption<int> threads = new(
            "--threads",
            "N",
            NumberSyntax.Whole(1, 1024),
            "The number of threads; the bytes do not depend on it.",
            Texts.Of(Math.Min(Environment.ProcessorCount, 1024)));
        Option<bool> resume = OptionFactory.Flag("--resume", "Keep files of the same data set that are there already, and make those that are missing.");
        ExampleCommand command = new(
            "generate",
            "Write a data set of several environments: NumPy arrays, A*, and a manifest with the recipe.",
            "hetero generate --dimension 40 --invariant-rank 2 --orthogonal --values -5:7:8 --samples 2000 --out data");
        recipe.AddTo(command);
        foreach (Option option in new Option[] { values, count, samples, layout, output, threads, resume })
        {
            command.Options.Add(option);
        }

        command.SetAction(result =>
        {
            MeasurementLayout form = layout.Read(result);

            // All that is said by itself comes before what is read from files.
            GenerateRequest request = new(
                new RunRecipe { Measurements = form == MeasurementLayout.RankOne ? MeasurementKind.RankOne : MeasurementKind.Regenerated, Samples = samples.Read(result) },
                count.IsGiven(result) ? count.Read(result) : null,
                form,
                result.GetRequiredValue(output),
                threads.Read(result),
                result.GetValue(resume));
            double[] list = values.IsGiven(result) ? values.Read(result) : [];
            string? replaced = list.Length == 0 ? null : request.Environments is not null ? count.Name : Law.FirstOrDefault(name => recipe.IsGiven(result, name)) is { } name ? $"--{name}" : null;
            if (replaced is not null)
            {
                throw UsageException.Of(values.Name, values.Text(result), $"values without '{replaced}', whose place they take");
            }

            request = request with { Recipe = recipe.Read(result, request.Recipe, context.Cancellation) };
            GeneratedFolder.Write(request with { Recipe = WithEnvironments(request, list, values, count, result) }, context);
            return ExitCode.Success;
        });
        return command;
    }

    private static RunRecipe WithEnvironments(GenerateRequest request, double[] list, ValueOption<double[]> values, ValueOption<int> count, ParseResult result)
    {
        RunRecipe recipe = request.Recipe;
        recipe.Check();
        int most = EnvironmentLists.Most(recipe);
        string accepted = $"at most {Texts.Of(most)} environments where '--spurious-rank' is {Texts.Of(recipe.SpuriousRank)}";
        if (list.Length > most)
        {
            throw UsageException.Of(values.Name, values.Text(result), accepted);
        }

        if (request.Environments > most)
        {
            throw UsageException.Of(count.Name, count.Text(result), accepted);
        }

        if (list.Length > 0)
        {
            return EnvironmentLists.OfValues(recipe, list);
        }

        EnvironmentDistribution law = recipe.Environments.Create(recipe.SpuriousRank);
        return request.Environments is not null || law.Count <= MostEnvironments
            ? recipe
            : throw RecipeException.Of(
                "--environments",
                recipe.EnvironmentsText,
                law.Count is { } number
                    ? $"a law of at most {Texts.Of(MostEnvironments)} environments, not of {Texts.Of(number)}, or '{count.Name}' to draw some of them"
                    : $"a finite law, or '{count.Name}' to draw some environments");
    }
}
