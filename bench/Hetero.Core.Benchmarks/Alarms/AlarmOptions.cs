using System.Globalization;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Theory;

namespace Hetero.Core.Benchmarks.Alarms;

/// <summary>The arguments of the alarms command.</summary>
internal sealed class AlarmOptions
{
    public const string Usage =
        """
        alarms [ID…] [--series 100] [--first 1]
          ID           which checks, such as T6-path; all in which chance has a say if none is given
          --series     how many series of a check's own number of instances, 20 to 1000000
          --first      the seed of the first series; series i has the seed first + i
        """;

    public IReadOnlyList<TheoryCheck> Checks { get; private set; } = [];

    public int Series { get; private set; } = 100;

    public ulong First { get; private set; } = 1;

    /// <summary>Reads the arguments after the command's name.</summary>
    /// <exception cref="FormatException">They are wrong; the message names the argument.</exception>
    public static AlarmOptions Parse(IEnumerable<string> arguments)
    {
        AlarmOptions options = new();
        List<TheoryCheck> chosen = [];
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            switch (argument)
            {
                case "--series":
                    options.Series = PeerOptions.Number(argument, rest, 20, 1_000_000);
                    break;
                case "--first":
                    string text = PeerOptions.Value(argument, rest);
                    options.First = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
                        ? seed
                        : throw new FormatException($"'{argument}' is '{text}'; accepted is a whole number from 0 to {ulong.MaxValue}.");
                    break;
                default:
                    chosen.Add(TheoryCatalog.All.FirstOrDefault(check => check.Id.Equals(argument, StringComparison.OrdinalIgnoreCase))
                        ?? throw new FormatException($"'{argument}' is no check and no option."));
                    break;
            }
        }

        options.Checks = chosen.Count > 0 ? chosen : [.. TheoryCatalog.All.Where(check => check.FalseAlarmRate > 0)];
        return options;
    }
}
