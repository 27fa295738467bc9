using System.CommandLine;

namespace Hetero.Cli.CommandLine;

/// <summary>A command whose help ends with an example.</summary>
/// <param name="name">The name.</param>
/// <param name="description">What it does.</param>
/// <param name="example">A command line that works.</param>
internal sealed class ExampleCommand(string name, string description, string example) : Command(name, description)
{
    public string Example => example;
}
