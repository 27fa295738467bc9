using Hetero.Core.Benchmarks.Peers;

namespace Hetero.Core.Benchmarks.Disk;

/// <summary>The arguments of the disk command.</summary>
internal sealed class DiskOptions
{
    public const string Usage =
        """
        disk [--gib 3] [--rounds 5] [--threads 1|2|…] [--folder DIR]
          --gib       the size of the data, 1 to 64
          --rounds    how often reading and training take turns, 1 to 1000
          --threads   of both; 1 and then 2 without it
          --folder    where the data are written, and removed again; the system's folder for temporary files without it
        """;

    public int Gibibytes { get; private set; } = 3;

    public int Rounds { get; private set; } = 5;

    public IReadOnlyList<int> Threads { get; private set; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    public string Folder { get; private set; } = Path.GetTempPath();

    /// <summary>Reads the arguments after the command's name.</summary>
    /// <exception cref="FormatException">They are wrong; the message names the argument.</exception>
    public static DiskOptions Parse(IEnumerable<string> arguments)
    {
        DiskOptions options = new();
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            switch (argument)
            {
                case "--gib":
                    options.Gibibytes = PeerOptions.Number(argument, rest, 1, 64);
                    break;
                case "--rounds":
                    options.Rounds = PeerOptions.Number(argument, rest, 1, 1000);
                    break;
                case "--threads":
                    options.Threads = [PeerOptions.Number(argument, rest, 1, Environment.ProcessorCount)];
                    break;
                case "--folder":
                    options.Folder = PeerOptions.Value(argument, rest);
                    break;
                default:
                    throw new FormatException($"'{argument}' is no option.");
            }
        }

        return options;
    }
}
