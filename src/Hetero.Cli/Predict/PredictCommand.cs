using System.CommandLine;
using System.Globalization;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Input;
using Hetero.Cli.Output;
using Hetero.Core.Sensing;
using Hetero.Experiments.Arrays;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Predict;

/// <summary>hetero predict: the responses of a fitted model on new inputs.</summary>
internal static class PredictCommand
{
    private static readonly Choices<MeasurementLayout> Layouts = new(("svec", MeasurementLayout.Svec), ("square", MeasurementLayout.Square), ("rank-one", MeasurementLayout.RankOne));

    public static Command Create(CommandContext context)
    {
        Argument<string[]> names = new("FIT")
        {
            Description = "The directory of a fit, then the inputs: an array (.npy, or .npz:name), or a manifest of measurements (JSON), responses or not, or the folder of a data.json.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> output = OptionFactory.File("--out", "FILE", "Where the responses go: an array (.npy), of a data set an archive (.npz) with one for each environment.");
        ValueOption<MeasurementLayout> layout = new(
            "--layout", "", Layouts, "What the inputs of an array are; else what its shape says: squares, or svec form, and x of xx^T where the fit was of such inputs.");
        ExampleCommand command = new("predict", "Predict the responses of new inputs by a fitted model.", "hetero predict fit new.npy --out responses.npy")
        {
            names, layout, output,
        };
        command.SetAction(result =>
        {
            const string Accepted = "hetero predict FIT INPUTS --out FILE";
            MeasurementLayout? form = layout.IsGiven(result) ? layout.Read(result) : null;
            string[] given = result.GetValue(names) ?? [];
            if (given.Length > 2)
            {
                throw new UsageException($"'{Shown.Of(given[2])}' is one argument too many for 'hetero predict'; accepted is {Accepted}.");
            }

            if (given is not [string fit, string inputs])
            {
                throw new UsageException($"the fit and the inputs are missing; accepted is {Accepted}.");
            }

            string file = result.GetValue(output) ?? throw new UsageException($"the file of '{output.Name}' is missing; accepted is {Accepted}.");
            Execute(fit, DataFile.ManifestOf(inputs), file, form, context);
            return ExitCode.Success;
        });
        return command;
    }

    private static void Execute(string fit, string inputs, string file, MeasurementLayout? layout, CommandContext context)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        FittedModel model = DataFile.Read(fit, "the directory of a fit, or the fit.json in it", () => FittedModel.Open(fit), takesDirectory: true);
        using OutputSet outputs = new(context);
        OutputFile output = outputs.Open("--out", file);
        if (output.IsStandardOutput)
        {
            throw UsageException.Of("--out", file, "a file, a pipe or a device: an array is no text");
        }

        outputs.CheckInput("FIT", Directory.Exists(fit) ? Path.Combine(fit, "fit.json") : fit);
        outputs.CheckInput("FIT", Path.Combine(Directory.Exists(fit) ? fit : Path.GetDirectoryName(Path.GetFullPath(fit))!, "estimate.npy"));
        (string inputFile, string? inArchive) = ArrayName.Of("", inputs);
        outputs.CheckInput("INPUTS", inputFile);
        bool isDataSet = inArchive is null && inputs.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        if (file.EndsWith(isDataSet ? ".npy" : ".npz", StringComparison.OrdinalIgnoreCase))
        {
            throw UsageException.Of("--out", file, isDataSet ? "an archive (.npz) for the environments of a data set" : "an array (.npy) for one of inputs");
        }

        if (isDataSet)
        {
            if (layout is { } told)
            {
                throw UsageException.Of("--layout", Layouts.NameOf(told), $"none beside a data set: '{Shown.Of(inputs)}' says its own");
            }

            using DataInputs<double> data = DataFile.Read(
                inputs, "a manifest of measurements (JSON) and the arrays that it names", () => DataInputs<double>.Open(inputs, cancellation: context.Cancellation));
            if (data.Manifest.Dimension != model.Dimension || data.Manifest.Layout == MeasurementLayout.Vector)
            {
                string layoutName = DataManifestJson.NameOf(data.Manifest.Layout);
                throw new UsageException(FormattableString.Invariant(
                    $"'{Shown.Of(inputs)}' has data of dimension {data.Manifest.Dimension}, layout '{layoutName}'; accepted are matrices of dimension {model.Dimension}, which the fit has."));
            }

            string folder = Path.GetDirectoryName(Path.GetFullPath(inputs)) ?? "";
            foreach (DataEnvironment environment in data.Manifest.Environments)
            {
                outputs.CheckInput("INPUTS", ArrayName.Of(folder, environment.Measurements).File);
            }

            outputs.Try(() => output.Write(stream => WriteArchive(stream, model, data)));
        }
        else
        {
            using NpyArray<double> array = DataFile.Read(
                inputFile, "an array (.npy, or .npz:name) or a manifest of measurements (.json)", () => OpenArray(inputFile, inArchive, context.Cancellation));
            MeasurementLayout form = DataFile.Read(inputs, "inputs", () => model.LayoutOf(inputs, array.Shape, layout));
            double[] responses = new double[array.Shape[0]];
            model.Predict(array.Memory.Span, form, responses);
            CheckFinite(responses, inputs);
            outputs.Try(() => output.Write(stream => NpyWriter<double>.Write(stream, responses, responses.Length)));
        }

        outputs.ThrowIfFailed();
    }

    private static void CheckFinite(double[] responses, string inputs)
    {
        int place = Array.FindIndex(responses, response => !double.IsFinite(response));
        if (place >= 0)
        {
            throw new UsageException(FormattableString.Invariant($"'{Shown.Of(inputs)}' has inputs whose response is not finite, the first in row {place}; accepted are finite numbers."));
        }
    }

    private static NpyArray<double> OpenArray(string file, string? inArchive, CancellationToken cancellation)
    {
        if (inArchive is null && !file.EndsWith(".npz", StringComparison.OrdinalIgnoreCase))
        {
            return NpyArray<double>.Open(file, cancellation: cancellation);
        }

        using NpzArchive archive = NpzArchive.Open(file);
        return inArchive is not null ? archive.Read<double>(inArchive, cancellation)
            : throw new UsageException($"'{Shown.Of(file)}' is an archive; accepted is one of its arrays, as '{Shown.Of(file)}:NAME' with a NAME of {Shown.Of(string.Join(", ", archive.Names))}.");
    }

    private static void WriteArchive(Stream stream, FittedModel model, DataInputs<double> data)
    {
        using NpzWriter archive = new(stream);
        bool isNamed = data.Manifest.Environments.DistinctBy(environment => environment.Name).Count() == data.Measurements.Count;
        for (int e = 0; e < data.Measurements.Count; e++)
        {
            double[] responses = new double[data.Measurements[e].Shape[0]];
            model.Predict(data.Measurements[e].Memory.Span, data.Manifest.Layout, responses);
            CheckFinite(responses, data.Manifest.Environments[e].Measurements);
            archive.Write<double>(isNamed ? data.Manifest.Environments[e].Name : e.ToString(CultureInfo.InvariantCulture), responses, responses.Length);
        }
    }
}
