using System.Text.Json;
using Hetero.Cli.CommandLine;
using Hetero.Cli.Sweep;
using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Plot;

/// <summary>The manifest of a table: which command made it, from what, and what its file was called.</summary>
internal sealed class PlotManifest
{
    private const string Accepted = "the manifest of hetero run, compare or sweep, of this version";

    private PlotManifest(string path, JsonElement root)
    {
        (Path, Root) = (path, root);
        Command = root.TryGetProperty("command", out JsonElement command) && command.ValueKind == JsonValueKind.String ? command.GetString()! : "";
        if (Command is not ("run" or "compare" or "sweep"))
        {
            throw Refuse(Command.Length == 0 ? "is no manifest" : $"is of hetero {Shown.Of(Command)}");
        }

        CheckVersion("streamVersion", RandomStream.Version);
        CheckVersion("arithmeticVersion", Arithmetic.Version);
    }

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets its members.</summary>
    public JsonElement Root { get; }

    /// <summary>Gets the command that wrote it.</summary>
    public string Command { get; }

    /// <summary>Gets the names of the tables that can be drawn, the best first; without those that went to standard output.</summary>
    public IReadOnlyList<string> TableNames => Command switch
    {
        "sweep" => [SweepFolder.CellTable],
        "run" => NamesAt("out"),
        _ => NamesAt("bands", "out"),
    };

    /// <summary>Whether a text is meant as JSON.</summary>
    public static bool IsOne(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];

    /// <summary>Reads a manifest.</summary>
    /// <exception cref="UsageException">It is none that can be used.</exception>
    public static PlotManifest Parse(string path, ReadOnlyMemory<byte> text)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            return new PlotManifest(path, document.RootElement.Clone());
        }
        catch (JsonException exception)
        {
            throw new UsageException(
                $"'{Shown.Of(path)}' is not JSON, or nested too deeply, at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}; accepted is {Accepted}.");
        }
    }

    /// <summary>Returns a member that must be there.</summary>
    public JsonElement Member(string name, JsonValueKind kind)
        => Root.TryGetProperty(name, out JsonElement member) && member.ValueKind == kind ? member : throw Refuse($"has no '{name}'");

    /// <summary>Reads a part of it.</summary>
    public T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is RecipeException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw Refuse(exception is RecipeException ? $"is refused: {exception.Message.TrimEnd('.')}" : "lacks a part");
        }
    }

    /// <summary>Refuses it.</summary>
    public UsageException Refuse(string fault) => new($"'{Shown.Of(Path)}' {fault}; accepted is {Accepted}.");

    private void CheckVersion(string name, int version)
    {
        if (!Root.TryGetProperty(name, out JsonElement found) || found.ValueKind != JsonValueKind.Number || !found.TryGetInt32(out int other) || other != version)
        {
            string text = found.ValueKind == JsonValueKind.Undefined ? "none" : Shown.Of(found.GetRawText());
            throw Refuse($"has {text} as '{name}', where this version has {version}");
        }
    }

    private string[] NamesAt(params string[] options)
    {
        JsonElement parameters = Member("parameters", JsonValueKind.Object);
        return
        [
            .. from option in options
               where parameters.TryGetProperty(option, out JsonElement name) && name.ValueKind == JsonValueKind.String && name.GetString() != "-"
               select parameters.GetProperty(option).GetString()!,
        ];
    }
}
