using System.Text.Encodings.Web;
using System.Text.Json;
using Hetero.Experiments.Values;

namespace Hetero.Cli.Output;

/// <summary>How all manifests are written: indented, UTF-8, lines ending in a line feed.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",

        // Manifests are read by people too: a plus sign or a quote shall look like one. They are never pasted into a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes one object.</summary>
    public static void WriteObject(Stream stream, Action<Utf8JsonWriter> writeMembers)
    {
        using (Utf8JsonWriter json = new(stream, Options))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
    }

    /// <summary>Writes a number; JSON has no infinities, so these become words.</summary>
    public static void WriteNumberOrWord(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumber(name, value);
        }
        else
        {
            json.WriteString(name, Texts.Of(value));
        }
    }

    /// <summary>Writes a number, a word for an infinite one, or null if there is none.</summary>
    public static void WriteNumberOrWord(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumberOrWord(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Writes a number of a list, or a word for an infinite one.</summary>
    public static void WriteNumberOrWord(this Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value);
        }
        else
        {
            json.WriteStringValue(Texts.Of(value));
        }
    }
}
