using System.CommandLine;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Core.Environments;
using Hetero.Core.Theory.Quantities;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Theory;

/// <summary>hetero theory: prints the numbers that the theory has for a setting. It computes none of them.</summary>
internal static class TheoryCommand
{
    // The sets of step sizes take about n² moments.
    private const int MaxEnvironments = 1000;

    // The inverse of a value of s is a step size.
    private const double SmallestValue = 1e-100;

    private static readonly string[] Options =
    [
        "dimension", "invariant-rank", "spurious-rank", "spurious-mean", "spread", "environments", "own-draws", "off-diagonal", "step-size", "init-scale",
        "samples",
    ];

    public static Command Create(CommandContext context)
    {
        RecipeLine model = new(RunOptions.All.Where(option => Options.Contains(option.Name)));
        TheoryParameters defaults = new();
        ValueOption<double> gamma = new(
            "--gamma", "gamma", NumberSyntax.OpenShare, "The gamma of Lemma 7, whose moments have the power 1 - gamma; else 1/3, as in the paper.");
        ValueOption<double> violation = new(
            "--violation-constant",
            "c_v",
            NumberSyntax.Positive,
            "The constant of Definition 4 and of delta*, to which the paper gives no value.",
            Texts.Of(defaults.ViolationConstant));
        Option<string?> json = OptionFactory.File("--json", "FILE", "Write the numbers as JSON; - for standard output, in place of the table.");
        ExampleCommand command = new(
            "theory",
            "Print the numbers of the theory for a setting: M1, M2, windows of step sizes, delta*, phases, moments, thresholds and tails.",
            "hetero theory --spread 8 --step-size 0.05 --samples 100000");
        model.AddTo(command);
        foreach (Option option in new Option[] { gamma, violation, json })
        {
            command.Options.Add(option);
        }

        command.SetAction(result =>
        {
            RunRecipe recipe = model.Read(result, new RunRecipe(), context.Cancellation);
            TheoryParameters parameters = new()
            {
                Dimension = recipe.Dimension,
                InvariantRank = recipe.InvariantRank,
                Samples = recipe.Samples,
                StepSize = recipe.StepSize,
                InitialScale = recipe.InitialScale,
                Gamma = gamma.IsGiven(result) ? gamma.Read(result) : defaults.Gamma,
                ViolationConstant = violation.Read(result),
            };
            if (!(recipe.InitialScale < 1))
            {
                throw UsageException.Of("--init-scale", Texts.Of(recipe.InitialScale), "a number above 0 and below 1, as log(1/alpha) counts");
            }

            recipe.Check();
            CheckLaws(recipe);
            return Execute(new TheoryRequest(recipe, parameters, result.GetValue(json)), context);
        });
        return command;
    }

    /// <summary>Computes and prints.</summary>
    public static int Execute(TheoryRequest request, CommandContext context)
    {
        using OutputSet outputs = new(context);
        OutputFile? file = request.Json is { } path ? outputs.Open("--json", path) : null;
        OutputFile? table = file is { IsStandardOutput: true } ? null : outputs.Open("hetero theory", null);
        outputs.CheckInput("--environments", request.Recipe.EnvironmentFile);
        TheoryQuantities quantities = Compute(request, context.Cancellation);
        if (file is not null)
        {
            outputs.Try(() => file.Write(stream => JsonText.WriteObject(stream, json => TheoryJson.Write(json, request.Recipe, quantities))));
        }

        if (table is not null)
        {
            outputs.Try(() => table.WriteText(writer => TheoryTable.Write(writer, request.Recipe, quantities)));
        }

        outputs.ThrowIfFailed();
        return ExitCode.Success;
    }

    private static TheoryQuantities Compute(TheoryRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        EnvironmentDistribution environments = request.Recipe.Environments.Create(request.Recipe.SpuriousRank);
        try
        {
            // A long list takes seconds, and the library's sums know no wish to stop.
            return BlockingCall.Run(() => TheoryQuantities.Of(environments, request.Parameters), cancellation);
        }
        catch (ArgumentException exception) when (RecipeArguments.Translate(exception, request.Recipe) is { } refusal)
        {
            throw refusal;
        }
    }

    private static void CheckLaws(RunRecipe recipe)
    {
        const string Accepted = "of size 1e-100 or more: the inverse of s is a step size";
        IReadOnlyList<ListedEnvironment> list = recipe.Environments.List;
        if (list.Count == 0)
        {
            double least = recipe.SpuriousMean - recipe.Spread;
            if (least != 0 && Math.Abs(least) < SmallestValue)
            {
                throw UsageException.Of("--spread", Texts.Of(recipe.Spread), $"a number for which mean - M is 0, or {Accepted}; it is {Texts.Of(least)}");
            }

            return;
        }

        if (list.Count > MaxEnvironments)
        {
            throw UsageException.Of(
                "--environments", recipe.EnvironmentsText, $"a list of at most {MaxEnvironments} environments; this one has {list.Count}");
        }

        for (int e = 0; e < list.Count; e++)
        {
            for (int i = 0; i < recipe.SpuriousRank; i++)
            {
                double s = list[e].Sigma[i * (recipe.SpuriousRank + 1)];
                if (s != 0 && Math.Abs(s) < SmallestValue)
                {
                    throw UsageException.Of(
                        "--environments",
                        recipe.EnvironmentsText,
                        $"a list with numbers on the diagonal that are 0, or {Accepted}; environments[{e}].sigma has {Texts.Of(s)}");
                }
            }
        }
    }
}
