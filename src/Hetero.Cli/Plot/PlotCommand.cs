using System.CommandLine;
using Hetero.Charts;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Plot;

/// <summary>hetero plot: draws tables that other commands wrote. Nothing is trained.</summary>
internal static class PlotCommand
{
    private static readonly Choices<Spacing> Spacings = new(("auto", Spacing.Auto), ("linear", Spacing.Linear), ("log", Spacing.Log));

    private enum Spacing
    {
        Auto,
        Linear,
        Log,
    }

    public static Command Create(CommandContext context)
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Trajectories of hetero run, 8 at most, or a table or the bands of hetero compare, or the folder of hetero sweep: "
                + "the tables (CSV), their manifests (JSON), or both.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        ValueOption<PlotQuantity[]> quantity = new("--quantity", "LIST", PlotQuantity.Syntax, "What is drawn, a panel for each.", "spurious,error");
        ValueOption<Spacing> x = new("--x", "SPACING", Spacings, "How what varies is spaced; auto goes by its values, and has steps linear.", "auto");
        ValueOption<Spacing> y = new(
            "--y", "SPACING", Spacings, "How quantities are spaced; auto takes the logarithm where none is below 0, but for the true share.", "auto");
        Option<string?> output = OptionFactory.File("--out", "FILE", "Where the picture goes (SVG); else, or with -, standard output.");
        ExampleCommand command = new(
            "plot",
            "Draw trajectories, a comparison or a sweep as SVG from its table and manifest. Nothing is trained.",
            "hetero plot hetero-sweep --quantity spurious_mean --out sweep.svg")
        {
            files, quantity, x, y, output,
        };
        command.SetAction(result =>
        {
            (PlotQuantity[] quantities, bool? horizontal, bool? vertical) = (quantity.Read(result), IsLog(x.Read(result)), IsLog(y.Read(result)));
            string[] given = result.GetValue(files) ?? [];
            if (given.Length == 0)
            {
                throw new UsageException("the table is missing; accepted is hetero plot FILE…, tables or manifests of hetero run, compare or sweep.");
            }

            context.Cancellation.ThrowIfCancellationRequested();
            (IReadOnlyList<PlotSource> sources, IReadOnlyList<string> paths) = PlotFiles.Read(given, context.Cancellation);
            Chart chart = Draw(new PlotRequest(sources, quantities, horizontal, vertical));
            using OutputSet outputs = new(context);
            OutputFile file = outputs.Open(output.Name, result.GetValue(output));
            foreach (string path in paths)
            {
                outputs.CheckInput("FILE", path);
            }

            outputs.Try(() => file.WriteText(writer => writer.Write(SvgRenderer.Render(chart))));
            outputs.ThrowIfFailed();
            return ExitCode.Success;
        });
        return command;
    }

    private static Chart Draw(PlotRequest request)
    {
        (Func<PlotSource, bool> IsOne, Func<PlotRequest, Chart> Draw, int Most)[] kinds =
            [(TrajectoryPlot.IsOne, TrajectoryPlot.Draw, Palette.Slots), (ComparePlot.IsOne, ComparePlot.Draw, 1), (SweepPlot.IsOne, SweepPlot.Draw, 1)];
        int[] found = [.. request.Sources.Select(source => Array.FindIndex(kinds, kind => kind.IsOne(source)))];
        int foreign = Array.IndexOf(found, -1);
        if (foreign >= 0)
        {
            PlotSource source = request.Sources[foreign];
            throw source.Refuse(
                $"has the columns '{Shown.Of(string.Join(',', source.Table.Columns))}'",
                "a trajectory of hetero run, '--out' or '--bands' of hetero compare, or cells.csv of hetero sweep, beside its own manifest; "
                    + $"'{Shown.Of(source.Manifest.Path)}' is of hetero {source.Manifest.Command}");
        }

        if (found.Distinct().Count() > 1)
        {
            throw new UsageException("the files are of several commands; accepted are trajectories alone, one comparison, or one sweep.");
        }

        if (request.Sources.Count > kinds[found[0]].Most)
        {
            throw new UsageException($"there are {request.Sources.Count} tables; accepted are {Palette.Slots} trajectories at most, one table of a comparison, or one sweep.");
        }

        return found[0] != 2 && request.Quantities.FirstOrDefault(quantity => quantity.IsMean) is { } mean
            ? throw UsageException.Of("--quantity", mean.Name, "a quantity without '_mean', which sweeps alone have")
            : kinds[found[0]].Draw(request);
    }

    private static bool? IsLog(Spacing spacing) => spacing == Spacing.Auto ? null : spacing == Spacing.Log;
}
