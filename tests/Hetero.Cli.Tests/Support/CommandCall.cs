namespace Hetero.Cli.Tests.Support;

/// <summary>Calls the command in this process and keeps what it wrote.</summary>
internal sealed record CommandCall(int Code, string Output, string Error)
{
    public static CommandCall Of(params string[] args) => Cancelled(default, args);

    public static CommandCall Cancelled(CancellationToken cancellation, params string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int code = HeteroCommand.Run(args, output, error, cancellation: cancellation);
        return new CommandCall(code, output.ToString(), error.ToString());
    }

    /// <summary>Splits a command line at blanks.</summary>
    public static CommandCall Line(string line) => Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
