using Hetero.Core.Benchmarks.Peers;
using Hetero.Experiments.Recipes;

namespace Hetero.Core.Benchmarks.Factored;

/// <summary>The arguments of the factored command.</summary>
internal sealed class FactoredOptions
{
    public const string Usage =
        """
        factored [--columns 16] [--threads 1|2|…] [--precision double|single] [--rounds 5] [--decades 6]
          --columns    k, the columns of U, 1 to 1000
          --threads    of the step and of the ceilings; all without it
          --precision  of all numbers
          --rounds     how often the step and the ceilings take turns, 3 to 1000
          --decades    the largest dimension is 10 to this power, 3 to 7
        """;

    public int Columns { get; private set; } = 16;

    public int Threads { get; private set; } = Environment.ProcessorCount;

    public Precision Precision { get; private set; } = Precision.Double;

    public int Rounds { get; private set; } = 5;

    public int Decades { get; private set; } = 6;

    /// <summary>Reads the arguments after the command's name.</summary>
    /// <exception cref="FormatException">They are wrong; the message names the argument.</exception>
    public static FactoredOptions Parse(IEnumerable<string> arguments)
    {
        FactoredOptions options = new();
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            switch (argument)
            {
                case "--columns":
                    options.Columns = PeerOptions.Number(argument, rest, 1, 1000);
                    break;
                case "--threads":
                    options.Threads = PeerOptions.Number(argument, rest, 1, Environment.ProcessorCount);
                    break;
                case "--precision":
                    string word = PeerOptions.Value(argument, rest);
                    options.Precision = word switch
                    {
                        "double" => Precision.Double,
                        "single" => Precision.Single,
                        _ => throw new FormatException($"'{argument}' is '{word}'; accepted is double or single."),
                    };
                    break;
                case "--rounds":
                    options.Rounds = PeerOptions.Number(argument, rest, 3, 1000);
                    break;
                case "--decades":
                    options.Decades = PeerOptions.Number(argument, rest, 3, 7);
                    break;
                default:
                    throw new FormatException($"'{argument}' is no option.");
            }
        }

        return options;
    }
}
