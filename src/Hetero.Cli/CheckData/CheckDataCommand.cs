using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Experiments.Data;
using Hetero.Experiments.Values;

namespace Hetero.Cli.CheckData;

/// <summary>hetero check-data: looks at a data set before it is trained on, and says in words what is the matter with it.</summary>
internal static class CheckDataCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string> path = new("DATA")
        {
            Description = "The manifest of the data set, such as data.json, or the folder that it is in under this name.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string?> json = OptionFactory.File("--json", "FILE", "Write the findings as JSON; - for standard output, in place of the lines.");
        ExampleCommand command = new(
            "check-data",
            "Look at a data set: symmetry, constant responses, repeated rows, leakage between environments, moments and scale.",
            "hetero check-data hetero-data/data.json --json findings.json")
        {
            path, json,
        };
        command.SetAction(result =>
        {
            string file = result.GetValue(path) is { Length: > 0 } named
                ? named
                : throw new UsageException("the data set is missing; accepted is its manifest, such as data.json, or the folder of it.");
            context.Cancellation.ThrowIfCancellationRequested();
            return Execute(DataFile.ManifestOf(file), result.GetValue(json), context);
        });
        return command;
    }

    private static int Execute(string path, string? json, CommandContext context)
    {
        using OutputSet outputs = new(context);
        OutputFile? manifest = json is null ? null : outputs.Open("--json", json);
        OutputFile? lines = manifest is { IsStandardOutput: true } ? null : outputs.Open("hetero check-data", null);
        outputs.CheckInput("DATA", path);
        CheckReport report;
        using (DataSet<double> data = DataFile.Open<double>(path, context.Cancellation))
        {
            report = CheckReport.Of(data, context.Cancellation);
        }

        if (lines is not null)
        {
            outputs.Try(() => lines.WriteText(report.WriteLines));
        }

        if (manifest is not null)
        {
            outputs.Try(() => manifest.Write(stream => JsonText.WriteObject(stream, report.WriteJson)));
        }

        int problems = report.Problems;
        outputs.ThrowIfFailed(problems == 0 ? null : $"'{Shown.Of(path)}' has {Texts.Of(problems)} {(problems == 1 ? "problem" : "problems")}.");
        return ExitCode.Success;
    }
}
