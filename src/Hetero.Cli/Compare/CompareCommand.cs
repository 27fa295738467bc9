using System.CommandLine;
using Hetero.Charts;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Compare;

/// <summary>hetero compare: methods of one's choice on one problem, over seeds.</summary>
internal static class CompareCommand
{
    private const int DefaultSeeds = 20;
    private const int MaxSeeds = 1_000_000;

    // What a run may take to end and to take its progress line away after the wish to stop.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static Command Create(CommandContext context)
    {
        Option<string[]> method = new(MethodText.Option)
        {
            HelpName = "METHOD",
            Description = $"A method, as often as there are methods: {MethodText.Accepted}.",
            Arity = ArgumentArity.OneOrMore,
        };
        ValueOption<int> seeds = new("--seeds", "N", NumberSyntax.Whole(1, MaxSeeds), "The number of seeds, from --seed on.", Texts.Of(DefaultSeeds));
        ValueOption<int> threads = new(
            "--threads",
            "N",
            NumberSyntax.Whole(1, 1024),
            "The number of runs at the same time; the numbers do not depend on it.",
            Texts.Of(Math.Min(Environment.ProcessorCount, 1024)));
        Option<string?> from = OptionFactory.File(
            RecipeFile.Option, "FILE", "Start all methods from a recipe as JSON, or from the manifest of a run, in the place of the defaults.");
        Option<string?> output = OptionFactory.File("--out", "FILE.csv", "Write the table as CSV, with all quantities; - for standard output.");
        Option<string?> bands = OptionFactory.File("--bands", "FILE.csv", "Write the quantiles at every recorded step as CSV; - for standard output.");
        Option<string?> perSeed = OptionFactory.File("--per-seed", "FILE.csv", "Write a row for each run as CSV; - for standard output.");
        Option<string?> svg = OptionFactory.File("--svg", "FILE", "Draw medians and bands over the steps, of at most 8 methods.");
        Option<string?> json = OptionFactory.File("--json", "FILE", "Write a manifest: recipes, versions, hardware, outcome; - for standard output.");
        ExampleCommand command = new(
            "compare",
            "Train methods of your choice on one problem over several seeds: one table and one picture. Beside these options those of hetero run hold for all methods.",
            "hetero compare --method hetero-sgd --method pooled-sgd --dimension 40 --spread 8 --seeds 10 --out table.csv")
        {
            method, seeds, threads, from, output, bands, perSeed, svg, json,
        };
        MethodReader reader = new(context);
        reader.Common.AddTo(command);
        command.SetAction(result =>
        {
            int count = seeds.Read(result), atOnce = threads.Read(result);
            RunRecipe start = reader.Common.Read(result, reader.Start(result.GetValue(from)), context.Cancellation);
            string[] texts = result.GetValue(method) ?? [];
            if (texts.Length == 0)
            {
                throw new UsageException($"a method is missing; accepted are {method.Name} <{method.HelpName}>, once or more: {MethodText.Accepted}.");
            }

            SeedSweep[] methods = [.. texts.Select(text => reader.Read(text, result, start))];
            CheckNames(methods, texts);
            MethodComparison.Check(methods, count, atOnce);
            string? picture = result.GetValue(svg);
            if (picture is not null && methods.Length > Palette.Slots)
            {
                throw UsageException.Of(svg.Name, picture, $"a picture of at most {Palette.Slots} methods, where there are {methods.Length}: it has no more colors");
            }

            return Execute(
                new CompareRequest(
                    methods,
                    texts,
                    count,
                    atOnce,
                    [.. reader.Inputs],
                    result.GetValue(output),
                    result.GetValue(bands),
                    result.GetValue(perSeed),
                    picture,
                    result.GetValue(json)),
                context);
        });
        return command;
    }

    /// <summary>Trains and writes. A comparison is made as a whole or not at all.</summary>
    public static int Execute(CompareRequest request, CommandContext context)
    {
        using CompareOutputs outputs = CompareOutputs.Open(request, context);
        MethodComparison comparison = BlockingCall.Run(
            () =>
            {
                using ProgressLine? progress = ProgressLine.Start(context, "compare", 0, 100);
                return MethodComparison.Execute(request.Methods, request.Seeds, request.Threads, progress, context.Cancellation);
            },
            context.Cancellation,
            Patience);
        outputs.Write(comparison);
        return ExitCode.Success;
    }

    private static void CheckNames(SeedSweep[] methods, string[] texts)
    {
        HashSet<string> names = [];
        for (int i = 0; i < methods.Length; i++)
        {
            if (!names.Add(methods[i].Title))
            {
                throw UsageException.Of(MethodText.Option, texts[i], $"a name other than '{methods[i].Title}', which another method has");
            }
        }
    }
}
