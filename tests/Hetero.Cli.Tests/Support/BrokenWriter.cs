using System.Text;

namespace Hetero.Cli.Tests.Support;

/// <summary>Standard output whose reader has gone.</summary>
internal sealed class BrokenWriter : TextWriter
{
    public const string Reason = "standard output could not be written to the end.";

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => throw new IOException(Reason);
}
