using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Figures;

namespace Hetero.Cli.Reproduce;

/// <summary>hetero reproduce: makes the paper's figures and says whether they show what they should.</summary>
internal static class ReproduceCommand
{
    private const int DefaultSeeds = 200;
    private const int QuickSeeds = 5;

    public static Command Create(CommandContext context)
    {
        Argument<string?> figure = new("figure")
        {
            Description = $"Which figure: {FigureRegistry.Names}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string> output = OptionFactory.Text("--out", "DIR", "./hetero-out", "Where the files go.");
        Option<string?> seeds = OptionFactory.Optional("--seeds", "N", $"The number of seeds; else {DefaultSeeds}, or {QuickSeeds} with --quick.");
        Option<string> seed = OptionFactory.Text("--seed", "S", "1", "The first seed; the others follow it.");
        Option<bool> quick = OptionFactory.Flag("--quick", "Few seeds, and no verdicts.");
        Option<string> threads = OptionFactory.Text(
            "--threads",
            "N",
            Texts.Of(Math.Min(Environment.ProcessorCount, 1024)),
            "The number of runs at the same time; the numbers do not depend on it.");
        Command command = new("reproduce", "Reproduce a figure of the paper: numbers as CSV, a picture as SVG, a manifest as JSON, and verdicts.")
        {
            figure, output, seeds, seed, quick, threads,
        };
        command.SetAction(result =>
        {
            if (result.GetValue(figure) is not { } name)
            {
                throw new UsageException($"the name of a figure is missing; accepted are {FigureRegistry.Names}.");
            }

            IReadOnlyList<IFigure> figures = FigureRegistry.Find(name);
            bool isQuick = result.GetValue(quick);
            int count = result.GetValue(seeds) is { } text ? Texts.Whole(seeds.Name, text, 1, 1_000_000) : isQuick ? QuickSeeds : DefaultSeeds;
            ulong further = (ulong)figures.Max(chosen => chosen.SeedCount(count)) - 1;
            ReproduceRequest request = new(
                result.GetRequiredValue(output),
                count,
                Texts.Whole(seed.Name, result.GetRequiredValue(seed), 0UL, ulong.MaxValue - further),
                isQuick,
                Texts.Whole(threads.Name, result.GetRequiredValue(threads), 1, 1024));
            return Execute(figures, request, context);
        });
        return command;
    }

    /// <summary>Makes figures one after another; what is finished stays if a later one fails.</summary>
    public static int Execute(IReadOnlyList<IFigure> figures, ReproduceRequest request, CommandContext context)
    {
        FigureFiles.Prepare(request.Directory);
        List<string> failed = [];
        foreach (IFigure figure in figures)
        {
            FigureResult result = figure.Run(new FigureRequest(request.Seed, request.Seeds, request.Threads, context));
            IReadOnlyList<string> files = FigureFiles.Write(figure, result, request);
            context.Output.WriteLine($"{figure.Name}: {figure.Description}");
            VerdictTable.Write(context.Output, result, judged: !request.IsQuick);
            context.Output.WriteLine($"  written: {string.Join(", ", files)}");
            context.Output.Flush();
            if (!request.IsQuick && result.Verdicts.Any(v => v.Met == false))
            {
                failed.Add(figure.Name);
            }
        }

        return failed.Count == 0
            ? ExitCode.Success
            : throw new FailedException($"not all that was expected was measured: see {string.Join(", ", failed)} above.");
    }
}
