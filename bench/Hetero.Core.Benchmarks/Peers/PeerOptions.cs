using System.Globalization;
using Hetero.Core.Benchmarks.Peers.Cases;

namespace Hetero.Core.Benchmarks.Peers;

/// <summary>The arguments of the peers command.</summary>
internal sealed class PeerOptions
{
    public const string Usage =
        """
        peers [NAME…] [--rounds 5] [--threads 1|2|…] [--no-avx512] [--python FILE] [--out FILE.md] [--save]
          NAME         gemm, syrk, fill, stored, regenerated, rank-one, exact-law, eigen, svd, qr, pivoted, solve, cholesky, threads; all without a name
          --rounds     how often the sides take turns, at least 5
          --threads    the same number on both sides; 1 and then 2 without it
          --no-avx512  both sides without AVX-512, in a process of its own
          --python     the interpreter with NumPy and PyTorch; /usr/bin/python3, or the first python3 on the path
          --out        writes the table there
          --save       writes the table to bench/results/<cpu>
        """;

    private const string SystemPython = "/usr/bin/python3";

    /// <summary>Gets the interpreter that is taken without being told: the distribution's packages are in its own.</summary>
    public static string DefaultPython { get; } = File.Exists(SystemPython) ? SystemPython : "python3";

    public List<string> Names { get; } = [];

    public int Rounds { get; private set; } = 5;

    public IReadOnlyList<int> Threads { get; private set; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    public bool WithoutAvx512 { get; private set; }

    public string Python { get; private set; } = DefaultPython;

    public string? Out { get; private set; }

    public bool Save { get; private set; }

    /// <summary>Reads the arguments after the command's name.</summary>
    /// <exception cref="FormatException">They are wrong; the message names the argument.</exception>
    public static PeerOptions Parse(IEnumerable<string> arguments)
    {
        PeerOptions options = new();
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            switch (argument)
            {
                case "--rounds":
                    options.Rounds = Number(argument, rest, 5, 1000);
                    break;
                case "--threads":
                    options.Threads = [Number(argument, rest, 1, Environment.ProcessorCount)];
                    break;
                case "--no-avx512":
                    options.WithoutAvx512 = true;
                    break;
                case "--python":
                    options.Python = Value(argument, rest);
                    break;
                case "--out":
                    options.Out = Value(argument, rest);
                    break;
                case "--save":
                    options.Save = true;
                    break;
                case var name when AllCases.List.Any(one => one.Name == name):
                    options.Names.Add(name);
                    break;
                default:
                    throw new FormatException($"'{argument}' is neither a case nor an option.");
            }
        }

        return options;
    }

    /// <summary>Takes the value after an option.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public static string Value(string option, Queue<string> rest)
        => rest.TryDequeue(out string? value) ? value : throw new FormatException($"'{option}' needs a value.");

    /// <summary>Takes the whole number after an option.</summary>
    /// <exception cref="FormatException">There is none in the range.</exception>
    public static int Number(string option, Queue<string> rest, int least, int most)
    {
        string value = Value(option, rest);
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"'{option}' is '{value}'; accepted is {least} to {most}.");
    }
}
