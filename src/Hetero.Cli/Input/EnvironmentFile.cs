using System.Text.Json;
using System.Text.Unicode;
using Hetero.Cli.CommandLine;
using Hetero.Core.Environments;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Input;

/// <summary>
/// A file with a list of environments as JSON: {"environments":[{"probability":0.5,"sigma":[[…],…]},…]}. Probabilities are given for all of them or
/// for none, which means equal odds.
/// </summary>
internal static class EnvironmentFile
{
    /// <summary>The most bytes that a file may have: some million environments of order 1.</summary>
    internal const int MaxBytes = 1 << 26;

    /// <summary>Reads the list.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="rank">The order r2 that the matrices must have.</param>
    /// <param name="cancellation">Ends the wait for a pipe, and the reading of a long list.</param>
    public static IReadOnlyList<ListedEnvironment> Read(string option, string path, int rank, CancellationToken cancellation = default)
        => BlockingCall.Run(() => ReadNow(option, path, rank), cancellation);

    private static IReadOnlyList<ListedEnvironment> ReadNow(string option, string path, int rank)
    {
        string names = $"'{option}' names '{Shown.Of(path)}', which";
        ReadOnlySpan<byte> text = BoundedFile.Read(option, path, "two-point, uniform or a JSON file", MaxBytes);
        if (!Utf8.IsValid(text))
        {
            throw new UsageException($"{names} is not in UTF-8; accepted is {EnvironmentJsonReader.Form} in UTF-8.");
        }

        text = text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        try
        {
            return new EnvironmentJsonReader(text, rank).Read();
        }
        catch (JsonException exception)
        {
            throw new UsageException(
                $"{names} is not JSON, or nested too deeply, at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}; "
                + $"accepted is {EnvironmentJsonReader.Form}.");
        }
        catch (FormatException exception)
        {
            throw new UsageException($"{names} {exception.Message}");
        }
    }
}
