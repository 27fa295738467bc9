namespace Hetero.Experiments.Values;

/// <summary>What an exception about an argument says, in a line.</summary>
internal static class ArgumentText
{
    /// <summary>The first line, without the parameter's name that the runtime puts at its end: the library's messages begin with it.</summary>
    public static string Of(ArgumentException exception) => FirstLine(exception.Message);

    /// <summary>The same of the message alone.</summary>
    public static string FirstLine(string text)
    {
        string message = text.Split('\n')[0].TrimEnd();
        int parameter = message.LastIndexOf(" (Parameter '", StringComparison.Ordinal);
        return parameter < 0 ? message : message[..parameter];
    }
}
