using System.CommandLine;
using System.CommandLine.Invocation;

namespace Hetero.Cli.CommandLine;

/// <summary>Prints the version of this command; the parser's own action prints that of whatever program hosts it.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(ProductVersion.Text);
        return ExitCode.Success;
    }
}
