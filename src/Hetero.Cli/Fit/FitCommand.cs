using System.CommandLine;
using System.Globalization;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Core.Training;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Fit;

/// <summary>hetero fit: trains on the user's own data and says what they share.</summary>
internal static class FitCommand
{
    private const int MaxSeeds = 1000;
    private const string TraceOption = "shrinkage-trace";

    public static Command Create(CommandContext context)
    {
        Argument<string?> data = new("DATA") { Description = "The manifest of a data set (JSON), or the folder of its data.json.", Arity = ArgumentArity.ZeroOrOne };
        RecipeLine options = new(FitRecipe.Options, defaults: new Dictionary<string, string> { [TraceOption] = RecipeWords.Traces.NameOf(TraceKind.ResponseMean) });
        ValueOption<long?> samples = new(
            "--samples", "m", FitSyntax.Samples, "The number of rows of a step; else a step takes a whole environment, or all of them.", "all");
        ValueOption<double[]?> stepSize = new(
            "--step-size",
            "eta",
            FitSyntax.StepSizes,
            "The step size, the first one where a schedule changes it; auto chooses one by how the environments vary. With --tune those to try, and auto is then what there is without a word.",
            Texts.Of(new RunRecipe().StepSize));
        Option<bool> tune = OptionFactory.Flag("--tune", "Choose the step size and the step to stop at by cross-validation, and train on all rows with them.");
        ValueOption<int> folds = new(
            "--folds", "K", NumberSyntax.Whole(2, int.MaxValue), "The number of folds of each environment's rows, with --tune.", Texts.Of(new FitTuning().Folds));
        ValueOption<double> heldOut = new(
            "--held-out",
            "share",
            NumberSyntax.BelowOne,
            "The share of each environment's rows that are held out, to choose the iterate by; with --tune 0 without a word, and they are only measured on.",
            Texts.Of(FitRecipe.DefaultHeldOut));
        ValueOption<int> seeds = new("--seeds", "N", NumberSyntax.Whole(1, MaxSeeds), "The number of runs, with --seed and those that follow it for start and order.", "1");
        Option<string> output = new("--out")
        {
            HelpName = "DIR",
            Description = "Where the files go.",
            Arity = ArgumentArity.ExactlyOne,
            DefaultValueFactory = _ => "./hetero-fit",
        };
        ValueOption<int> checkpointEvery = new(
            "--checkpoint-every", "N", NumberSyntax.Whole(1, int.MaxValue), "Write the state of the runs into the directory every so many steps, and when cancelled.");
        Option<bool> resume = OptionFactory.Flag("--resume", "Continue from the states that the directory of --out has, with the same bits.");
        ExampleCommand command = new(
            "fit",
            "Fit the data of several environments: the estimate and its factor, a manifest, a trajectory, a picture and a verdict.",
            "hetero fit --step-size 0.1 --environment-order shuffled --out fit data.json")
        {
            data,
        };
        options.AddTo(command);
        foreach (Option option in new Option[] { samples, stepSize, tune, folds, heldOut, seeds, output, checkpointEvery, resume })
        {
            command.Options.Add(option);
        }

        command.SetAction(result =>
        {
            RunRecipe training = options.Read(result, new RunRecipe(), context.Cancellation);
            if (training.Model == ModelKind.QuadraticNetwork && !options.IsGiven(result, TraceOption))
            {
                // Data do not tell the trace of their signals, which is what a run goes by.
                training = training with { ShrinkageTrace = TraceKind.ResponseMean };
            }

            long? rows = samples.Read(result);
            bool isTuned = result.GetValue(tune);
            int count = folds.Read(result);
            if (folds.IsGiven(result) && !isTuned)
            {
                throw new UsageException($"'{folds.Name}' is given without '{tune.Name}'; accepted are both of them together.");
            }

            double[]? eta = isTuned && !stepSize.IsGiven(result) ? null : stepSize.Read(result);
            if (eta is { Length: > 1 } && !isTuned)
            {
                throw UsageException.Of(stepSize.Name, string.Join(',', eta.Select(Texts.Of)), $"one number without '{tune.Name}'");
            }

            FitRecipe recipe = new()
            {
                Training = training with { StepSize = eta is [var only, ..] ? only : training.StepSize, Samples = rows ?? training.Samples },
                WholeEnvironments = rows is null,
                ChoosesStepSize = eta is null,
                Tuning = isTuned ? new FitTuning { StepSizes = eta ?? [], Folds = count } : null,
                HeldOut = heldOut.IsGiven(result) ? heldOut.Read(result) : null,
                Seeds = seeds.Read(result),
            };
            if (training.Seed > ulong.MaxValue - (ulong)(recipe.Seeds - 1))
            {
                throw UsageException.Of(
                    "--seed",
                    Texts.Of(training.Seed),
                    string.Create(CultureInfo.InvariantCulture, $"a whole number from 0 to {ulong.MaxValue - (ulong)(recipe.Seeds - 1)}, as {recipe.Seeds} seeds follow each other"));
            }

            bool isResumed = result.GetValue(resume);
            int? every = checkpointEvery.IsGiven(result) ? checkpointEvery.Read(result) : null;
            if (isResumed && every is null)
            {
                throw new UsageException($"'{resume.Name}' is given without '{checkpointEvery.Name}'; accepted are both of them together.");
            }

            string path = DataFile.ManifestOf(
                result.GetValue(data) ?? throw new UsageException("the data set is missing; accepted is hetero fit DATA, with the manifest of a data set (JSON), or its folder."));
            FitRequest request = new(path, recipe, result.GetRequiredValue(output), every, isResumed);
            if (training.Precision == Precision.Single)
            {
                FitExecution.Execute<float>(request, context);
            }
            else
            {
                FitExecution.Execute<double>(request, context);
            }

            return ExitCode.Success;
        });
        return command;
    }
}
