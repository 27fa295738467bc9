using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Output;
using Hetero.Core.Theory;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Verify;

/// <summary>hetero verify: checks the statements of the theory on random instances.</summary>
internal static class VerifyCommand
{
    public static Command Create(CommandContext context)
    {
        Argument<string[]> ids = new("id")
        {
            Description = "Which statements, such as L7 (with its parts, such as L7-simulated); all if none is given. See --list.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        ValueOption<int> trials = new(
            "--trials", "N", NumberSyntax.Whole(1, 1_000_000), "The number of instances of every check; else each check's own.");
        ValueOption<ulong> seed = new("--seed", "S", NumberSyntax.Whole(ulong.MinValue, ulong.MaxValue), "The seed of the instances.", "1");
        Option<string?> json = OptionFactory.File(
            "--json", "FILE", "Write a manifest: versions, hardware, and all numbers of all checks; - for standard output, in place of the lines.");
        Option<string?> markdown = OptionFactory.File(
            "--markdown", "FILE", "Write the table of docs/theory.md, into that page or a new one; - for standard output, in place of the lines.");
        Option<bool> list = OptionFactory.Flag("--list", "Say what can be checked, and stop.");
        InstanceOptions parameters = new();
        ExampleCommand command = new(
            "verify", "Check the lemmas, assumptions and theorems of the paper on random instances.", "hetero verify L8 --trials 20 --seed 7")
        {
            ids, trials, seed, json, markdown, list,
        };
        parameters.AddTo(command);
        command.SetAction(result =>
        {
            string[] names = result.GetValue(ids) ?? [];
            VerifyRequest request = new(
                Find(names),
                trials.IsGiven(result) ? trials.Read(result) : null,
                seed.Read(result),
                names.Length > 0 || parameters.FirstGiven(result) is not null,
                result.GetValue(json),
                result.GetValue(markdown),
                parameters.Read(result));
            if (request.Markdown is { } page && parameters.FirstGiven(result) is { } given)
            {
                throw UsageException.Of(markdown.Name, page, $"a file without '{given.Name}': the table is that of each check's own instances");
            }

            if (!result.GetValue(list))
            {
                return Execute(request, context);
            }

            if ((trials.IsGiven(result) ? trials : seed.IsGiven(result) ? seed : parameters.FirstGiven(result)) is { } unread)
            {
                throw new UsageException($"'{unread.Name}' is given with '{list.Name}', which checks nothing; accepted is one of them.");
            }

            CheckWritesNothing(json.Name, request.Json);
            CheckWritesNothing(markdown.Name, request.Markdown);
            VerifyList.Write(context.Output, request.Checks);
            return ExitCode.Success;
        });
        return command;
    }

    /// <summary>Runs checks and reports them; what is finished is reported even if the rest is cancelled.</summary>
    public static int Execute(VerifyRequest request, CommandContext context)
    {
        using OutputSet outputs = new(context);
        OutputFile? manifest = request.Json is { } path ? outputs.Open("--json", path) : null;
        OutputFile? pageFile = request.Markdown is { } pagePath ? outputs.Open("--markdown", pagePath) : null;
        CheckWholeTable(request, pageFile);
        bool isTableShown = manifest is not { IsStandardOutput: true } && pageFile is not { IsStandardOutput: true };
        OutputFile? table = isTableShown ? outputs.Open("hetero verify", null) : null;
        MarkdownTable? page = pageFile is null ? null : MarkdownTable.Open(pageFile);
        VerifyOutcome outcome;
        using (ProgressLine? progress = ProgressLine.Start(context, "check", 0, request.Checks.Count))
        {
            outcome = VerifyBatch.Execute(request, progress, context.Cancellation);
        }

        (IReadOnlyList<Finding> findings, IReadOnlyList<Refusal> refusals) = (outcome.Findings, outcome.Refusals);
        if (refusals.Count == request.Checks.Count)
        {
            string given = string.Join(", ", request.Chosen!.Given().Select(option => $"'{request.Chosen.NameOf(option)}'"));
            throw new UsageException(
                $"'{refusals[0].Check.Id}' does not take {given} as given, since {refusals[0].Reason}; "
                + "accepted are parameters within its domain.");
        }

        bool isComplete = findings.Count + refusals.Count == request.Checks.Count;
        if (manifest is not null)
        {
            outputs.Try(() => manifest.Write(stream => JsonText.WriteObject(stream, json => VerifyManifest.Write(json, request, outcome))));
        }

        if (page is not null && isComplete)
        {
            outputs.Try(() => page.Write(findings));
        }

        if (table is not null && findings.Count + refusals.Count > 0)
        {
            outputs.Try(() => table.WriteText(writer => VerifyTable.Write(writer, findings, refusals, request.IsDetailed)));
        }

        string differing = string.Join(", ", findings.Where(finding => !finding.Agrees).Select(finding => finding.Check.Id));
        string unwritten = page is null ? "" : $", and '{request.Markdown}' is not written";
        string kept = $"{findings.Count + refusals.Count} of {request.Checks.Count} checks, which are kept{unwritten}.";
        outputs.ThrowIfFailed(
            outcome.Failures.Count > 0 ? $"{string.Join(' ', outcome.Failures.Select(failure => $"{failure.Check.Id} {failure.Reason}."))} The others are {kept}"
                : !isComplete ? $"cancelled after {kept}"
                : differing.Length > 0 ? $"not all verdicts are the stated ones: see {differing}{(isTableShown ? " above" : "")}."
                : null);
        return ExitCode.Success;
    }

    /// <summary>The checks that ids stand for, in the order of the list, each once.</summary>
    private static IReadOnlyList<TheoryCheck> Find(string[] ids)
    {
        HashSet<TheoryCheck> found = [];
        foreach (string id in ids)
        {
            IReadOnlyList<TheoryCheck> checks = string.IsNullOrWhiteSpace(id) ? [] : TheoryCatalog.Find(id);
            if (checks.Count == 0)
            {
                string[] known = [.. TheoryCatalog.All.Select(check => check.Id)];
                throw new UsageException(
                    $"'{Shown.Of(id)}' is not a check{Suggestion.For(id, known)}; accepted are {string.Join(", ", known)}.");
            }

            found.UnionWith(checks);
        }

        return ids.Length == 0 ? TheoryCatalog.All : [.. TheoryCatalog.All.Where(found.Contains)];
    }

    private static void CheckWritesNothing(string option, string? path)
    {
        if (path is not null)
        {
            throw UsageException.Of(option, path, "a file without '--list', which checks nothing");
        }
    }

    /// <summary>A page's table is that of all statements: chosen ones would take the others' rows away.</summary>
    private static void CheckWholeTable(VerifyRequest request, OutputFile? page)
    {
        if (request.IsDetailed && page is { IsReplaced: true } && File.Exists(page.Name))
        {
            throw UsageException.Of(page.Option, page.Name, "a new file, or no ID: the table of an existing page is that of all statements");
        }
    }
}
