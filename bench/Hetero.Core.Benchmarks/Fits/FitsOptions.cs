using System.Globalization;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Experiments.Values;

namespace Hetero.Core.Benchmarks.Fits;

/// <summary>The arguments of the fits command.</summary>
internal sealed class FitsOptions
{
    private const string SamplesOption = "--samples", NoiseOption = "--noise", MeanOption = "--mean", SpreadsOption = "--spreads";

    private FitsOptions(IFitTable table) => Table = table;

    public static string Usage =>
        $"""
        fits TABLE [--seeds N] [--first-seed 1] [--threads 1] [--folder DIR] [{SamplesOption} m] [{NoiseOption} σ] [{MeanOption} 1] [{SpreadsOption} LIST]
        {string.Join(Environment.NewLine, FitTables.All.Select(table => $"  {table.Name,-12} {table.Description}"))}
          {"--seeds",-12} how many data sets of each kind, 1 to 1000; {string.Join(", ", FitTables.All.Select(table => $"{table.Seeds} for {table.Name}"))} without it
          {"--first-seed",-12} the seed of the first data set and of its fit; the i-th has the seed first + i
          {"--threads",-12} of each fit; the numbers are the same
          {"--folder",-12} where data sets are written, one at a time, and removed again; the system's folder for temporary files without it
          {SamplesOption,-12} the rows of each environment: {NamesOf(SamplesOption)}
          {NoiseOption,-12} the standard deviation of noise in the responses: {NamesOf(NoiseOption)}
          {MeanOption,-12} the mean of s: {NamesOf(MeanOption)}
          {SpreadsOption,-12} the M to go through, as in 3,5,7 or 3:12:10: {NamesOf(SpreadsOption)}
        """;

    public IFitTable Table { get; }

    public int Seeds { get; private set; }

    public ulong First { get; private set; } = 1;

    public int Threads { get; private set; } = 1;

    public string Folder { get; private set; } = Path.GetTempPath();

    /// <summary>Gets the rows of each environment; null for the table's own.</summary>
    public int? Samples { get; private set; }

    public double Noise { get; private set; }

    public double Mean { get; private set; } = 1;

    public IReadOnlyList<double> Spreads { get; private set; } = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

    /// <summary>Gets the seeds.</summary>
    public IEnumerable<ulong> EachSeed => Enumerable.Range(0, Seeds).Select(i => First + (ulong)i);

    /// <summary>Gets the options of tables whose data can be told to be others.</summary>
    public static IReadOnlyList<string> DataOptions => [SamplesOption, NoiseOption];

    /// <summary>Gets the options of tables that go through laws of environments.</summary>
    public static IReadOnlyList<string> LawOptions => [MeanOption, SpreadsOption];

    /// <summary>Reads the arguments after the command's name.</summary>
    /// <exception cref="FormatException">They are wrong; the message names the argument.</exception>
    public static FitsOptions Parse(IEnumerable<string> arguments)
    {
        Queue<string> rest = new(arguments);
        if (!rest.TryDequeue(out string? name) || FitTables.All.FirstOrDefault(table => table.Name == name) is not { } chosen)
        {
            string accepted = string.Join(", ", FitTables.All.Select(table => table.Name));
            throw new FormatException(name is null ? $"A table is missing; accepted are {accepted}." : $"'{name}' is no table; accepted are {accepted}.");
        }

        FitsOptions options = new(chosen) { Seeds = chosen.Seeds };
        while (rest.TryDequeue(out string? argument))
        {
            switch (argument)
            {
                case "--seeds":
                    options.Seeds = PeerOptions.Number(argument, rest, 1, 1000);
                    break;
                case "--first-seed":
                    options.First = (ulong)PeerOptions.Number(argument, rest, 0, int.MaxValue);
                    break;
                case "--threads":
                    options.Threads = PeerOptions.Number(argument, rest, 1, Environment.ProcessorCount);
                    break;
                case "--folder":
                    options.Folder = PeerOptions.Value(argument, rest);
                    break;
                case SamplesOption when chosen.Options.Contains(argument):
                    options.Samples = PeerOptions.Number(argument, rest, 10, 1_000_000);
                    break;
                case NoiseOption when chosen.Options.Contains(argument):
                    options.Noise = Real(argument, rest, 0);
                    break;
                case MeanOption when chosen.Options.Contains(argument):
                    options.Mean = Real(argument, rest, double.MinValue);
                    break;
                case SpreadsOption when chosen.Options.Contains(argument):
                    string text = PeerOptions.Value(argument, rest);
                    options.Spreads = NumberSyntax.FiniteSeries.TryRead(text, out double[] spreads) && spreads.All(spread => spread > 0)
                        ? spreads
                        : throw new FormatException($"'{argument}' is '{text}'; accepted is {NumberSyntax.FiniteSeries.Accepted}, all above 0.");
                    break;
                default:
                    throw new FormatException($"'{argument}' is no option of '{chosen.Name}'.");
            }
        }

        return options;
    }

    private static string NamesOf(string option) => string.Join(", ", FitTables.All.Where(table => table.Options.Contains(option)).Select(table => table.Name));

    private static double Real(string option, Queue<string> rest, double least)
    {
        string value = PeerOptions.Value(option, rest);
        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) && number >= least
            ? number
            : throw new FormatException($"'{option}' is '{value}'; accepted is a finite number{(least == 0 ? " from 0 on" : "")}.");
    }
}
