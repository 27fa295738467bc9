using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hetero.Cli.CommandLine;
using Hetero.Cli.FigureCharts;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Experiments.Figures;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Reproduce;

/// <summary>hetero reproduce: makes the paper's figures and says whether they show what they should.</summary>
internal static class ReproduceCommand
{
    private const int DefaultSeeds = 200;
    private const int QuickSeeds = 5;
    private const int MaxSeeds = 1_000_000;

    // What a figure may take to end and to take its progress line away after the wish to stop.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static Command Create(CommandContext context)
    {
        Argument<string[]> names = new("figure")
        {
            Description = $"Which figures: {FigureRegistry.Names}.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string> output = new("--out")
        {
            HelpName = "DIR",
            Description = "Where the files go.",
            Arity = ArgumentArity.ExactlyOne,
            DefaultValueFactory = _ => "./hetero-out",
        };
        ValueOption<int> seeds = new(
            "--seeds", "N", NumberSyntax.Whole(1, MaxSeeds), $"The number of seeds; else {DefaultSeeds}, or {QuickSeeds} with --quick.");
        ValueOption<ulong> seed = new("--seed", "S", NumberSyntax.Whole(ulong.MinValue, ulong.MaxValue), "The first seed; the others follow it.", "1");
        Option<bool> quick = OptionFactory.Flag("--quick", "Few seeds, and no verdicts.");
        ValueOption<int> threads = new(
            "--threads",
            "N",
            NumberSyntax.Whole(1, 1024),
            "The number of runs at the same time; the numbers do not depend on it.",
            Texts.Of(Math.Min(Environment.ProcessorCount, 1024)));
        Option<bool> perSeed = OptionFactory.Flag("--per-seed", "Write also NAME.seeds.csv: a row for each run with how it ended and its last numbers.");
        Option<bool> list = OptionFactory.Flag("--list", "Say which figures there are, and stop.");
        ExampleCommand command = new(
            "reproduce",
            "Reproduce figures of the paper: numbers as CSV, a picture as SVG, a manifest as JSON, and verdicts.",
            "hetero reproduce figure3 figure4 --quick --out figures")
        {
            names, output, seeds, seed, quick, threads, perSeed, list,
        };
        command.SetAction(result =>
        {
            string[] asked = result.GetValue(names) ?? [];
            IReadOnlyList<IFigure> figures = asked.Length > 0 || result.GetValue(list)
                ? FigureRegistry.Find(asked)
                : throw new UsageException($"the name of a figure is missing; accepted are {FigureRegistry.Names}.");
            bool isQuick = result.GetValue(quick);
            int count = seeds.IsGiven(result) ? seeds.Read(result) : isQuick ? QuickSeeds : DefaultSeeds;
            ulong seedCount = (ulong)figures.Max(figure => figure.SeedCount(count));
            ReproduceRequest request = new(
                result.GetRequiredValue(output), count, ReadSeed(seed, seedCount, result), isQuick, threads.Read(result), result.GetValue(perSeed));
            if (result.GetValue(list))
            {
                if (result.GetResult(output) is { Implicit: false })
                {
                    throw UsageException.Of(output.Name, request.Directory, $"a directory without '{list.Name}', which makes nothing");
                }

                return WriteList(figures, context.Output);
            }

            return Execute(figures, request, context);
        });
        return command;
    }

    /// <summary>Makes figures one after another; what is finished stays if a later one fails, or cannot be written.</summary>
    public static int Execute(IReadOnlyList<IFigure> figures, ReproduceRequest request, CommandContext context)
    {
        using OutputSet outputs = new(context);
        OutputFile report = outputs.Open("hetero reproduce", null);
        FigureFiles files = new(outputs, figures, request);
        List<string> failed = [];
        double whole = 0;
        foreach (IFigure figure in figures)
        {
            long start = Stopwatch.GetTimestamp();
            KeptRuns kept = files.KeptRunsOf(figure);
            FigureResult result = MakeFigure(figure, request, kept, outputs, context);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            whole += seconds;
            IReadOnlyList<string> written = files.Write(figure, result);
            if (outputs.Failures.Count == 0)
            {
                kept.Discard();
            }

            outputs.Try(() => report.WriteText(writer => WriteReport(writer, figure, result, written, request, kept, seconds)));
            if (request.Judges(figure) && result.Numbers.Verdicts.Any(v => v.Met == false))
            {
                failed.Add(figure.Name);
            }
        }

        if (figures.Count > 1)
        {
            outputs.Try(() => report.WriteText(writer => writer.WriteLine($"{figures.Count} figures took {Duration.Of(whole)}.")));
        }

        outputs.ThrowIfFailed(failed.Count == 0 ? null : $"not all that was expected was measured: see {string.Join(", ", failed)} above.");
        return ExitCode.Success;
    }

    /// <summary>Makes a figure as a whole or not at all: what does not end soon does not have to be waited for.</summary>
    private static FigureResult MakeFigure(IFigure figure, ReproduceRequest request, KeptRuns kept, OutputSet outputs, CommandContext context)
    {
        try
        {
            return BlockingCall.Run(
                () =>
                {
                    using ProgressLine? progress = ProgressLine.Start(context, figure.Name, 0, 100);
                    return figure.Run(new FigureRequest(request.Seed, request.Seeds, request.Threads, progress, context.Cancellation) { Kept = kept });
                },
                context.Cancellation,
                Patience);
        }
        catch (Exception exception) when (outputs.Failures.Count > 0)
        {
            // Files of earlier figures that could not be written are not to be forgotten over it.
            outputs.ThrowIfFailed(exception is OperationCanceledException ? "cancelled." : $"{figure.Name}: {exception.Message}");
            throw;
        }
    }

    private static void WriteReport(
        TextWriter writer, IFigure figure, FigureResult result, IReadOnlyList<string> written, ReproduceRequest request, KeptRuns kept, double seconds)
    {
        writer.WriteLine($"{figure.Name}: {figure.Description}");
        VerdictTable.Write(writer, result, judged: request.Judges(figure));
        if (!request.IsQuick && !request.Judges(figure))
        {
            writer.WriteLine($"  verdicts are stated for {figure.LeastSeeds} seeds or more; these are {request.Seeds}");
        }

        writer.WriteLine($"  written: {(written.Count > 0 ? string.Join(", ", written) : "nothing")}");
        if (kept.Found > 0)
        {
            writer.WriteLine($"  runs found finished in {kept.Directory}: {kept.Found}");
        }

        writer.WriteLine($"  time: {Duration.Of(seconds)}");
    }

    /// <summary>The last seed has to be one too.</summary>
    private static ulong ReadSeed(ValueOption<ulong> option, ulong count, ParseResult result)
    {
        ulong seed = option.Read(result), most = ulong.MaxValue - (count - 1);
        return seed <= most
            ? seed
            : throw UsageException.Of(
                option.Name,
                option.Text(result),
                string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {most}, as {count} seeds follow each other"));
    }

    private static int WriteList(IReadOnlyList<IFigure> figures, TextWriter output)
    {
        int width = figures.Max(figure => figure.Name.Length);
        foreach (IFigure figure in figures)
        {
            output.WriteLine($"{figure.Name.PadRight(width)}  {FigureRegistry.GroupOf(figure),-4}  {figure.Description}");
        }

        return ExitCode.Success;
    }
}
