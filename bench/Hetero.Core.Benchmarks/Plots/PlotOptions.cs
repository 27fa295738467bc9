using Hetero.Core.Benchmarks.Peers;

namespace Hetero.Core.Benchmarks.Plots;

/// <summary>The arguments of the plots command.</summary>
internal sealed class PlotOptions
{
    public const string Usage =
        """
        plots [--rounds 5] [--python FILE] [--save]
          --rounds     how often the sides take turns, 1 to 1000
          --python     the interpreter with NumPy and PyTorch; /usr/bin/python3, or the first python3 on the path
          --save       writes pictures to docs/images, numbers and versions to bench/results/<cpu>
        """;

    public int Rounds { get; private set; } = 5;

    public string Python { get; private set; } = PeerOptions.DefaultPython;

    public bool Save { get; private set; }

    /// <summary>Reads the arguments after the command's name.</summary>
    /// <exception cref="FormatException">They are wrong; the message names the argument.</exception>
    public static PlotOptions Parse(IEnumerable<string> arguments)
    {
        PlotOptions options = new();
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            switch (argument)
            {
                case "--rounds":
                    options.Rounds = PeerOptions.Number(argument, rest, 1, 1000);
                    break;
                case "--python":
                    options.Python = PeerOptions.Value(argument, rest);
                    break;
                case "--save":
                    options.Save = true;
                    break;
                default:
                    throw new FormatException($"'{argument}' is not an option.");
            }
        }

        return options;
    }
}
